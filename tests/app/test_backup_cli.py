"""app/backup_cli.py and the other commands that make a secret: what lies there already is kept."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from kernel.errors import Conflict


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize("command", [("operator",), ("halves", "luis.txt")])
def test_a_secret_that_lies_there_is_never_written_over(tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *before = command
    first = tmp_path / "ana.txt"
    asked = (name, *(tmp_path / one for one in before), first)
    assert run(*asked).exit_code == 0
    kept = first.read_bytes()
    for one in before:
        (tmp_path / one).unlink()
    again = run(*asked)
    assert isinstance(again.exception, Conflict), again.output
    assert (again.exception.code, again.stdout) == ("name_taken", "")
    assert first.read_bytes() == kept
    assert [file.name for file in tmp_path.iterdir()] == [first.name]
