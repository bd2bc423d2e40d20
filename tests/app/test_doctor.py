"""`puente doctor` on a copy of the demo's folder: each thing it looks at is seen in order and out of order."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from app.cli import cli
from app.clock import MachineClock
from app.db import open_engine, transaction
from app.doctor import examine
from app.doctor_machine import disk
from app.findings import Finding
from app.folder import settings_of
from app.opening import IN_PLACE, RESTORING
from app.settings import Settings
from issuer import audit
from issuer.webhooks.service import AGAIN, PATIENCE
from issuer.webhooks.tables import WebhookRow
from kernel import status
from migrations.apply import downgrade, upgrade
from schemas.registration import AddList, Change
from tests.app.conftest import Demo


@pytest.fixture
def settings(demo: Demo, tmp_path: Path) -> Settings:
    return settings_of(shutil.copytree(demo.out, tmp_path / "served"))


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


def bad(settings: Settings) -> list[str]:
    return [each.words for each in examine(settings, lang="es") if each.good is False]


def good(settings: Settings) -> str:
    return "\n".join(each.words for each in examine(settings, lang="es") if each.good)


def hook(engine: Engine, slot: int, *, tries: int, is_stopped: bool, is_tried: bool = True) -> None:
    now = MachineClock().now()
    row = WebhookRow(
        id=f"w{slot}", issuer="formacion", slot=slot, url=f"https://nomina.example/{slot}/secreto", events="batch.done",
        created=now, told=0, due=now, tries=tries, failed="status_503" if tries else None, pinged=False,
        stopped=now if is_stopped else None, answered=now if is_tried else None,
    )  # fmt: skip
    with transaction(engine) as session:
        session.add(row)


def test_all_is_in_order_after_the_demo(settings: Settings) -> None:
    assert bad(settings) == []
    for words in ("MiB libres", "va con lo guardado", "Solo su dueño", "está al día"):
        assert words in good(settings)
    assert "Los sistemas" not in good(settings), "nobody is told, so there is nothing to say"


@pytest.mark.parametrize(
    ("tries", "is_stopped", "is_failing"),
    [(0, False, False), (PATIENCE, False, False), (PATIENCE, True, False), (PATIENCE + 1, False, True),
     (len(AGAIN) + 1, True, True)],
    ids=["good", "a short while", "paused", "long", "given up"],
)  # fmt: skip
def test_a_system_that_takes_nothing_for_long_is_told_without_its_address(
    settings: Settings, engine: Engine, tries: int, is_stopped: bool, is_failing: bool
) -> None:
    hook(engine, 0, tries=0, is_stopped=False)
    hook(engine, 1, tries=tries, is_stopped=is_stopped)
    told = ["Hay sistemas que no reciben los avisos de: formacion (status_503). Vea puente webhooks list."]
    assert bad(settings) == (told if is_failing else [])
    assert ("Los sistemas reciben sus avisos." in good(settings)) == (not is_failing)


def test_systems_that_nothing_was_sent_to_are_counted_and_not_called_well(settings: Settings, engine: Engine) -> None:
    hook(engine, 0, tries=0, is_stopped=False, is_tried=False)
    hook(engine, 1, tries=0, is_stopped=False, is_tried=False)
    told = "Sistemas a los que todavía no se envió nada: 2. Pruébelos con puente webhooks test."
    assert [each.words for each in examine(settings, lang="es") if "istemas" in each.words] == [told]
    hook(engine, 2, tries=0, is_stopped=False)
    assert "Los sistemas reciben sus avisos." in good(settings)
    assert told in [each.words for each in examine(settings, lang="es") if each.good is None]


@pytest.mark.parametrize("where", ["file", "row"])
def test_a_clock_that_is_behind_what_was_kept_is_told(settings: Settings, engine: Engine, where: str) -> None:
    later = MachineClock().now() + timedelta(hours=5)
    if where == "file":
        os.utime(settings.data / "bundle.puente", (later.timestamp(), later.timestamp()))
    else:
        with transaction(engine) as session:
            audit.append(session, audit.Act(at=later, actor="house", act="restored", object="x"))
    (told,) = bad(settings)
    assert (
        told
        == f"La hora de esta máquina está atrasada: hay algo guardado el {later:%Y-%m-%d %H:%M} UTC. Ponga la hora."
    )


@pytest.mark.parametrize(
    ("mark", "again"), [(b"", "puente restore con la misma copia."), (IN_PLACE, "puente restore --go-on.")]
)
def test_a_restore_that_was_not_ended_is_ended_by_the_command_that_began_it(
    settings: Settings, mark: bytes, again: str
) -> None:
    (settings.data / RESTORING).write_bytes(mark)
    (told,) = bad(settings)
    assert told.endswith(f"llame otra vez a {again}")


def test_lists_without_places_are_told_with_the_command_that_opens_others(settings: Settings, engine: Engine) -> None:
    def take(places: int) -> None:
        with transaction(engine) as session:
            session.execute(text("UPDATE issuer_counter SET next_place = :n WHERE family = 'C06'"), {"n": places})

    take(status.USED - 7)
    assert bad(settings) == []
    (few,) = [each.words for each in examine(settings, lang="es") if "puente lists" in each.words]
    assert "para C06 les quedan 7 lugares" in few
    take(status.USED + 65_536)
    (full,) = bad(settings)
    assert full.endswith("Abra otras: puente lists formacion --list C06")
    done = CliRunner().invoke(cli, ["lists", "formacion", "--list", "C06", "--data", str(settings.data)])
    assert done.exit_code == 0, done.output
    for line in done.output.splitlines()[1:]:
        change = TypeAdapter(Change).validate_json(line.partition("'")[2].rstrip("'"))
        assert isinstance(change, AddList)
        assert line.startswith("  puente registry propose ")
    assert len(done.output.splitlines()) == 3
    assert bad(settings) == []


def test_keys_that_others_can_read_are_told(settings: Settings) -> None:
    folder = settings.data / "keys"
    (key, *_) = (path for path in folder.rglob("*") if path.is_file())
    for path, mode in ((key, 0o640), (folder, 0o711)):
        was = path.stat().st_mode
        path.chmod(mode)
        assert bad(settings) == [f"Otros usuarios de esta máquina pueden leer las llaves: chmod -R go-rwx {folder}"]
        path.chmod(was)
    assert bad(settings) == []


def test_a_disk_that_is_nearly_full_is_told(settings: Settings) -> None:
    def say(good: bool | None, es: str, en: str) -> Finding:
        return Finding(good=good, words=es)

    assert disk(settings, say).good
    told = disk(settings, say, times=1 << 40)  # more than any disk has
    assert (told.good, "haga lugar" in told.words) == (False, True)


def test_an_old_schema_is_told_and_nothing_else_breaks(settings: Settings, engine: Engine) -> None:
    downgrade(engine, "0024")
    assert bad(settings) == ["La base de datos necesita puente migrate."]
    upgrade(engine)
    assert bad(settings) == []
