"""The verifier's one table: questions that wait for an answer. No report, no pass, no name of a person is ever kept."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime


class QuestionRow(SQLModel, table=True):
    """An open question (TRUST section 9): gone with its first answer, or with the next question after its time."""

    __tablename__ = "verifier_question"
    __table_args__ = (Index(None, "asked_at"),)

    challenge: str = Field(primary_key=True, max_length=8)
    domain: str = Field(max_length=24)
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
