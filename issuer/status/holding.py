"""Lists as they are to be published, and what of them waits: an act on many must not make phones hold a list back.

Phones hold back a revocation list that sets more than 2 % new bits in a day until the registry says its hash (TRUST
section 5, step 6). So the bits of such an act stay out of what is published, and the whole list with them is kept
beside it, dressed once: its hash does not change while nothing else does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from issuer.status.store import StatusStore, Waiting
from issuer.tables import ListRow
from kernel import status
from kernel.ports import Random


@dataclass(frozen=True, kw_only=True)
class Wardrobe:
    """Dresses the lists of one issuer."""

    store: StatusStore
    reserve: Callable[[ListRow], status.Reserve]
    random: Random

    def set_out(self, issuer: str, *, approved: Mapping[int, bytes], at: datetime) -> frozenset[str]:
        """All lists as they are to be published. `approved` is list number -> the hash that the registry said.

        Gives the urgent acts whose bits are in them. They are read before the bits: an act that commits in between is
        published and not named, and so published once more; never named and not published.
        """
        urgent = self.store.urgent(issuer)
        every = [(row, set(self.store.places(row.id))) for row in self.store.lists(issuer)]
        waiting = self.store.waiting(issuer)  # after the bits: what waits and commits in between is not let out
        for row, marked in every:
            one = waiting.get(row.id, Waiting())
            bits, held = row.bits, self._whole(row, marked - _unpublished(row, one.begun)) if one.whole else None
            if held is not None and approved.get(row.number) == sha256(held).digest():
                self.store.let_go(row.id, one.done)
                bits, held = held, None
            else:
                hidden = _unpublished(row, one.whole | one.begun)
                bits = self._dressed(row, marked - hidden, former=row.bits or status.empty())
            self.store.keep_list(row, bits=bits, held=held, published=at)
        return urgent - self.store.urgent_waiting(issuer)

    def hold(self, issuer: str) -> None:
        """Keep the lists whole that wait, so that their hashes can be told before the next publication."""
        waiting = self.store.waiting(issuer)
        for row in self.store.lists(issuer):
            if row.id in waiting and waiting[row.id].whole:
                own = set(self.store.places(row.id)) - _unpublished(row, waiting[row.id].begun)
                self.store.keep_list(row, held=self._whole(row, own))

    def _whole(self, row: ListRow, own: set[int]) -> bytes:
        """With what waits; decoys that one of both wears are in it, since a published bit is never taken back."""
        former = status.union(row.held or status.empty(), row.bits or status.empty())
        return self._dressed(row, own, former=former)

    def _dressed(self, row: ListRow, own: set[int], *, former: bytes) -> bytes:
        bits = status.set_bits(status.empty(), own)
        return status.dress(bits, former=former, rest=self.reserve(row), purpose=row.purpose, random=self.random)


def _unpublished(row: ListRow, places: set[int]) -> set[int]:
    """Those that are not out yet: what went out before an act on many came to be too much is never taken back."""
    return {place for place in places if row.bits is None or not status.bit(row.bits, place)}
