/** Coming in to the copy's server: what is sent is, byte for byte, what the Python wallet sends (tests/vectors/wallet/sync.json). */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { fromBase64url, fromHex } from "../../src/kernel/bytes.ts";
import { syncSigner } from "../../src/kernel/vault/keys.ts";
import { CopyServer, ServerRefused } from "../../src/world/wallet/server.ts";
import { readVectors, WALLET } from "../published.ts";

interface Entered {
  readonly vault: string;
  readonly key: string;
  readonly challenge: string;
  readonly device: string;
  readonly signature: string;
}
interface EntryCase {
  readonly vaultKey: string;
  readonly name: string;
  readonly body: Entered;
}

const { entries } = readVectors<{ entries: readonly EntryCase[] }>(WALLET, "sync.json");
const TOKEN = "A".repeat(43);

function bytes(text: string): Uint8Array {
  const raw = fromBase64url(text, 64);
  assert.ok(raw);
  return raw;
}

/** A server that gives this challenge and tells what was sent to it. */
async function asking<T>(challenge: string, work: (origin: string) => Promise<T>): Promise<{ sent: unknown[]; given: T }> {
  const sent: unknown[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      sent.push(JSON.parse(Buffer.concat(parts).toString()));
      const isChallenge = request.url === "/v1/wallet/sync/challenges";
      const answer = isChallenge
        ? { challenge, expiresAt: "2026-11-22T12:02:00Z" }
        : { token: TOKEN, expiresAt: "2026-11-22T12:15:00Z", device: "x", state: "waiting", opensAt: "2026-11-24T12:00:00Z" };
      response.writeHead(201, { "Content-Type": "application/json", Connection: "close" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return { given: await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), sent };
  } finally {
    server.close();
  }
}

for (const { vaultKey, name, body } of entries) {
  test(`a device comes in as the Python wallet does: ${name}`, async () => {
    const entry = { vault: bytes(body.vault), device: bytes(body.device), signer: syncSigner(fromHex(vaultKey)) };
    const { sent, given } = await asking(body.challenge, (origin) => new CopyServer(origin).enter(entry));
    assert.deepEqual(sent, [{ vault: body.vault }, body]);
    assert.equal(given.token, TOKEN);
    assert.equal(given.state, "waiting");
  });
}

test("a challenge that is none is not signed", async () => {
  const [first] = entries;
  assert.ok(first);
  const entry = { vault: bytes(first.body.vault), device: bytes(first.body.device), signer: syncSigner(fromHex(first.vaultKey)) };
  await assert.rejects(asking("no base64url!", (origin) => new CopyServer(origin).enter(entry)), ServerRefused);
});

/** A server that gives this answer to everything. */
async function answering(status: number, type: string, body: string): Promise<string> {
  const [first] = entries;
  assert.ok(first);
  const entry = { vault: bytes(first.body.vault), device: bytes(first.body.device), signer: syncSigner(fromHex(first.vaultKey)) };
  const server = createServer((_request, response) => void response.writeHead(status, { "Content-Type": type, Connection: "close" }).end(body));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const at = new CopyServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const said: string[] = [];
    for (const act of [() => at.enter(entry), () => at.devices(TOKEN), () => at.findBySheet(entry.vault)]) {
      said.push(await act().then(() => "believed", (fault: unknown) => (fault instanceof ServerRefused ? fault.fault : String(fault))));
    }
    assert.equal(new Set(said).size, 1, said.join());
    return said[0] ?? "";
  } finally {
    server.close();
  }
}

test("an answer that is none of the service's is not believed, and each refusal is told as what it is", async () => {
  for (const nonsense of ["null", "{}", "[]", '"x"', "7", '{"devices":[{}],"challenge":7,"vault":"x"}', '{"devices":[null]}']) {
    assert.equal(await answering(200, "application/json", nonsense), "refused", nonsense);
  }
  assert.equal(await answering(200, "text/html", "<html>come in</html>"), "offline");
  assert.equal(await answering(200, "application/json", "{"), "offline");
  assert.equal(await answering(502, "text/html", "gateway"), "offline");
  assert.equal(await answering(503, "application/problem+json", "{}"), "offline");
  assert.equal(await answering(429, "application/problem+json", "{}"), "busy");
  assert.equal(await answering(429, "application/problem+json", '{"code":"too_many_requests"}'), "busy");
  assert.equal(await answering(400, "application/problem+json", '{"code":"bad_request"}'), "refused");
});
