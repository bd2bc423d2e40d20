/** A file on its way to its dry run, whatever is said beside it: the one that was chosen, what becomes of it, and the taps below its form. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../kit/words.tsx";
import { type Act, FaultNote } from "../asking.tsx";
import type { Refusal } from "../ports.ts";
import { useWalk } from "../walk.tsx";
import type { Batch } from "../wire.ts";
import { type Issued, IssuedBefore } from "./name.tsx";

export interface Sending {
  readonly take: (file: File | null) => void;
  /** Has the chosen file checked and leads to its lot; nothing where none was chosen. */
  readonly send: (check: (file: File) => Promise<Batch>) => Promise<void>;
  /** The lot that was issued of what was sent: nothing of it is issued again. */
  readonly issued: Issued | null;
}

export function useSending(): Sending {
  const { go } = useWalk();
  const [file, setFile] = useState<File | null>(null);
  const [issued, setIssued] = useState<Issued | null>(null);
  const take = (chosen: File | null): void => {
    setFile(chosen);
    setIssued(null);
  };
  const send = async (check: (file: File) => Promise<Batch>): Promise<void> => {
    if (file === null) return;
    const batch = await check(file);
    if (batch.released === null) go("batch", batch.id);
    else setIssued(batch);
  };
  return { take, send, issued };
}

export interface SendTapsParts {
  readonly sending: Sending;
  readonly act: Act;
  /** Why something beside the sending failed. */
  readonly fault?: Refusal | null;
  readonly cancel: () => void;
}

export function SendTaps({ sending, act, fault = null, cancel }: SendTapsParts): VNode {
  const { say } = useWords();
  return (
    <>
      <FaultNote fault={act.fault ?? fault} />
      <IssuedBefore batch={sending.issued} />
      <div class="acts">
        <button class="tap main" type="submit" aria-disabled={act.busy}>{say(act.busy ? "upload.busy" : "upload.go")}</button>
        <button class="tap" type="button" onClick={cancel}>{say("confirm.no")}</button>
      </div>
    </>
  );
}
