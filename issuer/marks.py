"""Where a long file of rows can be read on from: noted while it is checked, so that a few rows of it are found again
without reading the rest. At most 256 of a file of any length. Not here: which rows are looked for.

Of text alone: a workbook's sheet is one compressed stream, and is read from its start.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

_MOST: Final = 256


class Mark(NamedTuple):
    """The end of a row: how many rows and lines stand before it, and how many of the rows issue.

    `at` is where the text stands, as the standard library's reader tells it (`io.TextIOBase.tell`), in hexadecimal: it
    holds the decoder's state too and may have more than 64 bits. A row that repeats another one counts as that one.
    """

    row: int
    line: int
    issuing: int
    at: str


START: Final = Mark(0, 0, 0, "")


class Marks:
    """Noted by two: who judges the rows says each, who reads them offers the ends of rows where it could go on."""

    def __init__(self) -> None:
        self.found: list[Mark] = []
        self.issuing = 0
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

    def count_only(self, runs: Sequence[Sequence[int]]) -> None:
        """Of the rows that were right issue these alone, in rising runs of [first, count]."""
        firsts, before = [first for first, _ in runs], [0, *accumulate(count for _, count in runs)]

        def issuing(row: int) -> int:
            whole = bisect_right(firsts, row)
            beyond = 0 if whole == 0 else max(0, firsts[whole - 1] + runs[whole - 1][1] - row - 1)
            return before[whole] - beyond

        self.found = [mark._replace(issuing=issuing(mark.row)) for mark in self.found]
        self.issuing = before[-1]
