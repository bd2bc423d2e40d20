"""Rows of disputes: what a holder says is wrong, and the decisions that were proposed and taken about it.

Her words, her name and her key stand here and nowhere else of this room; they go two years after the end (TRUST 14).
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, LargeBinary, String
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class DisputeRow(SQLModel, table=True):
    """One dispute of one row, by the key that holds a copy of it. A row has one that `stands` at a time."""

    __tablename__ = "issuer_dispute"
    __table_args__ = (
        CheckConstraint("kind IN ('name', 'data', 'cancelled', 'other')", name="kind"),
        CheckConstraint("state IN ('open', 'corrected', 'lifted', 'upheld', 'rejected')", name="state"),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    centre: str | None = Field(default=None, max_length=64)
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    stands: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, nullable=True, unique=True),
        description="n while it waits for an answer; nothing afterwards",
    )
    challenge: str = Field(unique=True, max_length=64, description="what she signed: one dispute a challenge")
    ticket: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True), description="SHA-256")
    holder: str = Field(max_length=64)
    kind: str = Field(max_length=10)
    text: str = Field(max_length=200)
    name: str | None = Field(default=None, max_length=200)
    state: str = Field(max_length=10)
    opened: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    withdrawn: datetime | None = Field(
        default=None,
        sa_column=Column(UtcDateTime, nullable=True),
        description="when she took it back before it was answered; older releases read that nothing was changed",
    )
    sentence: str = Field(default="", max_length=200, description="what the holder is told")
    first: int | None = Field(
        default=None, sa_column=Column(BigInteger, nullable=True), description="the row that superseded, if corrected"
    )


class DecisionRow(SQLModel, table=True):
    """A decision, proposed by an officer and decided by a person who took no part. One at a time `stands`."""

    __tablename__ = "issuer_decision"
    __table_args__ = (
        CheckConstraint("decision IN ('correct', 'lift', 'uphold', 'reject')", name="decision"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    dispute: str = Field(
        sa_column=Column(String(ID_LENGTH), ForeignKey("issuer_dispute.id"), nullable=False, index=True)
    )
    stands: str | None = Field(default=None, unique=True, max_length=ID_LENGTH)
    decision: str = Field(max_length=8)
    sentence: str = Field(max_length=200)
    correction: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    state: str = Field(max_length=10)
    proposed_by: str = Field(max_length=64)
    proposed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    decided_by: str | None = Field(default=None, max_length=64)
    decided: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
