/** A voice for the galleries: it tells the test what it said. */
import type { Voice } from "../../src/kit/ports.ts";

export const VOICE: Voice = { say: (said) => Promise.resolve((document.body.dataset["spoken"] = said) !== ""), hush: () => undefined };
