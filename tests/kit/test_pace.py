"""kit/pace.py on both databases: a window begins with its first use, buckets do not mix, a full one says when again."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from app.db import transaction
from kernel.errors import TooMany
from kit.pace import LONGEST, Pace, forget_idle
from tests.fakes import NOON

PACE = Pace(most=3, window=timedelta(seconds=60))


def count(database: Engine, name: str, *, after: float = 0) -> None:
    with transaction(database) as session:
        PACE.count(session, name, NOON + timedelta(seconds=after))


def test_as_often_as_the_pace_and_no_more(database: Engine) -> None:
    for _ in range(3):
        count(database, "one")
    with pytest.raises(TooMany) as caught:
        count(database, "one", after=10)
    assert (caught.value.code, caught.value.retry_after) == ("too_many_requests", 50)
    count(database, "other", after=10)


def test_a_full_bucket_is_empty_after_its_window(database: Engine) -> None:
    for _ in range(3):
        count(database, "one")
    with pytest.raises(TooMany) as caught:
        count(database, "one", after=59)
    assert caught.value.retry_after == 1
    for _ in range(3):
        count(database, "one", after=60)
    with pytest.raises(TooMany):
        count(database, "one", after=119)


def test_what_was_counted_while_the_clock_was_ahead_is_forgotten(database: Engine) -> None:
    for _ in range(3):
        count(database, "one", after=86_400)
    for _ in range(3):
        count(database, "one")
    with pytest.raises(TooMany) as caught:
        count(database, "one")
    assert caught.value.retry_after == 60


def test_what_is_rolled_back_was_not_counted(database: Engine) -> None:
    for _ in range(5):
        with transaction(database) as session:
            PACE.count(session, "one", NOON)
            session.rollback()
    count(database, "one")


def test_old_buckets_are_swept(database: Engine) -> None:
    count(database, "one")
    count(database, "other", after=1)
    count(database, "far", after=86_400)
    with transaction(database) as session:
        forget_idle(session, NOON + LONGEST + timedelta(seconds=1))
    with database.connect() as connection:
        assert connection.execute(text("SELECT name FROM kit_pace")).scalars().all() == ["other"]
