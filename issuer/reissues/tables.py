"""Rows of reissues: which row is to be given again, which proofs were seen, who agreed, and from when."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class ReissueRow(SQLModel, table=True):
    """One reissue of one row; a row has one that `stands`. Its offers name it, and the one that is used ends it."""

    __tablename__ = "issuer_reissue"
    __table_args__ = (CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),)

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    centre: str | None = Field(default=None, max_length=64)
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    stands: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True, unique=True))
    seen: str = Field(max_length=64, description="the proofs that were seen, joined by commas")
    state: str = Field(max_length=10)
    proposed_by: str = Field(max_length=64)
    proposed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    decided_by: str | None = Field(default=None, max_length=64)
    decided: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    ready: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
