"""The queue: on PostgreSQL jobs of procrastinate, deferred in the caller's own transaction; on SQLite nobody's.

The only file that knows procrastinate. Intent rows hold the truth, so a job may run twice, late or not at all: tending
hands out again what is left. A job whose worker went silent is given to another; the engine alone would not do that.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import structlog
from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from app.logs import fault_of
from kernel.errors import PuenteError
from kernel.ports import Jobs

Works = Mapping[str, Callable[[str], object]]
"""Queue -> what is done with each name that comes in it."""
Tends = Mapping[str, Callable[[], object]]
"""Name -> what the clock calls."""

HEARTBEAT: Final = 2.0
SILENT: Final = 10.0
"""Seconds after which a worker without a heartbeat is given up and its job goes to another."""
_BEAT: Final = "* * * * * */2"
_SLOW_BEAT: Final = "* * * * * */15"
_AGAIN: Final = RetryStrategy(wait=2, linear_wait=2)
_STALE: Final = "tend_jobs"
_DEPTH: Final = """
SELECT queue_name, status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY 1, 2"""
_STALLED: Final = """
SELECT count(*) FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND coalesce(worker.last_heartbeat < now() - make_interval(secs => %s), true)"""
_FAILING: Final = """
SELECT queue_name, count(*) AS jobs FROM procrastinate_jobs AS job WHERE status IN ('todo', 'doing') AND attempts >= %s
OR status = 'failed' AND EXISTS (SELECT 1 FROM procrastinate_events AS event
WHERE event.job_id = job.id AND event.type = 'failed' AND event.at >= now() - make_interval(mins => %s)) GROUP BY 1"""
_TRIES: Final = 3
_LATELY: Final = 5
"""Minutes in which a failed round of the clock still counts: it is not tried again, its next round is."""
_HEARD: Final = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= now() - make_interval(secs => %s)"
_log = structlog.get_logger()


def has_workers(engine: Engine | Connection) -> bool:
    """Whether a database has a queue: PostgreSQL has, SQLite's one process does all itself."""
    return engine.dialect.name == "postgresql"


class Nobody:
    """Jobs where this process does all the work."""

    def defer(self, work: Literal["plan", "seal"], /, *names: str) -> None:
        """Nothing waits: who promised goes on."""


NOBODY: Final = Nobody()


@dataclass(frozen=True)
class Queue:
    """Jobs on one session of PostgreSQL."""

    session: Session

    def defer(self, work: Literal["plan", "seal"], /, *names: str) -> None:
        wanted = {f"{work}:{name}": name for name in names}
        # Whoever tends names hundreds again and again: one question, and no refused INSERT for each that waits.
        waiting = set(self.session.execute(_WAITING, {"locks": list(wanted)}).scalars())
        for once, name in wanted.items():
            if once not in waiting:
                self._defer(work, once, name)

    def _defer(self, work: str, once: str, name: str) -> None:
        try:
            with self.session.begin_nested():  # its savepoint begins when the connection is asked for inside it
                connection = self.session.connection().connection.driver_connection
                _DEFERRING.configure_task(
                    work, queue=work, queueing_lock=once, lock=once, allow_unknown=True, connection=connection
                ).defer(name=name)
        except AlreadyEnqueued:
            return


_WAITING: Final = text(
    "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:locks)"
)
_DEFERRING: Final = App(connector=SyncPsycopgConnector())


def jobs_of(session: Session) -> Jobs:
    """The queue of a session's database."""
    return Queue(session) if has_workers(session.get_bind()) else NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class Depth:
    """What is in the queue: (queue, state) -> jobs; those of silent workers; workers that are heard.

    `failing`: queue -> jobs that were tried three times and are not done, and rounds of the clock that failed just now.
    """

    jobs: Mapping[tuple[str, str], int]
    stalled: int
    workers: int
    failing: Mapping[str, int]


def depth(session: Session) -> Depth:
    """Of this session's database; nothing where it has no queue."""
    if not has_workers(session.get_bind()):
        return Depth(jobs={}, stalled=0, workers=0, failing={})
    ask = session.connection().exec_driver_sql
    return Depth(
        jobs={(queue, state): count for queue, state, count in ask(_DEPTH).all()},
        stalled=ask(_STALLED, (SILENT,)).scalar_one(),
        workers=ask(_HEARD, (SILENT,)).scalar_one(),
        failing={each.queue_name: each.jobs for each in ask(_FAILING, (_TRIES, _LATELY)).all()},
    )


def work(url: str, works: Works, *, tends: Tends) -> None:
    """Do the jobs of these queues, one of each at a time, until told to stop; with `tends` also what the clock calls.

    Ends with ConnectorException when the database goes: a supervisor starts it again.
    """
    for name in ("procrastinate", "psycopg", "psycopg.pool"):
        logging.getLogger(name).disabled = True  # their lines hold what an error says, which may be a value of a row
    asyncio.run(_work(url, works, tends))


async def _work(url: str, works: Works, tends: Tends) -> None:
    libpq = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=libpq, min_size=1, max_size=4))
    for queue, do in works.items():
        app.task(name=queue, queue=queue, retry=_AGAIN)(_told(queue, do))
    if tends:
        _keep_stalled(app)
    for name, tend in tends.items():
        _keep_tending(app, name, tend)
    async with app.open_async():
        await app.run_worker_async(
            queues=[*works, *tends, *([_STALE] if tends else [])],
            concurrency=len(works) + len(tends) + bool(tends),
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=SILENT,
            delete_jobs="successful",
        )


def _told(queue: str, do: Callable[[str], object]) -> Callable[..., None]:
    """`do`, as a plain function, so that a thread runs it and the heartbeat goes on; a failure is told by its code."""

    def run(name: str) -> None:
        done = False
        try:
            do(name)
            done = True
        finally:
            if not done:
                fault = sys.exc_info()[1]
                code = fault.code if isinstance(fault, PuenteError) else "internal"
                _log.error("job_left", step=queue, code=code, **fault_of(fault))

    return run


def _keep_stalled(app: App) -> None:
    @app.periodic(cron=_BEAT)
    @app.task(name=_STALE, queue=_STALE, queueing_lock=_STALE)
    async def tend_jobs(timestamp: int) -> None:  # noqa: ARG001 - the engine's
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
            await _give_again(app, job)


def _keep_tending(app: App, name: str, tend: Callable[[], object]) -> None:
    """One worker of all at a time; what is late is not made up for."""

    @app.periodic(cron=_SLOW_BEAT)
    @app.task(name=name, queue=name, queueing_lock=name, lock=name)
    def tend_rest(timestamp: int) -> None:  # noqa: ARG001 - the engine's
        _told(name, lambda _: tend())("")


async def _give_again(app: App, job: Job) -> None:
    """To another worker; where the same work waits already, that one stands for both."""
    _log.warning("job_taken_again", step=job.task_name)
    try:
        await app.job_manager.retry_job(job)
    except (AlreadyEnqueued, ConnectorException):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


__all__: list[Any] = ["NOBODY", "Jobs", "Nobody", "Queue", "Works", "has_workers", "jobs_of", "work"]
