/** A card to print at home or at a kiosk: a copy, and it says so. Draws only; the card's sheet of four is the issuer's. */
import type { VNode } from "preact";
import { issuerName } from "../../../kit/facts.ts";
import { claimsOf } from "../../../kernel/subject.ts";
import { shown } from "../../../kernel/typed.ts";
import { Glyph, Mark } from "../../../kit/icons.tsx";
import { QrPicture } from "../../../kit/qr.tsx";
import { useWords } from "../../../kit/words.tsx";
import { certificateDate } from "../../../words/text.ts";
import type { Held } from "../ports.ts";
import { kindOf, titleOf } from "./sees.ts";

export function PrintView({ held, texts, print, erase }: { held: Held; texts: readonly string[]; print: () => void; erase: () => void }): VNode {
  const { language, say } = useWords();
  const pass = held.judged.report.passes[0] ?? null;
  const subject = claimsOf(held.document);
  const tail = typeof subject["idTail"] === "string" ? subject["idTail"] : null;
  return (
    <main class="page print" id="main">
      <h1 class="no-print">{say("print.title")}</h1>
      <p class="no-print">{say("print.what")}</p>
      <article class="card-print">
        <p class="card-mark"><Mark /> {say("app.brand")}</p>
        <h2>{shown(String(subject["name"] ?? ""))}</h2>
        <p>{kindOf(held, language)}</p>
        <p><b>{titleOf(pass, subject, held.judged.labels[language] ?? null, language)}</b></p>
        <p>{issuerName(pass, language)}</p>
        {pass?.validFrom && <p>{say("fact.from", { date: certificateDate(language, pass.validFrom) })}</p>}
        {pass?.validUntil && <p>{say("fact.until", { date: certificateDate(language, pass.validUntil) })}</p>}
        {tail !== null && <p>{say("print.tail")} <span class="tail">{tail}</span></p>}
        <QrPicture texts={texts} level="Q" label={say("print.qr")} paper />
        <p><b>{say("print.copy")}</b></p>
        <p>{say("print.check")}</p>
        <p>{say("print.free")}</p>
      </article>
      <button class="tap main no-print" type="button" onClick={print}><Glyph name="print" />{say("print.go")}</button>
      <p class="small quiet no-print">{say("print.shared")}</p>
      <p class="no-print"><button class="link-tap" type="button" onClick={erase}>{say("print.borrowed")}</button></p>
    </main>
  );
}
