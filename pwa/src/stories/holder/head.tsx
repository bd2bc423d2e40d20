/** The heading of a way in: whose drawing, in the mode with pictures by what she comes in, and the title. Draws only. */
import type { VNode } from "preact";
import { Picture, type PictureName } from "../../kit/pictures.tsx";
import { Drawing, type SymbolName } from "./symbols.tsx";
import { useWalk } from "./walk.tsx";

export function Head({ symbol, by, title }: { symbol?: SymbolName; by: PictureName; title: string }): VNode {
  const { easy } = useWalk();
  if (!easy && symbol === undefined) return <h1>{title}</h1>;
  return (
    <div class={symbol === undefined ? "pin-head left" : "pin-head"}>
      {symbol !== undefined && <Drawing name={symbol} />}
      {easy && <Picture name={by} />}
      <h1>{title}</h1>
    </div>
  );
}
