"""Counts of an issuer, one question each; what they cost grows with chunks and acts, not with credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from issuer.batches.store import faulty_rows
from issuer.disputes.tables import DisputeRow
from issuer.rows import LEAF_BITS
from issuer.status.tables import FlagRow
from issuer.tables import ChunkRow, IntentRow, ListRow, LogChunkRow


@dataclass(frozen=True, kw_only=True)
class FigureStore:
    """The store of figures."""

    session: Session

    def issued(self, issuer: str | None) -> Sequence[tuple[datetime, str | None, str, int]]:
        """(moment of release, centre, type, credentials) of what is sealed of the batches of an issuer or of all.

        Each row that has a pass counts once: not its twin, no copy of a holder, no other that took its place since.
        """
        faulty = faulty_rows().add_columns(func.count().label("count")).group_by(col(ChunkRow.first)).subquery()
        rows = func.sum(ChunkRow.size - ChunkRow.twins - func.coalesce(faulty.c.count, 0))
        ask = (
            select(ChunkRow.at, ChunkRow.centre, ChunkRow.family, rows)
            .join(LogChunkRow, col(LogChunkRow.first) == col(ChunkRow.first))
            .join(faulty, faulty.c.first == col(ChunkRow.first), isouter=True)
            .where(col(ChunkRow.batch).is_not(None))
            .group_by(col(ChunkRow.at), col(ChunkRow.centre), col(ChunkRow.family))
        )
        return self.session.exec(ask if issuer is None else ask.where(ChunkRow.issuer == issuer)).all()

    def flagged(self, number: int) -> dict[str, int]:
        """Purpose -> how many rows are set; a row with its copies counts once."""
        low = number << LEAF_BITS
        ask = (
            select(ListRow.purpose, func.count())
            .select_from(FlagRow)
            .join(ListRow, col(ListRow.id) == col(FlagRow.list))
            .join(IntentRow, col(IntentRow.n) == col(FlagRow.n))
            .where(FlagRow.n >= low, FlagRow.n < low + (1 << LEAF_BITS), col(IntentRow.origin).is_(None))
            .group_by(col(ListRow.purpose))
        )
        return dict(self.session.exec(ask).all())

    def disputes(self, issuer: str) -> dict[str, int]:
        """State -> how many; not of those that were taken back."""
        counted = (DisputeRow.issuer == issuer, col(DisputeRow.withdrawn).is_(None))
        ask = select(DisputeRow.state, func.count()).where(*counted)
        return dict(self.session.exec(ask.group_by(col(DisputeRow.state))).all())

    def is_waiting(self, issuer: str, *, since: datetime) -> bool:
        """Whether somebody waits for an answer since before then; one bit, and of nobody."""
        ask = select(DisputeRow.id).where(DisputeRow.issuer == issuer, DisputeRow.state == "open")
        return self.session.exec(ask.where(DisputeRow.opened < since).limit(1)).first() is not None
