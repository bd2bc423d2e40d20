"""`puente audit` at the machine, word for word as its help tells it: what is kept outside is the checkpoint itself."""

import shutil
from pathlib import Path

from typer.testing import CliRunner

from app.cli import cli
from kernel.errors import PuenteError
from tests.app.conftest import Demo


def test_what_the_command_prints_is_what_verify_compares_with(demo: Demo, tmp_path: Path) -> None:
    data = ["--data", str(shutil.copytree(demo.out, tmp_path / "served"))]
    point = tmp_path / "punto.txt"
    made = CliRunner().invoke(cli, ["audit", "checkpoint", *data])
    point.write_text(made.stdout, "utf-8")
    assert "checkpoint-" in made.stderr
    whole = CliRunner().invoke(cli, ["audit", "verify", "--against", str(point), *data])
    assert (whole.exit_code, whole.exception) == (0, None)
    size = made.stdout.splitlines()[1]
    point.write_text(made.stdout.replace(f"\n{size}\n", f"\n{int(size) + 1}\n"), "utf-8")
    changed = CliRunner().invoke(cli, ["audit", "verify", "--against", str(point), *data])
    assert isinstance(changed.exception, PuenteError)
