/** The nine drawings that stand for people before the PIN: always all nine, whatever exists (LOOK section 3). */
import type { VNode } from "preact";
import { useWords } from "../../kit/words.tsx";

export const SYMBOLS = ["hummingbird", "mountain", "river", "sun", "moon", "flower", "fish", "coffee", "leaf"] as const;
export type SymbolName = (typeof SYMBOLS)[number];

/** Each drawn anew: one that was made once would hold on to the view that it was drawn in first, and to what that says. */
const DRAWINGS: Readonly<Record<SymbolName, () => VNode>> = {
  hummingbird: () => <><path d="M6 30c8 2 14-2 18-10 4-6 10-8 16-6l14 2-12 5c-1 12-9 20-20 20-6 0-10-3-16-11zM24 20c-6-2-12-8-14-14 8 0 15 4 18 10M22 40l-8 14"/><circle cx="38" cy="18" r="1"/></>,
  mountain: () => <><path d="M4 52 24 14l12 22 7-10 17 26zM17 28l7 6 6-5"/></>,
  river: () => <><path d="M4 18c8-6 14 6 22 0s14 6 22 0 8-2 12-2M4 32c8-6 14 6 22 0s14 6 22 0 8-2 12-2M4 46c8-6 14 6 22 0s14 6 22 0 8-2 12-2"/></>,
  sun: () => <><circle cx="32" cy="32" r="12"/><path d="M32 6v8M32 50v8M6 32h8M50 32h8M14 14l5 5M45 45l5 5M50 14l-5 5M19 45l-5 5"/></>,
  moon: () => <><path d="M42 8a25 25 0 1 0 14 34A20 20 0 0 1 42 8z"/></>,
  flower: () => <><circle cx="32" cy="28" r="6"/><path d="M32 22c-8-14 8-14 0 0zM38 26c14-8 14 8 0 4M36 33c8 14-8 14-4 1M28 33c-14 8-14-8-2-3M26 25c-14-8 0-16 4-3M32 40v18M32 52c6-6 10-6 14-6"/></>,
  fish: () => <><path d="M6 32c10-16 28-18 40-4l12-10v28L46 36C34 50 16 48 6 32zM24 22c4 6 4 14 0 20"/><circle cx="16" cy="30" r="1.500"/></>,
  coffee: () => <><path d="M10 22h36v16a14 14 0 0 1-14 14h-8a14 14 0 0 1-14-14zM46 26h6a6 6 0 0 1 0 14h-6M20 14c0-4 4-4 4-8M32 14c0-4 4-4 4-8"/></>,
  leaf: () => <><path d="M12 52C8 26 24 8 54 8c2 28-14 46-36 40M12 56c6-18 16-28 28-36"/></>,
};

/** One drawing, hidden from readers: its word stands beside it. */
export function Drawing({ name }: { name: SymbolName }): VNode {
  return <svg viewBox="0 0 64 64" aria-hidden="true">{DRAWINGS[name]()}</svg>;
}

/** All nine, each a button with its word. */
export function Symbols({ choose }: { choose: (name: SymbolName) => void }): VNode {
  const { say } = useWords();
  return (
    <ul class="symbols">
      {SYMBOLS.map((name) => (
        <li key={name}><button type="button" onClick={() => choose(name)}><Drawing name={name} />{say(`symbol.${name}`)}</button></li>
      ))}
    </ul>
  );
}
