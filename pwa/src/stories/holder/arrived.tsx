/** What came, to be checked before it is kept: each pass in words with what this phone says of it; what may not be kept, with the reason. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Rest } from "../../kit/easy.tsx";
import { Glyph } from "../../kit/icons.tsx";
import { useWords } from "../../kit/words.tsx";
import { deciding, groupOf, phoneCode } from "../../kit/reasons.ts";
import { equals, type JsonObject } from "../../kernel/json.ts";
import { claimsOf } from "../../kernel/subject.ts";
import { renewed } from "../../kernel/succeeding.ts";
import { cancelledIn, cardOf, certificatesOf, fullest, isSameName, type Named, namedBy, nameOf, strangeTo } from "./card.ts";
import { Head } from "./head.tsx";
import { StateChip } from "./home.tsx";
import type { Arrived, Held } from "./ports.ts";
import { ReasonBlock, Reasons } from "./reason.tsx";
import { type Carried, useOpened, useWalk } from "./walk.tsx";
import { Whole } from "./whole.tsx";
import { VC_MEDIA } from "../../words/terms.ts";

export function ArrivedView({ carried }: { carried: Carried["arrived"] }): VNode {
  const { ports, go, leave } = useWalk();
  const { say } = useWords();
  const { passes } = useOpened();
  const [busy, setBusy] = useState(false);
  const good = carried.passes.filter(({ refused }) => refused === null);
  const cancelled = cancelledIn(passes);
  const places = renewed(good.filter(hasDocument).map(({ document }) => document), cancelled);
  const formerOf = (copies: readonly Read[]): Held | null => {
    const names = copies.map((copy) => places[good.indexOf(copy)]);
    return cancelled.find(({ name }) => names.includes(name)) ?? null;
  };
  const seen = certificatesOf(good.filter(hasDocument)); // copies of one certificate are looked at once, and kept all
  const ended = seen.flat().some(({ judged }) => judged.report.verdict === "expired");
  const isStrange = strangeTo(passes);
  const strange = good.filter(isStrange);
  const hers = good.filter((each) => !isStrange(each));
  const bad = carried.passes.filter(({ refused }) => refused !== null);
  /** A pass with a wrong name is kept too: whoever asks for a correction proves that it is hers. */
  const keep = (wrong: Read | null, kept = good): void => {
    setBusy(true);
    void ports.pocket.keep(kept).then((outcome) => {
      if (outcome !== "saved") return leave("unkept", { cause: outcome, arrived: carried });
      const held = ports.pocket.opened()?.passes.find(({ document }) => wrong !== null && equals(document, wrong.document));
      if (held === undefined) return leave("home", null);
      leave("home", null); // from the pass the way back leads there: what brought it is done
      go("pass", held.name);
      go("correct", { pass: held.name, kind: "name" });
    });
  };
  const saveBadge = (): void => ports.saveFile(say("arrived.badge_file"), new Blob([JSON.stringify(carried.badge)], { type: VC_MEDIA }));
  const [bound] = seen.flat().filter(({ document }) => "id" in claimsOf(document));
  return (
    <main class="page" id="main">
      <Head by="arrived" title={say(seen.length === 0 ? "arrived.none" : seen.length === 1 ? "arrived.title" : "arrived.several", { n: seen.length })} />
      {seen.map((copies, place) => <Good key={place} arrived={fullest(copies)} former={formerOf(copies)} />)}
      {bad.map((one, place) => <Bad key={place} arrived={one} />)}
      {strange.length > 0 && (
        <Whose
          came={namedBy(strange)} several={certificatesOf(strange.filter(hasDocument)).length > 1} held={namedBy(passes)} busy={busy} yes={() => keep(null)} no={() => leave("home", null)}
          some={hers.length === 0 ? null : () => keep(null, hers)}
        />
      )}
      <div class="taps">
        {strange.length === 0 && good.length > 0 && <button class="tap main" type="button" disabled={busy} onClick={() => keep(null)}><Glyph name="same" />{say(ended ? "arrived.keep_expired" : "arrived.keep")}</button>}
        {bound !== undefined && <button class="tap" type="button" disabled={busy} onClick={() => keep(bound)}><Glyph name="flag" />{say("arrived.wrong_name")}</button>}
        {strange.length === 0 && good.length > 0 && <button class="tap" type="button" onClick={() => leave("home", null)}>{say("arrived.leave")}</button>}
        {good.length === 0 && <button class="tap main" type="button" onClick={() => leave("add", null)}>{say("arrived.another")}</button>}
      </div>
      <Rest>
        {carried.badge != null && good.length > 0 && (
          <section class="note">
            <p>{say("arrived.badge")}</p>
            <button class="tap" type="button" onClick={saveBadge}><Glyph name="save" />{say("arrived.badge_save")}</button>
          </section>
        )}
        {carried.pickedUp && good.length > 0 && <p class="small">{say(strange.length > 0 ? "arrived.used_up_strange" : "arrived.used_up")}</p>}
        {bound !== undefined && <p class="small quiet">{say("arrived.no_delay")}</p>}
      </Rest>
      <p class="small quiet">{say("home.free")}</p>
    </main>
  );
}

interface WhoseParts {
  readonly came: readonly Named[];
  /** More than one certificate is asked about, under one name or several. */
  readonly several: boolean;
  readonly held: readonly Named[];
  readonly busy: boolean;
  readonly yes: () => void;
  readonly no: () => void;
  /** Keeps those alone that say a name of hers; null where none does. */
  readonly some: (() => void) | null;
}

/** Another name than hers, or hers with another document: a card or a file of somebody else's is read as easily, so it is asked before it is kept. */
function Whose({ came, several, held, busy, yes, no, some }: WhoseParts): VNode {
  const { say } = useWords();
  const twins = came.some((one) => one.tail !== null && held.some((each) => isSameName(one, each))); // then the name alone tells nothing apart
  const quotedOne = ({ name, tail }: Named): string => (twins && tail !== null ? say("arrived.quoted_document", { name, tail }) : say("arrived.quoted", { name }));
  const quoted = (people: readonly Named[]): string => [...new Set(people.map(quotedOne))].join(", ");
  return (
    <section class="note" aria-labelledby="whose">
      <p id="whose"><b>{say(several ? "arrived.whose_several" : "arrived.whose", { came: quoted(came), held: quoted(held) })}</b></p>
      <div class="taps">
        <button class="tap" type="button" disabled={busy} onClick={yes}><Glyph name="same" />{say(several ? "arrived.mine_several" : "arrived.mine")}</button>
        {some !== null && <button class="tap" type="button" disabled={busy} onClick={some}>{say(twins ? "arrived.only_mine_document" : "arrived.only_mine")}</button>}
        <button class="tap" type="button" onClick={no}>{say(several ? "arrived.not_mine_several" : "arrived.not_mine")}</button>
      </div>
    </section>
  );
}

type Read = Arrived & { readonly document: JsonObject };

function hasDocument(arrived: Arrived): arrived is Read {
  return arrived.document !== null;
}

/** `former`: the cancelled one of hers whose place it takes. */
function Good({ arrived, former }: { arrived: Read; former: Held | null }): VNode {
  const { language, say } = useWords();
  const { document, judged } = arrived;
  const card = cardOf({ document, judged }, language);
  return (
    <section class="came">
      <dl class="facts">
        <div><dt>{say("arrived.name")}</dt><dd><b>{nameOf(arrived)}</b></dd></div>
      </dl>
      <Whole held={arrived} />
      <dl class="facts">
        <div><dt>{say("arrived.checked")}</dt><dd><StateChip card={card} /></dd></div>
      </dl>
      {former !== null && <div class="note"><p>{say("arrived.replaces", { name: nameOf(former) })}</p></div>}
      {card.old && <div class="note"><p>{say("pass.old")}</p></div>}
    </section>
  );
}

/** What a presentation is to who keeps passes. */
const SHAPE = "invalid_shape";

/** The verifier's reason; what only the wallet can say (made for another key, shown by somebody) has words of its own. */
function Bad({ arrived: { refused, judged } }: { arrived: Arrived }): VNode {
  const { say } = useWords();
  const { verdict, reasons } = judged.report;
  const group = groupOf(reasons[deciding(reasons)] ?? "");
  const stands = verdict === "valid" || verdict === "valid_as_of" || verdict === "expired";
  const isShowing = verdict === "cannot_verify" ? group === "late" : refused === SHAPE;
  if (!stands && !isShowing) return <ReasonBlock judged={judged} safe={say("arrived.safe")} />;
  const why = isShowing ? "no_pass" : "not_hers";
  return <Reasons title={say("v.why")} why={say(`arrived.${why}`)} safe={say("arrived.safe")} fix={say(`arrived.${why}_fix`)} phone={isShowing ? phoneCode("V8", SHAPE) : phoneCode("V23", refused ?? "")} />;
}
