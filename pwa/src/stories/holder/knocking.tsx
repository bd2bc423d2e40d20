/**
 * Another phone asks to come in to her copy, or is in without her yes here: said where she is, with her yes or no one tap away
 * (TRUST section 8: notice to all old devices). Asking the server needs the vault open, so who opens by PIN alone is told what
 * the last asking gave, and since when nobody asked. Draws only.
 */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../kit/words.tsx";
import { deviceCode } from "./devicecode.ts";
import { dayTime } from "../../words/text.ts";
import type { SyncOutcome } from "./ports.ts";
import { useOpened, useWalk } from "./walk.tsx";

/** Half of the time after which a new phone is in without anybody's yes. */
const ASKED_MS = 24 * 3_600_000;

export function Knocking(): VNode | null {
  const { ports: { pocket, now }, go } = useWalk();
  const { vault, backup } = useOpened();
  const { language, say } = useWords();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<SyncOutcome | null>(null);
  if (!backup.on) return null;
  const open = (): void => go("vault", { then: "devices", pass: "" });
  const answer = (act: (device: string) => Promise<SyncOutcome>, device: string): void => {
    setBusy(true);
    void act(device).catch(() => "failed" as const).then((came) => {
      setBusy(false);
      setOutcome(came);
    });
  };
  const late = !vault && backup.waiting.length === 0 && (backup.lastAt === null || now() - Date.parse(backup.lastAt) > ASKED_MS);
  return (
    <>
      {backup.waiting.map(({ id, opensAt }) => (
        <div class="note" role="alert" key={id}>
          <p><b>{say("home.knock")}</b> {say("home.knock_code", { code: deviceCode(id) })} {opensAt !== null && say(Date.parse(opensAt) > now() ? "home.knock_when" : "home.knock_past", { when: dayTime(language, opensAt) })} {say("backup.waiting_do")}</p>
          {vault
            ? (
              <div class="taps two">
                <button class="tap" type="button" disabled={busy} onClick={() => answer(pocket.approve, id)}>{say("devices.approve")}</button>
                <button class="tap hard" type="button" disabled={busy} onClick={() => answer(pocket.signOut, id)}>{say("devices.refuse")}</button>
              </div>
            )
            : <p><button class="link-tap" type="button" onClick={open}>{say("home.knock_open")}</button></p>}
        </div>
      ))}
      {outcome !== null && outcome !== "done" && <div class="note" role="alert"><p>{say(`sync.${outcome}`)}</p></div>}
      {backup.joined.map(({ id, since }) => (
        <div class="note" role="alert" key={id}>
          <p><b>{say("home.joined")}</b> {say("home.joined_when", { when: dayTime(language, since) })}</p>
          <p><button class="link-tap" type="button" onClick={vault ? () => go("devices", null) : open}>{say("backup.look")}</button></p>
        </div>
      ))}
      {late && <div class="note"><p>{backup.lastAt === null ? say("home.knock_never") : say("home.knock_ask", { when: dayTime(language, backup.lastAt) })}</p><p><button class="link-tap" type="button" onClick={open}>{say("home.vault")}</button></p></div>}
    </>
  );
}
