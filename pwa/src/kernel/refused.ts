/**
 * The one error that the kernel raises on purpose: a stable code, the step that gave it, and fixed English text.
 *
 * It never carries anything that came from outside. A programmer's mistake stays an ordinary Error.
 */
import type { Code } from "../words/codes.ts";

export class Refused extends Error {
  readonly code: Code;
  readonly step: string | null;

  /** `detail` is fixed text; `step` is the verifier's step of TRUST section 4, or null outside of it. */
  constructor(code: Code, detail: string, step: string | null = null) {
    super(`${code}: ${detail}`);
    this.name = "Refused";
    this.code = code;
    this.step = step;
  }

  /** The same refusal, said by a step; a step that is already named stays. */
  at(step: string): Refused {
    return this.step === null ? new Refused(this.code, this.message.slice(this.code.length + 2), step) : this;
  }
}

/** Runs `work`, naming `step` on any refusal that has none. */
export function during<T>(step: string, work: () => T): T {
  try {
    return work();
  } catch (fault) {
    throw fault instanceof Refused ? fault.at(step) : fault;
  }
}

/** Whether `work` is refused; any other fault is not caught. For a view's advice: what decides is the refusal itself. */
export function isRefused(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (fault) {
    if (fault instanceof Refused) return true;
    throw fault;
  }
}
