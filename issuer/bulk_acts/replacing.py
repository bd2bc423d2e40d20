"""Many are replaced: of each chunk the new rows are promised together (T1), sealed, and then the old ones revoked (T2).

The order is that of `superseding`, and so is the promise: nobody loses a pass before the one that takes its place is
sealed. What a stop leaves is gone on with by what was promised; nothing is promised twice (decision 0060).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from issuer.bulk_acts.counting import Counting, flags_of, told_of
from issuer.bulk_acts.ending import act_of
from issuer.bulk_acts.store import BulkStore
from issuer.bulk_acts.tables import BulkRow
from issuer.forgetting import Forgetting
from issuer.pickups.store import PickupStore
from issuer.room import rooms
from issuer.rows import Wanted
from issuer.service import HOUSE, Issuer
from issuer.superseding.store import SupersedingStore
from issuer.superseding.tables import SupersedingRow
from issuer.tables import ChunkRow
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, NotFound, Unavailable
from kernel.ports import Clock, Random
from schemas.identifiers import DidUrl

_STOPPED: Final = "stopped"
"""The code of a void row whose act on many was stopped before it was signed."""


@dataclass(frozen=True, kw_only=True)
class Replacing:
    """Replacing on one session."""

    store: BulkStore
    superseding: SupersedingStore
    counting: Counting
    issuer: Issuer
    clock: Clock
    random: Random

    def require_possible(self, row: BulkRow) -> None:
        """Raises Unavailable where not all could be promised now: it would be approved and stand still half way."""
        self.issuer.require_entry()
        self.issuer.require_forward(row.issuer)
        self._require_key(row)
        left = {room.family: room.left for room in rooms(self.store.session) if room.issuer == row.issuer}
        if any(left.get(family, 0) < needed for family, needed in self.store.places_for(row.id).items()):
            raise Unavailable("lists_full", detail="the issuer's status lists have no places left for all of them")

    def promise(self, row: BulkRow, chunk: ChunkRow, numbers: Collection[int]) -> None:
        """T1 of one chunk: a new row for each of these, held by the caller, under the key that signs now.

        A holder's copies are not made again: no way leads to her wallet, and she picks the new ones up with a slip.
        Raises Unavailable `key_not_in_force` first: no places are taken for what that key may not sign.
        """
        olds, now = sorted(numbers), self.clock.now()
        if not olds:
            return
        self._require_key(row)
        intents = self.store.intents(olds)
        wanted = [
            Wanted(
                line=intents[n].line,
                payload=intents[n].payload,
                profile=intents[n].profile,
                copy=f"replaces {n} {row.id}".encode(),
            )
            for n in olds
        ]
        first, known = self.issuer.promise(
            row.issuer, chunk.family, wanted, batch=None, centre=chunk.centre, at=now, with_twins=chunk.twins > 0
        )
        if first is None or known:
            raise Conflict("not_possible_now", detail="the rows were promised before")
        self.superseding.keep_many(
            SupersedingRow(
                old=n,
                first=first + at,
                bulk=row.id,
                proposed_by=row.proposed_by,
                approved_by=row.decided_by or "",
                at=now,
            )
            for at, n in enumerate(olds)
        )
        told = {"bulk": row.id, "count": len(olds)}
        self.issuer.ledger.tell(now, HOUSE, "superseding_promised", str(first), told)

    def promised(self, id_: str) -> Sequence[int]:
        """The chunks that were promised and whose old rows are not all revoked."""
        news = self.superseding.unfinished_of(id_)
        firsts, end = list[int](), -1
        for n in news:
            if n >= end:
                chunk = self.issuer.ledger.chunk_of(n)
                firsts.append(chunk.first)
                end = chunk.first + chunk.size
        return firsts

    def finish(self, row: BulkRow, first: int) -> int:
        """T2 of one chunk: it is sealed, so the old rows and all their copies are revoked; gives how many. Again, and
        it does nothing. What could never be sealed takes no place: its old row stays good. Raises NotFound."""
        ledger, now, new = self.issuer.ledger, self.clock.now(), self.issuer.ledger.chunk(first)
        if not ledger.is_sealed(first):
            raise NotFound("not_found", detail="the new rows are not sealed")
        waiting = self.superseding.within(row.id, first, new.size)
        ledger.hold([each.old for each in waiting])
        void = self._void(new, waiting)
        self.superseding.forget_many([each.old for each in waiting if each.first in void])
        self._forget(new, void)
        olds = self.superseding.finish_many(row.id, first, new.size, now)
        if olds:
            PickupStore(session=self.store.session).end_open(olds)
            told = {"first": str(first), "count": len(olds), **told_of(self._revoke(row, olds))}
            self.issuer.ledger.tell(now, HOUSE, "bulk_replace_done", row.id, told)
        return len(olds)

    def give_up(self, row: BulkRow) -> None:
        """Of a stopped act: what was signed already takes its places, what was promised alone becomes void, and its old
        rows stay good.

        All is held before the first line is told, in everybody's order: old rows, new chunks, lists. Who tells holds
        the end of the audit chain, and waits for nobody any more.
        """
        olds = self.superseding.unfinished_olds(row.id)
        if not olds:
            return
        self.issuer.ledger.hold(olds)
        PickupStore(session=self.store.session).hold_open(olds)
        chunks = self.promised(row.id)
        self.issuer.ledger.hold_chunks(chunks)
        self.store.hold_lists(row.issuer)
        for first in chunks:
            self.issuer.give_up(first, _STOPPED)
            self.finish(row, first)

    def _require_key(self, row: BulkRow) -> None:
        self.issuer.require_key(DidUrl(self.issuer.ledger.issuer(row.issuer).method), self.clock.now())

    def _forget(self, new: ChunkRow, void: Collection[int]) -> None:
        """Nothing leads to these from their old rows any more: who is erased later must not stand in them."""
        twins = _twins(new)
        gone = [*void, *(twins[n] for n in void if n in twins)]
        Forgetting(ledger=self.issuer.ledger, random=self.random).forget(gone)

    def _void(self, new: ChunkRow, waiting: Sequence[SupersedingRow]) -> set[int]:
        """The new rows of which a pass, or the full credential beside it, can never be."""
        twins = _twins(new)
        voids = self.issuer.ledger.voids([*(each.first for each in waiting), *twins.values()])
        return {each.first for each in waiting if not voids.isdisjoint({each.first, twins.get(each.first)})}

    def _revoke(self, row: BulkRow, olds: Sequence[int]) -> Sequence[int]:
        """An act of its own for each, as where one alone is superseded; what was announced of it ends with it. Gives
        the lists that came to wait, as `Counting.set`."""
        chunk, now = self.issuer.ledger.chunk_of(olds[0]), self.clock.now()
        acts = {n: base64url_encode(self.random(16)) for n in olds}
        told = {"reason": "superseded", "evidence": None}
        self.store.act([{**act_of(row, chunk, n, act, at=now), **told} for n, act in acts.items()])
        copies = [copy for copy in self.store.copies(chunk.first, chunk.size, ()) if copy.of in acts]
        self.store.end(olds, phase="effective", by=row.decided_by, at=now, bulk=None)
        return self.counting.set(row, flags_of(self.issuer, chunk, copies, acts, is_revoking=True))


def _twins(new: ChunkRow) -> dict[int, int]:
    """Row -> the full credential beside it, of a chunk."""
    return {new.first + at: new.first + new.size - new.twins + at for at in range(new.twins)}
