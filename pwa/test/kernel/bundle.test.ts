/** Installing a bundle: each check of TRUST section 5 refuses what it is there for, and leaves the former bundle alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { restoreBundle } from "../../src/kernel/bundle/install.ts";
import { bit } from "../../src/kernel/status.ts";
import { hex, sha256, utf8 } from "../../src/kernel/bytes.ts";
import { writeCbor } from "../../src/kernel/cbor.ts";
import { multikey } from "../../src/kernel/dids.ts";
import type { JsonObject, JsonValue } from "../../src/kernel/json.ts";
import { Refused } from "../../src/kernel/refused.ts";
import { CRYPTO, DAY, install, issuerRow, listBits, NOW, pack, type Plan, type Trust, type World, world } from "./worlds.ts";

const LIST = "https://norma.example/s/1";
const GOOD = world();

async function refusal(made: World, trust: Trust = {}): Promise<string> {
  try {
    await install(made, trust);
    return "installed";
  } catch (fault) {
    assert.ok(fault instanceof Refused, String(fault));
    assert.equal(fault.code, "bundle_refused");
    return fault.message.slice("bundle_refused: ".length);
  }
}

async function spoiled(plan: Plan, trust: Trust = {}): Promise<string> {
  return refusal(world(plan), { root: GOOD.root, ...trust });
}

function object(value: JsonValue | undefined): JsonObject {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value));
  return value;
}

test("a good bundle installs whole, and a later one over it", async () => {
  const bundle = await install(GOOD);
  assert.equal(bundle.version, 1);
  assert.deepEqual([...bundle.issuers.keys()], ["did:web:norma.example", "did:web:permiso.example", "did:web:taller.example"]);
  assert.equal(bundle.lists.size, 6);
  assert.equal(bundle.floorOff, NOW - 3_600_000);
  const next = await install(world({ version: 2, at: NOW }), { root: GOOD.root, former: bundle });
  assert.equal(next.version, 2);
  assert.equal(next.floorOff, NOW);
  const again = await install(world({ version: 2, at: NOW }), { root: GOOD.root, former: structuredClone(next.remembered) });
  assert.equal(again.version, 2);
});

test("thresholds: too few keys, foreign keys, one key twice", async () => {
  const few = "a role has too few good signatures";
  assert.equal(await spoiled({ signers: { targets: ["targets-1"] } }), few);
  assert.equal(await spoiled({ signers: { targets: ["targets-1", "root-1"] } }), few);
  assert.equal(await spoiled({ signers: { targets: ["targets-1", "targets-1"] } }), "metadata is signed twice by one key");
  assert.equal(await spoiled({ signers: { targets: ["targets-3", "targets-2"] } }), "installed");
  assert.equal(await spoiled({ signers: { timestamp: ["snapshot-1"] } }), few);
  assert.equal(await spoiled({ signers: { snapshot: [] } }), few);
  assert.equal(await spoiled({ signers: { "status-norma": ["status-permiso-1"] } }), few);
  assert.equal(await refusal(world({ signers: { root: ["root-1"] } })), few);
});

test("the trusted root alone is believed: another world's container is not", async () => {
  const other = world({ named: { root: ["x-1", "x-2"], timestamp: ["x-3"] } });
  assert.equal(await refusal(other, { root: GOOD.root }), "a role has too few good signatures");
});

test("versions never fall, and roles do not vanish", async () => {
  const former = await install(world({ version: 3 }));
  assert.equal(await refusal(GOOD, { former }), "the timestamp's version fell");
  const mixed = (files: Map<string, Uint8Array>): void => {
    files.set("metadata/4.snapshot.json", GOOD.files.get("metadata/1.snapshot.json") ?? new Uint8Array());
  };
  assert.match(await spoiled({ version: 4, spoil: mixed }, { former }), /another (?:length|hash)/);
  const fallen = { snapshot: (signed: JsonObject): void => {
    object(object(signed["meta"])["status-norma.json"])["version"] = 2;
  } };
  assert.equal(await spoiled({ version: 4, change: fallen }, { former }), "a role's version fell, or the role is gone");
  const gone = { snapshot: (signed: JsonObject): void => {
    delete object(signed["meta"])["status-norma.json"];
  } };
  assert.equal(await spoiled({ version: 4, change: gone }, { former }), "a role's version fell, or the role is gone");
});

test("expiry: root and targets always, online roles unless a newer file came by hand", async () => {
  const gone = -DAY;
  assert.equal(await spoiled({ lives: { targets: gone } }), "the targets role has expired");
  assert.equal(await refusal(world({ lives: { root: gone } })), "the root has expired");
  assert.equal(await spoiled({ lives: { timestamp: gone, snapshot: gone, "status-norma": gone } }), "installed");
  assert.equal(await spoiled({ lives: { timestamp: gone } }, { strict: true }), "the timestamp has expired");
  for (const role of ["snapshot", "status-norma"]) {
    assert.equal(await spoiled({ lives: { [role]: gone } }), "the snapshot or a status role has expired");
  }
  const kept = world({ lives: { targets: 300 * DAY } });
  const former = await install(kept);
  assert.equal(await refusal(kept, { former, now: NOW + 31 * DAY }), "the timestamp has expired");
  const later = await install(world({ at: NOW + 40 * DAY }), { now: NOW + 41 * DAY });
  assert.equal(await spoiled({ version: 2 }, { former: later, now: NOW }), "the targets role has expired", "a clock set back revives nothing");
});

test("an installed bundle is read again from the store at any time, with what was remembered", async () => {
  const former = await install(world({ set: { [LIST]: [500] } }));
  const second = world({ version: 2 });
  const { remembered } = await install(second, { root: GOOD.root, former });
  const again = await restoreBundle(second.container, { trustedRoot: GOOD.root, remembered: structuredClone(remembered), crypto: CRYPTO });
  assert.equal(again.version, 2);
  assert.ok(bit(again.lists.get(LIST)?.sticky ?? new Uint8Array(), 500));
  assert.equal(again.floorOff, remembered.floorOff);
  const older = { trustedRoot: GOOD.root, remembered, crypto: CRYPTO };
  await assert.rejects(restoreBundle(GOOD.container, older), (fault: unknown) => fault instanceof Refused);
  const newer = { ...older, remembered: former.remembered };
  await assert.rejects(restoreBundle(second.container, newer), /not the bundle that was installed/);
  const lists = new Map(remembered.lists);
  for (const [url, list] of lists) lists.set(url, { ...list, signed: listBits([7]) });
  assert.equal((await restoreBundle(second.container, { ...older, remembered: { ...remembered, lists } })).canaryFault, true);
});

test("hashes and lengths of metadata and of target files", async () => {
  const change = (find: RegExp) => (files: Map<string, Uint8Array>): void => {
    const path = [...files.keys()].find((name) => find.test(name)) ?? "";
    const raw = Uint8Array.from(files.get(path) ?? []);
    raw[raw.length - 2] = (raw[raw.length - 2] ?? 0) ^ 1;
    files.set(path, raw);
  };
  const drop = (find: RegExp) => (files: Map<string, Uint8Array>): void => {
    for (const name of [...files.keys()].filter((one) => find.test(one))) files.delete(name);
  };
  for (const find of [/snapshot\.json$/, /1\.targets\.json$/, /status-norma\.json$/]) {
    assert.equal(await spoiled({ spoil: change(find) }), "a metadata file has another hash than its row says");
    assert.equal(await spoiled({ spoil: drop(find) }), "a metadata file is missing");
  }
  assert.equal(await spoiled({ spoil: change(/registry\.json$/) }), "a target file has another length or hash than its role says");
  assert.equal(await spoiled({ spoil: drop(/registry\.json$/) }), "a target file is missing");
  assert.equal(await spoiled({ files: (files) => delete files["law.json"] }), "a file that every bundle has is missing");
  assert.equal(await spoiled({ spoil: (files) => files.set("metadata/timestamp.json", utf8("{}")) }), "metadata has the wrong shape");
});

test("a chain of roots: each signed by old and new, versions as named, online keys may change", async () => {
  const former = await install(GOOD);
  const named = { root: ["new-1", "new-2"], timestamp: ["new-3"] };
  const roots = new Map([["metadata/1.root.json", GOOD.root]]);
  const signers = { root: ["root-1", "root-2", "new-1", "new-2"] };
  const next: Plan = { version: 2, rootVersion: 2, named, signers, roots };
  const bundle = await install(world(next), { root: GOOD.root, former });
  assert.equal(bundle.rootVersion, 2);
  assert.equal(await spoiled({ ...next, signers: { root: ["new-1", "new-2"] } }, { former }), "a role has too few good signatures");
  assert.equal(await spoiled({ ...next, signers: { root: ["root-1", "root-2"] } }, { former }), "a role has too few good signatures");
  const renamed = { root: (signed: JsonObject): void => { signed["version"] = 3; } };
  assert.equal(await spoiled({ ...next, change: renamed }, { former }), "a root does not carry the version of its name");
  // After the online keys changed, what they had pushed ahead no longer binds (5.3.11); the offline version does.
  const pushed = await install(world({ version: 9 }), { root: GOOD.root });
  assert.equal(await spoiled({ ...next, version: 9 }, { former: pushed }), "installed");
  assert.equal(await spoiled(next, { former: pushed }), "a role's version fell, or the role is gone");
});

test("delegations of one form alone; nobody speaks outside his folder", async () => {
  const outside = "a role lists a file outside its paths";
  const moved = (path: string) => (signed: JsonObject): void => {
    const targets = object(signed["targets"]);
    targets[path] = Object.values(targets)[0] ?? null;
  };
  assert.equal(await spoiled({ change: { "status-norma": moved("status/permiso/1.bits") } }), outside);
  assert.equal(await spoiled({ change: { "status-norma": moved("registry.json") } }), outside);
  assert.equal(await spoiled({ change: { "status-norma": moved("status/norma/deep/1.bits") } }), outside);
  assert.equal(await spoiled({ change: { targets: moved("status/norma/1.bits") } }), outside);
  const row = (changes: JsonObject) => (signed: JsonObject): void => {
    const [first] = object(signed["delegations"])["roles"] as JsonObject[];
    Object.assign(first ?? {}, changes);
  };
  for (const changes of [{ terminating: false }, { paths: ["*"] }, { name: "norma" }, { name: "status-permiso", paths: ["status/permiso/*"] }]) {
    assert.equal(await spoiled({ change: { targets: row(changes) } }), "a delegation is not of the one form we take");
  }
  const nested = (signed: JsonObject): void => { signed["delegations"] = { keys: {}, roles: [] }; };
  assert.equal(await spoiled({ change: { "status-norma": nested } }), "a status role delegates");
});

test("keys of low order, contradictions and shapes of the registry", async () => {
  const registry = (issuer: JsonObject) => (files: Record<string, JsonValue>): void => {
    files["registry.json"] = { version: 1, issuers: [issuer] };
  };
  const low = { id: "did:web:norma.example#k1", publicKeyMultibase: multikey(Uint8Array.of(1, ...new Uint8Array(31))), state: "active" };
  assert.equal(await spoiled({ files: registry(issuerRow("norma", { keys: [low] })) }), "a key of the registry is not a good key");
  const foreign = { ...low, id: "did:web:otra.example#k1" };
  assert.equal(await spoiled({ files: registry(issuerRow("norma", { keys: [foreign] })) }), "a key stands under an issuer that does not control it");
  assert.equal(await spoiled({ files: registry(issuerRow("norma", { tier: "T0" })) }), "a file of the bundle has the wrong shape");
  assert.equal(await spoiled({ files: (files) => { files["registry.json"] = { version: 1, issuers: [issuerRow("norma"), issuerRow("norma")] }; } }), "the registry names one issuer twice");
  assert.equal(await spoiled({ files: (files) => { files["schemas.json"] = { X: { pattern: "a" } }; } }), "a claims schema is outside the subset");
  const smallRoot = { root: (signed: JsonObject): void => {
    const key = Object.values(object(signed["keys"]))[0];
    object(object(key)["keyval"])["public"] = hex(Uint8Array.of(1, ...new Uint8Array(31)));
  } };
  assert.equal(await refusal(world({ change: smallRoot })), "a role has a key of low order");
});

test("status lists: canaries, length, what the registry names, the time of the role", async () => {
  const retold = (changes: JsonObject) => (signed: JsonObject): void => {
    const row = object(object(signed["targets"])["status/norma/1.bits"]);
    Object.assign(object(object(row["custom"])["x-puente-list"]), changes);
  };
  assert.equal(await spoiled({ change: { "status-norma": retold({ epoch: 1 }) } }), "a status list is not the one that the registry names");
  assert.equal(await spoiled({ change: { "status-norma": retold({ canaries: { set: [5], clear: [] } }) } }), "a status list does not hold its canaries");
  assert.equal(await spoiled({ change: { "status-norma": retold({ canaries: { set: [], clear: [3] } }) } }), "a status list does not hold its canaries");
  assert.equal(await spoiled({ set: { [LIST]: [4] } }), "a status list does not hold its canaries");
  const late = (signed: JsonObject): void => { signed["x-puente-signed-at"] = "2027-01-01T00:00:00Z"; };
  assert.equal(await spoiled({ change: { "status-norma": late } }), "a status role was signed after the timestamp that names it");
});

test("revocation stays; a mass revocation is held back; suspension follows the newest", async () => {
  const former = await install(world({ set: { [LIST]: [500], "https://norma.example/s/2": [600] } }));
  const cleared = await install(world({ version: 2 }), { root: GOOD.root, former });
  const list = cleared.lists.get(LIST);
  assert.ok(list !== undefined && bit(list.sticky, 500) && !bit(list.signed, 500));
  assert.equal(list.unset, 1);
  assert.equal(bit(cleared.lists.get("https://norma.example/s/2")?.signed ?? new Uint8Array(), 600), false);

  const many = Array.from({ length: 4_000 }, (_, place) => 1_000 + place);
  const mass = world({ version: 3, at: NOW, set: { [LIST]: many } });
  const held = (await install(mass, { root: GOOD.root, former: cleared })).lists.get(LIST);
  assert.ok(held?.held === true && !bit(held.sticky, 1_000) && bit(held.sticky, 500));
  assert.equal(held.signedAt, list.signedAt);
  const approve = (files: Record<string, JsonValue>): void => {
    const [first] = object(files["registry.json"])["issuers"] as JsonObject[];
    const [row] = object(first)["statusLists"] as JsonObject[];
    object(row)["approved"] = [hex(sha256(listBits(many)))];
  };
  const let_by = world({ version: 4, at: NOW, set: { [LIST]: many }, files: approve });
  const through = (await install(let_by, { root: GOOD.root, former: cleared })).lists.get(LIST);
  assert.ok(through?.held === false && bit(through.sticky, 1_000) && bit(through.sticky, 500));
});

test("the container: not gzip, cut short, goes on, too large, paths and CBOR out of order", async () => {
  const of = (container: Uint8Array): World => ({ ...GOOD, container });
  const zipped = (body: Uint8Array): World => of(Uint8Array.from(gzipSync(body)));
  assert.equal(await refusal(of(utf8("no gzip at all, only text"))), "the container is not gzip");
  assert.equal(await refusal(of(GOOD.container.slice(0, -9))), "the container is not gzip");
  assert.equal(await refusal(of(Uint8Array.from([...GOOD.container, ...GOOD.container]))), "the container is not gzip");
  assert.equal(await refusal(of(new Uint8Array(4 * 1024 * 1024 + 1))), "the container is larger than its bound");
  assert.equal(await refusal(zipped(new Uint8Array(24 * 1024 * 1024 + 1))), "the container inflates beyond its bound");
  const whole = writeCbor(new Map(GOOD.files));
  assert.equal(await refusal(zipped(whole.slice(0, -1))), "the container is cut short");
  assert.equal(await refusal(zipped(Uint8Array.from([...whole, 0]))), "the container goes on after its map");
  for (const path of ["targets/../root.json", "/targets/x", "metadata//x", "other/x", "targets/.x", "targets/ñ"]) {
    assert.equal(await refusal(of(pack(new Map([[path, new Uint8Array()]])))), "the container has a path that is not plain", path);
  }
  const twice = Uint8Array.from([0xa2, 0x69, ...utf8("targets/b"), 0x40, 0x69, ...utf8("targets/a"), 0x40]);
  assert.equal(await refusal(zipped(twice)), "the container's paths are not in order, or one stands twice");
  assert.equal(await refusal(zipped(Uint8Array.from([0xb8, 0x01, 0x69, ...utf8("targets/b"), 0x40]))), "the container is not deterministic CBOR");
  assert.equal(await refusal(zipped(writeCbor([utf8("targets/b")]))), "the container is not a map of text to bytes");
});
