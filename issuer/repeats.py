"""Has this row been seen in this file? A set of prints in memory, some 20 bytes a row, so that a country's stays small.

Not here: what makes two rows the same (`issuer/cohort.py`, `issuer/forms.py`), and rows of other files (the ledger's
unique key).
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

PRINT: Final = 12
"""Bytes: of 3 million rows two different ones have the same by a chance of one in 10^16."""
_ENTRY: Final = 14
"""The ten bytes of a print that do not say its shelf, and four of the row that brought it first."""


def print_of(row: bytes) -> bytes:
    """What a row is known again by."""
    return blake2b(row, digest_size=PRINT).digest()


class Repeats:
    """Prints with the row that brought each first: on 65,536 shelves, by their first two bytes."""

    def __init__(self) -> None:
        self._shelves: list[bytearray | None] = [None] * 65_536

    def first_rows(self, prints: Mapping[int, bytes]) -> dict[int, int]:
        """Remember the prints of these rows; for each row that repeats an earlier one: row -> that first row."""
        again: dict[int, int] = {}
        shelves = self._shelves
        for row, told in prints.items():
            place, mark = told[0] << 8 | told[1], told[2:]
            shelf = shelves[place]
            if shelf is None:
                shelves[place] = shelf = bytearray()
            elif mark in shelf and (at := _entry(shelf, mark)) is not None:
                again[row] = int.from_bytes(shelf[at + len(mark) : at + _ENTRY], signed=True)
                continue
            shelf += mark
            shelf += row.to_bytes(_ENTRY - len(mark), signed=True)
        return again


def _entry(shelf: bytearray, mark: bytes) -> int | None:
    """Where the entry of a mark begins; the same bytes may also lie across two entries."""
    at = shelf.find(mark)
    while at >= 0 and at % _ENTRY:
        at = shelf.find(mark, at + 1)
    return at if at >= 0 else None
