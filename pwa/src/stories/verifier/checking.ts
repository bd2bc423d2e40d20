/** From what came (camera, photos, text, a handheld scanner) to a judged result; one at a time. Keeps nothing of what was read. */
import { useEffect, useRef, useState } from "preact/hooks";
import { FRAME_LIFE } from "../../kernel/bounds.ts";
import type { Parts } from "../../kit/camera.tsx";
import { isPdf } from "../../kit/pdf.ts";
import type { JudgedHere, PhotoFault } from "../../kit/ports.ts";
import type { Standing, Stands } from "../../kit/standing.ts";
import { frameOf, setOf } from "./framed.ts";
import type { Ports } from "./ports.ts";

export type Way = "camera" | "photo" | "text" | "scanner";

/** A result, how its code came, and whether a scanner wrote letters that no code has. */
export interface Checked {
  readonly judged: JudgedHere;
  readonly way: Way;
  readonly foreign: boolean;
}

export interface Checking {
  readonly reading: boolean;
  readonly photoFault: PhotoFault | null;
  /** How far a scanner is with a code of several parts. */
  readonly parts: Parts | null;
  readonly texts: (texts: readonly string[], way: Way, foreign?: boolean) => Promise<void>;
  readonly photos: (files: readonly File[]) => Promise<void>;
  readonly scanned: (text: string, foreign: boolean) => void;
  readonly calm: () => void;
}

/** What was read, and how. */
export interface Came {
  readonly texts: readonly string[];
  readonly way: Way;
  readonly foreign: boolean;
}

export interface CheckingNeeds {
  /** Which view stands: what was read in one that is gone is dropped. */
  readonly standing: Standing;
  /** Judges what came, and goes where that leads while `stands`. */
  readonly receive: (came: Came, stands: Stands) => Promise<void>;
  /** A result is before the person, so that a part of its code that comes again is nothing new. */
  readonly resultStands: boolean;
  /** The QR reader cannot be opened. */
  readonly unread: () => void;
}

export function useChecking(ports: Pick<Ports, "readPicture" | "collector">, needs: CheckingNeeds): Checking {
  const [reading, setReading] = useState(false);
  const [photoFault, setPhotoFault] = useState<PhotoFault | null>(null);
  const [parts, tellParts] = useParts();
  const busy = useRef(false);
  const missed = useRef(false);
  const frames = useRef<ReturnType<Ports["collector"]> | null>(null);
  const lastSet = useRef<string | null>(null);
  const received = async (came: Came, stands: Stands): Promise<void> => {
    if (busy.current || !stands()) return;
    busy.current = true;
    lastSet.current = setOf(came.texts[0] ?? "");
    try {
      await needs.receive(came, stands);
      setPhotoFault(null);
      tellParts(null);
      missed.current = false;
    } finally {
      busy.current = false;
    }
  };
  const texts: Checking["texts"] = (found, way, foreign = false) => received({ texts: found, way, foreign }, needs.standing.now);
  const photos: Checking["photos"] = async (files) => {
    const stands = needs.standing.now;
    setPhotoFault(null);
    setReading(true);
    try {
      const pdfs = await Promise.all(files.map(isPdf));
      const pictures = files.filter((_, place) => pdfs[place] !== true);
      const found = [...new Set((await Promise.all(pictures.map(ports.readPicture))).flat())];
      if (found.length > 0) await received({ texts: found, way: "photo", foreign: false }, stands);
      else if (stands()) {
        setPhotoFault(pdfs.includes(true) ? "pdf" : missed.current ? "unread" : "no_code");
        missed.current = !pdfs.includes(true);
      }
    } catch (error) {
      if (!stands()) return;
      if (error instanceof RangeError) setPhotoFault("too_large");
      else needs.unread();
    } finally {
      setReading(false);
    }
  };
  const scanned: Checking["scanned"] = (text, foreign) => {
    const frame = frameOf(text, lastSet.current, needs.resultStands);
    if (frame === "ignore") return;
    const step = (frames.current ??= ports.collector()).add(text);
    if ("texts" in step) void texts(step.texts, "scanner", foreign);
    else if (frame === "tell") tellParts({ set: setOf(text), parts: step });
  };
  const calm = (): void => {
    setPhotoFault(null);
    tellParts(null);
    if (!needs.resultStands) lastSet.current = null;
  };
  return { reading, photoFault, parts, texts, photos, scanned, calm };
}

interface Told {
  readonly set: string | null;
  readonly parts: Parts;
}

/** What is told of a set's parts goes with that set, whose life begins with its first part (FORMAT section 9). */
function useParts(): readonly [Parts | null, (told: Told | null) => void] {
  const [told, tell] = useState<Told | null>(null);
  const set = told?.set ?? null;
  useEffect(() => {
    if (set === null) return undefined;
    const timer = setTimeout(() => tell(null), FRAME_LIFE * 1000);
    return () => clearTimeout(timer);
  }, [set]);
  return [told?.parts ?? null, tell];
}

/** Pasted frames come one a line; anything else is judged as it stands, for a line end is no character of a code (FORMAT 1.1). */
export function textsOf(value: string): readonly string[] {
  const lines = value.split("\n").filter((line) => line !== "");
  return lines.length > 1 && lines.every((line) => /^V[CPFR]1-/.test(line)) ? lines : [value];
}
