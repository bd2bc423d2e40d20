"""Reads and writes of reissues, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.reissues.tables import ReissueRow
from kernel.errors import Conflict, NotFound

_REISSUE: Final[Table] = ReissueRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class ReissueStore:
    """The store of reissues."""

    session: Session

    def reissue(self, id_: str, *, issuer: str | None, centre: str | None, lock: bool = False) -> ReissueRow:
        """Raises NotFound, also for another issuer's or another centre's; with `lock` nobody picks it up meanwhile."""
        row = self.session.get(ReissueRow, id_, with_for_update=lock)
        if row is None or issuer not in (None, row.issuer) or centre not in (None, row.centre):
            raise NotFound("not_found", detail="no reissue of that name")
        return row

    def reissues(
        self, *, issuer: str, centre: str | None, state: str | None, after: str, limit: int
    ) -> Sequence[ReissueRow]:
        """In the order of their ids, which says nothing."""
        ask = select(ReissueRow).where(ReissueRow.issuer == issuer, ReissueRow.id > after)
        for column, value in ((ReissueRow.centre, centre), (ReissueRow.state, state)):
            if value is not None:
                ask = ask.where(column == value)
        return self.session.exec(ask.order_by(ReissueRow.id).limit(limit)).all()

    def of_rows(self, numbers: Sequence[int]) -> Sequence[ReissueRow]:
        """All of some rows, newest first."""
        ask = select(ReissueRow).where(col(ReissueRow.n).in_(numbers))
        return self.session.exec(ask.order_by(col(ReissueRow.proposed).desc())).all()

    def keep(self, row: ReissueRow) -> None:
        """Who comes second while one stands meets the unique key."""
        self.session.add(row)
        self.session.flush()

    def move(self, row: ReissueRow, *, was: Sequence[str], to: str, **values: Any) -> None:
        """One step of its life; raises Conflict `stale_version` where it has gone on meanwhile."""
        c = _REISSUE.c
        moved = self.session.execute(
            update(_REISSUE).where(c.id == row.id, c.state.in_(was)).values(state=to, **values)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise Conflict("stale_version", detail="the reissue is in another state")
        self.session.refresh(row)
