/** A code on the screen or on paper: black on white in every theme, quiet zone inside, nothing on it (LOOK section 3). Draws only. */
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { drawPlainQr, drawQr, type QrDrawing, type QrLevel } from "../kernel/qr.ts";

/** FORMAT section 9: each frame of a code of several parts stands so long. */
const FRAME_MS = 400;
const PAPER_MODULE_MM = 0.6;

/** One code of one or more parts, which then take turns. `paper`: at 0.6 mm a module (FORMAT 8.4). */
export function QrPicture({ texts, level, label, paper }: { texts: readonly string[]; level: QrLevel; label: string; paper?: boolean }): VNode {
  const [turn, setTurn] = useState(0);
  const codes = useMemo(() => texts.map((text) => drawQr(text, level)), [texts, level]);
  useEffect(() => {
    setTurn(0);
    if (codes.length < 2) return undefined;
    const timer = setInterval(() => setTurn((now) => (now + 1) % codes.length), FRAME_MS);
    return () => clearInterval(timer);
  }, [codes]);
  const code = codes[turn] ?? codes[0];
  if (code === undefined) throw new Error("a code without a text");
  return <Symbol code={code} label={label} width={paper ? `${code.size * PAPER_MODULE_MM}mm` : null} />;
}

/** A code of a text that other programs read, such as a code app's address. */
export function PlainQr({ text, label }: { text: string; label: string }): VNode {
  return <Symbol code={useMemo(() => drawPlainQr(text, "M"), [text])} label={label} width={null} />;
}

function Symbol({ code, label, width }: { code: QrDrawing; label: string; width: string | null }): VNode {
  return (
    <div class="qr" style={width === null ? {} : { width }}>
      <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={label} shape-rendering="crispEdges"><path d={code.path} /></svg>
    </div>
  );
}
