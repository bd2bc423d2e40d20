/** The large pictures of the mode without lists: what can be done there, and the ways into the vault. Hidden from readers; a word stands beside each. */
import type { VNode } from "preact";

const PICTURES = {
  show: "M36 8h24a6 6 0 0 1 6 6v58a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6zM39 20h8v8h-8zM51 20h6v6h-6zM39 34h6v6h-6zM50 33h8v8h-8zM10 60c4 10 10 18 20 26M86 60c-4 10-10 18-20 26",
  know: "M12 52h72c0 16-14 28-36 28S12 68 12 52zM34 40c-4-6 4-10 0-18M52 40c-4-6 4-10 0-18M38 64l8 8 14-15",
  receive: "M21 14h38a5 5 0 0 1 5 5v56a5 5 0 0 1-5 5H21a5 5 0 0 1-5-5V19a5 5 0 0 1 5-5zM26 28h28M26 40h28M26 52h14M70 54v28M56 68h28",
  pin: "M26 6h44a6 6 0 0 1 6 6v72a6 6 0 0 1-6 6H26a6 6 0 0 1-6-6V12a6 6 0 0 1 6-6zM32 20h32M34 38h2M47 38h2M60 38h2M34 54h2M47 54h2M60 54h2M34 70h2M47 70h2M60 70h2",
  passphrase: "M14 14h68a6 6 0 0 1 6 6v40a6 6 0 0 1-6 6H46L28 82V66H14a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6zM22 32h14M46 32h28M22 48h26M58 48h16",
  sheet: "M24 6h34l18 18v60a6 6 0 0 1-6 6H24a6 6 0 0 1-6-6V12a6 6 0 0 1 6-6zM58 6v18h18M30 40h10M50 40h10M30 52h10M50 52h10M30 64h14v14H30zM54 66h8M54 76h8",
  halves: "M36 18a11 11 0 1 1-22 0 11 11 0 0 1 22 0zM82 18a11 11 0 1 1-22 0 11 11 0 0 1 22 0zM6 56c0-11 8-17 19-17s19 6 19 17M52 56c0-11 8-17 19-17s19 6 19 17M14 60h22v30H14zM60 60h22v30H60zM21 70h8M21 79h8M67 70h8M67 79h8",
  drawing: "M10 10h20v20H10zM38 10h20v20H38zM66 10h20v20H66zM10 38h20v20H10zM66 38h20v20H66zM10 66h20v20H10zM38 66h20v20H38zM66 66h20v20H66zM53 48a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM48 37v2M48 57v2M37 48h2M57 48h2",
} as const;
export type PictureName = keyof typeof PICTURES;

export function Picture({ name }: { name: PictureName }): VNode {
  return <svg class="picture" viewBox="0 0 96 96" aria-hidden="true"><path d={PICTURES[name]} /></svg>;
}

/** A way on: its picture and its word. */
export function PictureWay({ name, word, go }: { name: PictureName; word: string; go: () => void }): VNode {
  return <button class="way picture" type="button" onClick={go}><Picture name={name} /><span><b>{word}</b></span></button>;
}
