"""How the whole house stands, as counts and times for who keeps it running: what is issued, what waits, since when.

No row, no name, no issuer apart; whom the figures are shown to is `app/metrics.py`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from issuer.batches.tables import BatchRow
from issuer.disputes.store import DisputeStore
from issuer.erasing import ERASED
from issuer.store import unsealed_chunks
from issuer.tables import ChunkRow, ListRow, LogChunkRow, VoidRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """One look at the house. A time is None where there is nothing that it could be of."""

    sealed: int
    void: int
    chunks_waiting: int
    oldest_chunk: datetime | None
    batches: Mapping[str, int]
    lists_published: datetime | None
    disputes_open: int
    disputes_overdue: int


def take(session: Session, *, overdue: datetime) -> Pulse:
    """As the rows stand; a dispute that was opened before `overdue` and is not answered is late."""
    # Not what a restore burnt, which no chunk promised; and what was erased since was sealed once.
    issued = select(func.coalesce(func.sum(LogChunkRow.size), 0)).join(
        ChunkRow, col(ChunkRow.first) == col(LogChunkRow.first)
    )
    in_log = int(session.exec(issued).one())
    void = session.exec(select(func.count()).select_from(VoidRow).where(VoidRow.code != ERASED)).one()
    waits = unsealed_chunks().with_only_columns(func.count(), func.min(ChunkRow.at))
    waiting, oldest = session.execute(waits).one()
    disputes = DisputeStore(session=session)
    return Pulse(
        sealed=in_log - void,
        void=void,
        chunks_waiting=waiting,
        oldest_chunk=oldest,
        batches=dict(session.exec(select(BatchRow.state, func.count()).group_by(BatchRow.state)).all()),
        lists_published=session.exec(select(func.min(ListRow.published))).one(),
        disputes_open=disputes.count_waiting(),
        disputes_overdue=disputes.count_waiting(overdue),
    )
