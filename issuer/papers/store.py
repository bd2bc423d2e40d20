"""Reads and writes of runs of slips, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.papers.tables import SlipsRow
from issuer.pickups.tables import OfferRow
from kernel.errors import NotFound

_SLIPS: Final[Table] = SlipsRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class PaperStore:
    """The store of papers."""

    session: Session

    def keep(self, row: SlipsRow) -> None:
        self.session.add(row)
        self.session.flush()

    def slips(self, id_: str, *, issuer: str, centre: str | None) -> SlipsRow:
        """Raises NotFound, also for another issuer's or another centre's."""
        row = self.session.get(SlipsRow, id_)
        if row is None or issuer != row.issuer or centre not in (None, row.centre):
            raise NotFound("not_found", detail="no run of slips of that name")
        return row

    def runs(self, *, issuer: str, centre: str | None, after: str, limit: int) -> Sequence[SlipsRow]:
        """In the order of their ids, which says nothing."""
        ask = select(SlipsRow).where(SlipsRow.issuer == issuer, SlipsRow.id > after)
        if centre is not None:
            ask = ask.where(SlipsRow.centre == centre)
        return self.session.exec(ask.order_by(SlipsRow.id).limit(limit)).all()

    def add(self, id_: str, *, made: int, left: int) -> None:
        """So many more."""
        c = _SLIPS.c
        more = {"made": c.made + made, "left_out": c.left_out + left}
        self.session.execute(update(_SLIPS).where(c.id == id_).values(**more))

    def offers(self, id_: str, part: int, size: int) -> Sequence[OfferRow]:
        """Those of one part of a run, in the order of their rows, whatever became of them."""
        ask = select(OfferRow).where(OfferRow.slips == id_).order_by(col(OfferRow.n))
        return self.session.exec(ask.offset((part - 1) * size).limit(size)).all()
