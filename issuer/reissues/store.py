"""Reads and writes of reissues, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Unpack

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.owned import Paged, Theirs, find, page
from issuer.reissues.tables import ReissueRow
from issuer.steps import late

_REISSUE: Final[Table] = ReissueRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class ReissueStore:
    """The store of reissues."""

    session: Session

    def reissue(self, id_: str, *, hold: bool = False, **whose: Unpack[Theirs]) -> ReissueRow:
        """With `hold` nobody picks it up meanwhile."""
        return find(self.session, ReissueRow, id_, what="reissue", hold=hold, **whose)

    def reissues(self, **asked: Unpack[Paged]) -> Sequence[ReissueRow]:
        return page(self.session, ReissueRow, "proposed", **asked)

    def of_rows(self, numbers: Sequence[int]) -> Sequence[ReissueRow]:
        """All of some rows, newest first."""
        ask = select(ReissueRow).where(col(ReissueRow.n).in_(numbers))
        return self.session.exec(ask.order_by(col(ReissueRow.proposed).desc())).all()

    def keep(self, row: ReissueRow) -> None:
        """Who comes second while one stands meets the unique key."""
        self.session.add(row)
        self.session.flush()

    def move(self, row: ReissueRow, *, was: Sequence[str], to: str, **values: Any) -> None:
        """One step of its life; raises Conflict as `late` says."""
        c = _REISSUE.c
        moved = self.session.execute(
            update(_REISSUE).where(c.id == row.id, c.state.in_(was)).values(state=to, **values)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(row.state, was=was)
        self.session.refresh(row)
