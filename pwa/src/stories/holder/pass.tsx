/** One pass, whole and in words: state with its date, name as signed, facts; opened by PIN or not; taken away. Draws only. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph, TierIcon } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { certificateDate } from "../../words/text.ts";
import { cardOf, copiesOf, firstOf, fullest, nameOf, repin } from "./card.ts";
import { AnswersList } from "./correct/answers.tsx";
import { isFresh } from "./correct/told.ts";
import { useKeeping } from "./faults.tsx";
import { StateChip } from "./home.tsx";
import type { Held } from "./ports.ts";
import { ReasonBlock } from "./reason.tsx";
import { useOpened, useWalk } from "./walk.tsx";
import { Whole } from "./whole.tsx";

export function PassView({ carried: name }: { carried: string }): VNode | null {
  const { leave } = useWalk();
  const held = useOpened().passes.find((each) => each.name === name);
  // Another took its place, or it was taken away, while it was looked at.
  useEffect(() => {
    if (held === undefined) leave("home", null);
  }, [held === undefined]);
  return held === undefined ? null : <Pass held={held} />;
}

function Pass({ held }: { held: Held }): VNode {
  const { go } = useWalk();
  const { language, say } = useWords();
  const card = cardOf(held, language);
  const { pass } = card;
  const { passes } = useOpened();
  const whole = fullest(copiesOf(held, passes));
  return (
    <main class="page" id="main">
      {card.kind !== card.title && <p class="small quiet pass-kind">{card.kind}</p>}
      <h1 class="pass-title">{card.title}</h1>
      <p class="chips">
        <StateChip card={card} />
        {pass.tier !== null && <span class={`tier ${pass.tier.toLowerCase()}`}><TierIcon tier={pass.tier} />{say(`tier.${pass.tier}`)}</span>}
      </p>
      {card.old && <div class="note"><p>{say("pass.old")}</p></div>}
      {card.ends !== null && <div class="note"><p>{say("pass.ends", { date: certificateDate(language, card.ends) })}</p></div>}
      {(pass.verdict === "revoked" || pass.verdict === "under_review") && <p>{say("pass.rights")}</p>}
      {pass.verdict === "cannot_verify" && !card.own && <ReasonBlock judged={held.judged} safe={null} />}
      <div class="taps">
        {held.bound && <button class="tap main" type="button" onClick={() => go("show", held.name)}><Glyph name="code" />{say("pass.show")}</button>}
        <button class="tap" type="button" onClick={() => go("print", held.name)}><Glyph name="print" />{say("pass.print")}</button>
      </div>
      <dl class="facts">
        <div><dt>{say("pass.name")}</dt><dd><b>{nameOf(held)}</b></dd></div>
      </dl>
      <Whole held={whole} badged />
      {held.bound && <Wrong held={held} />}
      <Pinned held={held} />
      <Away held={held} />
      <p class="small quiet">{say("home.free")}</p>
    </main>
  );
}

/** Whether the PIN alone shows it; changing that needs the vault open. */
function Pinned({ held }: { held: Held }): VNode {
  const { ports, go } = useWalk();
  const { vault, passes } = useOpened();
  const { say } = useWords();
  const [fault, keep] = useKeeping();
  const change = (): void => {
    if (!vault) return go("vault", { then: "repin", pass: held.name });
    void keep(repin(ports.pocket, held, passes));
  };
  return (
    <div class="note plain">
      <p>{say(held.pinned ? "pass.pinned" : "pass.unpinned")}</p>
      {fault}
      <p><button class="link-tap" type="button" onClick={change}>{say(held.pinned ? "pass.unpin" : "pass.pin")}</button></p>
    </div>
  );
}

/** Taken away for good, after a second yes. */
function Away({ held }: { held: Held }): VNode | null {
  const { ports, leave } = useWalk();
  const { vault, passes } = useOpened();
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  const [fault, keep] = useKeeping();
  if (!vault) return null;
  const drop = (): void => void keep(ports.pocket.drop(copiesOf(held, passes).map(({ name }) => name))).then((kept) => kept && leave("home", null));
  if (!asking) return <button class="tap" type="button" onClick={() => setAsking(true)}>{say("pass.drop")}</button>;
  return (
    <div class="reason" role="group" aria-label={say("pass.drop")}>
      <div>
        <p>{say("pass.drop_what")}</p>
        {fault}
        <div class="taps two">
          <button class="tap" type="button" onClick={() => setAsking(false)}>{say("pass.drop_no")}</button>
          <button class="tap hard" type="button" onClick={drop}>{say("pass.drop_yes")}</button>
        </div>
      </div>
    </div>
  );
}

/** The way to who signed it, where something is wrong with it. */
function Wrong({ held }: { held: Held }): VNode {
  const { ports: { pocket }, go } = useWalk();
  const { vault, disputes } = useOpened();
  const { say } = useWords();
  const lines = disputes.filter(({ pass }) => pass === held.name);
  const fresh = lines.filter(isFresh).map(({ id }) => id);
  useEffect(() => void (fresh.length > 0 && pocket.heard(fresh)), [fresh.join(" ")]);
  const { verdict } = held.judged.report;
  const cancelled = firstOf(held) === "cancelled"; // it may be announced that it will be
  const ask = (): void => (vault ? go("correct", { pass: held.name, kind: firstOf(held) }) : go("vault", { then: "correct", pass: held.name }));
  return (
    <>
      <AnswersList lines={lines} />
      <div class="note plain">
        <p>{say(verdict === "under_review" ? "pass.reviewed" : cancelled ? "pass.wrongly" : "pass.wrong")}</p>
        <p><button class="link-tap" type="button" onClick={ask}>{say("correct.title")}</button></p>
      </div>
    </>
  );
}
