"""What an act on many is in one chunk: the acts and bits of its rows, and how what it announced comes to its end there:
it takes effect, or it is withdrawn (decision 0044).

What a holder disputes stays as it is until that is decided, and so does what was ended apart meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.bulk_acts.counting import Counting, flags_of, told_of
from issuer.bulk_acts.store import BulkStore
from issuer.bulk_acts.tables import BulkRow
from issuer.service import HOUSE, Issuer
from issuer.tables import ChunkRow
from kernel.ports import Clock


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Ending on one session."""

    store: BulkStore
    issuer: Issuer
    counting: Counting
    clock: Clock

    def end(self, row: BulkRow, chunk: ChunkRow, numbers: Sequence[int]) -> int:
        """In one chunk, in one transaction; gives for how many rows."""
        copies, acts = self.counting.open_copies(row, chunk, numbers, hold=True)
        waits: Sequence[int] = ()
        if row.phase == "effective":
            waits = self.counting.set(row, flags_of(self.issuer, chunk, copies, acts, is_revoking=True))
        else:
            self.store.release(copies, acts)
        now, phase = self.clock.now(), str(row.phase)
        self.store.end(list(acts), phase=phase, by=row.ended_by, at=now, bulk=row.id)
        told = {"first": str(chunk.first), "count": len(acts), **told_of(waits)}
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
