"""Reads and writes of superseding, through the door's session; never commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Table, delete, func, update
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
        """The new rows of what a stop left half way, oldest first; an act on many goes on with its own."""
        ask = select(SupersedingRow.first).where(col(SupersedingRow.done).is_(None), col(SupersedingRow.bulk).is_(None))
        return self.session.exec(ask.order_by(col(SupersedingRow.first))).all()

    def keep_many(self, rows: Iterable[SupersedingRow]) -> None:
        """As `keep`, of an act on many."""
        self.session.add_all(rows)
        self.session.flush()

    def unfinished_of(self, bulk: str) -> Sequence[int]:
        """The new rows of an act on many whose old ones are not revoked, in order."""
        ask = select(SupersedingRow.first).where(SupersedingRow.bulk == bulk, col(SupersedingRow.done).is_(None))
        return self.session.exec(ask.order_by(col(SupersedingRow.first))).all()

    def unfinished_olds(self, bulk: str) -> Sequence[int]:
        """The old rows of the same."""
        return self.session.exec(
            select(SupersedingRow.old).where(SupersedingRow.bulk == bulk, col(SupersedingRow.done).is_(None))
        ).all()

    def within(self, bulk: str, first: int, size: int) -> Sequence[SupersedingRow]:
        """Of these the ones of one chunk."""
        return self.session.exec(select(SupersedingRow).where(*_within(bulk, first, size))).all()

    def finish_many(self, bulk: str, first: int, size: int, at: datetime) -> list[int]:
        """As `finish`, of one chunk of an act on many; gives the old rows that this call finished, in order."""
        here = _within(bulk, first, size)
        moved = self.session.execute(update(_ROW).where(*here).values(done=at).returning(_ROW.c.old))
        return sorted(moved.scalars())

    def forget_many(self, olds: Collection[int]) -> None:
        """As `forget`."""
        self.session.execute(delete(_ROW).where(_ROW.c.old.in_(olds), _ROW.c.done.is_(None)))

    def replaced(self, bulks: Collection[str]) -> Mapping[str, int]:
        """How many each act on many replaced; one that replaced none is left out."""
        ask = select(SupersedingRow.bulk, func.count()).group_by(col(SupersedingRow.bulk))
        ask = ask.where(col(SupersedingRow.bulk).in_(bulks), col(SupersedingRow.done).is_not(None))
        return {bulk: count for bulk, count in self.session.exec(ask) if bulk is not None}

    def news(self, bulk: str, after: int, most: int) -> Sequence[int]:
        """The new rows that an act on many put in the places of others, in their order, after so many of them."""
        ask = select(SupersedingRow.first).where(SupersedingRow.bulk == bulk, col(SupersedingRow.done).is_not(None))
        return self.session.exec(ask.order_by(col(SupersedingRow.first)).offset(after).limit(most)).all()


def _within(bulk: str, first: int, size: int) -> tuple[ColumnElement[bool], ...]:
    """Of one chunk of an act on many what is not done."""
    c = _ROW.c
    return c.bulk == bulk, c.first >= first, c.first < first + size, c.done.is_(None)
