"""Rows of status: acts proposed and decided, and the bits that are set because of them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


class ActRow(SQLModel, table=True):
    """One act on a credential and all its copies: proposed by one person, decided by another. Reasons never leave."""

    __tablename__ = "issuer_act"
    __table_args__ = (
        CheckConstraint("act IN ('suspend', 'lift', 'revoke')", name="act"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
    )

    id: str = Field(primary_key=True, max_length=22)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    centre: str | None = Field(default=None, max_length=64)
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    bulk: str | None = Field(default=None, max_length=22, index=True, description="the act on many that it is part of")
    act: str = Field(max_length=8)
    reason: str = Field(max_length=32)
    evidence: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    state: str = Field(max_length=10)
    proposed_by: str = Field(max_length=64)
    proposed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    decided_by: str | None = Field(default=None, max_length=64)
    decided: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


class FlagRow(SQLModel, table=True):
    """A bit that is set: in a revocation list for ever, in a suspension list until it is lifted."""

    __tablename__ = "issuer_flag"

    list: int = Field(sa_column=Column(BigInteger, ForeignKey("issuer_list.id"), primary_key=True, autoincrement=False))
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    act: str = Field(max_length=22)
