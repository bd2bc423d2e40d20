"""Ten of the rows that would be signed, or of those that an act on many is for, for the second pair of eyes to compare
with the papers. Pure.

They are drawn from all. Which ones follows from the digest of what is decided and from who looks, under a secret of
the issuer: whoever prepared it sees rows of her own, and nobody comes by easier ones by looking again. Not here: which
rows of a batch would be signed (`issuer/batches/drawing.py`).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from heapq import nsmallest
from itertools import count, groupby, islice
from typing import Final

from issuer.batches.sources import Said
from issuer.marks import START, Mark
from issuer.rows import Wanted
from issuer.secrets import Secrets
from kernel.ports import Random

MOST: Final = 10
_ROUNDS: Final = 8
_BLOCK: Final = 4096

Read = Callable[[Mark], Said]
Fresh = Callable[[Sequence[Wanted]], Sequence[Wanted]]
"""Those of some rows that nothing else has promised."""


def drawn(read: Read, marks: Sequence[Mark], *, issuing: int, fresh: Fresh, random: Random) -> list[Wanted]:
    """Up to ten of the `issuing` rows of a source that are fresh, in its order; `marks` begin with its start.

    Where the most were promised before, a few rounds find too few, and all are read: each fresh one has the same chance
    either way.
    """
    tried, found = set[int](), list[Wanted]()
    for _ in range(_ROUNDS):
        more = places(issuing, random=random, most=MOST - len(found), but=tried)
        found += fresh(_at(read, marks, sorted(more)))
        tried |= more
        if len(found) == MOST or len(tried) == issuing:
            return sorted(found)
    return sorted(_of_all(read(START), fresh, random))


def _at(read: Read, marks: Sequence[Mark], chosen: Sequence[int]) -> list[Wanted]:
    before = [mark.issuing for mark in marks]
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


def _of_all(rows: Said, fresh: Fresh, random: Random) -> Iterable[Wanted]:
    """Each gets a lot, and the ten lowest are drawn."""
    issuing = (row for _, row in rows if row is not None)
    lowest: list[tuple[bytes, Wanted]] = []
    while block := list(islice(issuing, _BLOCK)):
        lowest = nsmallest(MOST, [*lowest, *((random(8), row) for row in fresh(block))])
    return [row for _, row in lowest]


def places(among: int, *, random: Random, most: int = MOST, but: Collection[int] = ()) -> set[int]:
    """Up to ten of so many, by chance."""
    chosen: set[int] = set()
    while len(chosen) < min(most, among - len(but)):
        if (place := int.from_bytes(random(8)) % among) not in but:
            chosen.add(place)
    return chosen


def chance(secrets: Secrets, digest: bytes, person: str) -> Random:
    """What she draws by: chance to who has not the secrets, and the same each time to who has."""
    seed, numbers = secrets.look(digest, person), count()
    return lambda size: hashlib.shake_256(seed + next(numbers).to_bytes(8)).digest(size)
