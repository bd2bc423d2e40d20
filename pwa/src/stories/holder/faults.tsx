/** What could not be done, what is safe, what to do, and a code to say by telephone (LOOK section 3, Error). Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import type { Key } from "../../words/text.ts";
import type { ReceiveFault, SaveOutcome, Unsaved } from "./ports.ts";
import { Reasons } from "./reason.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";

/** What a person says by telephone: W and a number that never changes its meaning. */
const PHONE: Readonly<Record<Unsaved | ReceiveFault, string>> = {
  full: "W-12", failed: "W-13", elsewhere: "W-15", offline: "W-21", wrong_secret: "W-22", offer_used: "W-23", unreadable: "W-24", busy: "W-25", storage: "W-26", withdrawn: "W-27", another_phone: "W-28", replaced: "W-29", former_phone: "W-30",
};

/** Why a change was not kept: another window of this wallet was first, the phone is full, or what the place says of itself. */
export function unkeptFor(cause: Unsaved | "weak", otherwise: Key): Key {
  return cause === "elsewhere" || cause === "full" ? `save.${cause}` : otherwise;
}

/** Keeps a change and gives whether it was kept; why not stands until the next one. */
export type Keep = (change: Promise<SaveOutcome>) => Promise<boolean>;
export function useKeeping(): readonly [VNode | null, Keep] {
  const { say } = useWords();
  const [fault, setFault] = useState<Key | null>(null);
  const keep: Keep = async (change) => {
    const outcome = await change.catch(() => "failed" as const);
    setFault(outcome === "saved" ? null : unkeptFor(outcome, "save.failed"));
    return outcome === "saved";
  };
  return [fault === null ? null : <p role="alert">{say(fault)}</p>, keep];
}

/** Lost from the disk while it stood open. */
const GONE = "W-14";

/** A pass could not be kept: what was there before is called whole only once it was looked for. */
export function UnkeptView({ carried }: { carried: Carried["unkept"] }): VNode {
  const { ports: { pocket }, leave } = useWalk();
  const { passes } = useOpened();
  const { say } = useWords();
  const [here, setHere] = useState<boolean | null>(null);
  useEffect(() => void pocket.here().then(setHere), []);
  const { cause, arrived } = carried;
  if (here === false) return <Gone />;
  const safe = say(passes.length === 0 ? "unkept.safe_0" : passes.length === 1 ? "unkept.safe_1" : "unkept.safe", { n: passes.length });
  return (
    <main class="page" id="main">
      <Headed title={say(`unkept.${cause}`)} />
      {here && <Reasons title={say("fault.what")} why={say("unkept.what")} safe={safe} fix={say(`unkept.${cause}_fix`)} phone={PHONE[cause]} />}
      <div class="taps">
        <button class="tap main" type="button" onClick={() => leave("arrived", arrived)}>{say("fault.again")}</button>
        <button class="tap" type="button" onClick={() => leave("home", null)}>{say("fault.later")}</button>
      </div>
    </main>
  );
}

/** What was open is no longer on the disk. */
function Gone(): VNode {
  const { leave } = useWalk();
  const { say } = useWords();
  return (
    <main class="page" id="main">
      <Headed title={say("unkept.gone")} />
      <Filing />
      <button class="tap" type="button" onClick={() => leave("home", null)}>{say("fault.later")}</button>
    </main>
  );
}

/** The last copy is the one in memory, which goes when the wallet closes: the way on is a file, and its button stands before all that explains. */
function Filing(): VNode {
  const { ports: { pocket, saveFile } } = useWalk();
  const { say } = useWords();
  const [filed, setFiled] = useState(false);
  const name = say("backup.file_name");
  const file = (): void => void pocket.exportFile().then((sealed) => {
    saveFile(name, sealed);
    setFiled(true);
  });
  return (
    <>
      <p class="do"><b>{say("unkept.gone_fix")}</b></p>
      <button class="tap main" type="button" onClick={file}><Glyph name="save" />{say("backup.file")}</button>
      <p role="status">{filed && say("backup.filed", { name })}</p>
      <Reasons title={say("fault.what")} why={say("unkept.gone_why")} safe={say("unkept.gone_safe")} fix={null} phone={GONE} />
    </>
  );
}

/** Nothing came: no connection, a code that does not open, a file that is none. Stands over the form, so that what was typed stays. */
export function Unreceived({ fault }: { fault: ReceiveFault }): VNode | null {
  const { ports: { pocket } } = useWalk();
  const { say } = useWords();
  const [here, setHere] = useState(fault === "storage" ? null : true); // what could not be kept may be gone with all the rest
  useEffect(() => void (here === null && pocket.here().then(setHere)), []);
  if (here === null) return null;
  if (!here) return <section class="stack"><h2>{say("unkept.gone")}</h2><Filing /></section>;
  const unused = fault === "offline" || fault === "busy" || fault === "former_phone"; // the issuer did not look at the code, or opened nothing by it
  const safe = unused ? `${say("unreceived.safe")} ${say("unreceived.code_safe")}` : say("unreceived.safe");
  return <Reasons title={say("fault.what")} why={say(`unreceived.${fault}`)} safe={safe} fix={say(`unreceived.${fault}_fix`)} phone={PHONE[fault]} />;
}

function Headed({ title }: { title: string }): VNode {
  return <div class="pin-head left"><Glyph name="mind" /><h1>{title}</h1></div>;
}
