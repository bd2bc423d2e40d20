"""The crash harness: a batch is issued while planner, sealers, client, connections and PostgreSQL itself are killed.

`python -m tests.issuer.crash_run KILLS` is the long run. Outside of the database stands a ledger of acknowledgements,
forced to the disk line by line; after everything each acknowledged row must be there, once. Workers are forks, so a
kill costs milliseconds; each starts on a clock that has jumped.
"""

import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from app.db import open_engine
from issuer import audit
from issuer.cohort_file import COLUMNS
from issuer.rows import LEAF_BITS
from kernel.errors import Conflict, PuenteError
from kernel.issued_log import Frontier
from migrations.apply import upgrade
from tests.cluster import Cluster, cluster
from tests.fakes import NOON, FixedClock, MemoryKeyStore, SeededRandom
from tests.issuer.world import House

ROWS_A_KILL = 48
CHUNK = 64
WHERE = ("planner", "sealer", "other", "client")
_MOVED = (
    "SELECT (SELECT sum(cursor) FROM issuer_progress), (SELECT count(*) FROM issuer_sealed), "
    "(SELECT count(*) FROM issuer_batch WHERE state = 'done')"
)


def cohort(rows: int) -> bytes:
    lines = [f"000202541701,290801106,01,{n:012d},Rincón Yépez,Julián,3,28/09/2025" for n in range(1, rows + 1)]
    return "\n".join([",".join(COLUMNS), *lines, ""]).encode()


@dataclass
class Harness:
    """Who works on one database, who of them is killed, and what they have acknowledged."""

    url: str
    folder: Path
    dice: random.Random
    rows: int
    running: dict[str, ForkProcess] = field(default_factory=dict)
    births: int = 0
    keys: MemoryKeyStore = field(default_factory=MemoryKeyStore)

    def house(self, jump: int = 0) -> House:
        """The same keys for everybody; the clock may have jumped."""
        clock = FixedClock(at=NOON + timedelta(hours=jump))
        random_ = SeededRandom(f"{self.births}")
        return House(open_engine(self.url), clock=clock, random=random_, keys=self.keys, chunk=CHUNK)

    def acknowledge(self, line: str) -> None:
        """Outside of the database, and on the disk before anything else happens."""
        with (self.folder / "acknowledged").open("a") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())

    def acknowledged(self) -> list[str]:
        file = self.folder / "acknowledged"
        return [line for line in file.read_text().splitlines() if line] if file.exists() else []

    def tend(self) -> None:
        """Whoever is gone is there again."""
        for name in WHERE:
            process = self.running.get(name)
            if process is None or not process.is_alive():
                self.births += 1
                work = {"planner": _plan, "client": _ask}.get(name, _seal)
                jump = self.dice.choice((0, 0, -48, 72))
                fork = multiprocessing.get_context("fork")
                self.running[name] = fork.Process(target=_born, args=(self, work, jump), daemon=True)
                self.running[name].start()

    def end(self) -> None:
        for process in self.running.values():
            process.kill()
            process.join()


def _born(harness: Harness, work: Callable[[Harness, House], None], jump: int) -> None:
    os.close(2)  # a worker whose database goes away ends with a long tale
    os.open(os.devnull, os.O_WRONLY)
    work(harness, harness.house(jump))


def _plan(harness: Harness, house: House) -> None:
    while True:
        with house.batches() as batches:
            released = batches.store.released()
        for batch in released:
            for _ in house.desk.plan(batch):
                pass
            house.desk.end(batch)
        time.sleep(0.01)


def _seal(harness: Harness, house: House) -> None:
    while True:
        with house.issuer() as issuer:
            waiting = list(issuer.ledger.unsealed())
        random.Random(os.getpid()).shuffle(waiting)
        for first in waiting[:4]:
            try:
                sealed = house.desk.seal_chunk(first)
            except Conflict:  # another was faster
                continue
            if sealed:
                harness.acknowledge(f"sealed {first}")
        time.sleep(0.005)


def _ask(harness: Harness, house: House) -> None:
    """A client that never believes an answer: it sends the same file again and again, and releases it again, also where
    who was killed before it had proposed it already."""
    while True:
        batch = house.check(cohort(harness.rows))
        harness.acknowledge(f"batch {batch}")
        try:
            with suppress(PuenteError):
                house.propose(batch)
            house.approve(batch)
        except PuenteError:
            time.sleep(0.05)
        else:
            harness.acknowledge(f"released {batch}")


def torment(harness: Harness, server: Cluster, kills: int) -> dict[str, int]:
    """So many kills at random moments; gives how many of each sort."""
    counts: dict[str, int] = {}
    while sum(counts.values()) < kills:
        harness.tend()
        time.sleep(harness.dice.random() * 0.12)
        what = harness.dice.choices((*WHERE, "connections", "server"), weights=(6, 8, 8, 3, 2, 1))[0]
        if what == "server":
            server.kill()
            server.start()
        elif what == "connections":
            server.cut()
        else:
            harness.running[what].kill()
            harness.running[what].join()
        counts[what] = counts.get(what, 0) + 1
    return counts


def finish(harness: Harness, *, seconds: float = 120.0) -> None:
    """Let them end what is left, undisturbed. Raises TimeoutError where nothing moves for so many seconds."""
    house = harness.house()
    ask = text(_MOVED)
    deadline, before = time.monotonic() + seconds, None
    while time.monotonic() < deadline:
        harness.tend()
        with house.engine.connect() as connection:
            now = connection.execute(ask).one()
        if now != before:
            deadline, before = time.monotonic() + seconds, now
        if now[2]:
            harness.end()
            house.engine.dispose()
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing moves any more: rows gone through, sealed, batches done: {before}")


def require_whole(engine: Engine, harness: Harness) -> None:
    """Every row once, no place twice, every acknowledgement kept, log and audit chain whole."""
    house = harness.house()
    with house.issuer() as issuer:
        session = issuer.ledger.session

        def ask(sql: str) -> Any:
            return session.execute(text(sql)).one()

        rows = harness.rows
        counted = "count(*), count(DISTINCT n), count(DISTINCT idem), count(DISTINCT payload)"
        assert tuple(ask(f"SELECT {counted} FROM issuer_intent")) == (rows,) * 4
        for place in ("revocation", "suspension"):
            assert ask(f"SELECT count(DISTINCT (pair, {place})) FROM issuer_intent")[0] == rows
        assert tuple(ask("SELECT count(*), count(DISTINCT n) FROM issuer_sealed")) == (rows, rows)
        assert tuple(ask("SELECT min(n), max(n) FROM issuer_sealed")) == (1 << LEAF_BITS, (1 << LEAF_BITS) + rows - 1)
        chunks = list(issuer.ledger.leaves_after(1, 0))
        assert sum(map(len, chunks)) == 32 * rows
        audit.recompute(session)
        told = ask("SELECT count(*), count(DISTINCT object) FROM issuer_audit WHERE act = 'chunk_sealed'")
        assert tuple(told) == (len(chunks), len(chunks))
        edge = Frontier()
        for chunk in chunks:
            edge = edge.append(tuple(chunk[at : at + 32] for at in range(0, len(chunk), 32)))
        assert edge.size == rows
        firsts, batches = (
            set(session.execute(text("SELECT first FROM issuer_log_chunk")).scalars()),
            set(session.execute(text("SELECT id FROM issuer_batch")).scalars()),
        )
    sealed = [int(line.split()[1]) for line in harness.acknowledged() if line.startswith("sealed ")]
    assert len(sealed) == len(set(sealed))
    assert set(sealed) <= firsts
    assert len(batches) == 1
    assert {line.split()[1] for line in harness.acknowledged() if not line.startswith("sealed ")} == batches
    house.engine.dispose()
    engine.dispose()


def run(kills: int, *, rows: int | None = None, seed: int = 7) -> dict[str, int]:
    """A whole run; gives the kills by sort and the acknowledgements."""
    with cluster() as server, tempfile.TemporaryDirectory() as name:
        engine = open_engine(server.url())
        upgrade(engine)
        harness = Harness(
            url=server.url(), folder=Path(name), dice=random.Random(seed), rows=rows or kills * ROWS_A_KILL
        )
        house = harness.house().open()
        house.engine.dispose()
        engine.dispose()
        try:
            counts = torment(harness, server, kills)
            finish(harness)
        finally:
            harness.end()
        require_whole(engine, harness)
        return {**counts, "acknowledged": len(harness.acknowledged())}


if __name__ == "__main__":
    print(run(int(sys.argv[1])))
