"""`puente bench [NAME…] [--json]`: runs the named benches (all by default) and prints a table or a JSON list."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Final

from bench.browser_case import run_browser
from bench.bulk_case import run_bulk
from bench.delta_case import run_delta
from bench.harness import Row, table
from bench.kernel_cases import run_kernel

BENCHES: Final[dict[str, tuple[Callable[[], list[Row]], ...]]] = {
    "kernel": (run_kernel, run_browser),
    "bulk": (run_bulk,),
    "delta": (run_delta,),
}


def main() -> int:
    """Exit 0 when every bench ran."""
    parser = argparse.ArgumentParser(prog="puente bench", description="Measure beside named peers, interleaved.")
    parser.add_argument("name", nargs="*", choices=[*BENCHES, []], help="which benches; all by default")
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
    asked = parser.parse_args()
    found: list[Row] = []
    for name in asked.name or BENCHES:
        for run in BENCHES[name]:
            print(f"bench {name}…", file=sys.stderr)
            found += run()
    print(json.dumps([row.to_json() for row in found], indent=1) if asked.json else table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
