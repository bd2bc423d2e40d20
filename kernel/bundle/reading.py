"""The bundle's target files -> issuers, policy, schemas: install step 5 without the lists. Shapes are checked first.

Only files whose hash a trusted role signed come here; a registry that contradicts itself is refused all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from kernel.bundle.installed import FrozenTree, Issuer, IssuerKey, KeyState, Policy, Purpose, Rule, Scope, Tier
from kernel.bundle.metadata import as_bytes, as_list, as_text, as_time
from kernel.bundle.refusal import refused
from kernel.claims import Checker, compile_schema
from kernel.errors import Invalid
from kernel.keys import read_multikey
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject, JsonValue

_TEXT: Final[JsonObject] = {"type": "string", "minLength": 1, "x-maxBytes": 256}
_COUNT: Final[JsonObject] = {"type": "integer", "minimum": 0}


def _object(properties: JsonObject, *required: str) -> JsonObject:
    return {"type": "object", "properties": properties, "required": list(required)}


_NAME: Final = _object({"es": _TEXT, "en": _TEXT}, "es", "en")
_SCOPE: Final = _object({"type": _TEXT, "scheme": _TEXT}, "type", "scheme")
_STATES: Final = ["announced", "active", "retired", "destroyed", "suspended", "compromised"]
_KEY: Final = _object(
    {
        "id": _TEXT,
        "publicKeyMultibase": _TEXT,
        "state": {"enum": _STATES},
        "notBefore": _TEXT,
        "notAfter": _TEXT,
        "frozenCheckpoint": _object({"size": _COUNT, "root": _TEXT}, "size", "root"),
    },
    "id",
    "publicKeyMultibase",
    "state",
)
_LIST: Final = _object(
    {
        "url": _TEXT,
        "purpose": {"enum": ["revocation", "suspension"]},
        "path": _TEXT,
        "epoch": _COUNT,
        "approved": {"type": "array", "items": _TEXT, "maxItems": 16},
    },
    "url",
    "purpose",
    "path",
    "epoch",
)
_ISSUER: Final = _object(
    {
        "id": {"type": "string", "minLength": 1, "maxLength": 48},
        "did": _TEXT,
        "name": _NAME,
        "tier": {"enum": ["T1", "T2", "T3"]},
        "country": _TEXT,
        "scope": {"type": "array", "items": _SCOPE, "maxItems": 64},
        "keys": {"type": "array", "items": _KEY, "maxItems": 32},
        "statusLists": {"type": "array", "items": _LIST, "maxItems": 256},
    },
    "id",
    "did",
    "name",
    "tier",
    "country",
    "scope",
    "keys",
    "statusLists",
)
_REGISTRY: Final = compile_schema(
    _object({"version": _COUNT, "issuers": {"type": "array", "items": _ISSUER, "maxItems": 4096}}, "version", "issuers")
)
_RULE: Final = _object(
    {
        "type": _TEXT,
        "scheme": _TEXT,
        "purposes": {"type": "array", "items": {"enum": ["revocation", "suspension"]}, "maxItems": 2},
        "freshSeconds": {"type": "integer", "minimum": 0, "maximum": 10**9},
        "maxAgeSeconds": {"type": "integer", "minimum": 0, "maximum": 10**9},
        "needsValidUntil": {"type": "boolean"},
    },
    "type",
    "scheme",
    "purposes",
    "freshSeconds",
    "maxAgeSeconds",
    "needsValidUntil",
)
_POLICY: Final = compile_schema(
    _object({"rules": {"type": "array", "items": _RULE, "maxItems": 256}, "profiles": {"type": "object"}}, "rules")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRow:
    """What the registry says of one list: where it is, whose, its epoch, and hashes it lets through in bulk."""

    url: Url
    issuer: Did
    role: str
    purpose: Purpose
    path: str
    epoch: int
    approved: frozenset[bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """Issuers by DID, and the rows of all their lists."""

    issuers: Mapping[Did, Issuer]
    lists: tuple[ListRow, ...]


def read_registry(document: JsonObject, *, suspended: Mapping[str, frozenset[str]]) -> Registry:
    """`registry.json`; `suspended` is issuer id -> key ids out of its keystate.json, which may only suspend."""
    rows = _rows(_REGISTRY, document, "issuers")
    issuers: dict[Did, Issuer] = {}
    lists: list[ListRow] = []
    for row in rows:
        issuer = _issuer(row, suspended.get(row["id"], frozenset()))
        if issuer.did in issuers or any(issuer.id == other.id for other in issuers.values()):
            raise refused("the registry names one issuer twice")
        issuers[issuer.did] = issuer
        lists += [_list(part, row) for part in row["statusLists"]]
    if len({part.url for part in lists}) != len(lists) or len({part.path for part in lists}) != len(lists):
        raise refused("the registry names one status list twice")
    return Registry(issuers=issuers, lists=tuple(lists))


def read_policy(document: JsonObject) -> Policy:
    """`policy.json`."""
    rules: dict[tuple[str, str], Rule] = {}
    for row in _rows(_POLICY, document, "rules"):
        rule = Rule(
            type=row["type"],
            scheme=row["scheme"],
            purposes=tuple(row["purposes"]),
            fresh=timedelta(seconds=row["freshSeconds"]),
            max_age=timedelta(seconds=row["maxAgeSeconds"]),
            needs_valid_until=row["needsValidUntil"],
        )
        if (rule.type, rule.scheme) in rules or rule.fresh > rule.max_age:
            raise refused("the policy contradicts itself")
        rules[rule.type, rule.scheme] = rule
    profiles = document.get("profiles", {})
    return Policy(rules=rules, profiles=profiles if isinstance(profiles, Mapping) else {})


def read_schemas(document: JsonObject) -> Mapping[str, Checker]:
    """`schemas.json`: pass type -> compiled schema; a keyword outside the subset refuses the bundle."""
    try:
        return {name: compile_schema(_as_object(schema)) for name, schema in document.items()}
    except Invalid as fault:
        raise refused("a claims schema is outside the subset") from fault


def read_keystate(document: JsonObject) -> frozenset[str]:
    """`status/<issuer>/keystate.json`: the key ids it suspends."""
    return frozenset(as_text(kid) for kid in as_list(document.get("suspended")))


def _rows(checker: Checker, document: JsonObject, member: str) -> Sequence[Any]:
    """The rows under `member`, after the shape of the whole was checked: so what is inside has the types it says."""
    try:
        checker.check(document)
    except Invalid as fault:
        raise refused("a file of the bundle has the wrong shape") from fault
    return cast(Sequence[Any], document[member])


def _as_object(value: JsonValue) -> JsonObject:
    if not isinstance(value, Mapping):
        raise refused("a file of the bundle has the wrong shape")
    return value


def _issuer(row: Any, suspended: frozenset[str]) -> Issuer:
    keys = {DidUrl(part["id"]): _key(part, row["did"], part["id"] in suspended) for part in row["keys"]}
    plain = row["id"].isascii() and row["id"].replace("-", "").isalnum()
    if len(keys) != len(row["keys"]) or not plain:
        raise refused("the registry names one key twice, or an issuer by a name that is not plain")
    return Issuer(
        id=row["id"],
        did=Did(row["did"]),
        name=row["name"],
        tier=cast(Tier, row["tier"]),
        country=row["country"],
        scope=tuple(Scope(type=part["type"], scheme=part["scheme"]) for part in row["scope"]),
        keys=keys,
        lists=tuple(Url(part["url"]) for part in row["statusLists"]),
    )


def _key(row: Any, did: str, suspended: bool) -> IssuerKey:
    """One key, E1 and E3-E5 included. Suspending never lifts `compromised`, which is the graver word."""
    if not row["id"].startswith(f"{did}#"):
        raise refused("a key stands under an issuer that does not control it")
    try:
        key = read_multikey(row["publicKeyMultibase"])
        key.require_sound()
    except Invalid as fault:
        raise refused("a key of the registry is not a good key") from fault
    frozen = row.get("frozenCheckpoint")
    before, after = row.get("notBefore"), row.get("notAfter")
    return IssuerKey(
        method=DidUrl(row["id"]),
        key=key,
        state="suspended" if suspended and row["state"] != "compromised" else cast(KeyState, row["state"]),
        not_before=None if before is None else as_time(before),
        not_after=None if after is None else as_time(after),
        frozen=None if frozen is None else FrozenTree(size=frozen["size"], root=as_bytes(frozen["root"], size=32)),
    )


def _list(row: Any, issuer: Any) -> ListRow:
    folder = f"status/{issuer['id']}/"
    if not row["path"].startswith(folder) or not row["path"].endswith(".bits") or not row["url"].startswith("https://"):
        raise refused("a status list lies outside its issuer's folder")
    return ListRow(
        url=Url(row["url"]),
        issuer=Did(issuer["did"]),
        role=f"status-{issuer['id']}",
        purpose=cast(Purpose, row["purpose"]),
        path=row["path"],
        epoch=row["epoch"],
        approved=frozenset(as_bytes(part, size=32) for part in row.get("approved", [])),
    )
