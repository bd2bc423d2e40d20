/** The acceptance rule as the pages run it, asked from a test in a real browser; the shipped pages have no such way in. */
import { chooseEquation, strictEd25519 } from "../../src/kernel/ed25519.ts";
import { fromHex } from "../../src/kernel/bytes.ts";
import { Refused } from "../../src/kernel/refused.ts";

/** Key, message, signature, in hexadecimal. */
type Row = readonly [string, string, string];

/** Which rows are accepted, by place; `web` false: as in a browser whose WebCrypto knows no Ed25519. */
async function accepted(rows: readonly Row[], web: boolean): Promise<number[]> {
  const check = strictEd25519(await chooseEquation(web ? crypto.subtle : null));
  const found: number[] = [];
  for (const [place, [key, message, signature]] of rows.entries()) {
    try {
      await check.check(fromHex(key), fromHex(message), fromHex(signature));
      found.push(place);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
    }
  }
  return found;
}

Object.assign(globalThis, { accepted });
