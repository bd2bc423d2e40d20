/** A way on from a view: in the mode with pictures by its picture, else as a button or, `quiet`, as a link. Draws only. */
import type { ComponentProps, VNode } from "preact";
import { Glyph } from "../../kit/icons.tsx";
import { type PictureName, PictureWay } from "../../kit/pictures.tsx";
import { useWalk } from "./walk.tsx";

export interface WayOnParts {
  readonly picture: PictureName;
  readonly word: string;
  readonly go: () => void;
  /** Beside the word of a button. */
  readonly glyph?: ComponentProps<typeof Glyph>["name"];
  readonly quiet?: boolean;
}

export function WayOn({ picture, word, go, glyph, quiet }: WayOnParts): VNode {
  const { easy } = useWalk();
  if (easy) return <PictureWay name={picture} word={word} go={go} />;
  return <button class={quiet ? "link-tap" : "tap"} type="button" onClick={go}>{glyph !== undefined && <Glyph name={glyph} />}{word}</button>;
}
