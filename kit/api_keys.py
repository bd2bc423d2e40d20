"""API keys: made once, kept as rows: which person holds one, what it may, until when. Only hashes of secrets are kept.

A key reads `pte_<env>_<8 id>_<43 secret>_<6 check>` and is shown once. Reading one that somebody sent, and the answer
401, are `app/auth.py`'s.
"""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, Session, SQLModel

from kernel.access import person_of
from kernel.encoding import base64url_encode
from kernel.ports import Random
from kit.columns import UtcDateTime
from schemas.access import Role
from schemas.question import CROCKFORD

LONGEST_LIFE: Final = timedelta(days=365)


class ApiKey(SQLModel, table=True):
    """One API key: who holds it, what it may, until when. `person` is the human behind it (four eyes)."""

    __tablename__ = "kit_api_key"

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


@dataclass(frozen=True, kw_only=True)
class KeyRequest:
    """Whom a new key is for."""

    person: str
    roles: frozenset[Role]
    issuer: str | None
    centre: str | None
    life: timedelta


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
        )
    )
    head = f"pte_{env}_{key_id}_{secret}"
    return f"{head}_{check_digits(head)}"
