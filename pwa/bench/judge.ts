// Contestants of the browser case: QR text to verdict by our kernel, beside a bare WebCrypto verification of 64 bytes.
// `window.contest(work)` gives slices name -> (seconds) => microseconds an operation. Driven by bench/browser_case.py.
import { installBundle } from "../src/kernel/bundle/install.ts";
import { chooseEquation, nobleEquation, strictEd25519 } from "../src/kernel/ed25519.ts";
import { judge } from "../src/kernel/verify/judge.ts";
import { MemorySeen } from "../src/kernel/verify/seen.ts";

interface Work {
  container: string;
  root: string;
  qr: string;
  now: number;
}
type Operation = () => Promise<unknown>;

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function slice(operation: Operation, seconds: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  do {
    await operation();
    done += 1;
  } while (performance.now() - started < seconds * 1000);
  return ((performance.now() - started) * 1000) / done;
}

async function verdict(work: Work, isWeb: boolean): Promise<Operation> {
  const equation = isWeb ? await chooseEquation(crypto.subtle) : nobleEquation;
  const check = strictEd25519(equation);
  const bundle = await installBundle(bytes(work.container), {
    trustedRoot: bytes(work.root),
    now: work.now,
    former: null,
    crypto: check,
  });
  const seen = new MemorySeen();
  return async () => {
    const report = await judge(work.qr, { bundle, now: work.now, floor: null, session: null, seen, crypto: check });
    if (report.verdict !== "valid") throw new Error(`the bench's own pass must be valid: ${report.reasons.join()}`);
  };
}

async function bare(): Promise<Operation> {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("publicKey" in pair)) throw new Error("no key pair");
  const message = new Uint8Array(64);
  const signature = await crypto.subtle.sign("Ed25519", pair.privateKey, message);
  return () => crypto.subtle.verify("Ed25519", pair.publicKey, signature, message);
}

async function contest(work: Work): Promise<Record<string, (seconds: number) => Promise<number>>> {
  const operations = { ours: await verdict(work, true), noble: await verdict(work, false), bare: await bare() };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, (seconds: number) => slice(operation, seconds)]),
  );
}

Object.assign(globalThis, { contest });
