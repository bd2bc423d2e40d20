"""`puente audit` at the machine, word for word as its help tells it: what is kept outside is the checkpoint itself."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import cli
from kernel.errors import Conflict, NotFound, PuenteError
from tests.app.conftest import Demo
from tests.app.test_cli import process


@pytest.fixture
def folder(demo: Demo, tmp_path: Path) -> Path:
    return shutil.copytree(demo.out, tmp_path / "served")


def audit(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(cli, ["audit", *words, "--data", str(folder)])


def newest(folder: Path) -> tuple[Path, int]:
    """The folder's last checkpoint and the length that it tells."""
    notes = {int(file.stem.rpartition("-")[2]): file for file in (folder / "audit").glob("checkpoint-*.txt")}
    return notes[max(notes)], max(notes)


def cut(folder: Path, keep: int) -> None:
    """As who writes the database at will would: the lines after `keep` gone, and the head set back."""
    base = sqlite3.connect(folder / "puente.db")
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='issuer_audit'"):
        base.execute(f"DROP TRIGGER {name}")
    base.execute("DELETE FROM issuer_audit WHERE n > ?", (keep,))
    base.execute("UPDATE issuer_audit_head SET n = ?, hash = (SELECT hash FROM issuer_audit WHERE n = ?)", (keep, keep))
    base.commit()
    base.close()


def test_what_the_command_prints_is_what_verify_compares_with(folder: Path, tmp_path: Path) -> None:
    point = tmp_path / "punto.txt"
    made = audit(folder, "checkpoint")
    point.write_text(made.stdout, "utf-8")
    assert "checkpoint-" in made.stderr
    whole = audit(folder, "verify", "--against", str(point))
    assert (whole.exit_code, whole.exception) == (0, None)
    size = made.stdout.splitlines()[1]
    assert f"Se compara con {point}: {size} líneas." in whole.stdout
    point.write_text(made.stdout.replace(f"\n{size}\n", f"\n{int(size) + 1}\n"), "utf-8")
    changed = audit(folder, "verify", "--against", str(point))
    assert isinstance(changed.exception, PuenteError)
    assert audit(folder, "verify", "--against", str(tmp_path / "no.txt")).exit_code == 2


def test_a_cut_end_is_found_by_the_folders_own_last_checkpoint(folder: Path, tmp_path: Path) -> None:
    audit(folder, "checkpoint")
    note, size = newest(folder)
    older = shutil.copyfile(note, tmp_path / "older.txt")
    good = audit(folder, "verify")
    assert (good.exit_code, f"Se compara con {note}: {size} líneas." in good.stdout) == (0, True)
    assert f"completo hasta la línea {size}," in good.stdout
    cut(folder, size - 4)
    found = audit(folder, "verify")
    assert isinstance(found.exception, Conflict)
    assert (found.exception.code, found.exception.pointer) == ("record_broken", f"/{size}")
    assert f"Se compara con {note}: {size} líneas." in found.stdout
    assert "completo" not in found.stdout
    note.unlink()
    outside = audit(folder, "verify", "--against", str(older))
    assert isinstance(outside.exception, Conflict), "and by the same one, kept outside"


@pytest.mark.parametrize(
    ("lang", "compared", "claimed", "open_", "alone", "cut_alone"),
    [
        (
            *(
                "es",
                "Se compara con {}",
                "completo hasta la línea {},",
                "Si se cortó algo que vino después de la línea {}",
            ),
            *("completo hasta su propia última línea", "Si se le cortó el final, solo lo muestra un punto de control"),
        ),
        (
            *("en", "Compared with {}", "whole up to line {},", "Whether anything that came after line {} was cut"),
            *("whole up to its own last line", "Whether its end was cut, only a checkpoint kept outside shows"),
        ),
    ],
    ids=["es", "en"],
)
def test_nothing_is_claimed_of_what_came_after_the_last_checkpoint_or_where_there_is_none(
    folder: Path, lang: str, compared: str, claimed: str, open_: str, alone: str, cut_alone: str
) -> None:
    audit(folder, "checkpoint")
    note, size = newest(folder)
    told = process("audit", "verify", "--data", folder, lang=lang)
    for words, value in ((compared, note), (claimed, size), (open_, size)):
        assert words.format(value) in told.stdout
    for file in (folder / "audit").glob("checkpoint-*.txt"):
        file.unlink()
    untold = process("audit", "verify", "--data", folder, lang=lang)
    assert (untold.returncode, alone in untold.stdout, cut_alone in untold.stdout) == (0, True, True)


def test_a_checkpoint_whose_key_is_gone_is_no_reason_to_call_the_log_whole(folder: Path) -> None:
    audit(folder, "checkpoint")
    (folder / "audit" / "key.json").unlink()
    assert isinstance(audit(folder, "verify").exception, NotFound)
