"""Reads and writes of superseding, through the door's session; never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table, delete, update
from sqlmodel import Session, col, select

from issuer.superseding.tables import SupersedingRow

_ROW: Final[Table] = SupersedingRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class SupersedingStore:
    """The store of superseding."""

    session: Session

    def of_old(self, n: int) -> SupersedingRow | None:
        """What took, or is about to take, the place of row `n`."""
        return self.session.get(SupersedingRow, n)

    def of_olds(self, numbers: Collection[int]) -> Sequence[SupersedingRow]:
        """The same of many rows."""
        return self.session.exec(select(SupersedingRow).where(col(SupersedingRow.old).in_(numbers))).all()

    def of_first(self, first: int) -> SupersedingRow | None:
        """The same by the new row."""
        return self.session.exec(select(SupersedingRow).where(SupersedingRow.first == first)).first()

    def keep(self, row: SupersedingRow) -> None:
        """Who comes second for the same row meets the key."""
        self.session.add(row)
        self.session.flush()

    def finish(self, row: SupersedingRow, at: datetime) -> bool:
        """Once; gives whether it was this call."""
        moved = self.session.execute(update(_ROW).where(_ROW.c.old == row.old, _ROW.c.done.is_(None)).values(done=at))
        self.session.refresh(row)
        return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # an update's result has it

    def forget(self, row: SupersedingRow) -> None:
        """Nothing takes the place of its old row; of several who say so one did."""
        self.session.execute(delete(_ROW).where(_ROW.c.old == row.old, _ROW.c.first == row.first))

    def unfinished(self) -> Sequence[int]:
        """The new rows of what a stop left half way, oldest first."""
        ask = select(SupersedingRow.first).where(col(SupersedingRow.done).is_(None)).order_by(col(SupersedingRow.first))
        return self.session.exec(ask).all()
