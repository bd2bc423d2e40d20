"""A folder of format vectors, and the bundles to judge it by (FORMAT section 11).

Its trust: every DID of contexts.json an issuer of tier T1 whose scope is everything, keys active without a window,
policy = revocation alone, the signed lists of status-lists.json its lists; one bundle for each `now`, signed then.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from kernel import cborld, status
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.dids import read_did_document
from kernel.ed25519 import SeedSigner
from kernel.errors import Invalid
from kernel.keys import read_multikey
from kernel.proofs import integrity
from kernel.verify import MemorySeen, judge
from registry.build import Contents, Published, PublishedList, StatusPart, Versions
from registry.build import build as registry_build
from registry.roles import Lives, Thresholds
from schemas.claims import READER
from schemas.identifiers import DidUrl, Url
from schemas.verification import Report, Session
from tests import worlds


class Folder:
    """One folder of vectors, and the bundles that it asks for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.positive = [json.loads(file.read_text("utf-8")) for file in sorted(path.glob("p[0-9]*.json"))]
        self.negative: list[dict[str, Any]] = self._rows("negative.json", "vectors")
        self.frames: list[dict[str, Any]] = [self._read("frames.json")] if (path / "frames.json").exists() else []
        self.contexts = self._read("contexts.json")
        self.tables = self._read("tables.json")
        self.signers = {
            row["verificationMethod"]: SeedSigner(bytes.fromhex(row["seed_hex"]), DidUrl(row["verificationMethod"]))
            for row in self._rows("test-keys.json", "keys")
        }

    def _read(self, name: str) -> Any:
        return json.loads((self.path / name).read_text("utf-8"))

    def _rows(self, name: str, member: str) -> list[dict[str, Any]]:
        if not (self.path / name).exists():
            return []
        found = self._read(name)
        rows: list[dict[str, Any]] = found[member] if isinstance(found, dict) else found
        return rows

    @cached_property
    def dictionary(self) -> cborld.Dictionary:
        return cborld.read_dictionary(_context_documents(self.contexts), self.tables)

    @cached_property
    def lists(self) -> list[dict[str, Any]]:
        """The signed lists, each signature checked by the DID document of its issuer."""
        rows = self._rows("status-lists.json", "lists")
        for row in rows:
            document = read_did_document(self.contexts[row["issuer"]])
            method = document.methods[DidUrl(row["proof"]["verificationMethod"])]
            integrity.check(row, key=read_multikey(method.multikey), purpose="assertionMethod")
        return rows

    @property
    def refused_lists(self) -> list[dict[str, Any]]:
        """Signed lists that inflate beyond their bound."""
        found = self._read("status-lists.json") if self.lists else {}
        return [found["oversized"]["list"]] if "oversized" in found else []

    @cached_property
    def worlds(self) -> dict[str, Published]:
        """A signed bundle for each `now`."""
        cases = [*self.positive, *self.negative]
        return {now: _published(self, _time(now)) for now in sorted({case["now"] for case in cases})}

    @cached_property
    def installed(self) -> dict[str, InstalledBundle]:
        """The same, installed."""
        return {
            now: install(one.container(), trusted_root=one.root, now=_time(now)) for now, one in self.worlds.items()
        }

    def judge(self, raw: str | list[str], case: Mapping[str, Any]) -> Report:
        """The report on a text at the case's own time, answering its challenge where it is a question's."""
        now, challenge = _time(case["now"]), case.get("challenge", "0")
        session = None
        if challenge not in (None, "0"):
            session = Session(challenge=challenge, domain=_domain(case), issued_at=now)
        bundle = self.installed[case["now"]]
        return judge(raw, bundle=bundle, now=now, floor=None, session=session, seen=MemorySeen())


def _domain(case: Mapping[str, Any]) -> str | None:
    """What the verifier called itself: the case says it, or a good case's own proof does."""
    document = case.get("document")
    proof = document["proof"] if isinstance(document, dict) else {}
    domain: str | None = case.get("domain", proof.get("domain"))
    return domain


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _context_documents(documents: Mapping[str, Any]) -> dict[str, Any]:
    return {url: document for url, document in documents.items() if not url.startswith("did:")}


def _published(folder: Folder, now: datetime) -> Published:
    dids = [did for did in folder.contexts if did.startswith("did:")]
    issuers = {did: f"issuer-{number}" for number, did in enumerate(dids)}
    lists: dict[str, list[PublishedList]] = {did: [] for did in dids}
    for row in folder.lists:
        one = _list(row, number=len(lists[row["issuer"]]) + 1)
        if len(one.bits) == status.LIST_BYTES:  # a bundle holds lists of one length; others are looked at alone
            lists[row["issuer"]].append(one)
    rows = [_issuer(folder.contexts[did], did, name, lists[did]) for did, name in issuers.items()]
    rule = worlds.rule("*", "*", purposes=["revocation"], needsValidUntil=False)
    files = {
        **worlds.Plan(issuers=rows, rules=[rule], version=1).files(),
        "contexts.json": _context_documents(folder.contexts),
        "tables.json": folder.tables,
        "schemas.json": dict(READER),
    }
    life = timedelta(days=36_500)
    return registry_build(
        Contents(files=files, status={name: StatusPart(lists=tuple(lists[did])) for did, name in issuers.items()}),
        ring=worlds.ring(issuers.values()),
        thresholds=Thresholds(root=2, targets=2),
        versions=Versions(),
        now=now,
        lives=Lives(root=life, targets=life, snapshot=life, timestamp=life, status=life),
    )


def _list(row: Mapping[str, Any], *, number: int) -> PublishedList:
    return PublishedList(
        number=number,
        url=Url(row["id"]),
        purpose=row["credentialSubject"]["statusPurpose"],
        bits=status.expand_list(row["credentialSubject"]["encodedList"]),
        canaries_set=(),
        canaries_clear=(),
    )


def _is_sound(multikey: str) -> bool:
    """Whether a registry could hold this key; one of small order never comes in."""
    try:
        read_multikey(multikey).require_sound()
    except Invalid:
        return False
    return True


def _issuer(document: Mapping[str, Any], did: str, name: str, lists: list[PublishedList]) -> dict[str, Any]:
    methods = read_did_document(document).methods.values()
    return {
        "id": name,
        "did": did,
        "name": {"es": did, "en": did},
        "tier": "T1",
        "country": "CO",
        "scope": [{"type": "*", "scheme": "*"}],
        "keys": [
            {"id": m.id, "publicKeyMultibase": m.multikey, "state": "active"} for m in methods if _is_sound(m.multikey)
        ],
        "statusLists": [
            {"url": one.url, "purpose": one.purpose, "path": one.path(name), "epoch": one.epoch} for one in lists
        ],
    }
