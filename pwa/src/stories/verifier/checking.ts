/** From what came (camera, photos, text, a handheld scanner) to a judged result; one at a time. Keeps nothing of what was read. */
import { useRef, useState } from "preact/hooks";
import type { Parts } from "../../kit/camera.tsx";
import { isPdf } from "../../kit/pdf.ts";
import type { JudgedHere, PhotoFault } from "../../kit/ports.ts";
import type { Standing, Stands } from "../../kit/standing.ts";
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
  /** The QR reader cannot be opened. */
  readonly unread: () => void;
}

export function useChecking(ports: Pick<Ports, "readPicture" | "collector">, needs: CheckingNeeds): Checking {
  const [reading, setReading] = useState(false);
  const [photoFault, setPhotoFault] = useState<PhotoFault | null>(null);
  const [parts, setParts] = useState<Parts | null>(null);
  const busy = useRef(false);
  const missed = useRef(false);
  const frames = useRef<ReturnType<Ports["collector"]> | null>(null);
  const received = async (came: Came, stands: Stands): Promise<void> => {
    if (busy.current || !stands()) return;
    busy.current = true;
    try {
      await needs.receive(came, stands);
      setPhotoFault(null);
      setParts(null);
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
    const step = (frames.current ??= ports.collector()).add(text);
    if ("texts" in step) void texts(step.texts, "scanner", foreign);
    else setParts(step);
  };
  const calm = (): void => {
    setPhotoFault(null);
    setParts(null);
  };
  return { reading, photoFault, parts, texts, photos, scanned, calm };
}

/** Pasted frames come one a line; anything else is judged as it stands, for a line end is no character of a code (FORMAT 1.1). */
export function textsOf(value: string): readonly string[] {
  const lines = value.split("\n").filter((line) => line !== "");
  return lines.length > 1 && lines.every((line) => /^V[CPFR]1-/.test(line)) ? lines : [value];
}
