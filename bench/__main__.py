"""`puente bench [NAME…] [--json] [--frames N]`: runs the named benches (all by default); prints a table or JSON."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Final

from bench.browser_case import run_browser
from bench.bulk_case import run_bulk
from bench.camera.page_case import run_page
from bench.camera.pictures_case import FRAMES, run_pictures
from bench.delta_case import run_delta
from bench.harness import Row, table
from bench.kernel_cases import run_kernel
from bench.national_case import ROWS, run_national

Run = Callable[[], list[Row]]


def benches(frames: int, rows: int) -> dict[str, tuple[Run, ...]]:
    """The benches by name; `frames` is how many pictures each cell of the camera's has, `rows` a country."""
    return {
        "kernel": (run_kernel, run_browser),
        "bulk": (run_bulk,),
        "delta": (run_delta,),
        "national": (lambda: run_national(rows),),
        "camera": (lambda: run_pictures(frames), run_page),
    }


NAMES: Final = tuple(benches(FRAMES, ROWS))
LONG: Final = "national"
"""Runs only when it is asked for: it takes most of an hour with its peers."""


def main() -> int:
    """Exit 0 when every bench ran."""
    parser = argparse.ArgumentParser(prog="puente bench", description="Measure beside named peers, interleaved.")
    parser.add_argument("name", nargs="*", choices=[*NAMES, []], help="which benches; all but national by default")
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
    parser.add_argument("--frames", type=int, default=FRAMES, help="camera: pictures a cell")
    parser.add_argument("--rows", type=int, default=ROWS, help="national: rows to issue")
    asked = parser.parse_args()
    found: list[Row] = []
    runs = benches(asked.frames, asked.rows)
    for name in asked.name or (name for name in NAMES if name != LONG):
        for run in runs[name]:
            print(f"bench {name}…", file=sys.stderr)
            found += run()
    print(json.dumps([row.to_json() for row in found], indent=1) if asked.json else table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
