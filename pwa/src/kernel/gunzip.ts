/**
 * gzip <-> bytes, counted while inflating, so that no bomb is ever held.
 */
import { concat, startsWith } from "./bytes.ts";
import { Refused } from "./refused.ts";

const MAGIC = Uint8Array.of(0x1f, 0x8b);

/** Whether it may be gzip at all: told without inflating anything. */
export function beginsAsGzip(bytes: Uint8Array): boolean {
  return startsWith(bytes, MAGIC);
}

export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Refuses `limits_exceeded` as soon as more than `limit` bytes come out, `invalid_value` for what is no whole gzip. */
export async function gunzip(packed: Uint8Array, limit: number): Promise<Uint8Array> {
  const inflate = new DecompressionStream("gzip");
  const writer = inflate.writable.getWriter();
  // Both promises reject when the reading side ends early; the reader below is the one that speaks.
  writer.write(Uint8Array.from(packed)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = inflate.readable.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = await reader.read().catch(() => null);
    if (part === null) throw new Refused("invalid_value", "not gzip, cut short, or more than one");
    if (part.done) return whole(packed, concat(...parts));
    size += part.value.length;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw new Refused("limits_exceeded", "inflates beyond its bound");
    }
    parts.push(part.value);
  }
}

/** The first byte that comes out; null for what is no gzip from its beginning on. */
export async function firstInside(packed: Uint8Array): Promise<number | null> {
  const reader = new Blob([Uint8Array.from(packed)]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const part = await reader.read().catch(() => null);
  await reader.cancel().catch(() => undefined);
  return part?.value?.[0] ?? null;
}

/** Some engines take a second member or ignore bytes at the end; the length that ends a gzip (RFC 1952 2.3.1) tells. */
function whole(packed: Uint8Array, bytes: Uint8Array): Uint8Array {
  const stated = new DataView(packed.buffer, packed.byteOffset, packed.length).getUint32(packed.length - 4, true);
  if (stated !== bytes.length) throw new Refused("invalid_value", "gzip that goes on after its end");
  return bytes;
}
