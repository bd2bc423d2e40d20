"""How many bits of each revocation list an act on many sets, and whether phones would hold that list back.

It is counted when the act is approved and again in each transaction that sets some: whoever picks a pass up in between
gets copies, and those are revoked with it. What an act is about is `meaning.py`'s, what it does `ending.py`'s.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from issuer.bulk_acts import views
from issuer.bulk_acts.changes import Changes
from issuer.bulk_acts.meaning import Meaning, What
from issuer.bulk_acts.recent import Recent
from issuer.bulk_acts.store import BulkStore, Copy, numbers_of
from issuer.bulk_acts.tables import BulkListRow, BulkRow
from issuer.service import Issuer
from issuer.tables import ChunkRow, ListRow
from kernel.ports import Clock
from schemas.terms import REVOCATION

Flag = tuple[int, int, int, str]
"""(list, place, row, act)."""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """Counting on one session."""

    store: BulkStore
    issuer: Issuer
    meaning: Meaning
    clock: Clock
    most: int

    def begin(self, row: BulkRow) -> Sequence[int]:
        """From here on its bits are set: counted anew, with what was picked up since it was proposed. Gives the numbers
        of the lists that wait for the registry's word."""
        if row.act != "revoke":
            return ()
        self.store.recount(row.id, self._changes(row))
        return self._hold(row, but=None)

    def set(self, row: BulkRow, flags: Sequence[Flag]) -> Sequence[int]:
        """Set these bits of revocation lists. Gives the numbers of the lists that wait for the registry's word from
        here on, because more is set than was counted."""
        self.store.set(flags)
        touched = {list_ for list_, *_ in flags}
        if not touched:
            return ()
        # What waits is counted too: who asks for the word, and who gives it, are told how much goes out.
        self.store.recount(row.id, self.changes.set_by(row.id, touched), is_whole=False)
        waits = {one.list for one, _ in self.store.lists(row.id) if one.waits}
        return () if touched <= waits else self._hold(row, but=row.id)

    def settle(self, row: BulkRow) -> None:
        """It was stopped: what it revokes is what it did, and a list of which that is not too much waits no more."""
        if row.act != "revoke":
            return
        of = {one.list for one, _ in self.store.lists(row.id)}
        self.store.recount(row.id, self.changes.set_by(row.id, of))
        lists, recent = self._lists(row, but=row.id)
        self.store.hold(
            row.id, [one.list for one, list_ in lists if not self._is_many(one, list_, recent)], waits=False
        )

    def open_copies(
        self, row: BulkRow, chunk: ChunkRow, numbers: Sequence[int], *, hold: bool = False
    ) -> tuple[Sequence[Copy], Mapping[int, str]]:
        """Of what it announced in one chunk that comes to its end: the copies, and row -> its act."""
        rows = set(chain.from_iterable(self.meaning.following.chains(numbers, hold=hold).values()))
        acts = self.store.open_acts(rows, bulk=row.id)
        if row.phase == "effective":
            disputed = self.store.disputed(rows)
            acts = {n: act for n, act in acts.items() if n not in disputed}
        others = rows - set(range(chunk.first, chunk.first + chunk.size))
        return [copy for copy in self.store.copies(chunk.first, chunk.size, others) if copy.of in acts], acts

    @property
    def changes(self) -> Changes:
        """What is set, and on its way."""
        return Changes(session=self.store.session)

    def _changes(self, row: BulkRow) -> Counter[int]:
        what, changes = What(act=row.does, reason=row.reason, bulk=views.bulk_of(row.way)), Counter[int]()
        for first in self.store.left(row.id):
            chunk, numbers = self.issuer.ledger.chunk(first), numbers_of(first, self.store.part(row.id, first))
            if row.ended is None:
                copies = self.meaning.of(chunk, numbers, what).copies
            else:
                copies, _ = self.open_copies(row, chunk, numbers)
            changes.update(lists_of(self.issuer, chunk, copies, is_revoking=True))
        return changes

    def _hold(self, row: BulkRow, *, but: str | None) -> Sequence[int]:
        lists, recent = self._lists(row, but=but)
        found = [(one, list_) for one, list_ in lists if not one.waits and self._is_many(one, list_, recent)]
        self.store.hold(row.id, [one.list for one, _ in found])
        return [list_.number for _, list_ in found]

    def _lists(self, row: BulkRow, *, but: str | None) -> tuple[Sequence[tuple[BulkListRow, ListRow]], Recent]:
        lists = self.store.lists(row.id, hold=True)
        since = self.clock.now() - timedelta(hours=24)
        return lists, self.changes.recent((list_ for _, list_ in lists), since=since, but=but)

    def _is_many(self, one: BulkListRow, list_: ListRow, recent: Recent) -> bool:
        return list_.purpose == REVOCATION and one.changes + recent.of(list_, but=one.bulk) > self.most


def lists_of(issuer: Issuer, chunk: ChunkRow, copies: Sequence[Copy], *, is_revoking: bool) -> Sequence[int]:
    """The list of each copy that an act changes."""
    pairs = {pair.number: pair for pair in issuer.ledger.pairs(chunk.issuer, chunk.family)}
    return [pairs[copy.pair].revocation if is_revoking else pairs[copy.pair].suspension for copy in copies]


def flags_of(
    issuer: Issuer, chunk: ChunkRow, copies: Sequence[Copy], acts: Mapping[int, str], *, is_revoking: bool
) -> list[Flag]:
    """The bit of each copy; `acts` is row -> its act."""
    lists = lists_of(issuer, chunk, copies, is_revoking=is_revoking)
    places = [copy.revocation if is_revoking else copy.suspension for copy in copies]
    return [(list_, place, copy.n, acts[copy.of]) for list_, place, copy in zip(lists, places, copies, strict=True)]


def told_of(waits: Collection[int]) -> dict[str, list[int]]:
    """What an audit line says of lists that came to wait for the registry's word; nothing where none did."""
    return {"waits": sorted(waits)} if waits else {}
