"""A registry in memory whose bundles can be good, or bad in one chosen way: each role's words are plain dicts, signed
again by whom one likes. Good bundles come out of `registry/build.py`; nothing here is a rule of ours.
"""

import copy
import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kernel import status
from kernel.bundle.container import pack
from kernel.bundle.olpc import olpc
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from registry import contents
from registry.build import Contents, PublishedList, StatusPart, Versions, build
from registry.roles import Ring, RoleKey, Thresholds
from schemas.identifiers import Did, DidUrl
from schemas.json import JsonObject, JsonValue
from tests.fakes import SeededRandom

DID = Did("did:web:formacion.demo.puente.example")
HOST = "formacion.demo.puente.example"
KID = DidUrl(f"{DID}#k1")
THRESHOLDS = Thresholds(root=3, targets=2)
CONTEXTS = Path(__file__).parent / "vectors" / "format" / "contexts.json"
ORDERS = {n: status.permutation(bytes([n]) * 32, contents.list_url(HOST, n)) for n in (1, 2)}


def signer(name: str) -> SeedSigner:
    """The signer of that name, the same in every run."""
    return SeedSigner(hashlib.sha256(f"small-registry:{name}".encode()).digest(), DidUrl(f"did:example:{name}#k"))


def role_key(name: str) -> RoleKey:
    one = signer(name)
    return RoleKey(public=one.public, signer=one, demo=True)


def ring(**other: Any) -> Ring:
    """3-of-5 root, 2-of-3 targets, one online key each; `other` replaces some."""
    keys: dict[str, Any] = {
        "root": tuple(role_key(f"root{n}") for n in range(5)),
        "targets": tuple(role_key(f"targets{n}") for n in range(3)),
        "snapshot": role_key("snapshot"),
        "timestamp": role_key("timestamp"),
        "status": {"formacion": role_key("status-formacion")},
    }
    return Ring(**(keys | other))


def registry_json(*, state: str = "active", epoch: int = 0, approved: Sequence[str] = ()) -> JsonObject:
    """`registry.json` of one issuer with one key and two lists."""
    lists: JsonValue = [
        {
            "url": contents.list_url(HOST, n),
            "purpose": "revocation" if n == 1 else "suspension",
            "path": f"status/formacion/{n}.bits",
            "epoch": epoch,
            "approved": list(approved),
        }
        for n in (1, 2)
    ]
    key: JsonObject = {"id": KID, "publicKeyMultibase": PublicKey(signer("issuer").public).multikey(), "state": state}
    issuer: JsonObject = {
        "id": "formacion",
        "did": DID,
        "name": {"es": "Servicio de Aprendizaje (DEMO)", "en": "Training Service (DEMO)"},
        "tier": "T1",
        "country": "CO",
        "scope": [{"type": "CompetencePass", "scheme": "SENA-NSCL"}],
        "keys": [key],
        "statusLists": lists,
    }
    return {"version": 1, "issuers": [issuer]}


def published_list(number: int, places: Sequence[int] = (), *, epoch: int = 0) -> PublishedList:
    """List `number` with the bits of these counters set, dressed."""
    order, purpose = ORDERS[number], "revocation" if number == 1 else "suspension"
    rest = status.reserve(order)
    own = status.set_bits(status.empty(), [order[place] for place in places])
    return PublishedList(
        number=number,
        url=contents.list_url(HOST, number),
        purpose=purpose,
        bits=status.dress(own, former=status.empty(), rest=rest, purpose=purpose, random=SeededRandom()),
        canaries_set=rest.canaries_set,
        canaries_clear=rest.canaries_clear,
        epoch=epoch,
    )


def good_contents(
    *,
    revoked: Sequence[int] = (),
    suspended: Sequence[int] = (),
    keys: Sequence[DidUrl] = (),
    registry: JsonObject | None = None,
    epoch: int = 0,
) -> Contents:
    block = contents.Block(number=0, did=DID, host=HOST)
    contexts = {url: doc for url, doc in json.loads(CONTEXTS.read_text()).items() if url.startswith("https:")}
    lists = (published_list(1, revoked, epoch=epoch), published_list(2, suspended, epoch=epoch))
    return Contents(
        files={
            "registry.json": registry_json(epoch=epoch) if registry is None else registry,
            "policy.json": contents.policy(),
            "schemas.json": contents.schemas(),
            "law.json": contents.law(),
            "labels.es.json": contents.labels("es"),
            "labels.en.json": contents.labels("en"),
            "tables.json": contents.tables(5790, [block]),
            "contexts.json": contexts,
            "log.json": {"checkpoints": {}},
        },
        status={"formacion": StatusPart(lists=lists, suspended=tuple(keys))},
    )


def good(now: datetime, number: int = 1, what: Contents | None = None, **more: Any) -> Mapping[str, bytes]:
    """The files of a good bundle whose online and targets versions are `number`."""
    versions = Versions(targets=number, snapshot=number, timestamp=number, status={"formacion": number})
    settings: dict[str, Any] = {"ring": ring(), "thresholds": THRESHOLDS, "versions": versions, "now": now, **more}
    return build(what or good_contents(), **settings).files


@dataclass
class Repository:
    """A bundle taken apart: `words` is role -> signed part. `write` signs from the bottom up and gives the files.

    `signers` says who signs a role; `rows` may spoil the row by which the role above names it.
    """

    files: dict[str, bytes]
    words: dict[str, dict[str, Any]]
    signers: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Callable[[dict[str, Any]], None]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> "Repository":
        words = {}
        for path, raw in files.items():
            name = path.removeprefix("metadata/").removesuffix(".json")
            if path.startswith("metadata/") and not name.endswith(".root"):
                words[name.split(".")[-1]] = copy.deepcopy(json.loads(raw)["signed"])
        kept = {path: raw for path, raw in files.items() if path.startswith("targets/") or path.endswith(".root.json")}
        signers = {
            "targets": ["targets0", "targets1"],
            "snapshot": ["snapshot"],
            "timestamp": ["timestamp"],
            "status-formacion": ["status-formacion"],
        }
        return cls(dict(kept), words, signers)

    def bump(self, *roles: str) -> None:
        for role in roles or tuple(self.words):
            self.words[role]["version"] += 1

    def expire(self, role: str, at: datetime) -> None:
        self.words[role]["expires"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def sign(self, role: str) -> bytes:
        signed = self.words[role]
        rows = [
            {"keyid": role_key(name).key().keyid, "sig": signer(name).sign(olpc(signed)).hex()}
            for name in self.signers[role]
        ]
        return json.dumps({"signed": signed, "signatures": rows}).encode()

    def write(self) -> dict[str, bytes]:
        made = dict(self.files)
        meta = self.words["snapshot"]["meta"]
        for role in [name for name in self.words if name not in ("snapshot", "timestamp")]:
            raw = self.sign(role)
            made[f"metadata/{self.words[role]['version']}.{role}.json"] = raw
            meta[f"{role}.json"] = self._row(role, raw)
        raw = self.sign("snapshot")
        made[f"metadata/{self.words['snapshot']['version']}.snapshot.json"] = raw
        self.words["timestamp"]["meta"]["snapshot.json"] = self._row("snapshot", raw)
        made["metadata/timestamp.json"] = self.sign("timestamp")
        return made

    def _row(self, role: str, raw: bytes) -> dict[str, Any]:
        row = {
            "version": self.words[role]["version"],
            "length": len(raw),
            "hashes": {"sha256": hashlib.sha256(raw).hexdigest()},
        }
        if role in self.rows:
            self.rows[role](row)
        return row


def container(files: Mapping[str, bytes]) -> bytes:
    return pack(files)


def later(now: datetime, **more: float) -> datetime:
    return now + timedelta(**more)


def replaced(what: Contents, *, bits: bytes) -> Contents:
    """The contents with other bits in the first list, canaries told as they were."""
    part = what.status["formacion"]
    spoiled = dataclasses.replace(part.lists[0], bits=bits)
    return Contents(files=what.files, status={"formacion": StatusPart(lists=(spoiled, *part.lists[1:]))})
