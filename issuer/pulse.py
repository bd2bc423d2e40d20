"""How the whole house stands, as counts and times for who keeps it running: what is issued, what waits, since when.

No row, no name, no issuer apart; whom the figures are shown to is `app/metrics.py`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from issuer.batches.tables import BatchRow
from issuer.disputes.store import DisputeStore
from issuer.figures.store import FigureStore
from issuer.kinds import BADGE
from issuer.store import unsealed_chunks
from issuer.tables import ERASED, ChunkRow, IntentRow, ListRow, VoidRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """One look at the house. A time is None where there is nothing that it could be of.

    `sealed` are credentials as the numbers count them; `void` also holders' copies, but no row twice for its twin.
    """

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
    void = select(func.count()).select_from(VoidRow).join(IntentRow, col(IntentRow.n) == col(VoidRow.n))
    waits = unsealed_chunks().with_only_columns(func.count(), func.min(ChunkRow.at))
    waiting, oldest = session.execute(waits).one()
    disputes = DisputeStore(session=session)
    return Pulse(
        sealed=sum(count for *_, count in FigureStore(session=session).issued(None)),
        void=session.exec(void.where(VoidRow.code != ERASED, IntentRow.profile != BADGE)).one(),
        chunks_waiting=waiting,
        oldest_chunk=oldest,
        batches=dict(session.exec(select(BatchRow.state, func.count()).group_by(BatchRow.state)).all()),
        lists_published=session.exec(select(func.min(ListRow.published))).one(),
        disputes_open=disputes.count_waiting(),
        disputes_overdue=disputes.count_waiting(overdue),
    )
