/** Who is open: her passes, each with its state and the date of that; what is still to be done; and the ways on. Draws only. */
import type { VNode } from "preact";
import { Glyph, HalfBridge, VerdictIcon } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { certificateDate } from "../../words/text.ts";
import { cardOf, type Card, certificatesOf, copiesOf, isFollowed, originOf } from "./card.ts";
import { ClockNotice } from "./clock.tsx";
import { Answered } from "./correct/answers.tsx";
import { SpeltOtherwise } from "./correct/spelt.tsx";
import { Head } from "./head.tsx";
import { useKeeping } from "./faults.tsx";
import { Knocking } from "./knocking.tsx";
import type { Held } from "./ports.ts";
import { useBehind, useOpened, useWalk } from "./walk.tsx";

export function HomeView(): VNode {
  const { go, easy } = useWalk();
  const opened = useOpened();
  const { say } = useWords();
  const behind = useBehind();
  const add = (): void => behind("add");
  const empty = opened.passes.length === 0;
  return (
    <main class="page" id="main">
      <Head by="know" title={say("home.title")} />
      <ClockNotice />
      {empty ? <><Empty vault={opened.vault} /><button class="tap main" type="button" onClick={add}><Glyph name="camera" />{say("home.first")}</button></> : <button class="tap main" type="button" onClick={() => go("show", null)}><Glyph name="code" />{say("home.show")}</button>}
      <Knocking />
      <Answered />
      {!empty && <ul class="stack">{certificatesOf(opened.passes).map(([held]) => <PassRow key={held.name} held={held} passes={opened.passes} open={() => go("pass", held.name)} />)}</ul>}
      <Notices />
      <div class="taps">
        {!empty && <button class="tap" type="button" onClick={add}><Glyph name="plus" />{say("home.add")}</button>}
        {!opened.vault && <button class="tap" type="button" onClick={() => go("vault", { then: easy ? "list" : "home", pass: "" })}><Glyph name="lock" />{say("home.vault")}</button>}
      </div>
      <p class="small quiet">{say("home.free")}</p>
    </main>
  );
}

/** What waits for her: a PIN, the sheet, an end date that comes near. */
function Notices(): VNode {
  const { go } = useWalk();
  const behind = useBehind();
  const { hasPin, hasPassphrase, saved, vault, passes, backup } = useOpened();
  const lost = !saved && !vault && !hasPassphrase && passes.length === 0; // she locked before three groups came back
  const { language, say } = useWords();
  const ending = certificatesOf(passes).map(([held]) => ({ name: held.name, card: cardOf(held, language) })).filter(({ card }) => card.ends !== null);
  return (
    <>
      {ending.map(({ name, card }) => (
        <div class="note" key={name}><p><b>{card.kind}.</b> {say("pass.ends", { date: certificateDate(language, card.ends ?? "") })}</p></div>
      ))}
      <TakenElsewhere />
      <SpeltOtherwise />
      {!hasPin && (
        <div class="note"><p>{say("home.no_pin")}</p><p><button class="link-tap" type="button" onClick={() => go("newpin", null)}>{say("home.set_pin")}</button></p></div>
      )}
      {saved && !backup.on && passes.length > 0 && (
        <div class="note">
          <p>{say("backup.off")}</p>
          <p><button class="link-tap" type="button" onClick={() => behind("backup")}>{say("backup.start")}</button></p>
        </div>
      )}
      {lost && (
        <div class="note">
          <p><b>{say("home.sheet_left")}</b> {say("home.sheet_left_do")}</p>
          <p><button class="link-tap" type="button" onClick={() => go("vault", { then: "sheet", pass: "" })}>{say("home.sheet_have")}</button></p>
          <p><button class="link-tap" type="button" onClick={() => go("erase", "anew")}>{say("home.sheet_anew")}</button></p>
        </div>
      )}
      {!saved && !lost && (
        <div class="note">
          <p><b>{say("home.sheet")}</b> {say(backup.on ? "home.sheet_why_on" : "home.sheet_why")}</p>
          <p><button class="link-tap" type="button" onClick={() => behind("sheet")}>{say("home.sheet_do")}</button></p>
        </div>
      )}
    </>
  );
}

/** A pass that another phone of hers took away is taken away here only by her own yes (TRUST section 8). */
function TakenElsewhere(): VNode {
  const { passes } = useOpened();
  return <>{certificatesOf(passes.filter(({ gone }) => gone)).map(([held]) => <Taken key={held.name} held={held} />)}</>;
}

function Taken({ held }: { held: Held }): VNode {
  const { ports: { pocket } } = useWalk();
  const { passes } = useOpened();
  const { language, say } = useWords();
  const [fault, keep] = useKeeping();
  const names = copiesOf(held, passes).filter(({ gone }) => gone).map(({ name }) => name);
  return (
    <div class="note">
      <p><b>{cardOf(held, language).title}.</b> {say("home.gone")}</p>
      {fault}
      <div class="taps two">
        <button class="tap" type="button" onClick={() => void keep(pocket.retain(names))}>{say("home.gone_keep")}</button>
        <button class="tap" type="button" onClick={() => void keep(pocket.drop(names))}>{say("home.gone_drop")}</button>
      </div>
    </div>
  );
}

function Empty({ vault }: { vault: boolean }): VNode {
  const { say } = useWords();
  return <div class="empty"><HalfBridge /><h2>{say(vault ? "home.empty" : "home.none_pinned")}</h2><p>{say(vault ? "home.empty_say" : "home.none_pinned_say")}</p></div>;
}

/** Short, and enough to know it from her others: what, how well, who signed it and when, its state; and that it is a copy, or that there is a newer one. */
export function PassRow({ held, passes, open }: { held: Held; passes: readonly Held[]; open: () => void }): VNode {
  const { language, say } = useWords();
  const card = cardOf(held, language);
  const origin = originOf(card, held, language);
  return (
    <li>
      <button class={card.own ? "pass t3" : "pass"} type="button" onClick={open}>
        <span class="side"><Glyph name={card.own ? "talk" : kindGlyph(card)} /></span>
        <span class="in-pass">
          {card.kind !== card.title && <span class="small quiet line">{card.kind}</span>}
          <b class="t">{card.title}</b>
          {card.level !== null && <span class="line"><Level pips={card.level.pips ?? 0} /> {card.level.text}</span>}
          {origin !== null && <span class="small line">{origin}</span>}
          <span class="line"><StateChip card={card} /></span>
          {isFollowed(held, passes) && <span class="small line"><b>{say("pass.followed")}</b></span>}
          {!held.bound && !card.own && <span class="small line"><b>{say("pass.paper")}</b></span>}
        </span>
      </button>
    </li>
  );
}

export function kindGlyph({ pass }: Card): "skill" | "work" | "course" {
  return pass.type === "CompetencePass" ? "skill" : pass.type === "PermitPass" ? "work" : "course";
}

export function Level({ pips }: { pips: number }): VNode {
  return <span class="lvl" aria-hidden="true">{[1, 2, 3].map((step) => <i key={step} class={step <= pips ? "on" : ""} />)}</span>;
}

/** The state in a word, and of which day the data is; what the person says of herself has none. */
export function StateChip({ card }: { card: Card }): VNode {
  const { say } = useWords();
  if (card.own) return <span class="small quiet">{say("pass.own")}</span>;
  const { verdict } = card.pass;
  return (
    <>
      <span class={`chip is-${verdict}`}><VerdictIcon verdict={verdict} chip />{say(`v.${verdict}.word`).replace(/\.$/, "")}</span>
      {card.status !== null && <> <span class="small quiet status">{say(verdict === "valid_as_of" ? "pass.status_of" : "pass.status", { date: card.status })}</span></>}
    </>
  );
}
