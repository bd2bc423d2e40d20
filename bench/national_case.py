"""`puente bench national [--rows N]`: a country's file from CSV to published, and what most would write beside it.

The run itself is `bench/national_run.py`'s, at N rows and at a tenth. The peers run for up to two minutes each: one ORM
row, one signature and one commit a row, and openvc-core signing alone.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite

from bench import bulk_run
from bench.harness import Row, in_process
from bench.server import serve
from bench.world import make_world

BENCH: Final = "national"
ROWS: Final = 2_200_000
PEER_SECONDS = 120.0


def run_national(rows: int = ROWS) -> list[Row]:
    """End to end, by stages, memory, growth of the cost, own processor time beside the bare operations."""
    few, ours = _run(rows // 10), _run(rows)
    whole = sum(ours["seconds"].values())
    print(f"the plain path, then openvc-core, {PEER_SECONDS:.0f} s each", file=sys.stderr, flush=True)
    plain, openvc = _plain(rows), _openvc()
    found = [
        _row("end-to-end", rows / whole, "rows/s", "plain", plain),
        _row("end-to-end, signing alone", rows / whole, "rows/s", "openvc-core", openvc),
        _row("end-to-end", whole, "s", None, None),
        *(_row(f"stage {name}", seconds, "s", None, None) for name, seconds in ours["seconds"].items()),
        _row("rss", ours["rss"], "MiB", "a tenth of the rows", few["rss"]),
        _row("disk", ours["disk"], "B/row", None, None),
    ]
    cost, least = _cost(ours), _cost(few)
    return [
        *found,
        _row("cost-growth", cost / least, "ratio", None, None),
        _row("own-cpu", cost, "us/row", "bare sign + verify", ours["bare"], better="less"),
        *(_row(f"cpu {name}", used, "us/row", None, None) for name, used in ours["cpu"].items()),
        _row("database-cpu", ours["database_cpu"], "us/row", None, None),
    ]


def _cost(run: dict[str, Any]) -> float:
    """Of all processes, the database's too."""
    return float(sum(run["cpu"].values()) + run["database_cpu"])


def _row(case: str, value: float, unit: str, peer: str | None, theirs: float | None, *, better: str = "more") -> Row:
    ratio = None if theirs is None else round(value / theirs if better == "more" else theirs / value, 2)
    value, theirs = round(value, 2), None if theirs is None else round(theirs, 2)
    return Row(bench=BENCH, case=case, value=value, unit=unit, peer=peer, peer_value=theirs, ratio=ratio)


def _run(rows: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.national_run", str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(found), file=sys.stderr)
    return found


def _plain(rows: int) -> float:
    """rows/s of the plain path on a PostgreSQL like ours."""
    with serve() as server, tempfile.TemporaryDirectory() as name:
        return float(bulk_run.run_plain(Path(name), rows, url=server.url(), limit=PEER_SECONDS)["rate"])


def _openvc() -> float:
    """Signatures a second of openvc-core, one document after another."""
    world = make_world()
    method = world.signer.method
    suite, key = EddsaJcsProofSuite(), Ed25519SigningKey(Ed25519PrivateKey.from_private_bytes(world.seed), method)
    each = in_process(lambda: suite.add_proof(world.unsigned, signing_key=key, verification_method=method))
    return 1e6 / each(PEER_SECONDS)
