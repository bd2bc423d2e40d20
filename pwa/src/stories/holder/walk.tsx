/**
 * From view to view: what each is given, who is open, and the ways on and back. What a step carries stays in memory: the
 * browser's history holds a number and nothing else, and after locking no step is left to go back to.
 */
import { createContext, type VNode } from "preact";
import { useContext } from "preact/hooks";
import type { JsonObject } from "../../kernel/json.ts";
import type { Arrived, DisputeKind, HolderPorts, Opened, Unsaved } from "./ports.ts";
import type { SymbolName } from "./symbols.tsx";

/** What she asked for that needs the vault open, and that is done once it is: a room, or an act on a pass. */
export type BehindVault = "add" | "sheet" | "settings" | "backup" | "devices" | "halves" | "phrase" | "history" | "home" | "list" | "show" | "correct" | "repin";

/** What each view is given. A view with nothing to be told has null. */
export interface Carried {
  readonly people: null;
  readonly pin: SymbolName;
  readonly first: null;
  readonly forgot: SymbolName;
  readonly newpin: null;
  /** Where it leads on to. */
  readonly phrase: "home" | "settings";
  readonly vault: { readonly then: BehindVault; readonly pass: string };
  readonly home: null;
  /** The passes, where home is in pictures. */
  readonly list: null;
  readonly pass: string;
  readonly add: null;
  /** `pickedUp`: the code that brought them is used up. */
  readonly arrived: { readonly passes: readonly Arrived[]; readonly pickedUp: boolean; readonly badge?: JsonObject | null };
  readonly unkept: { readonly cause: Unsaved; readonly arrived: Carried["arrived"] };
  readonly sheet: null;
  readonly settings: null;
  readonly about: null;
  /** `anew`: her sheet was left unfinished, and she begins again. */
  readonly erase: "anew" | null;
  readonly backup: null;
  readonly devices: null;
  readonly halves: null;
  readonly recover: null;
  readonly settle: null;
  readonly correct: { readonly pass: string; readonly kind: DisputeKind };
  readonly print: string;
  /** The pass that "show" was tapped on; null: all that the profile may show. */
  readonly show: string | null;
  readonly history: null;
}
export type ViewName = keyof Carried;

/** A view's own: once another view stands, or the page was locked, it leads nowhere and nothing answers through it. */
export interface Walk {
  readonly ports: HolderPorts;
  /** Who is open; null before the PIN. */
  readonly opened: Opened | null;
  /** Pictures with one word each instead of lists. */
  readonly easy: boolean;
  readonly setEasy: (easy: boolean) => void;
  readonly speakIn: (language: string) => void;
  readonly go: <V extends ViewName>(view: V, carried: Carried[V]) => void;
  /** Goes on without a way back to the view that stands. */
  readonly leave: <V extends ViewName>(view: V, carried: Carried[V]) => void;
  readonly back: () => void;
}

export type View<V extends ViewName> = (parts: { readonly carried: Carried[V] }) => VNode | null;

export const WalkContext = createContext<Walk | null>(null);

export function useWalk(): Walk {
  const walk = useContext(WalkContext);
  if (walk === null) throw new Error("a view outside of the page");
  return walk;
}

/** Who is open, for the views that stand behind the PIN alone. */
export function useOpened(): Opened {
  const { opened } = useWalk();
  if (opened === null) throw new Error("a view that needs somebody open");
  return opened;
}

/** The way to a room that needs the vault open: by the vault, where that is closed. */
export function useBehind(): (room: "add" | "sheet" | "backup") => void {
  const { go } = useWalk();
  const { vault } = useOpened();
  return (room) => (vault ? go(room, null) : go("vault", { then: room, pass: "" }));
}
