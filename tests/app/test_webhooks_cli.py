"""`puente webhooks` at the machine: a system is added, paused, resumed and taken away by an administrator's key."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from app.cli import cli
from app.db import transaction
from app.folder import settings_of
from app.opening import open_world
from issuer.webhooks.tables import WebhookRow
from tests.app.conftest import Demo


def test_a_system_is_paused_resumed_and_taken_away(demo: Demo, tmp_path: Path) -> None:
    data = ["--data", str(shutil.copytree(demo.out, tmp_path / "served"))]
    make = ["keys", "make", "--issuer", "formacion", "--person", "irene", "--role", "issuer_admin"]
    key = CliRunner().invoke(cli, [*make, *data]).stdout.strip()

    def say(*words: str) -> str:
        done = CliRunner().invoke(cli, ["webhooks", *words, *data], input=f"{key}\n", catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    def listed() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(say("list", "--json"))
        return rows

    say("add", "https://sistema.example/avisos")
    (line,) = listed()
    assert (line["paused"], line["stopped"]) == (False, None)
    assert "en pausa" in say("pause", line["id"])
    assert "en pausa" in say("list")
    assert "\n    batch.done: un lote terminó de emitirse\n" in say("list")
    assert listed()[0]["paused"]
    say("resume", line["id"])
    assert not listed()[0]["paused"]
    with open_world(settings_of(tmp_path / "served")) as world, transaction(world.engine) as session:
        session.execute(update(WebhookRow).values(failed="status_503"))
    assert "  intentos en vano: 0 (contestó con el estado 503)\n" in say("list")
    say("remove", line["id"])
    assert listed() == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["ftp://sistema.example/x"], "que empiece con https:// y no sea de una red interna"),
        (
            ["https://sistema.example/x", "--event", "batch.gone"],
            "no hay un aviso llamado batch.gone; hay estos: b",
        ),
    ],
)
def test_what_cannot_be_told_is_said_in_words(asked: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, ["webhooks", "add", *asked])
    assert done.exit_code == 2
    assert said in done.output
