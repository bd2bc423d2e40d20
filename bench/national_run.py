"""A country's run, stage by stage, each in processes of its own: `python -m bench.national_run ROWS` tells figures.

The whole way by the product's own parts: two API keys, the operator's check, proposal and release, the queue with two
sealers and a planner under a supervisor, publishing. Every signature is checked before it is stored.
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair

from app.db import transaction
from app.demo import founding
from app.demo.people import PERMITS
from app.folder import DEMO_ENTRY
from app.opening import open_world
from app.provide import World
from app.publish import publish
from app.settings import Settings
from bench.bulk_run import NAMES, SURNAMES
from bench.server import Server, serve
from kernel.status import USED
from kit.api_keys import KeyRequest, make_key
from schemas.row_types import TYPES

_PUBLIC, _SECRET = crypto_sign_seed_keypair(b"\x07" * 32)
_WORDS: Final = b"\x5a" * 64
_PROBES: Final = 100
"""Pairs of bare operations at a time: a hundredth of a second."""
_EACH: Final = 10.0
"""Seconds between two lines about how far it is."""
_PAIRS: Final = 18
"""Pairs of lists that a country's rows fill; fewer rows have them all too, so that costs compare."""


@dataclass
class Meter:
    """Seconds and processor seconds of each stage; the database's apart."""

    server: Server
    seconds: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    rss: dict[str, float] = field(default_factory=dict)
    bare: list[float] = field(default_factory=list)
    database: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        _tell(name)
        began, own, theirs, taken = time.monotonic(), _own_cpu(), self.server.cpu(), sum(self.bare)
        yield
        self.seconds[name] = time.monotonic() - began
        self.cpu[name] = _own_cpu() - own - (sum(self.bare) - taken) * _PROBES / 1e6
        self.rss[name] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.database += self.server.cpu() - theirs
        _tell(f"{name}: {self.seconds[name]:.1f} s")

    def probe(self) -> None:
        """A bare signature and a bare verification, us of processor, while the others are at work."""
        began = time.process_time()
        for _ in range(_PROBES):
            crypto_sign_open(crypto_sign(_WORDS, _SECRET), _PUBLIC)
        self.bare.append((time.process_time() - began) / _PROBES * 1e6)


def _tell(words: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {words}", file=sys.stderr, flush=True)


def _own_cpu() -> float:
    """Of this process and of all that ended under it; the server still runs, so it is not among them."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def run(rows: int, folder: Path) -> dict[str, Any]:
    """All stages for so many rows to issue."""
    cohort = folder / "cohort.csv"
    write_permits(cohort, rows)
    with serve() as server:
        data = folder / "data"
        keys = _found(data, server)
        meter = Meter(server)
        options = ["--data", str(data), "--json"]
        what = ["--type", "C01", "--as-of", "2025-11-20", "--reason", "bench"]
        with meter.stage("check"):
            batch = _puente(keys["officer"], server, "batches", "check", str(cohort), *what, *options)
        _puente(keys["officer"], server, "batches", "propose", batch["id"], *options)
        release = ["batches", "release", batch["id"], "--digest", batch["digest"], "--accept-errors", "--no-wait"]
        with meter.stage("issue"):
            _puente(keys["approver"], server, *release, *options)
            planned = _issue(data, meter, batch["id"], rows)
        with meter.stage("publish"):
            command = [*_env(server), sys.executable, "-m", "bench.national_run", "publish", str(data), server.url()]
            subprocess.run(command, check=True)
        _require(server, rows)
        return {
            "rows": rows,
            "seconds": meter.seconds,
            "planned": planned,
            "bare": statistics.median(meter.bare),
            "cpu": {name: value / rows * 1e6 for name, value in meter.cpu.items()},
            "database_cpu": meter.database / rows * 1e6,
            "rss": max(meter.rss.values()),
            "rss_until": meter.rss,
            "disk": server.ask("SELECT pg_database_size('puente')")[0][0] / rows,
            "load": os.getloadavg(),
        }


def write_permits(path: Path, rows: int) -> None:
    """A country's permits: so many rows that issue, all until the regime's end, and one row in error beside 500."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([field.es for field in TYPES["C01"].fields])
        for n in range(rows):
            name = f"{NAMES[n % len(NAMES)]} {SURNAMES[n % len(SURNAMES)]}"
            out.writerow([name, f"000{n + 1:09}", "VEN", "vigente", "no" if n % 50 == 0 else "Sí", "30/05/2031"])
            if n % 500 == 0:
                out.writerow([name, "", "VEN", "vigente", "Sí", "30/05/2031"])


def _issue(data: Path, meter: Meter, batch: str, rows: int) -> float:
    """Two sealers and a planner until the batch is done; gives after how many seconds all was promised."""
    server = meter.server
    command = [*_env(server), sys.executable, "-m", "app.cli", "work", "--processes", "2", "--data", str(data)]
    workers = subprocess.Popen(command)
    began, planned, told = time.monotonic(), 0.0, 0.0
    how_far = f"SELECT state, issue + skip + error = cursor FROM issuer_batch, issuer_progress WHERE id = '{batch}'"
    try:
        with server.asking() as ask:
            state = "released"
            while state != "done":
                time.sleep(0.5)
                meter.probe()
                state, is_planned = ask(how_far)[0]
                passed = time.monotonic() - began
                planned = planned or (passed if is_planned else 0.0)
                if passed - told > _EACH:
                    told = passed
                    _tell(f"{ask('SELECT coalesce(sum(size), 0) FROM issuer_log_chunk')[0][0]} of {rows} sealed")
    finally:
        workers.terminate()
        workers.wait()
    return planned


def _require(server: Server, rows: int) -> None:
    """Each row is there once, with places of its own; a bench of something else would be worth nothing."""
    ask = "SELECT count(*), count(DISTINCT (pair, revocation)), count(DISTINCT (pair, suspension)) FROM issuer_intent"
    found = server.ask(ask)[0] + server.ask("SELECT count(*) FROM issuer_sealed")[0]
    if found != (rows,) * 4:
        raise RuntimeError(f"{found} of {rows} rows")


def _env(server: Server) -> list[str]:
    """What puts a command into the server's world."""
    return ["env", f"PUENTE_DATABASE={server.url()}", f"PUENTE_ENTRY={DEMO_ENTRY}", "PUENTE_LANG=en"]


def _puente(key: str, server: Server, *command: str) -> Any:
    """The operator's command in a process of its own, and what it prints."""
    whole = [*_env(server), f"PUENTE_KEY={key}", sys.executable, "-m", "app.cli", *command]
    done = subprocess.run(whole, check=False, stdout=subprocess.PIPE)
    if done.returncode and not (done.returncode == 1 and command[:2] == ("batches", "check")):  # rows in error
        done.check_returncode()
    return json.loads(done.stdout)


def _settings(data: Path, url: str) -> Settings:
    own = {"env": "development", "data": data, "database": url, "entry": DEMO_ENTRY, "approvals": 2, "waiving": 2}
    return Settings().model_copy(update={**own, "announced_days": 0})


def _found(data: Path, server: Server) -> dict[str, str]:
    """One issuer with room for a country, its first bundle, and a key for each of two people."""
    issuer = replace(PERMITS, lists=("C01",) * _PAIRS)
    with open_world(_settings(data, server.url())) as world:
        founding.found(world, issuers=(issuer,))
        return {role: _key(world, name, role) for name, role in (("oscar", "officer"), ("marta", "approver"))}


def _key(world: World, name: str, role: str) -> str:
    who = PERMITS.person(name, role)
    ask = KeyRequest(person=who.person, roles=who.roles, issuer=who.issuer, centre=None, life=timedelta(days=1))
    with transaction(world.engine) as session:
        return make_key(session, ask, env="dev", now=world.clock.now(), random=world.random)


def main() -> None:
    """ROWS, or the one stage that needs a process of its own and has no command."""
    if sys.argv[1] == "publish":
        data = Path(sys.argv[2])
        with open_world(_settings(data, sys.argv[3])) as world:
            publish(world)
        return
    rows = int(sys.argv[1])
    if rows > _PAIRS * USED:
        raise SystemExit(f"at most {_PAIRS * USED} rows")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        print(json.dumps(run(rows, Path(name))))


if __name__ == "__main__":
    main()
