"""The list of a country's permits on two days: 2.2 million people on 18 lists, 1 % revoked, 200 more on the second day.

What `puente bench delta` brings from one to the other (TRUST section 5). Seeds are fixed and worthless.
"""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from kernel import status
from kernel.ed25519 import SeedSigner
from registry import contents
from registry.build import Contents, Published, PublishedList, StatusPart, Versions, build, refresh
from registry.roles import Ring, RoleKey, Thresholds
from schemas import contexts
from schemas.identifiers import Did, DidUrl
from schemas.json import JsonObject, JsonValue

NEW_BITS: Final = 200
LISTS: Final = 18
REVOKED: Final = 1_310
"""A list: 1 %."""
SUSPENDED: Final = 10
DAY: Final = timedelta(days=1)
_HOST: Final = "permisos.demo.puente.example"
_DID: Final = Did(f"did:web:{_HOST}")
_ISSUER: Final = "permisos"
_ENDS: Final = 100
"""Places at both ends of a list that are kept for canaries."""

Bits = Mapping[int, Sequence[int]]


def two_days(today: datetime) -> tuple[Published, Published]:
    """The list of the day before and today's, by the online keys alone."""
    draw = random.Random("puente-bench:permits")
    places = range(_ENDS, status.LIST_SIZE - _ENDS)
    was = {n: draw.sample(places, REVOKED if n % 2 else SUSPENDED) for n in range(1, 2 * LISTS + 1)}
    now = dict(was)
    for n in range(1, 2 * LISTS, 2):
        more = NEW_BITS // LISTS + (n // 2 < NEW_BITS % LISTS)
        now[n] = [*was[n], *draw.sample(sorted(set(places) - set(was[n])), more)]
    versions = Versions(status={_ISSUER: 1})
    what = Contents(files=_files(), status=_part(was))
    first = build(what, ring=_ring(), thresholds=Thresholds(root=1, targets=1), versions=versions, now=today - DAY)
    later = replace(versions, snapshot=2, timestamp=2, status={_ISSUER: 2})
    return first, refresh(first, _part(now), ring=_ring(), versions=later, now=today)


def _part(bits: Bits) -> Mapping[str, StatusPart]:
    return {_ISSUER: StatusPart(lists=tuple(_list(n, places) for n, places in bits.items()))}


def _list(number: int, places: Sequence[int]) -> PublishedList:
    last = status.LIST_SIZE - 1 - number
    return PublishedList(
        number=number,
        url=contents.list_url(_HOST, number),
        purpose=_purpose(number),
        bits=status.set_bits(status.empty(), [*places, number, last]),
        canaries_set=(number, last),
        canaries_clear=(number + LISTS * 2, last - LISTS * 2),
    )


def _purpose(number: int) -> str:
    return "revocation" if number % 2 else "suspension"


def _files() -> dict[str, JsonObject]:
    lists: list[JsonValue] = [
        {
            "url": contents.list_url(_HOST, n),
            "purpose": _purpose(n),
            "path": f"status/{_ISSUER}/{n}.bits",
            "epoch": 0,
        }
        for n in range(1, 2 * LISTS + 1)
    ]
    issuer: JsonObject = {
        "id": _ISSUER,
        "did": _DID,
        "name": {"es": "Autoridad de Permisos (DEMO)", "en": "Permit Authority (DEMO)"},
        "tier": "T1",
        "country": "CO",
        "scope": [{"type": "PermitPass", "scheme": "PPT"}],
        "keys": [],
        "statusLists": lists,
    }
    return {
        "registry.json": {"version": 1, "issuers": [issuer]},
        "policy.json": contents.policy(),
        "schemas.json": contents.schemas(),
        "law.json": contents.law(),
        "labels.es.json": contents.labels("es"),
        "labels.en.json": contents.labels("en"),
        "tables.json": contents.tables(5790, (contents.Block(number=0, did=_DID, host=_HOST),)),
        "contexts.json": {str(url): document for url, document in contexts.documents().items()},
        "log.json": {"checkpoints": {}},
    }


def _ring() -> Ring:
    return Ring(
        root=(_role("root"),),
        targets=(_role("targets"),),
        snapshot=_role("snapshot"),
        timestamp=_role("timestamp"),
        status={_ISSUER: _role("status")},
    )


def _role(name: str) -> RoleKey:
    seed = hashlib.sha256(f"puente-bench:permits:{name}".encode()).digest()
    signer = SeedSigner(seed, DidUrl(f"did:example:{name}#k1"))
    return RoleKey(public=signer.public, signer=signer, demo=True)
