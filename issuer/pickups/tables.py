"""Rows of pick-ups: offers (a claim code and a PIN, as keyed hashes) and the pick-ups that were opened with them."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


class OfferRow(SQLModel, table=True):
    """An offer of one row to its holder: single use, 30 days, five tries of the PIN (TRUST section 10).

    A row has at most one offer that `stands`: open or used, never two. A new one ends the open one before it.
    """

    __tablename__ = "issuer_offer"

    id: str = Field(primary_key=True, max_length=22)
    code: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    pin: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    n: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    stands: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, nullable=True, unique=True, index=True),
        description="n as long as it may be used and when it was; nothing where a newer offer ended it",
    )
    reissue: str | None = Field(
        default=None, max_length=22, index=True, description="of which reissue, where the row is given to another key"
    )
    slips: str | None = Field(default=None, max_length=22, index=True, description="of which run of slips, if of one")
    made_by: str = Field(max_length=64)
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    tries: int
    used: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


class PickupRow(SQLModel, table=True):
    """An opened pick-up that waits for the holder's proof of her key; of those of one offer all have the same chunk."""

    __tablename__ = "issuer_pickup"

    id: str = Field(primary_key=True, max_length=22)
    offer: str = Field(foreign_key="issuer_offer.id", max_length=22, index=True)
    challenge: str = Field(max_length=43)
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    subject: str | None = Field(default=None, max_length=64)
    chunk: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
