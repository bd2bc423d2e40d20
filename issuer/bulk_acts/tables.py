"""Rows of acts on many: the act, the rows that it was approved for, what it does to each list. No value of a row."""

from datetime import datetime
from typing import get_args

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime
from schemas.bulk_acts import ManyName


class BulkRow(SQLModel, table=True):
    """One act on many credentials; each of them gets an act of its own when it is done, as if done alone.

    `phase` is that of its acts (`issuer/status/tables.py`): an announced revocation is a suspension first.
    """

    __tablename__ = "issuer_bulk"
    __table_args__ = (
        CheckConstraint("act IN ('suspend', 'lift', 'revoke')", name="act"),
        CheckConstraint("state IN ('proposed', 'approved', 'done', 'refused')", name="state"),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64, index=True)
    centre: str | None = Field(default=None, max_length=64)
    act: str = Field(max_length=8)
    kind: str | None = Field(default=None, max_length=16, description="as people call it; None of before 0029")
    replaces: bool = Field(default=False, description="before they are revoked, a new row takes the place of each")
    reason: str = Field(max_length=32)
    evidence: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    way: str = Field(max_length=64, description="how it was chosen; no number of a document, no name")
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    count: int
    already: int
    disputed: int
    unsealed: int
    suspended: int = 0
    superseded: int = 0
    waits: int = 0
    state: str = Field(max_length=10)
    proposed_by: str = Field(max_length=64)
    proposed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    decided_by: str | None = Field(default=None, max_length=64)
    decided: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    phase: str | None = Field(default=None, max_length=12)
    due: datetime | None = Field(
        default=None,
        sa_column=Column(UtcDateTime, nullable=True),
        description="when the last of its people who were told has had her days; None while somebody is not told",
    )
    ended: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    ended_by: str | None = Field(default=None, max_length=64)
    stopped: datetime | None = Field(
        default=None,
        sa_column=Column(UtcDateTime, nullable=True),
        description="when somebody stopped it before it was whole: what it had done stays, and it is `done`",
    )
    stopped_by: str | None = Field(default=None, max_length=64)

    @property
    def does(self) -> str:
        """The act as people call it: `act` is what its bits are."""
        return self.kind or ("replace" if self.replaces else self.act)

    @property
    def is_known(self) -> bool:
        """Whether this release knows how to do it: a newer one beside it may know more."""
        return self.does in get_args(ManyName)


class BulkPartRow(SQLModel, table=True):
    """The rows of one chunk of the ledger that an act is for: a bit each. Done in one transaction, once."""

    __tablename__ = "issuer_bulk_part"

    bulk: str = Field(primary_key=True, foreign_key="issuer_bulk.id", max_length=ID_LENGTH)
    first: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    bits: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    count: int
    done: bool = False


class BulkListRow(SQLModel, table=True):
    """What an act changes in one list. While it `waits` its bits are not published: phones would hold the list back."""

    __tablename__ = "issuer_bulk_list"

    bulk: str = Field(primary_key=True, foreign_key="issuer_bulk.id", max_length=ID_LENGTH)
    list: int = Field(sa_column=Column(BigInteger, ForeignKey("issuer_list.id"), primary_key=True, autoincrement=False))
    changes: int
    waits: bool = False
