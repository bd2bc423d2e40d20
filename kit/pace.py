"""How often: buckets in the database, so that restarts and several workers keep them (TRUST section 10).

A bucket counts within a window that begins with its first use. Who counts also decides in which transaction: what must
stay counted when the request then fails is counted in one of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Column, ColumnElement, Table, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from kernel.access import SKEW
from kernel.errors import TooMany
from kit.columns import UtcDateTime

LONGEST = timedelta(hours=1)
"""No window is longer, so an older bucket says nothing any more."""


class PaceRow(SQLModel, table=True):
    """One bucket."""

    __tablename__ = "kit_pace"

    name: str = Field(primary_key=True, max_length=64)
    began: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    count: int


_TABLE: Table = PaceRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """At most `most` in `window`."""

    most: int
    window: timedelta

    def count(self, session: Session, name: str, now: datetime) -> None:
        """One more in the bucket of that name, by one statement; raises TooMany where it is full."""
        c = _TABLE.c
        # What began in time to come was counted while a clock was ahead: it says nothing of now.
        over: ColumnElement[bool] = (c.began <= now - self.window) | (c.began > now + SKEW)
        writer = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        ask = writer.insert(_TABLE).values(name=name, began=now, count=1)
        counted = ask.on_conflict_do_update(
            index_elements=[c.name],
            set_={"began": case((over, now), else_=c.began), "count": case((over, 1), else_=c.count + 1)},
            where=over | (c.count < self.most),
        ).returning(c.count)
        if session.execute(counted).one_or_none() is None:
            began = session.execute(select(c.began).where(c.name == name)).scalar_one()
            wait = (began + self.window - now).total_seconds()
            raise TooMany("too_many_requests", detail="too often", retry_after=max(1, ceil(wait)))


def forget_idle(session: Session, now: datetime) -> None:
    """Drop buckets whose window is long over, or far ahead."""
    began = _TABLE.c.began
    session.execute(delete(_TABLE).where((began < now - LONGEST) | (began > now + LONGEST)))
