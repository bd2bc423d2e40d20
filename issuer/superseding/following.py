"""What took the place of a row, and of that again: what an act on the row is about now; and what it stands for itself.
What an act does is `status`'s."""

from collections.abc import Collection
from dataclasses import dataclass

from issuer.store import Ledger
from issuer.superseding.store import SupersedingStore


@dataclass(frozen=True, kw_only=True)
class Following:
    """Following rows on one session."""

    store: SupersedingStore
    ledger: Ledger

    def chains(self, numbers: Collection[int], *, hold: bool = False) -> dict[int, list[int]]:
        """Each row with what took, or is about to take, its place, in order; the last one is what stands.

        With `hold` none of them gets copies or is replaced until this transaction ends (`Ledger.hold`).
        """
        chains, ends = {n: [n] for n in numbers}, {n: n for n in numbers}
        while ends:
            if hold:
                self.ledger.hold(ends)
            ends = {row.first: ends[row.old] for row in self.store.of_olds(ends)}
            for end, begin in ends.items():
                chains[begin].append(end)
        return chains

    def former(self, n: int) -> list[int]:
        """A row and those whose places it took, newest first."""
        rows = [n]
        while (row := self.store.of_first(rows[-1])) is not None:
            rows.append(row.old)
        return rows
