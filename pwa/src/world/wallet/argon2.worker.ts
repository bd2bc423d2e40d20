/** argon2id in a thread of its own: it takes its time on a small phone, and the page stays alive meanwhile. */
import { argon2id } from "hash-wasm";

/** One stretching: argon2id 1.3, one lane, 32 bytes out. */
export interface StretchRequest {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly passes: number;
  readonly memoryKib: number;
}
/** null: this phone has not the memory for it. */
export type StretchAnswer = Uint8Array | null;

self.onmessage = async (event: MessageEvent<StretchRequest>) => {
  const { password, salt, passes, memoryKib } = event.data;
  const stretched = await argon2id({
    password, salt, iterations: passes, memorySize: memoryKib, parallelism: 1, hashLength: 32, outputType: "binary",
  }).catch(() => null);
  self.postMessage(stretched satisfies StretchAnswer);
};
