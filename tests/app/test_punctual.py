"""Publication on time: each turn of the clock, at once for an urgent act, and an alarm where it does not happen."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from app.demo import founding, plant
from app.folder import DEMO_ENTRY
from app.logs import set_up_logs
from app.opening import open_world
from app.provide import World
from app.punctual import Standing, is_late, keep_time, look
from app.settings import Settings
from kernel import status
from kernel.errors import Unavailable
from tests.fakes import FixedClock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, MINUTE, NONE = timedelta(hours=1), timedelta(minutes=1), timedelta()


@pytest.mark.parametrize(
    ("last", "urgent", "now", "due", "late"),
    [
        (None, None, NOON, False, NONE),
        (NOON, None, NOON + 6 * HOUR - MINUTE, False, NONE),
        (NOON - MINUTE, None, NOON, True, NONE),
        (NOON, None, NOON + 6 * HOUR, True, NONE),
        (NOON, None, NOON + 7 * HOUR, True, 30 * MINUTE),
        (NOON, NOON, NOON + 5 * MINUTE, True, NONE),
        (NOON, NOON, NOON + 16 * MINUTE, True, MINUTE),
        (NOON, None, NOON - 7 * HOUR, False, 6.5 * HOUR),
    ],
    ids=["nothing yet", "same turn", "next turn", "six hours", "late", "urgent", "urgent and late", "clock went back"],
)
def test_when_it_is_due_and_when_late(
    last: datetime | None, urgent: datetime | None, now: datetime, due: bool, late: timedelta
) -> None:
    standing = Standing(last=last, urgent=urgent)
    assert (standing.is_due(now), standing.late(now)) == (due, late)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(at=datetime.now(UTC).replace(minute=0, second=0, microsecond=0))


@pytest.fixture
def world(tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    own = {"entry": DEMO_ENTRY, "approvals": 2, "waiving": 2, "announced_days": 0}
    with open_world(Settings(data=tmp_path / "data").model_copy(update=own)) as opened:
        timed = replace(opened, clock=clock)
        founding.found(timed)
        yield timed


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    structlog.reset_defaults()


def publications(world: World) -> int:
    with world.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM registry_publication")).scalar_one())


def approve_fraud(world: World) -> None:
    line = (
        "INSERT INTO issuer_act (id, issuer, n, act, reason, state, proposed_by, proposed, decided_by, decided) "
        "VALUES ('a', 'formacion', 1, 'revoke', 'fraud', 'approved', 'x', :at, 'y', :at)"
    )
    with world.engine.begin() as connection:
        connection.execute(text(line), {"at": world.clock.now().strftime("%Y-%m-%d %H:%M:%S.000000")})


def test_it_publishes_once_each_turn(world: World, clock: FixedClock) -> None:
    assert not keep_time(world)
    clock.tick(6 * 3600)
    assert keep_time(world)
    assert not keep_time(world)
    assert publications(world) == 2


def test_an_urgent_act_goes_out_at_once_and_once(world: World, clock: FixedClock) -> None:
    clock.tick(60)
    approve_fraud(world)
    clock.tick(60)
    assert look(world).urgent == clock.at - MINUTE
    assert keep_time(world)
    assert look(world).urgent is None
    assert not keep_time(world)


def test_what_waited_for_a_persons_days_goes_out_with_what_is_published_next(world: World, clock: FixedClock) -> None:
    told = (
        "INSERT INTO issuer_act (id, issuer, n, act, reason, state, proposed_by, proposed, decided_by, decided, phase,"
        " told, way, due) VALUES ('b', 'permisos', :n, 'revoke', 'duplicate', 'approved', 'x', :at, 'y', :at, 'told',"
        " :at, 'post', :at)"
    )
    row = ["Ana (DEMO)", "000000200001", "VEN", "vigente", True, None]
    n = plant.issue_alone(world, "permisos", "C01", row, clock.at)
    with world.engine.begin() as connection:
        connection.execute(text(told), {"n": n, "at": clock.at.strftime("%Y-%m-%d %H:%M:%S.000000")})
    assert not keep_time(world)  # it hurries nobody
    clock.tick(6 * 3600)
    assert keep_time(world)
    with world.engine.connect() as connection:
        act = connection.execute(text("SELECT phase, ended_by FROM issuer_act")).one()
        (bits,) = connection.execute(
            text("SELECT bits FROM issuer_list WHERE id = (SELECT list FROM issuer_flag)")
        ).one()
        (place,) = connection.execute(text("SELECT place FROM issuer_flag")).one()
    assert (tuple(act), status.bit(bits, place)) == (("effective", "house"), True)


def test_what_cannot_be_published_is_an_alarm(world: World, clock: FixedClock, told: io.StringIO) -> None:
    for key in (world.settings.data / "keys").glob("*.key"):
        key.rename(key.with_suffix(".away"))
    clock.tick(8 * 3600)
    assert not keep_time(world)
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["publication_failed", "publication_late"]
    assert lines[1]["seconds"] >= 3600
    assert is_late(world)


def test_nobody_can_say_where_the_database_is_away(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(text("DROP TABLE issuer_act"))
    assert is_late(world)
    with pytest.raises(Unavailable):
        look(world)
