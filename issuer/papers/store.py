"""Reads and writes of runs of slips, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Unpack

from sqlalchemy import Table, update
from sqlmodel import Session, col, select

from issuer.owned import Paged, Theirs, find, page
from issuer.papers.tables import SlipsRow
from issuer.pickups.tables import OfferRow

_SLIPS: Final[Table] = SlipsRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class PaperStore:
    """The store of papers."""

    session: Session

    def keep(self, row: SlipsRow) -> None:
        self.session.add(row)
        self.session.flush()

    def slips(self, id_: str, *, hold: bool = False, **whose: Unpack[Theirs]) -> SlipsRow:
        """With `hold` nobody adds to it meanwhile."""
        return find(self.session, SlipsRow, id_, what="run of slips", hold=hold, **whose)

    def runs(self, **asked: Unpack[Paged]) -> Sequence[SlipsRow]:
        return page(self.session, SlipsRow, "made_at", **asked)

    def add(self, id_: str, *, made: int, left: int, ended: int) -> None:
        """So many more."""
        c = _SLIPS.c
        more = {"made": c.made + made, "left_out": c.left_out + left, "ended": c.ended + ended}
        self.session.execute(update(_SLIPS).where(c.id == id_).values(**more))

    def offers(self, id_: str, part: int, size: int) -> Sequence[OfferRow]:
        """Those of one part of a run, in the order of their rows, whatever became of them."""
        ask = select(OfferRow).where(OfferRow.slips == id_).order_by(col(OfferRow.n))
        return self.session.exec(ask.offset((part - 1) * size).limit(size)).all()
