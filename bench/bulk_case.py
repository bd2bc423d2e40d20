"""`puente bench bulk`: a cohort from CSV to durable, logged, status-indexed storage on SQLite; and memory as it grows.

Each run is a process of its own (`bench.bulk_run`), so that memory is that run's alone. Beside it, on as many rows as
fit: the path that most would write, one ORM row, one signature and one commit at a time.
"""

import json
import subprocess
import sys
from typing import Any, Final

from bench.harness import Row

BENCH: Final = "bulk"
ROWS: Final = 100_000
FEW: Final = 10_000


def run_bulk(rows: int = ROWS) -> list[Row]:
    """rows/s beside the plain path, and the peak memory beside that of a tenth of the rows."""
    few = _run("ours", min(FEW, rows // 10 or 1))
    ours = _run("ours", rows)
    plain = _run("plain", rows)
    return [
        Row(
            bench=BENCH,
            case="bulk-sqlite",
            value=ours["rate"],
            unit="rows/s",
            peer="plain",
            peer_value=plain["rate"],
            ratio=round(ours["rate"] / plain["rate"], 2),
        ),
        Row(
            bench=BENCH,
            case="rss",
            value=ours["rss"],
            unit="MiB",
            peer="a tenth of the rows",
            peer_value=few["rss"],
            ratio=round(few["rss"] / ours["rss"], 2),
        ),
        Row(
            bench=BENCH,
            case="own-cpu",
            value=ours["cpu"],
            unit="us/row",
            peer="bare sign + verify",
            peer_value=ours["bare"],
            ratio=round(ours["bare"] / ours["cpu"], 2),
        ),
    ]


def _run(what: str, rows: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.bulk_run", what, str(rows)], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
