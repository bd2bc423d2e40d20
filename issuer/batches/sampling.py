"""Ten of the rows that would be signed, for the second pair of eyes to compare with the papers. Pure.

They are drawn anew at each look: who prepared the batch cannot know which rows will be looked at.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from issuer.rows import Wanted
from kernel.ports import Random

MOST: Final = 10
LOOKED_AT: Final = 20_000
"""Of a longer file, the rows that issue among these are drawn from: a look stays quick."""


def drawn(rows: Iterator[tuple[int, Wanted | None]], *, issuing: int, random: Random) -> list[Wanted]:
    """Up to ten of the `issuing` rows, in the order of the file."""
    among = min(issuing, LOOKED_AT)
    chosen = places(among, random=random)
    wanted = (row for _number, row in rows if row is not None)
    return [row for place, row in enumerate(islice(wanted, among)) if place in chosen]


def places(among: int, *, random: Random) -> set[int]:
    """Up to ten of so many, by chance."""
    chosen: set[int] = set()
    while len(chosen) < min(MOST, among):
        chosen.add(int.from_bytes(random(8)) % among)
    return chosen
