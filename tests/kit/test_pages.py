"""kit/pages.py on both databases: newest first, each row once, whatever is added meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.db import transaction
from kit.api_keys import ApiKey
from kit.pages import newest_first
from tests.fakes import NOON


def keep(session: Session, *named: tuple[str, datetime]) -> None:
    for name, at in named:
        session.add(ApiKey(id=name, secret_hash=b"", person="irene", roles="officer", created=at, expires=NOON))
    session.flush()


def page(session: Session, after: str) -> list[str]:
    ask = newest_first(select(ApiKey), col(ApiKey.created), col(ApiKey.id), after=after, limit=2)
    return [row.id for row in session.exec(ask)]


def test_pages_go_from_the_newest_on_and_repeat_nothing(database: Engine) -> None:
    later = NOON + timedelta(seconds=1)
    with transaction(database) as session:
        keep(session, ("a", NOON), ("b", later), ("c", NOON), ("d", NOON))
        assert page(session, "") == ["b", "d"]
        keep(session, ("e", later))
        assert page(session, "d") == ["c", "a"]
        assert page(session, "a") == []
        assert page(session, "") == ["e", "b"]


def test_after_what_is_not_there_comes_nothing(database: Engine) -> None:
    with transaction(database) as session:
        keep(session, ("a", NOON))
        assert page(session, "z") == []
