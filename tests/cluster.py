"""A PostgreSQL that tests kill and start again, in a folder of its own."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import CLUSTER, postgres_binaries, run_as


@dataclass
class Cluster:
    """A PostgreSQL that can be killed and started again."""

    folder: Path
    settings: tuple[str, ...] = ("max_connections=40", "shared_buffers=64MB", "fsync=off")
    process: subprocess.Popen[bytes] | None = None
    name: str = "data"
    port: int = 5432

    @property
    def data(self) -> Path:
        return self.folder / self.name

    @property
    def binaries(self) -> Path:
        found = postgres_binaries()
        if found is None:
            raise LookupError("no PostgreSQL")
        return found

    def make(self) -> None:
        who = run_as(self.folder)
        make = [self.binaries / "initdb", "-D", self.data, *CLUSTER]
        subprocess.run(make, check=True, capture_output=True, cwd=self.folder, **who)  # type: ignore[call-overload]  # who runs it

    def start(self) -> None:
        options = [part for setting in (*self.settings, f"port={self.port}") for part in ("-c", setting)]
        run = [self.binaries / "postgres", "-D", self.data, "-k", self.folder, "-h", "", *options]
        with (self.folder / "log").open("ab") as log:
            who = run_as(self.folder)
            self.process = subprocess.Popen(run, stdout=log, stderr=log, cwd=self.folder, **who)  # type: ignore[call-overload]  # who runs it
        for _ in range(400):
            try:
                self.ask("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError((self.folder / "log").read_text()[-800:])

    def follow(self, other: "Cluster", *, name: str) -> None:
        """Become a copy of another that follows it under that name; both live in one folder, on ports of their own."""
        source = f"host={self.folder} port={other.port} user=puente application_name={name}"
        copy = [self.binaries / "pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", source]
        subprocess.run(copy, check=True, capture_output=True, cwd=self.folder, **run_as(self.folder))  # type: ignore[call-overload]  # who runs it

    def promote(self) -> None:
        """Take the place of the one that is gone."""
        self.ask("SELECT pg_promote(true, 30)")

    def ask(self, sql: str) -> None:
        where: dict[str, Any] = {"dbname": "postgres", "user": "puente", "host": str(self.folder), "port": self.port}
        with psycopg.connect(autocommit=True, **where) as connection:
            connection.execute(sql.encode())

    def url(self) -> str:
        return f"postgresql+psycopg://puente@/postgres?host={self.folder}&port={self.port}"

    def kill(self) -> None:
        """The postmaster and every process under it, at once."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for each in (pid, *map(int, children)):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def cut(self) -> None:
        """Every connection but the one that says so."""
        self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


@contextmanager
def cluster(**how: Any) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="pcr", dir="/tmp", ignore_cleanup_errors=True) as name:
        made = Cluster(folder=Path(name), **how)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.kill()
