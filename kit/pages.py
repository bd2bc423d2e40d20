"""A page of a list, newest first: its cursor is the name of the last row that was told. Makes statements alone."""

from typing import Any, TypeVar

from sqlalchemy import and_, or_
from sqlalchemy.orm import Mapped
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

Row = TypeVar("Row")


def newest_first(
    ask: SelectOfScalar[Row], at: Mapped[Any], name: Mapped[str], *, after: str, limit: int
) -> SelectOfScalar[Row]:
    """By the column `at`, and by name where two are of one moment, beginning after the row that `after` names.

    What is added meanwhile comes before all that was told, so no page repeats or skips a row. After a row that is not
    there comes nothing.
    """
    if after:
        last = select(at).where(name == after).scalar_subquery()
        ask = ask.where(or_(at < last, and_(at == last, name < after)))
    return ask.order_by(at.desc(), name.desc()).limit(limit)
