"""Rows that belong to an issuer and, where they do, to one of its centres: one by its name, and a page of them,
newest first.

What is another's is not found, never forbidden (TRUST section 10). `issuer` and `centre` None: all of them, for work
that no person asked for, and for staff of the whole issuer.
"""

from collections.abc import Sequence
from typing import NotRequired, Protocol, TypedDict, TypeVar, Unpack

from sqlalchemy import ColumnElement, TextClause
from sqlmodel import Session, col, select

from kernel.errors import NotFound
from kit.pages import newest_first


class Owned(Protocol):
    """What each of these tables has."""

    id: str
    issuer: str
    centre: str | None


class Theirs(TypedDict):
    """Whose it must be."""

    issuer: str | None
    centre: str | None


class Paged(Theirs):
    """Of which page, and in which state where one is named."""

    after: str
    limit: int
    state: NotRequired[str | None]


_Row = TypeVar("_Row", bound=Owned)


def find(
    session: Session, table: type[_Row], id_: str, *, what: str, hold: bool = False, **whose: Unpack[Theirs]
) -> _Row:
    """Raises NotFound, also for another issuer's or another centre's; with `hold` nobody changes it meanwhile."""
    row = session.get(table, id_, with_for_update=True if hold else None)
    if row is None or whose["issuer"] not in (None, row.issuer) or whose["centre"] not in (None, row.centre):
        raise NotFound("not_found", detail=f"no {what} of that name")
    return row


def page(
    session: Session, table: type[_Row], at: str, *where: ColumnElement[bool] | TextClause, **asked: Unpack[Paged]
) -> Sequence[_Row]:
    """By the column `at`, newest first; of those that `where` lets through."""
    ask = newest_first(select(table), getattr(table, at), col(table.id), after=asked["after"], limit=asked["limit"])
    wanted = {"issuer": asked["issuer"], "centre": asked["centre"], "state": asked.get("state")}
    for name, value in wanted.items():
        if value is not None:
            ask = ask.where(getattr(table, name) == value)
    return session.exec(ask.where(*where)).all()
