"""What an issuer's people do at the machine itself, each with her own key: batches, people, acts, cards, numbers."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from typer.testing import CliRunner

from app.cli import cli
from app.folder import settings_of
from app.opening import open_world
from issuer.batches.service import Batches
from kernel.canonical import canonical
from kernel.errors import PuenteError
from schemas.json import JsonObject
from tests.app.conftest import Demo
from tests.journeys.papers import cohort, row

Say = Callable[..., Any]
CHECK = ("--as-of", "2025-11-20", "--norm", "290801106:1")


@pytest.fixture
def folder(demo: Demo, tmp_path: Path) -> Path:
    return shutil.copytree(demo.out, tmp_path / "served")


@pytest.fixture
def say(folder: Path) -> Say:
    """A command by one of three people; gives its JSON or its words, or the code by which it was refused."""
    people = (("ofelia", "officer"), ("mauro", "approver"), ("irene", "issuer_admin"))
    make = ("keys", "make", "--issuer", "formacion", "--data", str(folder))
    keys = {
        person: CliRunner().invoke(cli, [*make, "--person", person, "--role", role]).stdout.strip()
        for person, role in people
    }

    def call(who: str, *words: str | Path, typed: str = "", is_json: bool = True, code: int = 0) -> Any:
        asked = [str(word) for word in (*words, "--data", folder, *(["--json"] if is_json else []))]
        done = CliRunner().invoke(cli, asked, input=f"{keys[who]}\n{typed}")
        if isinstance(done.exception, PuenteError):
            return done.exception.code
        assert done.exit_code == code, done.output
        # Only in a test what is typed is echoed to the standard output: her key's line, and another.
        said = "".join(done.stdout.splitlines(keepends=True)[1 + bool(typed) :])
        return json.loads(said) if is_json else said

    return call


@pytest.fixture
def issued(say: Say, tmp_path: Path) -> list[str]:
    """Three credentials of two people, issued by command."""
    raw = cohort(row(), row(name="Zoë", number="000000200002"), row(number="000000200001", norm="210601027"))
    batch = checked(say, tmp_path, raw, "--norm", "210601027:2")
    assert say("ofelia", "batches", "propose", batch["id"])["state"] == "proposed"
    drawn = [str(one["row"]) for one in say("mauro", "batches", "sample", batch["id"])["rows"]]
    saw = [word for one in drawn for word in ("--compared", one)]
    assert (
        say("mauro", "batches", "release", batch["id"], "--digest", batch["digest"], *saw, "--no-wait")["state"]
        == "done"
    )
    told = {name: batch[name] for name in ("digest", "issue", "skip", "error")} | {"compared": [2, 3, 4]}
    assert told_last(tmp_path / "served", "batch_released") == told_as(told)
    return [one["id"] for one in say("ofelia", "batches", "credentials", batch["id"])]


def told_last(folder: Path, act: str) -> bytes:
    """The hash of what the audit chain was told last of an act."""
    ask = text("SELECT details FROM issuer_audit WHERE act = :act ORDER BY n DESC")
    with open_world(settings_of(folder)) as world, world.doors()[Batches]() as opened:
        return bytes(opened.store.session.execute(ask, {"act": act}).scalars().first() or b"")


def told_as(details: JsonObject) -> bytes:
    return sha256(canonical(details)).digest()


def checked(say: Say, folder: Path, raw: bytes, *more: str, code: int = 0) -> dict[str, Any]:
    file = folder / "cohorte.csv"
    file.write_bytes(raw)
    batch: dict[str, Any] = say("ofelia", "batches", "check", file, *CHECK, *more, code=code)
    return batch


def test_a_batch_is_looked_into_corrected_held_and_sent_back(say: Say, tmp_path: Path) -> None:
    raw = cohort(row(number="000000300001"), row(name="Ana", number="000000300002", date="31/02/2025"))
    batch = checked(say, tmp_path, raw.decode().encode("windows-1252"), "--encoding", "windows-1252", code=1)
    assert (batch["issue"], batch["error"]) == (1, 1)
    assert batch["file"]["encoding"] == "windows-1252"
    (found,) = say("ofelia", "batches", "findings", batch["id"], "--outcome", "error")
    assert (found["row"], bool(found["mend"])) == (3, True)
    assert "Filas que se emiten: 1; que no se emiten: 0; por corregir: 1. Ya emitidas: 0." in say(
        "ofelia", "batches", "look", batch["id"], is_json=False
    )
    assert f"fila 3, {found['column']}" in say("ofelia", "batches", "findings", batch["id"], is_json=False)
    assert len(say("mauro", "batches", "sample", batch["id"])["rows"]) == 1
    drawn = say("mauro", "batches", "sample", batch["id"], is_json=False)
    assert "Nombre: " in drawn
    assert "Nivel: Intermedio" in drawn
    assert "Fecha de juicio: 28/09/2025" in drawn
    corrected = tmp_path / "corregido.csv"
    assert (
        say("ofelia", "batches", "wrong", batch["id"], "--out", corrected, is_json=False)
        == f"Quedaron en {corrected}.\n"
    )
    assert say("ofelia", "batches", "wrong", batch["id"], "--out", corrected, is_json=False) == "name_taken"
    assert say("mauro", "batches", "wrong", batch["id"], "--out", tmp_path / "x", is_json=False) == "not_allowed"
    corrected.write_bytes(corrected.read_bytes().replace(b"31/02/2025", b"28/09/2025"))
    child = say("ofelia", "batches", "correct", batch["id"], corrected)
    told = say("ofelia", "batches", "corrections", batch["id"])
    assert [(one["batch"]["id"], one["mended"]) for one in told["corrections"]] == [(child["id"], [3])]
    assert say("ofelia", "batches", "corrections", child["id"])["parent"]["id"] == batch["id"]
    assert say("mauro", "batches", "pause", batch["id"]) == "not_possible_now"
    assert say("mauro", "batches", "resume", batch["id"]) == "not_possible_now"
    assert say("ofelia", "batches", "refuse", child["id"]) == "not_allowed"
    assert f"corrige {batch['id']}" in say("ofelia", "batches", "list", is_json=False)
    assert say("mauro", "batches", "discard", child["id"], "--yes", is_json=False) == "not_allowed"
    assert say("ofelia", "batches", "discard", child["id"], "--yes", is_json=False) == "Descartado.\n"
    child = say("ofelia", "batches", "correct", batch["id"], corrected)
    assert say("mauro", "batches", "refuse", child["id"])["state"] == "refused"
    states = {one["id"]: one["state"] for one in say("ofelia", "batches", "list")}
    assert (states[batch["id"]], states[child["id"]]) == ("checked", "refused")
    assert f"{child['id']}  rechazado  0/1" in say("ofelia", "batches", "list", is_json=False)


def test_what_is_warned_of_a_whole_file_is_said_in_words_too(say: Say, tmp_path: Path) -> None:
    rows = [row(number=number) for number in ("000000300001", "000000300002", "3003")]
    batch = checked(say, tmp_path, cohort(*rows).replace(b",", b";"))
    assert (batch["warnings"], batch["file"]["separator"]) == (["LOST_ZEROS"], ";")
    words = say("ofelia", "batches", "look", batch["id"], is_json=False)
    assert "\nLeído como UTF-8, separado por punto y coma.\nAviso de todo el archivo: ¿Se perdieron ceros?" in words


def test_a_person_is_found_by_what_is_typed_and_never_by_an_argument(say: Say, issued: list[str]) -> None:
    (person,) = say("ofelia", "people", "search", typed="pena 0001 yuleisy\n")["people"]
    assert {one["id"] for one in person["credentials"]} == {issued[0], issued[2]}
    file = say("ofelia", "people", "show", person["id"])
    assert (file["name"], file["document"]) == ("Yuleisy Rojas Peña", "…0001")
    words = say("ofelia", "people", "show", person["id"], is_json=False)
    assert words.startswith("Yuleisy Rojas Peña  …0001  ")
    assert f"  {issued[0]}  Válido  " in words
    none = say("ofelia", "people", "search", typed="Yul 0001\n", is_json=False)
    assert none.startswith("No hay nadie así. Se busca por palabras completas, en cualquier orden, con o sin tildes: ")


def test_one_credential_is_suspended_and_lifted_by_two_people(say: Say, issued: list[str]) -> None:
    one = ("acts", "one", issued[0])
    lift = (*one, "lift", "--reason", "issued_in_error")
    assert say("ofelia", *lift) == "not_possible_now"
    act = say("ofelia", *one, "suspend", "--reason", "holder_request")
    assert (act["state"], act["credential"]) == ("proposed", issued[0])
    assert [each["id"] for each in say("mauro", "acts", "list", "--state", "proposed")] == [act["id"]]
    assert say("mauro", "acts", "approve", act["id"])["state"] == "approved"
    assert say("mauro", "acts", "refuse", act["id"]) == "decided_already"
    (person,) = say("ofelia", "people", "search", typed=f"{issued[0]}\n")["people"]
    assert person["credentials"][0]["state"] == "suspended"
    back = say("ofelia", *lift)
    words = say("mauro", "acts", "refuse", back["id"], is_json=False)
    assert words.endswith(f"quitar la revisión  {issued[0]}  Emitido por error  rechazado  (ofelia → mauro)\n")


def test_many_are_counted_proposed_as_counted_and_decided(say: Say, issued: list[str], tmp_path: Path) -> None:
    numbers = tmp_path / "numeros.txt"
    numbers.write_text("000000200001\n000000999999\n")
    way = ("suspend", "--reason", "authority_decision", "--documents", numbers)
    tried = say("ofelia", "acts", "check", *way)
    assert (tried["count"], tried["unknown"]) == (2, 1)
    words = say("ofelia", "acts", "check", *way, is_json=False)
    assert "\nNúmeros de documento sin ningún certificado que corresponda: 1. Revíselos en su lista.\n" in words
    assert [line.partition(": ")[2] for line in words.splitlines() if "lista de estado" in line] == [
        "cambian 4 lugares, 0,00 % de la lista"
    ]
    made = say("ofelia", "acts", "propose", *way, "--digest", tried["digest"])
    assert say("mauro", "acts", "decide", made["id"], "--digest", "0" * 64, "--approve") == "stale_version"
    drawn = say("mauro", "acts", "sample", made["id"])["rows"]
    assert {one["id"] for one in drawn} == {issued[0], issued[2]}
    words = say("mauro", "acts", "sample", made["id"], is_json=False)
    assert f"{drawn[0]['id']}  fila {drawn[0]['row']}  Nombre: Yuleisy Rojas Peña" in words
    saw = ("--digest", tried["digest"], "--compared", drawn[0]["id"], "--approve")
    done = say("mauro", "acts", "decide", made["id"], *saw)
    told = {name: made[name] for name in ("reason", "count", "digest", "way")} | {"compared": [drawn[0]["id"]]}
    assert told_last(tmp_path / "served", "bulk_suspend_approved") == told_as(told)
    assert (done["state"], done["applied"]) == ("done", 2)
    assert {one["id"] for one in say("ofelia", "acts", "members", made["id"])} == {issued[0], issued[2]}
    assert [one["id"] for one in say("mauro", "acts", "many")] == [made["id"]]
    many = say("mauro", "acts", "many", is_json=False)
    assert many == f"{made['id']}  poner en revisión  Decisión de la autoridad  hecho  2 de 2\n"
    assert say("mauro", "acts", "look", made["id"])["state"] == "done"
    assert say("ofelia", "acts", "propose", *way, "--digest", tried["digest"]) == "stale_version"


def test_a_name_is_corrected_and_the_correction_is_listed(say: Say, issued: list[str]) -> None:
    made = say("ofelia", "acts", "amend", issued[1], "--set", "names=Zoé")
    (listed,) = say("mauro", "acts", "amendments")
    assert (listed["id"], listed["correction"]["names"], listed["present"]["names"]) == (made["id"], "Zoé", "Zoë")
    assert say("mauro", "acts", "amendments", is_json=False).endswith("\n    Nombres: Zoë → Zoé\n")
    (person,) = say("ofelia", "people", "search", typed=f"{issued[1]}\n")["people"]
    file = say("ofelia", "people", "show", person["id"], is_json=False)
    assert f"Correcciones:\n  {made['id']}: espera a otra persona  {issued[1]}\n    Nombres: Zoë → Zoé\n" in file
    done = say("mauro", "acts", "amended", made["id"], "--approve")
    assert (done["state"], bool(done["replacement"])) == ("approved", True)
    words = say("mauro", "acts", "amendments", is_json=False)
    assert words == f"{made['id']}  {issued[1]} → {done['replacement']}  corregido  (ofelia → mauro)\n"


def test_cards_are_printed_for_a_batch_and_for_one(say: Say, issued: list[str], tmp_path: Path) -> None:
    (whole,) = {one["id"] for one in say("ofelia", "batches", "list") if one["sealed"] == 3}
    for name, cards in ((whole, 3), (issued[0], 1)):
        out = tmp_path / name
        told = say("ofelia", "cards", name, "--out", out, is_json=False)
        assert told == f"Archivos con tarjetas en {out}: 1.\n"
        text = " ".join(page.extract_text() for page in PdfReader(out / "cards.pdf").pages)
        assert text.count("Compruébelo con Puente") == cards
    assert say("irene", "cards", whole, "--out", tmp_path / "no", is_json=False) == "not_allowed"


def test_a_directors_numbers_are_rounded_and_small_groups_hidden(say: Say) -> None:
    told = say("irene", "numbers")
    assert told["issued"] % 5 == 0
    assert told["revoked"] is None
    words = say("irene", "numbers", is_json=False)
    assert words.startswith(f"Emitidos: {told['issued']}\nAnulados: menos de 10\n")
    assert say("ofelia", "numbers") == "not_allowed"


def test_a_revocation_is_told_and_withdrawn_and_one_suspends(say: Say, issued: list[str], tmp_path: Path) -> None:
    alone = ("acts", "one", issued[0], "revoke", "--reason", "duplicate")
    many = ("acts", "check", "revoke", "--reason", "duplicate", "--batch", "A" * 22)
    assert [say("ofelia", *asked) for asked in (alone, many)] == ["evidence_needed"] * 2
    made = say("ofelia", "acts", "one", issued[0], "revoke", "--reason", "duplicate", "--evidence", "ab" * 32)
    assert say("mauro", "acts", "approve", made["id"])["wait"]["phase"] == "untold"
    assert made["id"] in [one["id"] for one in say("ofelia", "acts", "list", "--phase", "untold")]
    refused = ("acts", "notices", made["id"], "--out", tmp_path / "uno")
    say("ofelia", *refused, typed="n\n", is_json=False, code=1)  # printing counts as telling: asked first
    assert not (tmp_path / "uno").exists()
    assert say("ofelia", "acts", "notices", made["id"], "--out", tmp_path / "uno", "--yes", is_json=False).endswith(
        ": 1.\n"
    )
    assert len(PdfReader(tmp_path / "uno" / "notice.pdf").pages) == 1
    assert "la persona puede responder hasta el" in say("ofelia", "acts", "list", "--phase", "told", is_json=False)
    assert say("mauro", "acts", "withdraw", made["id"])["wait"]["phase"] == "withdrawn"
    assert say("mauro", "acts", "withdraw", made["id"]) == "decided_already"
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("000000200001\n")
    wanted = ("revoke", "--reason", "duplicate", "--evidence", "ab" * 32, "--documents", numbers)
    digest = say("ofelia", "acts", "check", *wanted)["digest"]
    bulk = say("ofelia", "acts", "propose", *wanted, "--digest", digest)["id"]
    assert say("mauro", "acts", "decide", bulk, "--approve", "--digest", digest)["state"] == "announced"
    assert "falta avisar a 2 personas" in say("ofelia", "acts", "look", bulk, is_json=False)
    say("ofelia", "acts", "notices", bulk, "--out", tmp_path / "dos", "--yes", is_json=False)
    assert len(PdfReader(tmp_path / "dos" / "notice.pdf").pages) == 2
    assert say("ofelia", "acts", "tell", bulk, "--way", "post")["wait"]["phase"] == "told"
    assert say("mauro", "acts", "withdraw", bulk)["state"] == "withdrawn"
    begun = say("mauro", "acts", "alone", issued[1])
    assert (begun["reason"], begun["wait"]["phase"]) == ("fraud", "unconfirmed")
    assert say("mauro", "acts", "approve", begun["id"]) == "same_hand"
    say("ofelia", "acts", "notices", begun["id"], "--out", tmp_path / "tres", "--yes", is_json=False)
    assert "está en revisión" in PdfReader(tmp_path / "tres" / "notice.pdf").pages[0].extract_text()
    assert say("ofelia", "acts", "alone", issued[2]) == "not_allowed"


def test_many_are_replaced_and_their_papers_printed(say: Say, issued: list[str], tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("000000200001\n000000200002\n")
    wanted = ("replace", "--reason", "key_compromise", "--documents", numbers)
    tried = say("ofelia", "acts", "check", *wanted)
    assert (tried["count"], tried["unknown"]) == (3, 0)
    one = say("ofelia", "acts", "one", issued[1], "replace", "--reason", "issued_in_error")
    assert (one["way"], one["count"], one["state"]) == ("credentials 1", 1, "proposed")
    assert say("mauro", "acts", "decide", one["id"], "--refuse")["state"] == "refused"
    bulk = say("ofelia", "acts", "propose", *wanted, "--digest", tried["digest"])["id"]
    assert say("ofelia", "acts", "decide", bulk, "--approve", "--digest", tried["digest"]) == "not_allowed"
    done = say("mauro", "acts", "decide", bulk, "--approve", "--digest", tried["digest"])
    assert (done["state"], done["applied"], done["cardParts"]) == ("done", 3, 1)
    assert say("ofelia", "acts", "stop", bulk) == "not_allowed"
    assert say("mauro", "acts", "stop", bulk) == "decided_already"
    words = say("ofelia", "acts", "look", bulk, is_json=False)
    assert "reemplazar por nuevos iguales" in words
    assert f"puente slips {bulk} --out hojas" in words
    assert "3 que otro ya reemplaza" in say("ofelia", "acts", "check", *wanted, is_json=False)
    again = say("ofelia", "acts", "one", issued[1], "replace", "--reason", "superseded", code=1, is_json=False)
    assert "0 certificados" in again
    assert {one["id"] for one in say("ofelia", "acts", "members", bulk)}.isdisjoint(issued)
    assert "3 hojas" in say("ofelia", "slips", bulk, "--out", tmp_path / "hojas", is_json=False)
    assert "tarjetas" in say("ofelia", "cards", bulk, "--out", tmp_path / "tarjetas", is_json=False)
    assert len(PdfReader(tmp_path / "tarjetas" / "cards.pdf").pages) == 1
    say("ofelia", "acts", "notices", bulk, "--out", tmp_path / "avisos", "--yes", is_json=False)
    assert "Tiene un certificado nuevo" in PdfReader(tmp_path / "avisos" / "notice.pdf").pages[0].extract_text()
