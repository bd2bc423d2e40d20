/** The list of trust: how new it is, and every way to bring a newer one or to hand this one on. Draws only. */
import type { VNode } from "preact";
import { BackBar, Fault } from "../../kit/bar.tsx";
import { Glyph } from "../../kit/icons.tsx";
import type { CameraFault } from "../../kit/ports.ts";
import { ListNotices, outcomeWords, PassingView, type PassingPorts } from "../../kit/passing.tsx";
import { useWords } from "../../kit/words.tsx";
import type { ListState } from "./lists.ts";

export interface ListActions {
  readonly back: () => void;
  /** Reads the codes that another phone shows. */
  readonly camera: () => void;
}

export function ListView({ bundle, fault, ports, actions }: { bundle: ListState; fault: CameraFault | null; ports: PassingPorts; actions: ListActions }): VNode {
  const { say } = useWords();
  return (
    <>
      <BackBar label={say("app.start")} back={actions.back} />
      <PassingView ports={ports} back={actions.back} began={() => bundle.bring(null)}>
        <ListNotices notices={bundle.notices} list={bundle.list ?? null} />
        <div class="taps">
          <button class="tap" type="button" disabled={bundle.refreshing} onClick={bundle.refresh}><Glyph name="refresh" />{say("list.from_net")}</button>
          {fault === null
            ? <button class="tap" type="button" onClick={actions.camera}><Glyph name="camera" />{say("list.from_phone")}</button>
            : <Fault text={say(fault === "reader" ? "camera.reader" : "list.no_camera")} />}
        </div>
        <p class="small" aria-live="polite">{bundle.refreshing ? say("list.refreshing") : outcomeWords(bundle.outcome, bundle.list ?? null, say)}</p>
      </PassingView>
    </>
  );
}
