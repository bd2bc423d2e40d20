/** The copy on the server: whether it is on, when it was last made, and the ways back to it. Draws only. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Rest } from "../../../kit/easy.tsx";
import { Glyph } from "../../../kit/icons.tsx";
import { useWords } from "../../../kit/words.tsx";
import { dayTime, numbered } from "../../../words/text.ts";
import { Head } from "../head.tsx";
import type { Opened, SyncOutcome } from "../ports.ts";

export interface BackupActions {
  readonly backUp: (anyway?: boolean) => Promise<SyncOutcome>;
  readonly stop: (erase: boolean) => Promise<SyncOutcome>;
  readonly devices: () => void;
  readonly sheet: () => void;
  readonly halves: () => void;
  readonly file: () => void;
}

/** `filed`: a file was made in this view. */
export function BackupView({ opened, filed, actions }: { opened: Opened; filed: boolean; actions: BackupActions }): VNode {
  const { language, say } = useWords();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<SyncOutcome | null>(null);
  const [stopping, setStopping] = useState(false);
  const { backup } = opened;
  const run = (act: () => Promise<SyncOutcome>): void => {
    setBusy(true);
    setStopping(false);
    void act().catch(() => "failed" as const).then((came) => {
      setOutcome(came);
      setBusy(false);
    });
  };
  return (
    <main class="page" id="main" aria-busy={busy}>
      <Head by="backup" title={say("backup.title")} />
      <p>{say("backup.what")}</p>
      <div class="strip">
        <Glyph name={backup.on ? "same" : "offline"} />
        <span>{backup.on ? (backup.lastAt === null ? say("backup.never") : say("backup.last", { when: dayTime(language, backup.lastAt) })) : say("backup.off")}</span>
      </div>
      {backup.on && backup.waiting.length > 0 && (
        <div class="note" role="alert">
          <p><b>{say(numbered("backup.waiting", backup.waiting.length), { n: backup.waiting.length })}</b> {say("backup.waiting_do")}</p>
          <button class="link-tap" type="button" onClick={actions.devices}>{say("backup.look")}</button>
        </div>
      )}
      <p aria-live="polite">{filed ? say("backup.filed", { name: say("backup.file_name") }) : ""}</p>
      <p aria-live="polite" class="small">{busy ? say("backup.busy") : outcome === null ? "" : say(`sync.${outcome}`)}</p>
      {outcome === "stale_server" && !busy && (
        <div class="note">
          <p>{say("backup.stale")}</p>
          <p><button class="link-tap" type="button" onClick={() => run(() => actions.backUp(true))}>{say("backup.stale_take")}</button></p>
        </div>
      )}
      <div class="taps">
        <button class="tap main" type="button" disabled={busy} onClick={() => run(() => actions.backUp())}><Glyph name="refresh" />{say(backup.on ? "backup.now" : "backup.start")}</button>
      </div>
      <Rest>
        <div class="taps">
          {backup.on && <button class="tap" type="button" onClick={actions.devices}>{say("devices.title")}</button>}
          <button class="tap" type="button" onClick={actions.sheet}>{say("backup.sheet")}</button>
          <button class="tap" type="button" onClick={actions.halves}>{say("backup.halves")}</button>
          <button class="tap" type="button" onClick={actions.file}>{say("backup.file")}</button>
          {backup.on && !stopping && <button class="tap" type="button" onClick={() => setStopping(true)}>{say("backup.stop")}</button>}
        </div>
      </Rest>
      {stopping && (
        <div class="reason" role="alert"><div>
          <p>{say("backup.stop_sure")}</p>
          <div class="taps">
            <button class="tap main" type="button" onClick={() => setStopping(false)}>{say("backup.go_on")}</button>
            <button class="tap" type="button" onClick={() => run(() => actions.stop(false))}>{say("backup.stop_later")}</button>
            <button class="tap hard" type="button" onClick={() => run(() => actions.stop(true))}>{say("backup.stop_now")}</button>
          </div>
        </div></div>
      )}
      <p class="small quiet">{say("backup.server")}</p>
    </main>
  );
}
