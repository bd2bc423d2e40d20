"""Which rows of a source people are shown one by one: those that do not issue, and those that issue with a warning.

Each kind has a bound of its own, so that many rows that were only tidied keep none from sight that is in error or that
a person must look at. The totals count all (`issuer.cohort.Totals`). Not here: how a row is judged.
"""

from typing import Final

from issuer.cohort import Row

MOST_FINDINGS: Final = 20_000
"""Findings of one kind that are kept of one file: in error, to look at, passed over, only tidied."""


class Findings:
    """The first ones of each kind, at most so many."""

    def __init__(self, most: int = MOST_FINDINGS) -> None:
        self._most = most
        self._kept: dict[tuple[str, bool], list[Row]] = {}

    def add(self, row: Row) -> None:
        """Take it where there is something to say of it. In any order; without its cells, which say who it is."""
        if row.outcome == "issue" and not row.warnings:
            return
        kept = self._kept.setdefault((row.outcome, row.is_to_look_at), [])
        if len(kept) < self._most:
            kept.append(row._replace(cells=()))

    def rows(self) -> list[Row]:
        """In the order of the source."""
        return sorted((row for kept in self._kept.values() for row in kept), key=lambda row: row.row)
