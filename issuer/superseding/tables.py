"""Rows of superseding: which row took the place of which (TRUST section 6: `supersedes` is kept here and only here)."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


class SupersedingRow(SQLModel, table=True):
    """Promised with the new rows, done when the old ones are revoked. A row is superseded once: `old` is the key."""

    __tablename__ = "issuer_superseding"
    __table_args__ = (Index("ix_issuer_superseding_bulk", "bulk", "first"),)

    old: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    first: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    """The new row; and the chunk that it begins where it was replaced alone: then its copies follow it."""
    bulk: str | None = Field(default=None, max_length=22, description="the act on many that replaced it")
    proposed_by: str = Field(max_length=64)
    approved_by: str = Field(max_length=64)
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    done: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
