"""app/copy_cli.py over real HTTP: one wallet file on two devices, a new device by its sheet, what is asked and told."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.local_server import serving
from kernel import vault_keys
from kernel.errors import Conflict, Forbidden, Malformed, NotFound
from tests import worlds
from tests.app.test_wallet_cli import OTHER, Table, bundle, made
from tests.fakes import SeededRandom
from tests.journeys.world import Place
from tests.wallet.world import PHRASE, competence

__all__ = ["bundle"]


@pytest.fixture
def server(plain: Place) -> Iterator[str]:
    """The app, as somebody else runs it."""
    with serving(plain.app) as url:
        yield url


@pytest.fixture
def devices(bundle: Path, tmp_path: Path) -> tuple[Table, Table]:
    """Two folders with the bundle: hers, and a new one."""
    for name in ("hers", "new"):
        (tmp_path / name).mkdir()
        for file in bundle.iterdir():
            os.link(file, tmp_path / name / file.name)
    return Table(folder=tmp_path / "hers"), Table(folder=tmp_path / "new")


def run(table: Table, *words: str, typed: str, fails: type[Exception] | None = None, waits: bool = False) -> str:
    """What is told; or the refusal of a command that is refused."""
    result = table.run(*words, typed=typed, data=words[0] in {"receive", "list"})
    if fails is not None:
        assert isinstance(result.exception, fails), result.output
        return str(result.exception)
    assert result.exit_code == (1 if waits else 0), (result.output, result.exception)
    return result.output


def kept(table: Table, typed: str, *passes: str) -> None:
    for text in passes:
        run(table, "receive", text, typed=typed)


def test_a_wallet_on_two_devices_is_one(server: str, devices: tuple[Table, Table]) -> None:
    hers, new = devices
    _did, sheet = made(hers)
    kept(hers, f"{PHRASE}\n", worlds.text(competence()))
    told = run(hers, "sync", "--server", server, "--sheet", typed=f"{PHRASE}\n{sheet}\n")
    assert "La copia está al día. Pases: 1." in told
    assert "Su hoja encuentra esta copia." in told

    told = run(new, "recover", "--server", server, typed=f"{sheet}\n{OTHER}\n{OTHER}\n", waits=True)
    assert "Espere hasta 2026-11-24 12:00 UTC" in told
    assert "Este equipo es nuevo" in run(new, "sync", "--server", server, typed=f"{OTHER}\n", waits=True)
    assert "device_waiting" in run(new, "devices", "--server", server, typed=f"{OTHER}\n", fails=Forbidden)

    assert "Equipos nuevos que esperan: 1." in run(hers, "sync", "--server", server, typed=f"{PHRASE}\n")
    lines = run(hers, "devices", "--server", server, typed=f"{PHRASE}\n")
    assert re.search(r"\(este\)  activo  visto 2026-11-22", lines)
    (name,) = re.findall(r"^(\S{22})  espera hasta", lines, re.MULTILINE)
    assert "espera" not in run(hers, "devices", "--server", server, "--accept", name, typed=f"{PHRASE}\n")

    assert "Pases: 1." in run(new, "sync", "--server", server, typed=f"{OTHER}\n")
    kept(new, f"{OTHER}\n", worlds.text(competence(index=31)))
    kept(hers, f"{PHRASE}\n", worlds.text(competence(index=41)))
    for table, phrase in ((new, OTHER), (hers, PHRASE), (new, OTHER)):
        told = run(table, "sync", "--server", server, typed=f"{phrase}\n")
    assert "Pases: 3." in told
    assert run(hers, "list", typed=f"{PHRASE}\n").count("Certificado de competencia laboral") == 3


def test_a_device_that_was_removed_is_out(server: str, devices: tuple[Table, Table]) -> None:
    hers, new = devices
    _did, sheet = made(hers)
    run(hers, "sync", "--server", server, "--sheet", typed=f"{PHRASE}\n{sheet}\n")
    run(new, "recover", "--server", server, typed=f"{sheet}\n{OTHER}\n{OTHER}\n", waits=True)
    lines = run(hers, "devices", "--server", server, typed=f"{PHRASE}\n")
    (name,) = re.findall(r"^(\S{22})  espera hasta", lines, re.MULTILINE)
    assert name not in run(hers, "devices", "--server", server, "--remove", name, typed=f"{PHRASE}\n")
    gone = run(hers, "devices", "--server", server, "--remove", name, typed=f"{PHRASE}\n", fails=NotFound)
    assert "not_found" in gone
    both = ("--accept", name, "--remove", name)
    assert "bad_request" in run(hers, "devices", "--server", server, *both, typed="", fails=Malformed)


def test_two_helpers_halves_recover_it_too(server: str, devices: tuple[Table, Table]) -> None:
    hers, new = devices
    did, sheet = made(hers)
    run(hers, "sync", "--server", server, "--sheet", typed=f"{PHRASE}\n{sheet}\n")
    one, other = vault_keys.half_texts(vault_keys.read_sheet(sheet), random=SeededRandom("halves"))
    asked = ("recover", "--server", server, "--halves")
    assert "half_sheet" in run(new, *asked, typed=f"{one}\n{one}\n", fails=Malformed)
    assert did in run(new, *asked, typed=f"{other}\n{one}\n{OTHER}\n{OTHER}\n", waits=True)
    assert "name_taken" in run(new, *asked, typed=f"{other}\n{one}\n{OTHER}\n{OTHER}\n", fails=Conflict)


def test_a_sheet_that_nobody_copied_finds_nothing_and_leaves_no_file(server: str, devices: tuple[Table, Table]) -> None:
    hers, new = devices
    _did, sheet = made(hers)
    run(hers, "sync", "--server", server, typed=f"{PHRASE}\n")
    told = run(new, "recover", "--server", server, typed=f"{sheet}\n{OTHER}\n{OTHER}\n", fails=NotFound)
    assert "not_found" in told
    assert not new.wallet.exists()
    other = vault_keys.sheet_text(bytes(16))
    typed = f"{PHRASE}\n{other}\n"
    assert "vault_unreadable" in run(hers, "sync", "--server", server, "--sheet", typed=typed, fails=Malformed)


def test_what_a_device_remembers_is_its_owners_alone_and_no_part_of_a_copy(
    server: str, devices: tuple[Table, Table]
) -> None:
    hers, new = devices
    made(hers)
    run(hers, "sync", "--server", server, typed=f"{PHRASE}\n")
    beside = hers.folder / "ana.pvw.sync"
    assert beside.stat().st_mode & 0o777 == 0o600
    new.wallet.write_bytes(hers.wallet.read_bytes())
    assert "Este equipo es nuevo" in run(new, "sync", "--server", server, typed=f"{PHRASE}\n", waits=True)
    beside.write_bytes(b'{"server": 1}')
    assert "vault_unreadable" in run(hers, "sync", "--server", server, typed=f"{PHRASE}\n", fails=Malformed)
    beside.unlink()
    assert "Este equipo es nuevo" in run(hers, "sync", "--server", server, typed=f"{PHRASE}\n", waits=True)
