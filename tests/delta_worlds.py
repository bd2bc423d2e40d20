"""States of one registry that follow one another by its online keys alone, as `puente publish` makes them.

Signed by python-tuf through `registry/build.py`; what is set in each list is the test's own. `day` is the day that is
promised: 200 new bits over the 18 revocation lists of 2.2 million permits (TRUST section 5).
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kernel import status
from kernel.bundle.chain import Files
from registry.build import Contents, Published, PublishedList, StatusPart, Versions, build, refresh
from registry.contents import list_url
from schemas.identifiers import DidUrl
from schemas.json import JsonObject, JsonValue
from tests import small_registry as small
from tests.fakes import NOON

Bits = Mapping[int, Sequence[int]]
"""List number -> places that are set; odd numbers revoke, even ones suspend."""
DAY = timedelta(days=1)
PERMIT_LISTS = 18


def first(pairs: int = 1, bits: Bits | None = None, *, at: datetime = NOON, number: int = 1) -> Published:
    """A first state with so many pairs of lists."""
    files = {**small.good_contents().files, "registry.json": _registry(pairs)}
    versions = Versions(targets=number, snapshot=number, timestamp=number, status={"formacion": number})
    what = Contents(files=files, status=_part(pairs, bits or {}, ()))
    return build(what, ring=small.ring(), thresholds=small.THRESHOLDS, versions=versions, now=at)


def after(
    former: Published, bits: Bits, *, pairs: int = 1, keys: Sequence[DidUrl] = (), at: datetime | None = None
) -> Published:
    """The next state: other bits, or a key that the issuer suspends; roots and registry as they were."""
    old = former.versions
    status_ = {name: version + 1 for name, version in old.status.items()}
    versions = replace(old, snapshot=old.snapshot + 1, timestamp=old.timestamp + 1, status=status_)
    now = NOON + DAY * old.snapshot if at is None else at
    return refresh(former, _part(pairs, bits, keys), ring=small.ring(), versions=versions, now=now)


def day(new_bits: int = 200, *, at: datetime = NOON) -> tuple[Published, Published]:
    """Two states of a country's permits, a day apart: 1 % is revoked already, 10 a list are suspended."""
    draw = random.Random("a day")
    revoking = range(1, 2 * PERMIT_LISTS, 2)
    bits = {n: draw.sample(range(100, 131_000), 1_310 if n in revoking else 10) for n in range(1, 2 * PERMIT_LISTS + 1)}
    old = first(PERMIT_LISTS, bits, at=at)
    later = {n: list(places) for n, places in bits.items()}
    free = {n: sorted(set(range(100, 131_000)) - set(bits[n])) for n in revoking}
    for turn in range(new_bits):
        n = revoking[turn % PERMIT_LISTS]
        later[n].append(free[n].pop(draw.randrange(len(free[n]))))
    return old, after(old, later, pairs=PERMIT_LISTS, at=at + DAY)


def root(published: Published) -> bytes:
    """The first root, which a program pins."""
    files: Files = published.files
    return files["metadata/1.root.json"]


def _part(pairs: int, bits: Bits, keys: Sequence[DidUrl]) -> Mapping[str, StatusPart]:
    lists = tuple(_list(n, bits.get(n, ()), shift=n if pairs > 1 else 0) for n in range(1, 2 * pairs + 1))
    return {"formacion": StatusPart(lists=lists, suspended=tuple(keys))}


def _list(number: int, places: Sequence[int], *, shift: int) -> PublishedList:
    """Canaries at the ends of the list; without a shift, two lists with nothing set are the same bytes."""
    canaries_set, canaries_clear = (1 + shift, 131_071 - shift), (0 + 50 + shift, 131_010 + shift)
    return PublishedList(
        number=number,
        url=list_url(small.HOST, number),
        purpose=_purpose(number),
        bits=status.set_bits(status.empty(), [*places, *canaries_set]),
        canaries_set=canaries_set,
        canaries_clear=canaries_clear,
    )


def _purpose(number: int) -> str:
    return "revocation" if number % 2 else "suspension"


def _registry(pairs: int) -> JsonObject:
    document = small.registry_json()
    issuers = document["issuers"]
    assert isinstance(issuers, list)
    lists: JsonValue = [
        {
            "url": list_url(small.HOST, n),
            "purpose": _purpose(n),
            "path": f"status/formacion/{n}.bits",
            "epoch": 0,
            "approved": [],
        }
        for n in range(1, 2 * pairs + 1)
    ]
    (issuer,) = issuers
    assert isinstance(issuer, dict)
    return {**document, "issuers": [{**issuer, "statusLists": lists}]}
