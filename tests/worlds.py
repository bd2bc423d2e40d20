"""Small trust worlds: issuers, keys, policy, lists, as the target files of a bundle; and the bundle made of them.

A world is data (`Plan`) that tests change before it is built. `build` puts an InstalledBundle together by hand, for
speed; `pack` makes the signed container that `kernel.bundle.install` reads.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kernel import cborld, status
from kernel.bundle import lists
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle, Purpose, StatusList
from kernel.bundle.reading import read_policy, read_registry, read_schemas
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.verify import MemorySeen, judge
from registry.build import Contents, Published, PublishedList, StatusPart, Versions, refresh
from registry.build import build as registry_build
from registry.roles import Lives, Ring, RoleKey, Thresholds
from schemas.claims import READER
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject
from schemas.verification import Report, Session
from tests import makers

FORMAT = Path(__file__).parent / "vectors" / "format"
ENTRY = 5799
DAY = timedelta(days=1)
SIGNED_AT = makers.NOW - timedelta(hours=1)
NAMES = {
    makers.NORMA: ("Servicio de Normas", "Norms Service"),
    makers.PERMISO: ("Autoridad de Permisos", "Permit Authority"),
    makers.TALLER: ("Taller La Palma", "La Palma Workshop"),
}
_SCOPES = {
    makers.NORMA: [{"type": "CompetencePass", "scheme": "SENA-NSCL"}],
    makers.PERMISO: [{"type": "PermitPass", "scheme": "PPT"}],
    makers.TALLER: [{"type": "SkillPass", "scheme": "EMPLEADOR"}],
}


@cache
def read(name: str) -> Any:
    """One file of the format's vectors."""
    return json.loads((FORMAT / name).read_text("utf-8"))


@cache
def contexts() -> JsonObject:
    """The pinned contexts, without the DID documents that stand beside them in the vectors."""
    return {url: document for url, document in read("contexts.json").items() if url.startswith("https://")}


@cache
def dictionary() -> cborld.Dictionary:
    """Contexts and tables of entry 5799."""
    return cborld.read_dictionary(contexts(), read("tables.json"))


def key_row(
    did: Did, *, key: str = "k1", name: str | None = None, state: str = "active", **more: Any
) -> dict[str, Any]:
    """A key of the registry."""
    signer = makers.issuer_signer(did, key=key, name=name)
    return {"id": signer.method, "publicKeyMultibase": PublicKey(signer.public).multikey(), "state": state, **more}


def issuer_row(did: Did, **changes: Any) -> dict[str, Any]:
    """An issuer of the registry with one key and two lists."""
    short = makers.ISSUERS[did]
    spanish, english = NAMES.get(did, (short, short))
    host = did.rpartition(":")[2]
    lists_ = [
        {"url": f"https://{host}/s/{number}", "purpose": purpose, "path": f"status/{short}/{number}.bits", "epoch": 0}
        for number, purpose in ((1, "revocation"), (2, "suspension"))
    ]
    row = {
        "id": short,
        "did": did,
        "name": {"es": spanish, "en": english},
        "tier": "T2" if did == makers.TALLER else "T1",
        "country": "CO",
        "scope": _SCOPES.get(did, []),
        "keys": [key_row(did)],
        "statusLists": lists_,
    }
    return {**row, **changes}


def rule(pass_type: str, scheme: str, **changes: Any) -> dict[str, Any]:
    """A rule of the policy: both purposes, fresh for three days, of use for thirty."""
    row = {
        "type": pass_type,
        "scheme": scheme,
        "purposes": ["revocation", "suspension"],
        "freshSeconds": 3 * 86_400,
        "maxAgeSeconds": 30 * 86_400,
        "needsValidUntil": pass_type == "PermitPass",
    }
    return {**row, **changes}


def _rules() -> list[dict[str, Any]]:
    return [rule("CompetencePass", "SENA-NSCL"), rule("PermitPass", "PPT"), rule("SkillPass", "EMPLEADOR")]


def _issuers() -> list[dict[str, Any]]:
    return [issuer_row(did) for did in (makers.NORMA, makers.PERMISO, makers.TALLER)]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a bundle says. `bits`: list URL -> places that are set; `signed_at` is every role's time."""

    issuers: Sequence[Mapping[str, Any]] = field(default_factory=_issuers)
    rules: Sequence[Mapping[str, Any]] = field(default_factory=_rules)
    bits: Mapping[str, Sequence[int]] = field(default_factory=dict)
    suspended: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signed_at: datetime = SIGNED_AT
    lists_at: datetime | None = None
    version: int = 7
    root_life: timedelta = 730 * DAY
    timestamp_life: timedelta = 2 * DAY
    profiles: Mapping[str, Any] = field(default_factory=dict)
    law: JsonObject = field(default_factory=dict)

    def files(self) -> dict[str, Any]:
        """The target files that are JSON."""
        return {
            "registry.json": {"version": self.version, "issuers": list(self.issuers)},
            "policy.json": {"rules": list(self.rules), "profiles": dict(self.profiles)},
            "tables.json": read("tables.json"),
            "contexts.json": contexts(),
            "schemas.json": dict(READER),
            "labels.es.json": {"types": {"CompetencePass/SENA-NSCL": "Certificado de competencia laboral"}},
            "labels.en.json": {"types": {"CompetencePass/SENA-NSCL": "Labour competence certificate"}},
            "law.json": self.law,
            "log.json": {},
        }


def build(plan: Plan) -> InstalledBundle:
    """The bundle put together by hand, without TUF: nothing can be installed over it."""
    registry = read_registry(
        plan.files()["registry.json"], suspended={name: frozenset(keys) for name, keys in plan.suspended.items()}
    )
    found: dict[Url, StatusList] = {
        row.url: _list(row.url, row.issuer, row.purpose, plan.bits.get(row.url, ()), plan.lists_at or plan.signed_at)
        for row in registry.lists
    }
    return InstalledBundle(
        version=plan.version,
        root_version=1,
        root_expires=plan.signed_at + plan.root_life,
        timestamp_expires=plan.signed_at + plan.timestamp_life,
        floor_off=plan.signed_at,
        floor_on=plan.signed_at,
        issuers=registry.issuers,
        policy=read_policy(plan.files()["policy.json"]),
        dictionary=dictionary(),
        schemas=read_schemas(READER),
        labels={},
        law={},
        log={},
        lists=found,
    )


def pack(plan: Plan) -> Published:
    """The same plan as a signed bundle: what `kernel.bundle.install` reads, made as the registry makes it."""
    if plan.lists_at is not None:
        raise ValueError("a packed bundle is signed at one time: let the clock go on instead")
    parts = _parts(plan)
    return registry_build(
        Contents(files=plan.files(), status=parts),
        ring=ring(parts),
        thresholds=Thresholds(root=2, targets=2),
        versions=Versions(targets=plan.version, snapshot=plan.version, timestamp=plan.version),
        now=plan.signed_at,
        lives=_lives(plan),
    )


def follow(former: Published, plan: Plan) -> Published:
    """The next bundle by the online keys alone: the lists of `plan`, one version up, over the same registry."""
    parts, old = _parts(plan), former.versions
    versions = replace(
        old,
        snapshot=old.snapshot + 1,
        timestamp=old.timestamp + 1,
        status={name: old.status.get(name, 1) + 1 for name in parts},
    )
    return refresh(former, parts, ring=ring(parts), versions=versions, now=plan.signed_at, lives=_lives(plan))


def _parts(plan: Plan) -> dict[str, StatusPart]:
    return {
        issuer["id"]: StatusPart(
            lists=tuple(_published(row, plan.bits.get(row["url"], ())) for row in issuer["statusLists"]),
            suspended=tuple(DidUrl(key) for key in plan.suspended.get(issuer["id"], ())),
        )
        for issuer in plan.issuers
    }


def _lives(plan: Plan) -> Lives:
    life = plan.root_life
    return Lives(root=life, targets=life, snapshot=life, timestamp=plan.timestamp_life, status=life)


def installed(published: Published, *, now: datetime) -> InstalledBundle:
    """The packed bundle, installed through every check."""
    return install(published.container(), trusted_root=published.root, now=now)


def _published(row: Mapping[str, Any], places: Sequence[int]) -> PublishedList:
    """A list with no canaries: its places are the test's own."""
    return PublishedList(
        number=int(row["path"].rpartition("/")[2].removesuffix(".bits")),
        url=Url(row["url"]),
        purpose=row["purpose"],
        bits=status.set_bits(status.empty(), places),
        canaries_set=(),
        canaries_clear=(),
        epoch=row["epoch"],
    )


@cache
def _role_key(name: str) -> RoleKey:
    signer = SeedSigner(makers.seed(f"role-{name}"), DidUrl(f"did:web:registry.example#{name}"))
    return RoleKey(public=signer.public, signer=signer, demo=True)


def ring(issuers: Iterable[str]) -> Ring:
    return Ring(
        root=(_role_key("root1"), _role_key("root2")),
        targets=(_role_key("targets1"), _role_key("targets2")),
        snapshot=_role_key("snapshot"),
        timestamp=_role_key("timestamp"),
        status={issuer: _role_key(f"status-{issuer}") for issuer in issuers},
    )


def _list(url: Url, issuer: Did, purpose: Purpose, places: Sequence[int], at: datetime) -> StatusList:
    bits = status.set_bits(status.empty(), places)
    return lists.first(url=url, issuer=issuer, purpose=purpose, signed=bits, signed_at=at, epoch=0)


@cache
def plain() -> InstalledBundle:
    """The bundle of a plan that nobody changed."""
    return build(Plan())


@dataclass(frozen=True, kw_only=True)
class World:
    """A bundle and one who judges by it, remembering what was shown."""

    plan: Plan = field(default_factory=Plan)
    bundle: InstalledBundle = field(default_factory=plain)
    seen: MemorySeen = field(default_factory=MemorySeen)

    def judge(
        self,
        raw: str | bytes | Sequence[str],
        *,
        now: datetime = makers.NOW,
        floor: datetime | None = None,
        session: Session | None = None,
        log_proofs: Sequence[str] = (),
    ) -> Report:
        """As `kernel.verify.judge`, by this world's bundle."""
        return judge(
            raw, bundle=self.bundle, now=now, floor=floor, session=session, seen=self.seen, log_proofs=log_proofs
        )


def world(**changes: Any) -> World:
    """A world by a plan with these changes."""
    plan = replace(Plan(), **changes)
    return World(plan=plan, bundle=build(plan))


def text(documents: cborld.Documents) -> str:
    """The QR text of documents, of whatever size."""
    return cborld.to_text(documents, dictionary=dictionary(), entry=ENTRY)
