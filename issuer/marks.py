"""Where a long file of rows can be read on from: noted while it is checked, so that a few rows of it are found again
without reading the rest. At most 256 of a file of any length. Not here: which rows are looked for.

Of text alone: a workbook's sheet is one compressed stream, and is read from its start.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

_MOST: Final = 256
_MOST_RUNS: Final = 20_000
"""Runs of repeats that are kept with a batch; of a file with more, each look reads all."""


class Mark(NamedTuple):
    """The end of a row: how many rows and lines stand before it, and how many of the rows issue.

    `at` is where the text stands, as the standard library's reader tells it (`io.TextIOBase.tell`), in hexadecimal: it
    holds the decoder's state too and may have more than 64 bits. A row that repeats another one does not issue.
    """

    row: int
    line: int
    issuing: int
    at: str


START: Final = Mark(0, 0, 0, "")


def add_to_runs(runs: list[list[int]], row: int) -> None:
    """One row more, in rising order, to runs of [first, count]."""
    if runs and sum(runs[-1]) == row:
        runs[-1][1] += 1
    else:
        runs.append([row, 1])


class Runs:
    """Rising runs of [first, count], asked for rows."""

    def __init__(self, runs: Sequence[Sequence[int]]) -> None:
        self._runs = runs
        self._firsts, self._before = [first for first, _ in runs], [0, *accumulate(count for _, count in runs)]
        self.count = self._before[-1]

    def until(self, row: int) -> int:
        """How many of them there are up to this row, itself among them."""
        whole = bisect_right(self._firsts, row)
        return self._before[whole] - (0 if whole == 0 else max(0, sum(self._runs[whole - 1]) - row - 1))

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self._firsts, row) - 1
        return at >= 0 and row < sum(self._runs[at])


class Marks:
    """Noted by three: who judges the rows says each, who reads them offers the ends of rows where it could go on, who
    knows the rows of a file again says which would issue and repeat one."""

    def __init__(self) -> None:
        self.found: list[Mark] = []
        self.issuing = 0
        self.repeats: list[list[int]] | None = []
        """In runs; None where there are too many to keep."""
        self._rows = self._offers = 0
        self._every = 1

    def passed(self, *, issues: bool) -> None:
        """One row more."""
        self._rows += 1
        self.issuing += issues

    def offer(self, line: int, tell: Callable[[], int]) -> None:
        """The rows so far end here. Of too many marks every second one goes; then they come half as often."""
        self._offers += 1
        if self._rows == 0 or self._offers % self._every:
            return
        self.found.append(Mark(self._rows, line, self.issuing, f"{tell():x}"))
        if len(self.found) == _MOST:
            del self.found[::2]
            self._every *= 2

    def repeated(self, row: int) -> None:
        """A row that was said to issue repeats an earlier one. In rising order."""
        if self.repeats is not None:
            add_to_runs(self.repeats, row)
            if len(self.repeats) > _MOST_RUNS:
                self.repeats = None

    def without_repeats(self) -> None:
        """Once, when all were said: none of them issues. Where they are too many nothing can be read from the marks."""
        if self.repeats is None:
            self.found = []
            return
        runs = Runs(self.repeats)
        self.found = [mark._replace(issuing=mark.issuing - runs.until(mark.row)) for mark in self.found]
        self.issuing -= runs.count

    def count_only(self, runs: Sequence[Sequence[int]]) -> None:
        """Of the rows that were right issue these alone, in rising runs of [first, count]; no repeat is among them."""
        only = Runs(runs)
        self.found = [mark._replace(issuing=only.until(mark.row)) for mark in self.found]
        self.issuing, self.repeats = only.count, []
