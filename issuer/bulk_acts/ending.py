"""What an act on many is in one chunk: the acts and bits of its rows, and how what it announced comes to its end there:
it takes effect, or it is withdrawn (decision 0044).

What a holder disputes stays as it is until that is decided, and so does what was ended apart meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from issuer.bulk_acts.store import BulkStore, Copy
from issuer.bulk_acts.tables import BulkRow
from issuer.service import HOUSE, Issuer
from issuer.superseding.following import Following
from issuer.tables import ChunkRow
from kernel.ports import Clock


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Ending on one session."""

    store: BulkStore
    issuer: Issuer
    following: Following
    clock: Clock

    def end(self, row: BulkRow, chunk: ChunkRow, numbers: Sequence[int]) -> int:
        """In one chunk, in one transaction; gives for how many rows."""
        rows = set(chain.from_iterable(self.following.chains(numbers, hold=True).values()))
        acts = self.store.open_acts(rows, bulk=row.id)
        if row.phase == "effective":
            disputed = self.store.disputed(rows)
            acts = {n: act for n, act in acts.items() if n not in disputed}
        others = rows - set(range(chunk.first, chunk.first + chunk.size))
        copies = [copy for copy in self.store.copies(chunk.first, chunk.size, others) if copy.of in acts]
        if row.phase == "effective":
            self.store.set(flags_of(self.issuer, chunk, copies, acts, is_revoking=True))
        else:
            self.store.release(copies, acts)
        now, phase = self.clock.now(), str(row.phase)
        self.store.end(list(acts), phase=phase, by=row.ended_by, at=now, bulk=row.id)
        told = {"first": str(chunk.first), "count": len(acts)}
        if phase == "effective":
            self.issuer.ledger.tell(now, HOUSE, "bulk_revoke_done", row.id, told)
        else:  # of which chunk, since who hears of it is told which are good again (`Members.restored`)
            self.issuer.ledger.tell(now, HOUSE, "bulk_revoke_undone", undone(row.id, chunk.first), told)
        return len(acts)


def undone(bulk: str, first: int) -> str:
    """What an audit line names that tells of one chunk of an act on many, and not of the whole."""
    return f"{bulk}/{first}"


def undone_of(name: str) -> tuple[str, int | None]:
    """The act on many that a line names, and the chunk where it tells of one."""
    bulk, _, first = name.partition("/")
    return bulk, int(first) if first else None


def lists_of(issuer: Issuer, chunk: ChunkRow, copies: Sequence[Copy], *, is_revoking: bool) -> Sequence[int]:
    """The list of each copy that an act changes."""
    pairs = {pair.number: pair for pair in issuer.ledger.pairs(chunk.issuer, chunk.family)}
    return [pairs[copy.pair].revocation if is_revoking else pairs[copy.pair].suspension for copy in copies]


def flags_of(
    issuer: Issuer, chunk: ChunkRow, copies: Sequence[Copy], acts: Mapping[int, str], *, is_revoking: bool
) -> list[tuple[int, int, int, str]]:
    """(list, place, row, act) of the bit of each copy; `acts` is row -> its act."""
    lists = lists_of(issuer, chunk, copies, is_revoking=is_revoking)
    places = [copy.revocation if is_revoking else copy.suspension for copy in copies]
    return [(list_, place, copy.n, acts[copy.of]) for list_, place, copy in zip(lists, places, copies, strict=True)]


def act_of(row: BulkRow, chunk: ChunkRow, n: int, id_: str, *, at: datetime) -> dict[str, Any]:
    """The act of its own that a row gets."""
    return {
        "id": id_,
        "issuer": row.issuer,
        "centre": chunk.centre,
        "n": n,
        "bulk": row.id,
        "act": row.act,
        "reason": row.reason,
        "evidence": row.evidence,
        "state": "approved",
        "proposed_by": row.proposed_by,
        "proposed": row.proposed,
        "decided_by": row.decided_by,
        "decided": at,
        "phase": row.phase,
    }
