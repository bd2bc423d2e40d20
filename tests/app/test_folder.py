"""Settings for a data folder: a demo's goes on as it ran, but for who named another database."""

from pathlib import Path

import pytest

from app.folder import DEMO_MARK, settings_of
from app.settings import Settings


def test_a_demos_folder_goes_on_as_the_demo_ran_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert settings_of(tmp_path, Settings()).env == "development"
    (tmp_path / DEMO_MARK).touch()
    own = f"sqlite:///{tmp_path / 'puente.db'}"
    for given in (Settings(), Settings(database=own)):
        told = settings_of(tmp_path, given)
        assert (told.env, told.approvals, told.database_url) == ("demo", 2, own)
    assert capsys.readouterr().err == ""


def test_a_database_that_was_named_is_used_and_nothing_of_the_demos_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DEMO_MARK).touch()
    given = Settings(database="postgresql+psycopg://puente:secreto@casa/puente", approvals=3)
    for _ in range(2):
        told = settings_of(tmp_path, given)
        assert (told.database_url, told.env, told.approvals) == (given.database, "development", 3)
    said = capsys.readouterr().err
    assert (said.count("PUENTE_DATABASE nombra otra base"), "secreto" in said) == (1, False)
