/** What the server of the copy refuses, by its own codes, over real HTTP: each has the outcome that has a sentence. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";

import { outcomeOf } from "../../../src/world/wallet/copying.ts";
import { CopyServer } from "../../../src/world/wallet/server.ts";

let code = "";
const desk = createServer((_request, response) => {
  response.writeHead(409, { "Content-Type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", title: "No", status: 409, code }));
});
await new Promise<void>((ready) => desk.listen(0, "127.0.0.1", ready));
after(() => desk.close());

test("a copy that takes no more phones, one without room and one that is older are told apart", async () => {
  const server = new CopyServer(`http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  for (const [told, outcome] of [["too_many_devices", "server_devices"], ["vault_full", "server_full"], ["disk_full", "server_full"], ["stale_version", "stale_server"]] as const) {
    code = told;
    assert.equal(await outcomeOf(() => server.devices("token").then(() => "done" as const)), outcome, told);
  }
});
