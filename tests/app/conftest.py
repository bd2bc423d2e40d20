"""The founded world of the journeys, and one run of the demo, for tests of the app around the stories."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from app.demo.run import run_demo
from tests.journeys.conftest import founded_postgres, founded_sqlite, place, plain
from tests.once import once

__all__ = ["demo", "founded_postgres", "founded_sqlite", "place", "plain"]


PORT = 8731
"""Where the demo is told to serve: not where it does untold, so that one kept fast somewhere is seen."""


@dataclass(frozen=True)
class Demo:
    """What one run of the demo left, and what it said."""

    out: Path

    @cached_property
    def told(self) -> str:
        """What stood on the terminal; empty where the run did not end well."""
        return self.out.with_suffix(".told").read_text()

    @cached_property
    def report(self) -> list[dict[str, Any]]:
        """report.json."""
        found: list[dict[str, Any]] = self.read("report.json")
        return found

    def read(self, name: str) -> Any:
        """A JSON file of the folder."""
        return json.loads((self.out / name).read_text("utf-8"))

    def row(self, name: str) -> dict[str, Any]:
        """The report's line of that name."""
        (found,) = (row for row in self.report if row["name"] == name)
        return found

    def text(self, name: str) -> str:
        """The text of its codes, frames one a line."""
        return (self.out / "qr" / f"{name}.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run once: workers of one run of the tests share it, and nobody writes into it."""

    def make(out: Path) -> None:
        said = io.StringIO()
        with redirect_stdout(said):
            ended_well = run_demo(out, cohort=None, lang="es", port=PORT)
        out.with_suffix(".told").write_text(said.getvalue() if ended_well else "")

    return Demo(once(tmp_path_factory, "demo", make))
