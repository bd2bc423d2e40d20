"""Workers on PostgreSQL: a released batch is promised and sealed by others, and what was left is taken up again."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.db import reading
from app.demo import founding
from app.demo.cohorts import choices
from app.demo.people import TRAINING
from app.doctor import examine
from app.folder import DEMO_ENTRY
from app.jobs import Depth, depth
from app.keystore import SealedFiles
from app.metrics import Metrics
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
        assert depth(session) == Depth(jobs={("plan", "doing"): 1}, stalled=1, workers=0, failing={})
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


def queued(world: World) -> tuple[set[str], int]:
    """How jobs that plan stand, and how often one was tried; what is being done may wait a second time."""
    asked = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'plan'"
    with world.engine.connect() as connection:
        rows = connection.exec_driver_sql(asked).all()
    return {status for status, _ in rows}, max((attempts for _, attempts in rows), default=0)


def findings(world: World) -> str:
    told = examine(world.settings, lang="es")
    return "\n".join(f"{each.good} {each.words}" for each in told)


@pytest.mark.postgres
def test_who_has_no_keys_takes_no_job_and_says_what_to_bring(world: World, tmp_path: Path) -> None:
    batch = release(world)
    world.desk.begin(batch)
    work = [sys.executable, "-m", "app.cli", "work", "--data", str(tmp_path / "bare")]
    done = subprocess.run(work, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "no tiene las llaves de: formacion" in done.stderr
    assert "copie aquí la carpeta keys/" in done.stderr
    alone = [sys.executable, "-m", "app.worker", "tend", str(tmp_path / "bare")]
    with subprocess.Popen(alone, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.wait(60) == 1
        assert worker.stderr is not None
        assert "keys_missing" in worker.stderr.read()
    assert queued(world) == ({"todo"}, 0)
    bare = examine(world.settings.model_copy(update={"data": tmp_path / "none"}), lang="es")
    assert [each.words for each in bare if "Faltan las llaves" in each.words]
    assert not (tmp_path / "none").exists()


@pytest.mark.postgres
def test_keys_that_go_while_working_give_the_job_back_and_another_ends_it(world: World) -> None:
    keys, away = world.settings.data / "keys", world.settings.data / "away"
    with workers(world):
        await_heard(world)
        assert "True Hay 2 trabajadores." in findings(world)
        keys.rename(away)
        assert isinstance(world.keys, SealedFiles)
        batch = release(replace(world, keys=replace(world.keys, folder=away)))
        for _ in range(PATIENCE):
            if queued(world)[1]:
                break
            time.sleep(0.1)
        time.sleep(7)  # the next try would be after two seconds: who has no keys makes none
        assert queued(world) == ({"todo"}, 1)
        assert "False Faltan las llaves de: formacion, permisos. Con PUENTE_RUNG=K0, copie" in findings(world)
        shutil.copytree(away, keys, dirs_exist_ok=True)
        await_done(world, batch)
    with world.doors()[Issuer]() as opened:
        assert opened.ledger.sealed_count() == 2 * ISSUED


def await_heard(world: World) -> None:
    for _ in range(PATIENCE):
        with reading(world.engine) as session:
            if depth(session).workers == 2:
                return
        time.sleep(0.1)
    pytest.fail("no worker was heard")


@pytest.mark.postgres
def test_jobs_that_keep_failing_are_told(world: World) -> None:
    world.desk.begin(release(world))
    assert "False Ningún trabajador responde" in findings(world)
    with world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE procrastinate_jobs SET attempts = 2")
    assert "fallan una y otra vez" not in findings(world)
    with world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE procrastinate_jobs SET attempts = 3")
    assert "False Trabajos que fallan una y otra vez: 1." in findings(world)
    told = Metrics(world).text().decode()
    assert 'puente_jobs_failing{queue="plan"} 1.0' in told


@pytest.mark.postgres
def test_a_round_of_the_clock_that_failed_is_told_for_a_while(world: World) -> None:
    failed = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock)"
        " VALUES ('clock', 'clock', 'doing', 'clock')"
    )
    with world.engine.begin() as connection:
        connection.exec_driver_sql(failed)
        connection.exec_driver_sql("UPDATE procrastinate_jobs SET status = 'failed'")
    with reading(world.engine) as session:
        assert depth(session).failing == {"clock": 1}
    with world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE procrastinate_events SET at = at - interval '6 minutes'")
    with reading(world.engine) as session:
        assert depth(session).failing == {}
