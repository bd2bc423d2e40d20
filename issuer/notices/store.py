"""Reads and writes of what acts wait for, through the door's session; never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Table, Update, and_, case, func, literal, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from issuer.bulk_acts.tables import BulkRow
from issuer.disputes.tables import DisputeRow
from issuer.status.announcing import OPEN
from issuer.status.store import stands, untold
from issuer.status.tables import WAITS, ActRow

_ACT: Final[Table] = ActRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_BULK: Final[Table] = BulkRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_MANY: Final = 500
"""Names in one statement."""


@dataclass(frozen=True, kw_only=True)
class NoticeStore:
    """The store of notices."""

    session: Session

    def due(self, now: datetime) -> Sequence[str]:
        """Acts whose time is over; what an act on many announced ends with it, what is disputed with its dispute."""
        carried = select(BulkRow.id).where(BulkRow.phase == "effective", BulkRow.state == "done")
        disputed = select(DisputeRow.id).where(DisputeRow.stands == ActRow.n).exists()
        ask = select(ActRow.id).where(WAITS, col(ActRow.due) <= now, ~disputed)
        ask = ask.where(col(ActRow.bulk).is_(None) | col(ActRow.bulk).in_(carried))
        return self.session.exec(ask.order_by(col(ActRow.due)).limit(_MANY)).all()

    def due_bulks(self, now: datetime) -> Sequence[str]:
        """Announced revocations of many whose people have all had their days."""
        ask = select(BulkRow.id).where(BulkRow.phase == "told", BulkRow.state == "done", col(BulkRow.due) <= now)
        return self.session.exec(ask.order_by(col(BulkRow.due))).all()

    def begun(self) -> Sequence[str]:
        """Ends of announced revocations of many that were begun and that a stop may have left."""
        return self.session.exec(
            select(BulkRow.id).where(BulkRow.state == "approved", col(BulkRow.ended).is_not(None))
        ).all()

    def tell(self, acts: Collection[str], *, way: str, at: datetime, due: datetime) -> Sequence[str]:
        """People of these acts who had not been told, told; gives those acts. `due` is of announced ones alone."""
        names, told = list(acts), set[str]()
        for first in range(0, len(names), _MANY):
            telling = _telling(_ACT.c.id.in_(names[first : first + _MANY]), way=way, at=at, due=due)
            told |= set(self.session.execute(telling.returning(_ACT.c.id)).scalars())
        self.session.expire_all()
        return [act for act in names if act in told]

    def tell_all(self, bulk: str, *, way: str, at: datetime, due: datetime) -> int:
        """The same of all of one act on many; gives of how many."""
        done = self.session.execute(_telling(_ACT.c.bulk == bulk, way=way, at=at, due=due))
        self.session.expire_all()
        return int(done.rowcount)  # type: ignore[attr-defined]  # an update's result has it

    def bulks(self, acts: Collection[str]) -> Sequence[str]:
        """The acts on many that these are part of."""
        names, found = list(acts), set[str | None]()
        for first in range(0, len(names), _MANY):
            some = col(ActRow.id).in_(names[first : first + _MANY])
            found |= set(self.session.exec(select(ActRow.bulk).where(some).distinct()))
        return sorted(bulk for bulk in found if bulk is not None)

    def settle(self, bulk: str) -> None:
        """Where nobody of an announced revocation of many is left to be told, its day is that of who was told last."""
        untold, last = self.session.execute(
            select(func.count(case((_ACT.c.phase == "untold", 1))), func.max(_ACT.c.due)).where(
                _ACT.c.bulk == bulk, _ACT.c.ended.is_(None)
            )
        ).one()
        if not untold:
            c = _BULK.c
            self.session.execute(update(_BULK).where(c.id == bulk, c.phase == "untold").values(phase="told", due=last))
            self.session.expire_all()

    def to_tell(self, bulk: str, *, after: int, limit: int) -> Sequence[ActRow]:
        """Of so many acts of one act on many, in the order of the rows, those whose people are told: announced and
        open, or what stands. Counted off over all its acts, so that nobody moves to another part when one is over."""
        c = aliased(ActRow)
        part = select(c.id).where(c.bulk == bulk).order_by(col(c.n), col(c.id)).offset(after).limit(limit)
        ask = select(ActRow).where(col(ActRow.id).in_(part), _concerns())
        return self.session.exec(ask.order_by(col(ActRow.n), col(ActRow.id))).all()

    def is_to_tell(self, act: str) -> bool:
        """Whether one act is such a one."""
        return self.session.exec(select(ActRow.id).where(ActRow.id == act, _concerns())).first() is not None


def _telling(these: ColumnElement[bool], *, way: str, at: datetime, due: datetime) -> Update:
    """Of these the untold told; an announced one's days begin."""
    c, announced = _ACT.c, _ACT.c.phase == "untold"
    begun = {
        "phase": case((announced, "told"), else_=c.phase),
        "due": case((announced, literal(due, c.due.type)), else_=c.due),
    }
    return update(_ACT).where(these, untold()).values(told=at, way=way, **begun)


def _concerns() -> ColumnElement[bool]:
    return or_(and_(col(ActRow.phase).in_(OPEN), col(ActRow.ended).is_(None)), stands())
