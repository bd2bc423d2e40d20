"""Workers on PostgreSQL: a released batch is promised and sealed by others, and what was left is taken up again."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.db import reading
from app.demo import founding
from app.demo.cohorts import choices
from app.demo.people import TRAINING
from app.folder import DEMO_ENTRY
from app.jobs import Depth, depth
from app.opening import open_world
from app.provide import World
from app.punctual import look
from app.settings import Settings
from app.supervisor import Supervisor
from issuer.batches.service import Batches
from issuer.service import Issuer
from tests.app.test_punctual import approve_fraud
from tests.databases import PostgresServer

OSCAR, MARTA = TRAINING.person("oscar", "officer"), TRAINING.person("marta", "approver")
ISSUED = 54
PATIENCE = 600
"""Tenths of a second: a chunk whose worker was killed is another's within a minute."""


@pytest.fixture
def world(postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A founded house on PostgreSQL, and the environment that its workers read."""
    with postgres_server.empty() as url:
        monkeypatch.setenv("PUENTE_DATABASE", url)
        monkeypatch.setenv("PUENTE_ENTRY", str(DEMO_ENTRY))
        own: dict[str, Any] = {"approvals": 2, "waiving": 2, "announced_days": 0}
        settings = Settings(data=tmp_path / "data").model_copy(update=own)
        with open_world(settings) as opened:
            founding.found(opened)
            yield opened


@contextmanager
def workers(world: World, sealers: int = 1) -> Iterator[Supervisor]:
    supervisor = Supervisor(data=world.settings.data, sealers=sealers)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor.stop.set()
        thread.join()


def release(world: World) -> str:
    doors = world.doors()
    with (Path(founding.__file__).parent / "cohort-demo-excel.csv").open("rb") as file, doors[Batches]() as opened:
        batch: str = opened.check_cohort(file, choices(), by=OSCAR)
    with doors[Batches]() as opened:
        opened.propose(batch, by=OSCAR)
    with doors[Batches]() as opened:
        digest = opened.store.batch(batch, issuer=None, centre=None).digest.hex()
        opened.release(batch, by=MARTA, digest=digest, accept_errors=True)
    return batch


def await_done(world: World, batch: str) -> None:
    for _ in range(PATIENCE):
        with world.doors()[Batches]() as opened:
            if opened.look(batch, by=OSCAR).state == "done":
                return
        time.sleep(0.1)
    pytest.fail("the workers did not issue the batch")


def await_published(world: World) -> None:
    """The clock calls where workers are: what is urgent goes out."""
    for _ in range(PATIENCE):
        if look(world).urgent is None:
            return
        time.sleep(0.1)
    pytest.fail("the workers did not publish what was urgent")


def leave_half_done(world: World) -> None:
    """What kill -9 leaves of the planner: a job that is being done, and a worker that says nothing any more."""
    silent = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '11 seconds') RETURNING id"
    with world.engine.begin() as connection:
        worker = connection.exec_driver_sql(silent).scalar_one()
        taken = connection.exec_driver_sql(f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = {worker}")
        assert taken.rowcount == 1


def kill_in_the_middle_of_a_chunk(world: World, supervisor: Supervisor) -> None:
    """kill -9 of the worker that seals: it has signed, and waits to store in a table that we hold meanwhile."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'seal' AND status = 'doing'"
    with world.engine.connect() as holding, world.engine.connect() as looking:
        holding.exec_driver_sql("LOCK TABLE issuer_sealed IN SHARE ROW EXCLUSIVE MODE")
        for _ in range(PATIENCE):
            if all(looking.exec_driver_sql(each).scalar_one() for each in (waits, doing)):
                break
            looking.rollback()
            time.sleep(0.1)
        else:
            pytest.fail("no worker took the chunk")
        (sealer,) = supervisor.pids("seal")
        os.kill(sealer, signal.SIGKILL)
    with world.doors()[Issuer]() as opened:
        assert opened.ledger.sealed_count() == 0


@pytest.mark.postgres
def test_workers_issue_what_was_released_and_what_a_killed_one_had(world: World) -> None:
    batch = release(world)
    assert world.desk.begin(batch) == 0
    leave_half_done(world)
    with reading(world.engine) as session:
        assert depth(session) == Depth(jobs={("plan", "doing"): 1}, stalled=1, workers=0)
    approve_fraud(world)
    with workers(world) as supervisor:
        kill_in_the_middle_of_a_chunk(world, supervisor)
        await_done(world, batch)
        await_published(world)
    with world.doors()[Issuer]() as opened:
        assert opened.ledger.sealed_count() == 2 * ISSUED  # each with its full credential
        assert opened.ledger.unsealed() == ()
    with world.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT status FROM procrastinate_jobs WHERE queue_name <> 'tend'").all()
    assert [status for (status,) in left if status == "failed"] == []


@pytest.mark.postgres
def test_the_same_work_waits_once_and_goes_with_its_transaction(world: World) -> None:
    batch = release(world)
    with world.doors()[Batches]() as opened:
        opened.jobs.defer("plan", batch)
        opened.jobs.defer("seal", "1")
        opened.store.session.rollback()
    with world.engine.connect() as connection:
        waiting = connection.exec_driver_sql("SELECT task_name, args->>'name' FROM procrastinate_jobs").all()
    assert [tuple(each) for each in waiting] == [("plan", batch)]
