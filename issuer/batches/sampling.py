"""Ten of the rows that would be signed, or of those that an act on many is for, for the second pair of eyes to compare
with the papers. Pure.

They are drawn from all. Which ones follows from the digest of what is decided and from who looks, under a secret of
the issuer: whoever prepared it sees rows of her own, and nobody comes by easier ones by looking again.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count, groupby
from typing import Final

from issuer.batches.sources import Said
from issuer.marks import Mark
from issuer.rows import Wanted
from issuer.secrets import Secrets
from kernel.ports import Random

MOST: Final = 10


def drawn(read: Callable[[Mark], Said], marks: Sequence[Mark], *, issuing: int, random: Random) -> list[Wanted]:
    """Up to ten of the `issuing` rows of a source, in its order; `marks` begin with its start."""
    before = [mark.issuing for mark in marks]
    chosen = sorted(places(issuing, random=random))
    return [
        row
        for at, group in groupby(chosen, lambda place: bisect_right(before, place) - 1)
        for row in _among(read(marks[at]), [place - before[at] for place in group])
    ]


def _among(rows: Said, chosen: Sequence[int]) -> Iterator[Wanted]:
    """Those of the rows that issue at these places, read no further than the last."""
    with closing(rows):
        place = 0
        for _, row in rows:
            if row is None:
                continue
            if place in chosen:
                yield row
            if place == chosen[-1]:
                return
            place += 1


def places(among: int, *, random: Random) -> set[int]:
    """Up to ten of so many, by chance."""
    chosen: set[int] = set()
    while len(chosen) < min(MOST, among):
        chosen.add(int.from_bytes(random(8)) % among)
    return chosen


def chance(secrets: Secrets, digest: bytes, person: str) -> Random:
    """What she draws by: chance to who has not the secrets, and the same each time to who has."""
    seed, numbers = secrets.look(digest, person), count()
    return lambda size: hashlib.shake_256(seed + next(numbers).to_bytes(8)).digest(size)
