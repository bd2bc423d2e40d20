"""Rows of status: acts proposed and decided, and the bits that are set because of them."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime

HURRY: Final = ("fraud", "key_compromise")
"""Reasons whose acts go out within 15 minutes (TRUST section 6)."""
# In words and not with values, so that either database sees that a question is about the rows of the index.
URGENT: Final = text("state = 'approved' AND reason IN ('fraud', 'key_compromise') AND published IS NULL")
"""Acts for those reasons that are in no published bundle yet."""
WAITS: Final = text("phase IS NOT NULL AND ended IS NULL")
"""Acts that have not come to their end: a revocation that its person may answer, a suspension by one person alone."""
BEGUN: Final = text("phase = 'unconfirmed' AND ended IS NULL AND published IS NULL")
"""Suspensions that one approver began for fraud: as urgent, and in no published bundle yet."""
UNTOLD: Final = text(
    "told IS NULL AND (phase = 'untold' AND ended IS NULL OR act = 'suspend'"
    " OR act = 'revoke' AND phase IS NULL"
    " AND (reason IN ('fraud', 'key_compromise') OR reason = 'superseded' AND bulk IS NOT NULL))"
)
"""Acts whose people may still have to be told: also what was lifted since, or only proposed."""
_UNTOLD_BEFORE: Final = text(
    "told IS NULL AND (phase = 'untold' AND ended IS NULL OR act = 'suspend'"
    " OR act = 'revoke' AND phase IS NULL AND reason IN ('fraud', 'key_compromise'))"
)
"""What the code before asks by; a later revision drops its index."""
_PROPOSED: Final = text("state = 'proposed'")


def _time(words: str) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime, nullable=True), description=words)


class ActRow(SQLModel, table=True):
    """One act on a credential and all its copies: proposed by one person, decided by another. Reasons never leave.

    `phase` is None for an act that is over when it was decided. A revocation that its person may answer is `untold`,
    `told`, then `effective` or `withdrawn` (decision 0044); a suspension that one approver began is `unconfirmed`, then
    `confirmed`, `withdrawn` or `lapsed`.
    """

    __tablename__ = "issuer_act"
    __table_args__ = (
        CheckConstraint("act IN ('suspend', 'lift', 'revoke')", name="act"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
        Index("ix_issuer_act_urgent", "decided", sqlite_where=URGENT, postgresql_where=URGENT),
        Index("ix_issuer_act_newest", "issuer", "proposed", "id"),
        Index("ix_issuer_act_proposed", "issuer", "id", sqlite_where=_PROPOSED, postgresql_where=_PROPOSED),
        Index("ix_issuer_act_waits", "due", sqlite_where=WAITS, postgresql_where=WAITS),
        Index("ix_issuer_act_untold", "issuer", "bulk", sqlite_where=_UNTOLD_BEFORE, postgresql_where=_UNTOLD_BEFORE),
        Index("ix_issuer_act_to_tell", "issuer", "bulk", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
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
    published: datetime | None = Field(
        default=None,
        sa_column=Column(UtcDateTime, nullable=True),
        description="when the bundle was kept that has its bits; of urgent acts alone",
    )
    phase: str | None = Field(default=None, max_length=12)
    told: datetime | None = _time("when its person was told")
    way: str | None = Field(default=None, max_length=8, description="how: paper, system, message, post, counter")
    due: datetime | None = _time("when the clock ends it: a revocation takes effect, a suspension lapses")
    ended: datetime | None = _time("when it did, or was confirmed, withdrawn or decided by a dispute")
    ended_by: str | None = Field(default=None, max_length=64)


class FlagRow(SQLModel, table=True):
    """A bit that is set: in a revocation list for ever, in a suspension list until it is lifted."""

    __tablename__ = "issuer_flag"

    list: int = Field(sa_column=Column(BigInteger, ForeignKey("issuer_list.id"), primary_key=True, autoincrement=False))
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    act: str = Field(max_length=22)
