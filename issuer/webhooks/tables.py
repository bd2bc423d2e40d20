"""The rows of webhooks: where an issuer's systems listen, and how far along the audit chain each has been told.

No event has a row of its own: the audit chain's line, written in the act's transaction, is what is told of. No secret
stands here either (`issuer/secrets.py` derives it).
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class WebhookRow(SQLModel, table=True):
    """One place that listens. `told` is the last line of the chain that it knows of, or that is none of its business.

    It is looked at when `due`; whoever looks moves `due` ahead first, so that two never tell it at once. `stopped` one
    is told no more: it never answered, or somebody paused it while it still had tries left.
    """

    __tablename__ = "issuer_webhook"
    __table_args__ = (UniqueConstraint("issuer", "slot"),)

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    slot: int = Field(description="one of ten that an issuer has")
    url: str = Field(max_length=300)
    events: str = Field(max_length=400, description="joined by commas")
    created: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    told: int = Field(sa_column=Column(BigInteger, nullable=False))
    due: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    tries: int = Field(description="in vain since the last answer that was good")
    failed: str | None = Field(default=None, max_length=12, description="why the last try was in vain, by its code")
    pinged: bool = Field(description="a test waits to be sent")
    answered: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    stopped: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
