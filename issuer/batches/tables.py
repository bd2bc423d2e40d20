"""Rows of batches: the batch, its source in parts, and what was found in it. No credential stands here."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


class BatchRow(SQLModel, table=True):
    """One batch. `setup` is canonical JSON; `cursor` is the last row of the source that was promised or passed over.

    The same file with the same set-up is the same batch (DOMAIN P1.4): UNIQUE(issuer, digest).
    """

    __tablename__ = "issuer_batch"
    __table_args__ = (
        UniqueConstraint("issuer", "digest"),
        CheckConstraint("state IN ('checked', 'proposed', 'released', 'done', 'refused')", name="state"),
        Index("ix_issuer_batch_same_file", "issuer", "sha256"),
    )

    id: str = Field(primary_key=True, max_length=22)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64, index=True)
    centre: str | None = Field(default=None, max_length=64)
    type: str = Field(max_length=8)
    source: str = Field(max_length=8, description="cohort, form or rows")
    setup: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    state: str = Field(max_length=10)
    detected: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: bytes | None = Field(
        default=None, sa_column=Column(LargeBinary, nullable=True), description="of the file; none of rows as JSON"
    )
    issue: int
    skip: int
    error: int
    prepared_by: str = Field(max_length=64)
    prepared: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    proposed_by: str | None = Field(default=None, max_length=64)
    released_by: str | None = Field(default=None, max_length=64)
    released: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    forget: date | None = Field(default=None, description="from this day source and findings are erased (TRUST 14)")


class ProgressRow(SQLModel, table=True):
    """How far a released batch has come; apart from the batch, so that its writers do not queue on one row."""

    __tablename__ = "issuer_progress"

    batch: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=22)
    cursor: int = Field(description="rows of the source passed over or promised")
    paused: datetime | None = Field(
        default=None, sa_column=Column(UtcDateTime, nullable=True), description="nothing more is promised meanwhile"
    )
    promised: int
    known: int = Field(description="rows passed over because they were promised already, repeats in the file included")


class SourceRow(SQLModel, table=True):
    """A part of the file as it came, at most 1 MiB; kept until its day of erasure."""

    __tablename__ = "issuer_source"

    batch: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=22)
    part: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class FindingRow(SQLModel, table=True):
    """A row that does not issue, or issues with a warning: numbers and codes only, no value of the row."""

    __tablename__ = "issuer_finding"

    batch: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=22)
    row: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    line: int
    outcome: str = Field(max_length=8)
    code: str | None = Field(default=None, max_length=32)
    column_name: str | None = Field(default=None, max_length=32)
    first: int | None = Field(default=None)
    warnings: str = Field(default="", max_length=128)
