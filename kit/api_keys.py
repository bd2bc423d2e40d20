"""API keys as rows: which person holds one, what it may, until when. Only hashes of secrets are kept.

Reading a key that somebody sent, and the answer 401, are `app/auth.py`'s.
"""

from datetime import date, datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


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
