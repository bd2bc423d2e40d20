"""Which rows of a corrected file are new, and which rows in error they mend. Readers of two files; nothing is kept.

A row that the first file has already, to be issued or issued, is passed over: only what was in error goes on. A row in
error is known again by its other cells, else by document and norm, else by its place in a file of the same length.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final

from issuer import cohort
from issuer.batches.found import MOST_FINDINGS
from issuer.cohort import CohortSetUp, Row
from issuer.cohort_file import COLUMNS, DOCUMENT, Detected, FileBound
from issuer.cohort_reading import lines
from issuer.repeats import Repeats

_NORM: Final = 1
_BLOCK: Final = 4096
ALREADY: Final = "already_issued"


@dataclass(kw_only=True, slots=True)
class Errors:
    """The rows of a file that were in error, by what they can be known again by. Each is mended by one row.

    Several may be known by the same: one person's two wrong rows of a norm are two, and one right row mends one.
    """

    columns: set[int] = field(default_factory=set)
    by_rest: dict[tuple[int, tuple[str, ...]], list[int]] = field(default_factory=dict)
    by_person: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    length: int = 0
    read: int = 0
    matched: set[int] = field(default_factory=set)
    by_place: set[int] = field(default_factory=set)
    later: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Rows that only a person and a norm lead from: what is known by more goes first."""

    def take(self, row: Row) -> None:
        """Look whether a row that is right now mends one."""
        for column in self.columns:
            if self._match(self.by_rest.get((column, _rest(row.cells, column)), []), row.row):
                return
        person = (row.cells[DOCUMENT], row.cells[_NORM])
        if len(self.later.get(person, ())) < len(self.by_person.get(person, ())):
            self.later.setdefault(person, []).append(row.row)
        elif row.row in self.rows:
            self.by_place.add(row.row)

    def mended(self) -> list[int]:
        """The rows in error that are right in the other file; by their places only where it is as long."""
        for person, rows in self.later.items():
            for row in rows:
                if not self._match(self.by_person[person], row) and row in self.rows:
                    self.by_place.add(row)
        self.later.clear()
        return sorted(self.matched | self.by_place if self.read == self.length else self.matched)

    def _match(self, found: list[int], place: int) -> bool:
        """Take one of these that no other row mends, that at the same place before others; what is taken goes out."""
        found[:] = [at for at in found if at not in self.matched]
        if not found:
            return False
        taken = place if place in found else found[0]
        found.remove(taken)
        self.matched.add(taken)
        return True


def beside(judged: Iterator[Row], known: Repeats, errors: Errors) -> Iterator[Row]:
    """The rows of the corrected file; those that the first file has already are passed over."""
    while block := list(islice(judged, _BLOCK)):
        right = [row for row in block if row.outcome == "issue"]
        # Below zero, so that no row of this file has the number of one of the first.
        again = known.first_rows({-row.row: cohort.print_of_cells(row.cells) for row in right})
        errors.read = block[-1].row
        for row in block:
            if -row.row in again:
                yield row._replace(outcome="skip", code=ALREADY, warnings=())
                continue
            if row.outcome != "error":
                errors.take(row)
            yield row


def remember(source: BinaryIO, detected: Detected, setup: CohortSetUp, known: Repeats, *, bound: FileBound) -> Errors:
    """Read the first file: its rows that are right go into `known`, those in error into what is given."""
    errors, wrong = Errors(), dict[int, int | None]()
    judged = cohort.candidates(source, detected, setup, bound=bound)
    while block := list(islice(judged, _BLOCK)):
        known.first_rows({row.row: cohort.print_of_cells(row.cells) for row in block if row.outcome != "error"})
        wrong |= {row.row: None if row.column is None else COLUMNS.index(row.column) for row in block if not row.cells}
        errors.length = block[-1].row
    errors.rows = set(islice(wrong, MOST_FINDINGS))
    for number, cells in _cells(source, detected, bound):
        if number in errors.rows and (column := wrong[number]) is not None:
            errors.columns.add(column)
            errors.by_rest.setdefault((column, _rest(cells, column)), []).append(number)
            if column not in (DOCUMENT, _NORM) and cells[DOCUMENT]:
                errors.by_person.setdefault((cells[DOCUMENT], cells[_NORM]), []).append(number)
    return errors


def _cells(source: BinaryIO, detected: Detected, bound: FileBound) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, (_, cells, _) in enumerate(lines(source, detected, bound=bound), 1):
        if len(cells) == detected.width:
            yield number, tuple(_plain(cells[at]) for at in detected.order)


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _rest(cells: Sequence[str], column: int) -> tuple[str, ...]:
    return (*cells[:column], *cells[column + 1 :])
