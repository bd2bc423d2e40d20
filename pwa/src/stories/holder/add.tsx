/** The ways that a pass comes: the camera, a claim code with its PIN, a file or photo, a text. Judged by the pocket, kept only after a yes. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { CameraView } from "../../kit/camera.tsx";
import { Rest } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { outcomeWords } from "../../kit/passing.tsx";
import type { ListOutcome } from "../../kit/ports.ts";
import { deciding, groupOf } from "../../kit/reasons.ts";
import { useWords } from "../../kit/words.tsx";
import { looksLike } from "../../kernel/verify/looks.ts";
import { CLAIM_PREFIX, REQUEST_PREFIX } from "../../words/terms.ts";
import { ClaimForm, type Slip } from "./claim.tsx";
import { TextField } from "./fields.tsx";
import { Unreceived } from "./faults.tsx";
import { linesOf, readFiles } from "./filed.ts";
import { Head } from "./head.tsx";
import type { ReceiveFault, Received } from "./ports.ts";
import { unread, unseen } from "./scan.tsx";
import { useWalk } from "./walk.tsx";

/** What was typed so far, and what of it when the camera was opened: that stands open again after it. */
type Typed = Slip & { readonly text: string };
const UNTYPED: Typed = { code: "", pin: "", text: "" };

/** How a paper that opens her vault is told by its form alone: its letters go nowhere. */
const SHEET = "puente_sheet";

export function AddView(): VNode {
  const { ports, go } = useWalk();
  const { say } = useWords();
  const [scanning, setScanning] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const [claim, setClaim] = useState("");
  const [typed, setTyped] = useState(UNTYPED);
  const [left, setLeft] = useState(UNTYPED);
  const [missed, setMissed] = useState<ReceiveFault | null>(null);
  const received = (came: Received, pickedUp: boolean): void => {
    setBusy(false);
    if ("fault" in came) setMissed(came.fault);
    else go("arrived", { passes: came.arrived, pickedUp, badge: came.badge ?? null });
  };
  /** A slip's letters wait for their PIN, an update of the list is taken in here too; anything else is looked at as passes. */
  const look = async (sent: readonly string[] | Uint8Array): Promise<void> => {
    begin();
    const [text = ""] = sent instanceof Uint8Array ? [] : sent;
    if (text.startsWith(REQUEST_PREFIX)) return fail(say("add.question"));
    if (looksLike(text) === SHEET) return fail(say("add.sheet"));
    if (text.startsWith(CLAIM_PREFIX)) {
      setBusy(false);
      const code = text.slice(CLAIM_PREFIX.length);
      setTyped((before) => ({ ...before, code }));
      return setClaim(code);
    }
    const outcome = sent instanceof Uint8Array ? null : await ports.takeUpdate(sent);
    if (outcome !== null) return told(outcome);
    const came = await ports.pocket.look(sent);
    if (sent instanceof Uint8Array && isNoPass(came)) fail(say("add.other"));
    else received(came, false);
  };
  const pickUp = (code: string, pin: string): void => {
    begin();
    void ports.pocket.pickUp(code, pin).then((came) => received(came, true));
  };
  const begin = (): void => {
    setScanning(false);
    setBusy(true);
    forget();
  };
  /** What came of the try before this one. */
  const forget = (): void => {
    setMissed(null);
    setFault(null);
    setTaken(null);
  };
  const fail = (why: string): void => {
    setScanning(false);
    setBusy(false);
    setFault(why);
  };
  /** Also a list or a saved wallet, which people take for passes: each is told as what it is. */
  const files = (chosen: readonly File[]): void => {
    begin();
    void readFiles(chosen, ports.readPicture).then(async (found) => {
      if (found === "wallet" || found === "pdf" || found === "large") return fail(say(`add.${found}`));
      if ("list" in found) return told(await ports.installFile(found.list));
      return found.length === 0 ? fail(`${say("why.no_code")} ${say("fix.picture")}`) : look(found);
    }).catch((error: unknown) => fail(error instanceof RangeError ? `${say("why.too_large")} ${say("fix.too_large")}` : say(unread(error))));
  };
  const told = async (outcome: ListOutcome): Promise<void> => {
    setTaken(outcomeWords(outcome, await ports.list(), say));
    setBusy(false);
  };
  if (scanning) {
    return (
      <CameraView
        actions={{
          open: ports.openCamera, collector: ports.collector, read: (texts) => void look(texts), photos: files, fault: (what) => fail(say(unseen("add", what))), cancel: () => setScanning(false),
        }}
      />
    );
  }
  return (
    <main class="page" id="main" aria-busy={busy}>
      <Head by="receive" title={say("add.title")} />
      {fault !== null && <div class="note" role="alert"><p>{fault}</p></div>}
      {missed !== null && <Unreceived fault={missed} />}
      <button class={claim === "" ? "way main" : "way"} type="button" onClick={() => { setLeft(typed); setScanning(true); }}>
        <Glyph name="camera" />
        <span><b>{say("add.camera")}</b><small>{say("add.camera_hint")}</small></span>
        <Glyph name="go" go />
      </button>
      <p aria-live="polite">{busy ? say("start.reading") : taken}</p>
      <Rest glyph="file" word={say("slip.title")} open={claim + left.code + left.pin !== ""}>
        <ClaimForm typed={typed} type={(slip) => setTyped({ ...typed, ...slip })} scanned={claim} tried={missed !== null} busy={busy} pickUp={pickUp} short={forget} />
      </Rest>
      <Rest open={left.text !== ""}>
        <FileWay take={files} />
        <PasteForm typed={typed.text} type={(text) => setTyped({ ...typed, text })} open={left.text !== ""} look={(texts) => void look(texts)} />
      </Rest>
      <p>{say("add.free")}</p>
    </main>
  );
}

/** Whether nothing of Puente's was in it: a file has no code to speak of. */
function isNoPass(came: Received): boolean {
  return "arrived" in came && came.arrived.every(({ judged: { report: { passes, reasons } } }) => passes.length === 0 && groupOf(reasons[deciding(reasons)] ?? "") === "other");
}

/** A file of any kind that passes come in. */
function FileWay({ take }: { take: (files: readonly File[]) => void }): VNode {
  const { say } = useWords();
  return (
    <div class="way">
      <Glyph name="file" />
      <span><label for="file"><b>{say("add.file")}</b></label><small id="file-hint">{say("add.file_hint")}</small></span>
      <Glyph name="go" go />
      <input
        id="file" type="file" multiple aria-describedby="file-hint"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          if (chosen.length > 0) take(chosen);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

interface PasteParts {
  readonly typed: string;
  readonly type: (typed: string) => void;
  readonly open: boolean;
  readonly look: (texts: readonly string[]) => void;
}

function PasteForm({ typed, type, open, look }: PasteParts): VNode {
  const { say } = useWords();
  const [fault, setFault] = useState<string | null>(null);
  const send = (): void => {
    setFault(typed === "" ? say("add.text_missing") : null);
    if (typed !== "") look(linesOf(typed));
  };
  return (
    <details class="more" open={open}>
      <summary><Glyph name="text" />{say("start.paste")}</summary>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <TextField id="text" label={say("start.text")} hint={say("add.text_hint")} value={typed} fault={fault} change={type} />
        <button class="tap" type="submit">{say("add.look")}</button>
      </form>
    </details>
  );
}
