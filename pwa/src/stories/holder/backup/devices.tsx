/** The phones that open this copy: which wait, which are in; each can be let in or sent away. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { certificateDate, dayTime, longDate } from "../../../words/text.ts";
import { deviceCode } from "../devicecode.ts";
import { Head } from "../head.tsx";
import type { DeviceLine, SyncOutcome } from "../ports.ts";

export interface DevicesActions {
  readonly list: () => Promise<readonly DeviceLine[] | SyncOutcome>;
  readonly approve: (device: string) => Promise<SyncOutcome>;
  readonly signOut: (device: string) => Promise<SyncOutcome>;
}

export function DevicesView({ actions }: { actions: DevicesActions }): VNode {
  const { say } = useWords();
  const [lines, setLines] = useState<readonly DeviceLine[] | SyncOutcome | null>(null);
  const [outcome, setOutcome] = useState<SyncOutcome | null>(null);
  const look = (): void => void actions.list().catch(() => "failed" as const).then(setLines);
  useEffect(look, []);
  const run = (act: (device: string) => Promise<SyncOutcome>) => (device: string): void => void act(device).catch(() => "failed" as const).then((came) => {
    setOutcome(came === "done" ? null : came);
    look();
  });
  return (
    <main class="page" id="main" aria-busy={lines === null}>
      <Head by="devices" title={say("devices.title")} />
      <p>{say("devices.what")}</p>
      <p aria-live="polite">{lines === null ? say("devices.busy") : typeof lines === "string" ? say(`sync.${lines}`) : outcome === null ? "" : say(`sync.${outcome}`)}</p>
      {Array.isArray(lines) && (
        <ul class="rows">{lines.map((line: DeviceLine) => <Row key={line.id} line={line} approve={run(actions.approve)} signOut={run(actions.signOut)} />)}</ul>
      )}
      <p class="small quiet">{say("devices.unknown")}</p>
    </main>
  );
}

function Row({ line, approve, signOut }: { line: DeviceLine; approve: (device: string) => void; signOut: (device: string) => void }): VNode {
  const { language, say } = useWords();
  const waits = line.state === "waiting";
  const name = line.here ? say("devices.here") : say("devices.other", { code: deviceCode(line.id) });
  return (
    <li class="stack">
      <h2>{name}</h2>
      <p>{waits && line.opensAt !== null ? say("devices.waits", { when: dayTime(language, line.opensAt) }) : say("devices.since", { date: longDate(language, line.since) })}</p>
      {!waits && <p class="small quiet">{say("devices.seen", { date: certificateDate(language, line.lastSeen) })}</p>}
      {!line.here && (
        <div class="taps two">
          {waits && <button class="tap" type="button" onClick={() => approve(line.id)}>{say("devices.approve")}</button>}
          <button class="tap hard" type="button" onClick={() => signOut(line.id)}>{say(waits ? "devices.refuse" : "devices.sign_out")}</button>
        </div>
      )}
    </li>
  );
}
