/**
 * A handheld scanner types like a keyboard: which keystrokes are one code, and what it says. Pure; listening is listening.ts's.
 *
 * A scanner made for an English keyboard, on a device set to a Spanish one, writes `'` for `-` and `Ñ` for `:`. The keys
 * themselves tell what it meant, so a code is taken as typed where that is one, else as those keys read in English.
 */

/** One key going down. `at` in milliseconds; `inField`: it would be written into a text field. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly at: number;
  readonly inField: boolean;
}

/** `other`: not a scanner's; `part`: one of several fast strokes; `echo`: a second end of the same code. */
export type Heard = "other" | "part" | "echo" | { readonly text: string; readonly foreign: boolean };

/** No person types so fast. Where nothing can be written, or what is written begins as a code, the next key may come later. */
const PACE = { fast: 60, slow: 1000 } as const;
const LEAST = 8;
const CERTAIN = 3;
const LONGEST = 4_296;
const ECHO = 300;
const CODE = /^V[A-Z]1-[0-9A-Z $%*+\-./:]+$/;
const BEGUN = /^V(?:[A-Z](?:1(?:-.*)?)?)?$/;
const NEARLY = /^v[a-z]1[^0-9a-z]/i;
/** The keys of an English keyboard that a code may need, plain and with shift. */
const KEYS: Readonly<Record<string, readonly [string, string]>> = {
  Space: [" ", " "], Minus: ["-", "_"], Equal: ["=", "+"], Period: [".", ">"], Slash: ["/", "?"], Semicolon: [";", ":"], Quote: ["'", '"'],
  NumpadAdd: ["+", "+"], NumpadSubtract: ["-", "-"], NumpadMultiply: ["*", "*"], NumpadDivide: ["/", "/"], NumpadDecimal: [".", "."],
};
const SHIFTED_FIGURES = ")!@#$%^&*(";

export class Ear {
  #typed = "";
  #meant = "";
  #last = -Infinity;
  #ended = -Infinity;

  /** Whether the next stroke begins anew. */
  isFresh(stroke: Stroke): boolean {
    const slow = !stroke.inField || BEGUN.test(this.#typed) || BEGUN.test(this.#meant);
    return this.#typed === "" || stroke.at - this.#last > (slow ? PACE.slow : PACE.fast);
  }

  hear(stroke: Stroke): Heard {
    if (this.isFresh(stroke)) this.#forget();
    if (stroke.key === "Enter" || stroke.key === "Tab") return this.#end(stroke.at);
    if ([...stroke.key].length > 1 && stroke.key !== "Dead") return "other"; // shift and the like come between
    this.#typed += stroke.key === "Dead" ? "´" : stroke.key;
    this.#meant += meant(stroke);
    this.#last = stroke.at;
    if (this.#typed.length > LONGEST) this.#forget();
    return this.#typed.length >= CERTAIN ? "part" : "other";
  }

  #end(at: number): Heard {
    const [typed, meantText] = [this.#typed, this.#meant];
    this.#forget();
    if (typed.length < LEAST) return at - this.#ended <= ECHO ? "echo" : "other";
    this.#ended = at;
    if (CODE.test(typed)) return { text: typed, foreign: false };
    if (CODE.test(meantText)) return { text: meantText, foreign: false };
    // Of Puente by its beginning, but with letters that no code has: said as a code that cannot be read.
    if (NEARLY.test(typed)) return { text: `${typed.slice(0, 3).toUpperCase()}-${typed.slice(4)}`, foreign: true };
    return { text: typed, foreign: false };
  }

  #forget(): void {
    this.#typed = "";
    this.#meant = "";
  }
}

/** What the key writes on an English keyboard; a key that none is known of, what it wrote here. */
function meant({ key, code, shift }: Stroke): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const figure = /^(Digit|Numpad)([0-9])$/.exec(code);
  if (figure !== null) return shift && figure[1] === "Digit" ? SHIFTED_FIGURES.charAt(Number(figure[2])) : (figure[2] ?? key);
  return KEYS[code]?.[shift ? 1 : 0] ?? key;
}
