"""Rows of amending: what an officer found wrong in a credential. Her words go when it is decided; the rows stay."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class AmendmentRow(SQLModel, table=True):
    """One correction of one row; a row has one that `stands` at a time. `first` is the row in its place."""

    __tablename__ = "issuer_amendment"
    __table_args__ = (CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),)

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64, index=True)
    centre: str | None = Field(default=None, max_length=64)
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    stands: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True, unique=True), description="n while it waits"
    )
    correction: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    first: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    state: str = Field(max_length=10)
    proposed_by: str = Field(max_length=64)
    proposed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    decided_by: str | None = Field(default=None, max_length=64)
    decided: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
