"""A PostgreSQL of a bench's own, started in a folder of its own and gone afterwards; every promise of durability kept.

Not the tests' server, which trades durability for speed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

_TICKS: Final = os.sysconf("SC_CLK_TCK")
MEMORY: Final = ("shared_buffers=1GB", "max_wal_size=4GB", "effective_cache_size=4GB", "work_mem=32MB")
DURABLE: Final = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server: where it is, and what it has used."""

    folder: Path
    pid: int

    def url(self, database: str = "puente") -> str:
        """For `app.db.open_engine`."""
        return f"postgresql+psycopg://puente@/{database}?host={self.folder}"

    def ask(self, sql: str, database: str = "puente") -> list[tuple[Any, ...]]:
        """One statement, committed by itself."""
        where = {"dbname": database, "user": "puente", "host": str(self.folder)}
        with psycopg.connect(autocommit=True, **where) as connection:  # type: ignore[arg-type]  # its wide keywords
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def cpu(self) -> float:
        """Seconds of processor of the server and all its processes, those that ended included."""
        mine = _stat(self.pid)
        return sum(mine[10:14]) / _TICKS + sum(sum(_stat(pid)[10:12]) for pid in _children(self.pid)) / _TICKS


@contextmanager
def serve(settings: tuple[str, ...] = DURABLE + MEMORY) -> Iterator[Server]:
    """Raises LookupError where the machine has no PostgreSQL."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not binaries:
        raise LookupError("no PostgreSQL here: install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pbench", dir="/var/tmp"))
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    who: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    make: list[str | Path] = [
        binaries[-1] / "initdb",
        "-D",
        folder / "data",
        "-U",
        "puente",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    try:
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **who)
        options = [part for setting in settings for part in ("-c", setting)]
        run: list[str | Path] = [binaries[-1] / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(run, stdout=log, stderr=log, cwd=folder, **who)
        server = Server(folder=folder, pid=process.pid)
        try:
            _wait(server)
            server.ask("CREATE DATABASE puente", "postgres")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server) -> None:
    for _ in range(400):
        try:
            server.ask("SELECT 1", "postgres")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("PostgreSQL did not start")


def _stat(pid: int) -> list[int]:
    """The numbers of /proc/PID/stat after its state: 10 and 11 are its own time, 12 and 13 its ended children's."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return [0] * 20
    return [int(word) for word in text.rpartition(")")[2].split()[1:]][:20] if text else [0] * 20


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
