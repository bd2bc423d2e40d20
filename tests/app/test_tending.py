"""`puente serve` alone, on SQLite: it publishes by the clock and takes up what stalled; rounds outlive a fault."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.beside import repeating
from app.db import open_engine
from app.demo import founding
from app.folder import DEMO_ENTRY
from app.opening import open_world
from app.provide import World
from app.publish import alone
from app.punctual import keep_time, look
from app.settings import Settings
from app.worker import tending
from issuer.batches.service import Batches
from issuer.bulk_acts.service import BulkActs
from issuer.service import Issuer
from kernel.errors import Unavailable
from kit.once import Once
from schemas.bulk_acts import BulkAsked, BulkRequest
from tests.app.test_punctual import approve_fraud, publications
from tests.app.test_workers import ISSUED, MARTA, OSCAR, release
from tests.fakes import FixedClock

QUICK = 0.05


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


def awaited(holds: Callable[[], bool]) -> None:
    over = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < over, "it did not come"
        time.sleep(QUICK)


def is_done(world: World, batch: str) -> bool:
    with world.doors()[Batches]() as opened:
        return bool(opened.look(batch, by=OSCAR).state == "done")


def test_it_publishes_each_six_hours_and_what_is_urgent_at_once(world: World, clock: FixedClock) -> None:
    with tending(world, every=QUICK):
        for turn in (2, 3):
            clock.tick(6 * 3600)
            awaited(lambda turn=turn: publications(world) == turn)  # type: ignore[misc]  # a default is a value here
        clock.tick(60)
        approve_fraud(world)
        awaited(lambda: look(world).urgent is None)
    assert publications(world) == 4


def test_two_that_keep_the_clock_publish_once(world: World, clock: FixedClock) -> None:
    clock.tick(6 * 3600)
    with alone(world) as is_ours:
        assert is_ours
        assert not keep_time(world)  # another is at it: that is no fault
    both = [threading.Thread(target=keep_time, args=(world,)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    keep_time(world)
    assert publications(world) == 2


def test_a_batch_whose_begin_met_a_busy_database_is_gone_on_with(world: World, clock: FixedClock) -> None:
    batch = release(world)
    hurried = replace(world, engine=open_engine(world.settings.database_url, patience=0.05))
    with world.engine.begin(), pytest.raises(Unavailable):
        hurried.desk.begin(batch)
    with tending(hurried, every=QUICK):
        time.sleep(10 * QUICK)
        assert not is_done(world, batch)  # its own might be at it still
        clock.tick(61)
        awaited(lambda: is_done(world, batch))
    hurried.engine.dispose()
    with world.doors()[Issuer]() as opened:
        assert opened.ledger.sealed_count() == 2 * ISSUED


def test_what_was_promised_of_a_paused_batch_is_sealed_and_the_rest_when_it_goes_on(
    world: World, clock: FixedClock
) -> None:
    batch = release(world)
    desk = replace(world.desk, chunk=16)
    next(iter(desk.plan(batch)))  # promised and not sealed: the process is gone
    with world.doors()[Batches]() as opened:
        opened.pause(batch, by=MARTA)
    clock.tick(61)
    desk.tend()
    with world.doors()[Issuer]() as opened:
        assert opened.ledger.unsealed() == ()
        assert 0 < opened.ledger.sealed_count() < 2 * ISSUED
    with world.doors()[Batches]() as opened:
        opened.resume(batch, by=MARTA)
    desk.tend()
    assert not is_done(world, batch)  # something of it was sealed just now: somebody is at it
    clock.tick(61)
    desk.tend()
    assert is_done(world, batch)


def test_an_act_on_many_that_stopped_is_gone_on_with(world: World, clock: FixedClock) -> None:
    batch = release(world)
    world.desk.begin(batch)
    asked = BulkAsked.model_validate({"act": "suspend", "reason": "fraud", "chosen": {"way": "batch", "batch": batch}})
    door = world.doors()[BulkActs]
    with door() as opened:
        digest = opened.check(asked, by=OSCAR).digest
    with door() as opened:
        told = BulkRequest(**dict(asked), digest=digest)
        bulk = opened.propose(told, by=OSCAR, once=Once(key="an-act-that-stops", digest=b"")).id
    with door() as opened:
        opened.approve(bulk, by=MARTA, digest=digest)
    clock.tick(61)

    def is_out() -> bool:
        with door() as opened:
            return bool(opened.look(bulk, by=MARTA).state == "done") and look(world).urgent is None

    with tending(world, every=QUICK):
        awaited(is_out)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_ends_its_round_and_not_the_next() -> None:
    rounds = []

    def act() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError

    with repeating(act, every=QUICK):
        awaited(lambda: len(rounds) > 2)
