"""The command lines meet: a holder's wallet objects, an officer proposes, an approver decides, the answer comes."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from pypdf import PdfReader
from sqlalchemy import update
from sqlmodel import col, select
from typer.testing import CliRunner

from app.cli import cli
from app.db import transaction
from app.demo.local_server import serving
from app.folder import settings_of
from app.main import create_app
from app.opening import open_world
from app.upkeep import erase_old
from issuer.batches.tables import SourceRow
from issuer.disputes.tables import DisputeRow
from issuer.reissues.tables import ReissueRow
from issuer.service import Issuer
from issuer.tables import IntentRow
from kit.once import OnceRow
from tests.app.conftest import Demo
from tests.fakes import FixedClock

PHRASE = "canela y panela en la mesa"


@pytest.fixture
def folder(demo: Demo, tmp_path: Path) -> Path:
    return shutil.copytree(demo.out, tmp_path / "served")


@pytest.fixture
def base(folder: Path) -> Iterator[str]:
    with open_world(settings_of(folder)) as world, serving(create_app(world)) as url:
        yield url


def run(*words: str | Path, typed: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(cli, [str(word) for word in words], input=typed)
    assert done.exit_code == code, done.output
    return done.output


def key(folder: Path, person: str, role: str) -> str:
    """What somebody types where her key is asked for."""
    return run(
        "keys", "make", "--person", person, "--role", role, "--issuer", "formacion", "--data", folder
    ).strip() + "\n"  # fmt: skip


def picked_up(demo: Demo, folder: Path, base: str, wallet: Path) -> str:
    """A wallet with the first slip's pass; the name of the bound copy."""
    slip = demo.read("slips/slips.json")[0]
    run("wallet", "create", "--written", "--wallet", wallet, typed=f"{PHRASE}\n{PHRASE}\n")
    receive = ("wallet", "receive", "--issuer", base, "--code", slip["code"], "--wallet", wallet, "--data", folder)
    run(*receive, typed=f"{slip['pin']}\n{PHRASE}\n")
    return next(str(line["name"]) for line in listed(folder, wallet) if line["bound"])


def named(folder: Path) -> str:
    """The credential of the slip's person, by the issuer's own name for it."""
    with open_world(settings_of(folder)) as world, world.doors()[Issuer]() as opened:
        rows = opened.ledger.session.exec(select(IntentRow).where(col(IntentRow.subject).is_not(None))).all()
        origins = {row.origin for row in rows if "Zoë" in row.payload.decode()}
        (origin,) = origins
        return str(opened.name(origin))


def after(told: str) -> str:
    """The JSON behind the question for a key."""
    return told[told.index("{") :]


def listed(folder: Path, wallet: Path) -> list[dict[str, object]]:
    told = run("wallet", "list", "--json", "--wallet", wallet, "--data", folder, typed=f"{PHRASE}\n")
    rows: list[dict[str, object]] = json.loads(told[told.index("[") :])
    return rows


def test_from_the_holders_words_to_the_pass_in_its_place(demo: Demo, folder: Path, base: str, tmp_path: Path) -> None:
    wallet, at = tmp_path / "zoe.pvw", ("--data", folder)
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    other = key(folder, "oscar", "approver")  # of the same person
    name = picked_up(demo, folder, base, wallet)
    right = ("--kind", "name", "--name", "Zoé D'Angelo", "--text", "Es con tilde")
    run("wallet", "correct", name, "--issuer", base, *right, "--wallet", wallet, typed=f"{PHRASE}\n")
    assert "Todavía no hay respuesta." in run("wallet", "answers", "--wallet", wallet, *at, typed=f"{PHRASE}\n")
    line = run("disputes", "list", "--state", "open", *at, typed=officer)
    assert "el nombre está mal" in line
    dispute = line.split("\n")[-2].split()[0]
    told = run("disputes", "show", dispute, *at, typed=officer)
    assert "Debe decir: Zoé D'Angelo" in told
    assert "Con sus palabras: Es con tilde" in told
    propose = ("disputes", "propose", dispute, "correct", "--sentence", "Corregimos la tilde.")
    run(*propose, "--set", "colour=red", *at, typed=officer, code=2)
    run(*propose, "--set", "names=Zoé", *at, typed=approver, code=1)
    made = json.loads(run(*propose, "--set", "names=Zoé", "--json", *at, typed=officer).splitlines()[-1])
    assert run("disputes", "show", dispute, *at, typed=approver).endswith("»\n    Nombres: Zoë → Zoé\n")
    decide = ("disputes", "decide", made["id"])
    run(*decide, *at, typed=approver, code=2)
    run(*decide, "--approve", *at, typed=other, code=1)
    assert "Lo reemplaza" in run(*decide, "--approve", *at, typed=approver)
    run("publish", *at)
    said = run("wallet", "answers", "--wallet", wallet, *at, typed=f"{PHRASE}\n")
    assert "Lo corrigieron. «Corregimos la tilde.»" in said
    rows = listed(folder, wallet)
    assert {(row["holder"], row["verdict"]) for row in rows} == {("Zoé D'Angelo Müller", "valid")}
    assert "No hay nada pendiente." in run("wallet", "answers", "--wallet", wallet, *at, typed=f"{PHRASE}\n")


def test_publishing_erases_what_is_kept_only_so_long(demo: Demo, folder: Path, base: str, tmp_path: Path) -> None:
    wallet, at = tmp_path / "zoe.pvw", ("--data", folder)
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    name = picked_up(demo, folder, base, wallet)
    said = ("--kind", "other", "--text", "Es con tilde")
    run("wallet", "correct", name, "--issuer", base, *said, "--wallet", wallet, typed=f"{PHRASE}\n")
    dispute = run("disputes", "list", *at, typed=officer).split("\n")[-2].split()[0]
    propose = ("disputes", "propose", dispute, "reject", "--sentence", "Está bien.", "--json")
    made = json.loads(run(*propose, *at, typed=officer).splitlines()[-1])
    run("disputes", "decide", made["id"], "--approve", *at, typed=approver)

    def kept() -> tuple[int, int, bool]:
        with open_world(settings_of(folder)) as world, transaction(world.engine) as session:
            sources, asked = (len(session.exec(select(table)).all()) for table in (SourceRow, OnceRow))
            return sources, asked, session.get_one(DisputeRow, dispute).text == "Es con tilde"

    sources, asked, _ = kept()
    assert (sources > 0, asked > 0) == (True, True)
    run("publish", *at)
    assert kept() == (sources, asked, True)
    with open_world(settings_of(folder)) as world:
        later = world.clock.now() + timedelta(days=31)
        erase_old(replace(world, clock=FixedClock(later)))
        assert kept() == (0, 0, True)
        erase_old(replace(world, clock=FixedClock(later + timedelta(days=700))))
    assert kept() == (0, 0, False)


def test_a_refused_one_leaves_it_open_and_the_answer_comes_by_sync(
    demo: Demo, folder: Path, base: str, tmp_path: Path
) -> None:
    wallet, at = tmp_path / "zoe.pvw", ("--data", folder)
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    assert "No hay aclaraciones." in run("disputes", "list", *at, typed=officer)
    name = picked_up(demo, folder, base, wallet)
    said = ("--kind", "other", "--text", "Es con tilde")
    correct = ("wallet", "correct", name[:6], "--issuer", base, *said, "--wallet", wallet)
    withdraw = ("wallet", "withdraw", name[:6], "--wallet", wallet, *at)
    run(*correct, typed=f"{PHRASE}\n")
    assert "Lo que pidió quedó retirado." in run(*withdraw, typed=f"{PHRASE}\n")
    run(*withdraw, typed=f"{PHRASE}\n", code=1)
    assert "la persona la retiró" in run("disputes", "list", *at, typed=officer)
    run(*correct, typed=f"{PHRASE}\n")
    rows = run("disputes", "list", "--state", "open", "--json", *at, typed=officer)
    (one,) = json.loads(rows[rows.index("[") :])
    propose = ("disputes", "propose", one["id"], "reject", "--sentence", "Está bien.")
    made = run(*propose, *at, typed=officer)
    assert "espera a otra persona" in made
    decision = made.split("\n")[-3].split()[0]
    assert "rechazada (oscar → marta)" in run("disputes", "decide", decision, "--refuse", *at, typed=approver)
    sync = ("wallet", "sync", "--server", base, "--wallet", wallet, *at)
    assert "Todavía no hay respuesta." in run(*sync, typed=f"{PHRASE}\n")
    again = run(*propose, *at, typed=officer).split("\n")[-3].split()[0]
    run("disputes", "decide", again, "--approve", *at, typed=approver)
    assert "El emisor no lo cambia. «Está bien.»" in run(*sync, typed=f"{PHRASE}\n")
    assert "El emisor" not in run(*sync, typed=f"{PHRASE}\n")


def test_a_lost_pass_is_given_again_at_the_counter(demo: Demo, folder: Path, base: str, tmp_path: Path) -> None:
    at, out = ("--data", folder), tmp_path / "hojas"
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    picked_up(demo, folder, base, tmp_path / "zoe.pvw")
    credential = named(folder)
    run("reissue", "open", credential, "--seen", "document", *at, typed=officer, code=2)
    seen = ("--seen", "document", "--seen", "witness")
    opened = json.loads(after(run("reissue", "open", credential, *seen, "--json", *at, typed=officer)))
    assert "espera a otra persona" in run("reissue", "list", *at, typed=officer)
    assert "código desde" in run("reissue", "approve", opened["id"], *at, typed=approver)
    run("reissue", "offer", opened["id"], "--out", out, *at, typed=officer, code=1)  # the demo's wait is a minute
    assert "rechazada" in run("reissue", "refuse", opened["id"], *at, typed=approver)
    assert not out.exists()


def test_after_the_wait_there_is_a_slip(demo: Demo, folder: Path, base: str, tmp_path: Path) -> None:
    at, out = ("--data", folder), tmp_path / "hojas"
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    picked_up(demo, folder, base, tmp_path / "zoe.pvw")
    seen = ("--seen", "document", "--seen", "witness", "--json")
    opened = json.loads(after(run("reissue", "open", named(folder), *seen, *at, typed=officer)))
    run("reissue", "approve", opened["id"], *at, typed=approver)
    with open_world(settings_of(folder)) as world, world.doors()[Issuer]() as issuer:  # the minute passes
        issuer.ledger.session.execute(update(ReissueRow).values(ready=world.clock.now()))
    assert "claim.pdf" in run("reissue", "offer", opened["id"], "--out", out, *at, typed=officer)
    assert len(PdfReader(out / "claim.pdf").pages) == len(PdfReader(out / "pin.pdf").pages) == 1


def test_many_are_suspended_and_a_name_is_corrected_at_the_command_line(folder: Path, tmp_path: Path) -> None:
    officer, approver = key(folder, "oscar", "officer"), key(folder, "marta", "approver")
    with open_world(settings_of(folder)) as world, world.doors()[Issuer]() as issuer:
        low = issuer.ledger.issuer("formacion").number << 40
        row = issuer.ledger.session.exec(select(IntentRow).where(IntentRow.n >= low).order_by(col(IntentRow.n))).first()
        assert row is not None
        name, number = issuer.name(row.n), orjson.loads(row.payload)[3]
    numbers = tmp_path / "numbers.txt"
    numbers.write_text(f"{number}\n")
    wanted = ("suspend", "--reason", "authority_decision", "--documents", numbers, "--data", folder)
    told = run("acts", "check", *wanted, typed=officer)
    assert "1 certificados" in told
    digest = next(word for word in told.split() if len(word) == 64)
    told = run("acts", "propose", *wanted, "--digest", digest, typed=officer)
    bulk = next(word for word in told.split() if len(word) == 22)
    run("acts", "decide", bulk, "--approve", "--digest", digest, "--data", folder, typed=officer, code=1)
    assert "hecho" in run("acts", "decide", bulk, "--approve", "--digest", digest, "--data", folder, typed=approver)
    lift = ("lift", "--reason", "authority_decision", "--bulk", bulk, "--data", folder)
    assert "1 certificados" in run("acts", "check", *lift, typed=officer)
    run("acts", "check", "lift", "--reason", "fraud", "--data", folder, typed=officer, code=2)
    run("acts", "amend", name, "--set", "names=Otra", "--data", folder, typed=officer, code=1)  # under review
    assert "0 filas" in run("index", "--data", folder)
