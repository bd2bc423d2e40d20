/** The page's side of argon2: a worker for each stretching, ended when it has answered, so that neither its memory nor what was typed stays. */
import type { Argon2 } from "../../kernel/vault/passphrase.ts";
import type { StretchAnswer, StretchRequest } from "./argon2.worker.ts";

export function stretcher(start: () => Worker): Argon2 {
  return (password, salt, passes, memoryKib) => new Promise((done, failed) => {
    const worker = start();
    const end = (stretched: StretchAnswer): void => {
      worker.terminate();
      if (stretched === null) failed(new Error("argon2 could not be run"));
      else done(stretched);
    };
    worker.onmessage = (event: MessageEvent<StretchAnswer>) => end(event.data);
    worker.onerror = () => end(null);
    worker.postMessage({ password, salt, passes, memoryKib } satisfies StretchRequest);
  });
}
