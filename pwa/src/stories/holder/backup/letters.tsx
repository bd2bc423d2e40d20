/** The letters of a recovery sheet in their numbered groups, with the QR that says the same. Draws only. */
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { QrPicture } from "../../../kit/qr.tsx";
import { useWords } from "../../../kit/words.tsx";
import type { SheetView } from "../ports.ts";

export function SheetLetters({ sheet }: { sheet: SheetView }): VNode {
  const { say } = useWords();
  const texts = useMemo(() => [sheet.qr], [sheet.qr]);
  return (
    <>
      <ol class="groups" data-unsaid aria-label={say("sheet.letters")}>{groupsOf(sheet.letters).map((group, place) => <li key={place}><b>{group}</b></li>)}</ol>
      <QrPicture texts={texts} level="M" label={say("sheet.qr")} />
    </>
  );
}

/** The groups of four as they are read aloud. */
export function groupsOf(letters: string): readonly string[] {
  return letters.split("-");
}
