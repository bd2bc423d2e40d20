"""Reads and writes of corrections, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table, update
from sqlmodel import Session, select

from issuer.amending.tables import AmendmentRow
from kernel.errors import Conflict, NotFound

_ROW: Final[Table] = AmendmentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class AmendingStore:
    """The store of corrections."""

    session: Session

    def amendment(self, id_: str, *, issuer: str, centre: str | None) -> AmendmentRow:
        """Raises NotFound, also for another issuer's or another centre's."""
        row = self.session.get(AmendmentRow, id_)
        if row is None or issuer != row.issuer or centre not in (None, row.centre):
            raise NotFound("not_found", detail="no correction of that name")
        return row

    def amendments(self, *, issuer: str, centre: str | None, after: str, limit: int) -> Sequence[AmendmentRow]:
        """In the order of their ids, which says nothing."""
        ask = select(AmendmentRow).where(AmendmentRow.issuer == issuer, AmendmentRow.id > after)
        if centre is not None:
            ask = ask.where(AmendmentRow.centre == centre)
        return self.session.exec(ask.order_by(AmendmentRow.id).limit(limit)).all()

    def keep(self, row: AmendmentRow) -> None:
        """Who comes second while one stands meets the unique key."""
        self.session.add(row)
        self.session.flush()

    def decide(self, row: AmendmentRow, *, to: str, by: str, at: datetime, first: int | None = None) -> None:
        """Once, and what was to change is forgotten. Raises Conflict `stale_version` where it was decided already."""
        c, told = _ROW.c, {"decided_by": by, "decided": at, "first": first}
        moved = self.session.execute(
            update(_ROW)
            .where(c.id == row.id, c.state == "proposed")
            .values(state=to, stands=None, correction=None, **told)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise Conflict("stale_version", detail="the correction was decided already")
        self.session.refresh(row)
