"""Rows of papers: the runs of claim slips. No code and no PIN: both are made again from the offer's name."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class SlipsRow(SQLModel, table=True):
    """One run; its offers name it. `following` is where the next run of its batch begins."""

    __tablename__ = "issuer_slips"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64, index=True)
    centre: str | None = Field(default=None, max_length=64)
    batch: str | None = Field(default=None, max_length=ID_LENGTH)
    bulk: str | None = Field(default=None, max_length=ID_LENGTH, description="the act on many that made its rows")
    rows: int | None = Field(default=None, description="for how many credentials it is; runs of before do not say it")
    made: int
    left_out: int
    ended: int = Field(default=0, description="open slips of before that these ended")
    following: int | None = Field(default=None)
    made_by: str = Field(max_length=64)
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
