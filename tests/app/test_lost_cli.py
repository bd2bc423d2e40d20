"""`puente acts lost` at the machine: two people with two keys revoke a place that the ledger does not know."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from app.cli import cli
from app.db import transaction
from app.folder import settings_of
from app.opening import open_world
from issuer.places import order
from issuer.service import Issuer
from kernel.errors import PuenteError
from tests.app.conftest import Demo


@pytest.fixture
def folder(demo: Demo, tmp_path: Path) -> Path:
    return shutil.copytree(demo.out, tmp_path / "served")


def made_key(folder: Path, person: str, role: str) -> str:
    make = ("keys", "make", "--issuer", "formacion", "--data", str(folder), "--person", person, "--role", role)
    return CliRunner().invoke(cli, [*make]).stdout.strip()


def forgotten(folder: Path) -> tuple[str, int]:
    """A place of the first list that was given, as far as its counter says, to a row that is not there."""
    with open_world(settings_of(folder)) as world:
        with transaction(world.engine) as session:
            ask = text(
                "UPDATE issuer_counter SET next_place = next_place + 9"
                " WHERE issuer = 'formacion' RETURNING next_place, family"
            )
            given, family = session.execute(ask).all()[0]
        with world.doors()[Issuer]() as issuer:
            url = issuer.ledger.pairs("formacion", family)[0].revocation_url
            return str(url), order(issuer.secrets("formacion").places, url)[given - 1]


def test_two_people_revoke_a_forgotten_place_and_one_does_not(folder: Path) -> None:
    officer, approver = made_key(folder, "ofelia", "officer"), made_key(folder, "mauro", "approver")
    url, index = forgotten(folder)

    def say(first: str, second: str, place: int) -> str:
        words = ["acts", "lost", url, str(place), "--reason", "fraud", "--data", str(folder)]
        done = CliRunner().invoke(cli, words, input=f"{first}\n{second}\n")
        return done.exception.code if isinstance(done.exception, PuenteError) else done.output

    assert say(officer, officer, index) == "not_allowed"
    assert say(officer, "pte_demo_wrong", index) == "not_signed_in"
    assert say(officer, approver, 131_072) == "not_found"
    assert "Anulado" in say(officer, approver, index)
    assert say(officer, approver, index) == "not_possible_now"


def test_the_reasons_that_may_be_named_are_told_in_words() -> None:
    told = " ".join(CliRunner().invoke(cli, ["acts", "lost", "--help"], env={"COLUMNS": "300"}).output.split())
    for words in ("fraud: Engaño comprobado", "holder_request: A petición de la persona"):
        assert words in told
