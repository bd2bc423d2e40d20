/** Bytes over a real socket: a network that takes a request and says nothing more is waited for only so long; its page is no file. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mock, test } from "node:test";

import { bytesOf, ForeignPage, partOf, SILENT_MS } from "../../src/world/fetch.ts";

async function served(answer: RequestListener, work: (address: string, server: Server) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/bundle/root.json`, server);
  } finally {
    mock.timers.reset();
    server.closeAllConnections();
    server.close();
  }
}

for (const [kind, answer] of Object.entries<RequestListener>({
  "never answers": () => undefined,
  "falls silent in mid-answer": (_, response) => void response.write("{"),
})) {
  test(`a network that ${kind}`, () => served(answer, async (address, server) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const ended = assert.rejects(bytesOf(address, 1024), { name: "AbortError" });
    await once(server, "request");
    mock.timers.tick(SILENT_MS);
    await ended;
  }));
}

test("a page in place of the file, and what is not there", () => served((request, response) => {
  const page = request.url === "/bundle/root.json";
  response.writeHead(page ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" }).end("<p>Entre a la red</p>");
}, async (address) => {
  await assert.rejects(bytesOf(address, 1024), ForeignPage);
  assert.equal(await partOf(`${address}/none`, 1024), null);
}));

test("no more than the bound is taken in", () => served((_, response) => response.end("12345"), async (address) => {
  assert.equal((await bytesOf(address, 5)).length, 5);
  await assert.rejects(bytesOf(address, 4), /larger than allowed/);
}));
