"""Where a row's status lies: the lists of a pair, the secret order of their places, the next of a type; not what they
say."""

from collections.abc import Sequence
from functools import lru_cache

from issuer.store import Ledger
from issuer.tables import ListRow
from kernel import status
from kernel.errors import Unavailable
from schemas.identifiers import Url
from schemas.terms import REVOCATION, SUSPENSION

Place = tuple[int, int, int]
"""Number of the pair, index in its revocation list, index in its suspension list."""


@lru_cache(maxsize=16)
def order(key: bytes, url: Url) -> Sequence[int]:
    """The order of a list's places: made once for each list and kept (0.5 MiB each)."""
    return status.permutation(key, url)


@lru_cache(maxsize=1024)
def reserve(key: bytes, url: Url) -> status.Reserve:
    """The places of a list that are never issued: small (26 kB), so kept for each list of a house."""
    return status.reserve_of(key, url)


def take(ledger: Ledger, key: bytes, issuer: str, family: str, count: int) -> list[Place]:
    """The next places of an issuer's type, one for each row; lists fill one pair after the other.

    Raises Unavailable `lists_full`.
    """
    pairs = ledger.pairs(issuer, family)
    start = ledger.take_places(issuer, family, count)
    if start + count > len(pairs) * status.USED:
        raise Unavailable("lists_full", detail="the issuer's status lists have no places left")
    found: list[Place] = []
    while count:
        pair = pairs[start // status.USED]
        at = start % status.USED
        part = min(count, status.USED - at)
        revocation = order(key, pair.revocation_url)[at : at + part]
        suspension = order(key, pair.suspension_url)[at : at + part]
        found += [(pair.number, r, s) for r, s in zip(revocation, suspension, strict=True)]
        start, count = start + part, count - part
    return found


def list_pair(issuer: str, of: int, at: int, family: str, site: str) -> list[ListRow]:
    """The two lists, new, of an issuer's pair `at`, counted from 0: what it revokes and what it suspends in.

    `of` is the issuer's number; the lists are published under `site`.
    """
    first = 2 * at + 1
    return [
        ListRow(
            id=(of << 12) + number,
            issuer=issuer,
            family=family,
            number=number,
            pair=(of << 12) + at,
            purpose=purpose,
            url=Url(f"{site}/{number}"),
        )
        for number, purpose in ((first, REVOCATION), (first + 1, SUSPENSION))
    ]
