"""A disk that is full loses nothing and doubles nothing: what was promised is sealed when there is room again (P12).

The disk is a real one, small and our own: a tmpfs, which only root may mount.
"""

import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.db import open_engine
from kernel.errors import Unavailable
from migrations.apply import upgrade
from tests.cluster import Cluster
from tests.issuer import crash_run
from tests.issuer.test_kills import CHUNK, cohort, require_whole
from tests.issuer.world import House


@contextmanager
def disk(folder: Path, mib: int) -> Iterator[Path]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def full(folder: Path, left: int = 0) -> Iterator[None]:
    """Not a byte more than `left` is to be had meanwhile."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * (1 << 16)) == 1 << 16:
                continue
        except OSError:
            pass
        file.truncate(max(0, filler.stat().st_size - left))
    try:
        yield
    finally:
        filler.unlink()


def on_sqlite(folder: Path) -> None:
    """Full at each of several moments of a batch."""
    with disk(folder, 32):
        engine = open_engine(f"sqlite:///{folder}/puente.db")
        upgrade(engine)
        house = House(engine, chunk=CHUNK).open()
        batch = house.check(cohort())
        house.release(batch)
        codes = set()
        for left in (0, 200_000, 500_000):
            with full(folder, left), pytest.raises(Unavailable) as caught:
                house.desk.run(batch)
            codes.add(caught.value.code)
        assert codes == {"disk_full"}
        house.desk.resume()
        require_whole(house, batch, [])
        engine.dispose()


def on_postgres(folder: Path, notes: Path) -> None:
    """Workers go on failing while it is full; PostgreSQL itself may go, and is started again."""
    with disk(folder, 160):
        server = Cluster(folder=folder)
        server.make("--no-sync")
        server.start()
        engine = open_engine(server.url())
        upgrade(engine)
        harness = crash_run.Harness(url=server.url(), folder=notes, dice=random.Random(5), rows=640)
        harness.house().open().engine.dispose()
        engine.dispose()
        try:
            while len([line for line in harness.acknowledged() if line.startswith("sealed")]) < 2:
                harness.tend()
            with full(folder):
                for _ in range(20):
                    harness.tend()
                    time.sleep(0.05)
            if server.process is not None and server.process.poll() is not None:
                server.start()
            crash_run.finish(harness)
            crash_run.require_whole(open_engine(server.url()), harness)
        finally:
            harness.end()
            server.kill()


if os.getuid() == 0:

    def test_sqlite_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
        on_sqlite(tmp_path)

    @pytest.mark.postgres
    def test_postgresql_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
        with tempfile.TemporaryDirectory(
            prefix="pfd", dir="/tmp"
        ) as name:  # its server is nobody's, and must get there
            Path(name).chmod(0o755)
            (Path(name) / "disk").mkdir()
            on_postgres(Path(name) / "disk", tmp_path)
