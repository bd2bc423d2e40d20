"""app/backup_cli.py and `puente halves`: a secret that lies there is kept; a refusal is about copies and operators."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from app.db import bring_up_to_date, open_engine
from kernel.errors import Conflict

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize("command", [("operator",), ("halves", "luis.txt")])
def test_a_secret_that_lies_there_is_never_written_over(tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *before = command
    first = tmp_path / "ana.txt"
    asked: tuple[str | Path, ...] = (name, *(tmp_path / one for one in before), first)
    assert run(*asked).exit_code == 0
    kept = first.read_bytes()
    for one in before:
        (tmp_path / one).unlink()
    again = run(*asked)
    assert isinstance(again.exception, Conflict), again.output
    assert (again.exception.code, again.stdout) == ("name_taken", "")
    assert first.read_bytes() == kept
    assert [file.name for file in tmp_path.iterdir()] == [first.name]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database, the secrets of three operators, and a copy sealed to the first two."""
    folder = tmp_path_factory.mktemp("house")
    engine = open_engine(f"sqlite:///{folder / 'puente.db'}")
    bring_up_to_date(engine)
    engine.dispose()
    ana, luis, _ = (run("operator", folder / f"{name}.txt").stdout.strip() for name in ("ana", "luis", "otra"))
    (folder / "ana.pub").write_text(ana)
    assert run("backup", folder / "copia.pbk", "--for", ana, "--for", luis, "--data", folder).exit_code == 0
    raw = (folder / "copia.pbk").read_bytes()
    (folder / "cut.pbk").write_bytes(raw[:-1])
    (folder / "photo.bin").write_bytes(bytes(range(256)))
    return folder


def test_a_copy_takes_the_place_of_another_file_only_where_that_is_said(house: Path, tmp_path: Path) -> None:
    out, (ana, luis) = tmp_path / "copia.pbk", ((house / "ana.pub").read_text(), run("operator", tmp_path / "l").stdout)
    out.write_bytes(b"the only copy")
    command = ("backup", out, "--for", ana, "--for", luis.strip(), "--data", house)
    refused = run(*command)
    assert isinstance(refused.exception, Conflict), refused.output
    assert (refused.exception.code, out.read_bytes()) == ("name_taken", b"the only copy")
    assert run(*command, "--replace").exit_code == 0
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("backup n.pbk --for ana.txt --for luis.txt", "Lo que va con --for no es la llave pública de un operador."),
        ("backup n.pbk --for {ana} --for {ana}", "Una copia se sella para dos operadores distintos."),
        ("restore copia.pbk --key otra.txt --by ana luis", "Esta copia está sellada para otros operadores"),
        ("restore copia.pbk --key photo.bin --by ana luis", "El archivo de --key no es el secreto de un operador."),
        ("restore photo.bin --key ana.txt --by ana luis", "Ese archivo no es una copia de seguridad de Puente."),
        ("restore cut.pbk --key ana.txt --by ana luis", "Esta copia se cambió o quedó cortada"),
    ],
)
def test_what_is_wrong_with_a_copy_or_a_key_is_said_of_copies_and_operators(
    house: Path, tmp_path: Path, command: str, said: str
) -> None:
    words = command.format(ana=(house / "ana.pub").read_text()).split()
    data = house if words[0] == "backup" else tmp_path
    asked = [sys.executable, "-W", "error", "-m", "app.cli", *words, "--data", str(data)]
    env = {"PATH": os.environ["PATH"], "PUENTE_LANG": "es", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(asked, cwd=house, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"puente: {said}"), done.stderr
    assert not list(tmp_path.glob("puente.db*"))
    assert not [*house.glob("n.pbk*")]
