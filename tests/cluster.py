"""A PostgreSQL that tests kill and start again, in a folder of its own."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.server import Server, run_as
from tests.databases import quick_place


@dataclass(kw_only=True)
class Cluster(Server):
    """A PostgreSQL that can be killed and started again."""

    settings: tuple[str, ...] = ("max_connections=40", "shared_buffers=64MB", "fsync=off")

    def follow(self, other: "Cluster", *, name: str) -> None:
        """Become a copy of another that follows it under that name; both live in one folder, on ports of their own."""
        source = f"host={self.folder} port={other.port} user=puente application_name={name}"
        copy: list[str | Path] = [
            self.binaries / "pg_basebackup",
            "-D",
            self.data,
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "-d",
            source,
        ]
        subprocess.run(copy, check=True, capture_output=True, cwd=self.folder, **run_as(self.folder))

    def promote(self) -> None:
        """Take the place of the one that is gone."""
        self.ask("SELECT pg_promote(true, 30)")

    def kill(self) -> None:
        """The postmaster and every process under it, at once."""
        assert self.process is not None
        for each in (self.process.pid, *self.children()):
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
    with tempfile.TemporaryDirectory(prefix="pcr", dir=quick_place(), ignore_cleanup_errors=True) as name:
        made = Cluster(folder=Path(name), **how)
        made.make("--no-sync")
        made.start()
        try:
            yield made
        finally:
            made.kill()
