"""Reads and writes of corrections, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Unpack

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.amending.tables import AmendmentRow
from issuer.owned import Paged, Theirs, find, page
from issuer.reissues.tables import ReissueRow
from issuer.steps import late

_ROW: Final[Table] = AmendmentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class AmendingStore:
    """The store of corrections."""

    session: Session

    def amendment(self, id_: str, **whose: Unpack[Theirs]) -> AmendmentRow:
        return find(self.session, AmendmentRow, id_, what="correction", **whose)

    def amendments(self, **asked: Unpack[Paged]) -> Sequence[AmendmentRow]:
        return page(self.session, AmendmentRow, "proposed", **asked)

    def of_rows(self, numbers: Sequence[int]) -> Sequence[AmendmentRow]:
        """All of some rows, newest first."""
        ask = select(AmendmentRow).where(col(AmendmentRow.n).in_(numbers))
        return self.session.exec(ask.order_by(col(AmendmentRow.proposed).desc())).all()

    def keep(self, row: AmendmentRow) -> None:
        """Who comes second while one stands meets the unique key."""
        self.session.add(row)
        self.session.flush()

    def is_reissued(self, n: int) -> bool:
        """Whether somebody's other phone is to get the row: a reissue of it stands."""
        return self.session.exec(select(ReissueRow.id).where(ReissueRow.stands == n)).first() is not None

    def decide(self, row: AmendmentRow, *, to: str, by: str, at: datetime, first: int | None = None) -> None:
        """Once, and what was to change is forgotten. Raises Conflict as `late` says."""
        c, told = _ROW.c, {"decided_by": by, "decided": at, "first": first}
        moved = self.session.execute(
            update(_ROW)
            .where(c.id == row.id, c.state == "proposed")
            .values(state=to, stands=None, correction=None, **told)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(row.state, was=("proposed",))
        self.session.refresh(row)
