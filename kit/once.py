"""Idempotency-Key: the same request twice acts once. The answer is kept in the act's own transaction (TRUST 12).

Not here: what an act is, nor the header itself (`repeat_key.py`). A service asks `replay` first and calls `keep` last,
on the session of its door.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, LargeBinary, delete
from sqlmodel import Field, Session, SQLModel

from kernel.errors import Conflict
from kit.columns import UtcDateTime

KEPT = timedelta(days=30)


class OnceRow(SQLModel, table=True):
    """One act that was asked for with a key, and what was answered."""

    __tablename__ = "kit_once"

    person: str = Field(primary_key=True, max_length=64)
    key: str = Field(primary_key=True, max_length=128)
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    answer: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """The key a caller sent and the hash of what it asked for."""

    key: str
    digest: bytes

    def replay(self, session: Session, person: str) -> bytes | None:
        """The answer given the first time, or None; raises Conflict where the key came with another body."""
        row = session.get(OnceRow, (person, self.key))
        if row is None:
            return None
        if row.digest != self.digest:
            raise Conflict("idempotency_key", detail="the key was used with another body")
        return row.answer

    def keep(self, session: Session, person: str, answer: bytes, now: datetime) -> None:
        """Keep the answer; two at once meet at the primary key, and one of them is a Conflict."""
        session.add(OnceRow(person=person, key=self.key, digest=self.digest, answer=answer, at=now))

    def forget(self, session: Session, person: str) -> None:
        """The key may be sent again, for another act."""
        c = OnceRow.__table__.c  # type: ignore[attr-defined]  # SQLModel's metaclass
        session.execute(delete(OnceRow).where(c.person == person, c.key == self.key))


def forget_old(session: Session, now: datetime) -> None:
    """Drop what is older than its time."""
    session.execute(delete(OnceRow).where(OnceRow.__table__.c.at < now - KEPT))  # type: ignore[attr-defined]  # SQLModel's metaclass
