"""One bulk run in a process of its own: `python -m bench.bulk_run ours|plain ROWS` prints {rate, rss, cpu, bare}."""

import csv
import json
import resource
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair
from sqlmodel import Field, Session, SQLModel

from app.db import open_engine
from app.demo import founding
from app.demo.people import TRAINING
from app.folder import DEMO_ENTRY
from app.opening import open_world
from app.provide import World
from app.settings import Settings
from bench import plain
from bench.harness import in_process
from bench.world import make_world
from issuer.batches.service import Batches
from issuer.cohort_file import COLUMNS, OPERATOR
from schemas.issuance import CohortChoices

NAMES: Final = ("Andreína", "Julián", "Zoë", "Héctor", "Luis Ángel", "Fabián", "Marisol", "José Gregorio")
SURNAMES: Final = ("Márquez Carrillo", "Rincón Yépez", "D'Angelo Müller", "Villalobos Ñañez", "Pérez-Peña Urdaneta")
_PLAIN_SECONDS: Final = 5.0


def write_cohort(path: Path, rows: int) -> None:
    """A SECCL export of so many rows that issue, and one in twenty beside them that does not."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for n in range(rows):
            judgement = "341"[n % 3]
            out.writerow(_row(n, judgement))
            if n % 20 == 0:
                out.writerow(_row(rows + n, "2"))


def _row(n: int, judgement: str) -> list[str]:
    names = (SURNAMES[n % len(SURNAMES)], NAMES[n % len(NAMES)])
    return [
        "000202541701",
        "290801106",
        f"{n % 40:02}",
        f"000{n + 1:09}",
        *names,
        judgement,
        f"{1 + n % 28:02}/09/2025",
    ]


def run_ours(folder: Path, rows: int) -> dict[str, Any]:
    """The whole way: check, release, intents, signatures each verified, passes, leaves, audit, commits."""
    cohort = folder / "cohort.csv"
    write_cohort(cohort, rows)
    data = folder / "data"
    founding.clear(data)
    settings = Settings().model_copy(
        update={"env": "demo", "data": data, "entry": DEMO_ENTRY, "approvals": 2, "waiving": 2, "announced_days": 0}
    )
    with open_world(settings) as world:
        founding.found(world)
        before, cpu = time.perf_counter(), time.process_time()
        sealed = _issue(world, cohort)
        wall, cpu = time.perf_counter() - before, time.process_time() - cpu
    if sealed != rows:
        raise RuntimeError(f"{sealed} passes of {rows} rows")
    return {"rate": round(rows / wall, 1), "cpu": round(cpu / rows * 1e6, 1), "bare": bare(), "rss": _peak()}


def _issue(world: World, cohort: Path) -> int:
    choices = CohortChoices(as_of=date(2025, 11, 20), norm_versions={"290801106": 1})
    officer, approver = TRAINING.person("oscar", "officer"), TRAINING.person("marta", "approver")
    doors = world.doors()
    with cohort.open("rb") as source, doors[Batches]() as opened:
        batch = opened.check_cohort(source, choices, by=officer, bound=OPERATOR)
    with doors[Batches]() as opened:
        opened.propose(batch, by=officer)
    with doors[Batches]() as opened:
        digest = opened.store.batch(batch, issuer=None, centre=None).digest.hex()
        opened.release(batch, by=approver, digest=digest, accept_errors=True)
    return world.desk.run(batch)


def bare() -> float:
    """A bare signature and a bare verification of 64 bytes by the same library, us."""
    public, secret = crypto_sign_seed_keypair(b"\x07" * 32)
    signed = crypto_sign(b"\x5a" * 64, secret)
    sign = in_process(lambda: crypto_sign(b"\x5a" * 64, secret))
    check = in_process(lambda: crypto_sign_open(signed, public))
    return round(sign(0.3) + check(0.3), 1)


class PlainRow(SQLModel, table=True):
    """The row of the plain path."""

    __tablename__ = "bench_plain"
    id: int | None = Field(default=None, primary_key=True)
    document: str


def run_plain(folder: Path, rows: int, *, url: str | None = None, limit: float = _PLAIN_SECONDS) -> dict[str, Any]:
    """One ORM row, one signature, one commit at a time, until `limit` seconds are over or all rows are done."""
    world = make_world()
    options = {name: value for name, value in world.secured["proof"].items() if name != "proofValue"}
    engine = open_engine(url or f"sqlite:///{folder / 'plain.db'}")
    SQLModel.metadata.tables["bench_plain"].create(engine)
    cohort = folder / "cohort.csv"
    write_cohort(cohort, min(rows, int(limit * 4_000)))
    before, done = time.perf_counter(), 0
    with cohort.open(encoding="utf-8", newline="") as file, Session(engine) as session:
        for row in islice(csv.DictReader(file), rows):
            name = f"{row['Nombre']} {row['Apellidos']}"
            subject = {**world.unsigned["credentialSubject"], "name": name, "idTail": row["Documento"][-4:]}
            secured = plain.issue({**world.unsigned, "credentialSubject": subject}, options, world.seed)
            session.add(PlainRow(document=json.dumps(secured)))
            session.commit()
            done += 1
            if time.perf_counter() - before > limit:
                break
    return {"rate": round(done / (time.perf_counter() - before), 1), "rss": _peak()}


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run = {"ours": run_ours, "plain": run_plain}[sys.argv[1]]
        print(json.dumps(run(Path(name), int(sys.argv[2]))))
