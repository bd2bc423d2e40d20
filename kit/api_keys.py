"""API keys: made once, kept as rows: which person holds one, what it may, until when. Only hashes of secrets are kept.

A key reads `pte_<env>_<8 id>_<43 secret>_<6 check>` and is shown once. Reading one that somebody sent, and the answer
401, are `app/entering.py`'s.
"""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Column, Index, LargeBinary, SmallInteger
from sqlmodel import Field, Session, SQLModel, col, select

from kernel.access import person_of
from kernel.encoding import base64url_encode
from kernel.ports import Random
from kit.columns import UtcDateTime
from kit.pages import newest_first
from schemas.access import Role
from schemas.question import CROCKFORD

LONGEST_LIFE: Final = timedelta(days=365)


class ApiKey(SQLModel, table=True):
    """One API key: who holds it, what it may, until when. `person` is the human behind it (four eyes)."""

    __tablename__ = "kit_api_key"
    __table_args__ = (Index("uq_kit_api_key_slot", "issuer", "label", "slot", unique=True),)

    id: str = Field(primary_key=True, max_length=8)
    secret_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    person: str = Field(max_length=64)
    roles: str = Field(max_length=200, description="role names, joined by commas")
    issuer: str | None = Field(default=None, max_length=64)
    centre: str | None = Field(default=None, max_length=64)
    created: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ended: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    last_day: date | None = Field(default=None)
    scopes: str | None = Field(
        default=None, max_length=1000, description="resource:verb, joined by commas; None = all that its roles may"
    )
    label: str | None = Field(
        default=None, max_length=60, description="which system has it; None = made at the machine"
    )
    slot: int | None = Field(
        default=None, sa_type=SmallInteger, description="0 or 1 while a system's key lives: two, to change them"
    )


@dataclass(frozen=True, kw_only=True)
class KeyRequest:
    """Whom a new key is for."""

    person: str
    roles: frozenset[Role]
    issuer: str | None
    centre: str | None
    life: timedelta
    scopes: frozenset[str] | None = None
    label: str | None = None
    slot: int | None = None


def check_digits(text: str) -> str:
    """The end of a key's text: a slip of the hand is seen before anything is looked up."""
    return f"{zlib.crc32(text.encode()):08x}"[:6]


def make_key(session: Session, ask: KeyRequest, *, env: str, now: datetime, random: Random) -> str:
    """Store a new key and give its text, which is shown once. Raises what `person_of` raises."""
    key_id = "".join(CROCKFORD[byte % 32] for byte in random(8))
    secret = base64url_encode(random(32))
    session.add(
        ApiKey(
            id=key_id,
            secret_hash=hashlib.sha256(secret.encode()).digest(),
            person=person_of(ask.person),
            roles=",".join(sorted(ask.roles)),
            issuer=ask.issuer,
            centre=ask.centre,
            created=now,
            expires=now + min(ask.life, LONGEST_LIFE),
            scopes=None if ask.scopes is None else ",".join(sorted(ask.scopes)),
            label=ask.label,
            slot=ask.slot,
        )
    )
    head = f"pte_{env}_{key_id}_{secret}"
    return f"{head}_{check_digits(head)}"


def end_keys(session: Session, person: str, now: datetime, *, which: Callable[[ApiKey], bool]) -> Sequence[str]:
    """Those keys of a person, from now on; gives their ids."""
    live = session.exec(select(ApiKey).where(ApiKey.person == person, col(ApiKey.ended).is_(None))).all()
    ended = [row for row in live if which(row)]
    for row in ended:
        row.ended, row.slot = now, None
        session.add(row)
    return [row.id for row in ended]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyStand:
    """The keys of an issuer's systems, on the door's session; it never commits."""

    session: Session

    def of(self, issuer: str, *, after: str, limit: int) -> Sequence[ApiKey]:
        """Newest first, beginning after the one that `after` names."""
        ask = select(ApiKey).where(ApiKey.issuer == issuer)
        return self.session.exec(newest_first(ask, col(ApiKey.created), col(ApiKey.id), after=after, limit=limit)).all()

    def slots(self, issuer: str, label: str, now: datetime) -> set[int]:
        """Which of a system's slots are taken; keys whose time is over give theirs up."""
        live = select(ApiKey).where(ApiKey.issuer == issuer, ApiKey.label == label, col(ApiKey.slot).is_not(None))
        taken = set()
        for row in self.session.exec(live):
            if row.expires <= now:
                row.ended, row.slot = row.expires, None
                self.session.add(row)
            elif row.slot is not None:
                taken.add(row.slot)
        self.session.flush()
        return taken

    def end(self, id_: str, issuer: str, now: datetime) -> bool:
        """False where the issuer has no such key that lives."""
        row = self.session.get(ApiKey, id_)
        if row is None or row.issuer != issuer or row.ended is not None:
            return False
        row.ended, row.slot = now, None
        self.session.add(row)
        return True
