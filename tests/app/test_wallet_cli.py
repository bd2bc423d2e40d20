"""app/wallet_cli.py: what a person types and reads, with a real bundle on disk; no secret on a command line."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.wallet_cli import wallet_app
from app.wallet_words import SEEN
from tests import makers, worlds
from tests.wallet.world import LABELS, PHRASE, PROFILES, competence

OTHER = "tres burros y un sapo azul"


class Plan(worlds.Plan):
    """A plan whose bundle holds the disclosure profiles and Spanish words."""

    def files(self) -> dict[str, Any]:
        files = super().files()
        return {**files, "policy.json": {**files["policy.json"], "profiles": PROFILES}, "labels.es.json": LABELS}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A folder with a bundle, and somebody at the keyboard."""

    folder: Path

    @property
    def wallet(self) -> Path:
        return self.folder / "ana.pvw"

    def run(self, *words: str, typed: str = "", data: bool = True, wallet: Path | None = None) -> Result:
        where = ["--wallet", str(wallet or self.wallet)]
        if data:
            where += ["--data", str(self.folder)]
        return CliRunner().invoke(wallet_app, [*words, *where], input=typed)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    made = worlds.pack(Plan(signed_at=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)))
    (folder / "bundle.puente").write_bytes(made.container())
    (folder / "root.json").write_bytes(made.root)
    return folder


@pytest.fixture
def table(bundle: Path, tmp_path: Path) -> Table:
    for file in bundle.iterdir():
        os.link(file, tmp_path / file.name)
    return Table(folder=tmp_path)


def made(table: Table) -> tuple[str, str]:
    """A wallet on the table: its DID and its sheet."""
    result = table.run("create", "--written", typed=f"{PHRASE}\n{PHRASE}\n", data=False)
    assert result.exit_code == 0, result.output
    did = next(word for word in result.output.split() if word.startswith("did:key:"))
    sheet = next(word for word in result.output.split() if len(word) == 34 and word.count("-") == 6)
    return did, sheet


def test_from_making_a_wallet_to_showing_live(table: Table) -> None:
    did, _sheet = made(table)
    file = table.folder / "pase.json"
    file.write_text(json.dumps(competence(did, valid_until=None)))  # type: ignore[arg-type]  # a DID as text
    result = table.run("receive", str(file), typed=f"{PHRASE}\n")
    assert result.exit_code == 0, result.output
    assert "Válido" in result.output
    assert "Guardado:" in result.output
    listed = table.run("list", typed=f"{PHRASE}\n").output
    assert "Certificado de competencia laboral" in listed
    assert "Firma: Servicio de Normas" in listed
    assert "se puede mostrar en vivo" in listed
    (row,) = json.loads(table.run("list", "--json", typed=f"{PHRASE}\n").output.partition("\n")[2])
    shown = table.run("show", row["name"], "--json", typed=f"{PHRASE}\n").output
    assert '"CompetencePass"' in shown
    out = table.folder / "qr"
    result = table.run("present", "--out", str(out), typed=f"{PHRASE}\n")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("VP1-R")
    assert result.stderr.splitlines()[-1] == "Código en vivo: sirve unos 90 segundos:"
    assert [line for line in result.stdout.splitlines() if "Código" in line] == []
    assert [path.name for path in out.iterdir()] == ["mostrar.png"]


def test_a_name_that_hides_or_paints_is_told_plain(table: Table) -> None:
    did, _sheet = made(table)
    claims = {**makers.COMPETENCE, "name": "Ana\u202e\u00ad Z" + "\u0336" * 5 + "oe"}
    said = table.run("receive", worlds.text(competence(did, claims=claims)), typed=f"{PHRASE}\n").output  # type: ignore[arg-type]
    listed = table.run("list", typed=f"{PHRASE}\n").output
    seen = table.run("present", "--preview", typed=f"{PHRASE}\n").output
    for told in (said, listed, seen):
        assert "Ana Z\u0336\u0336\u0336oe" in told


def test_a_preview_says_what_is_seen_and_makes_no_code(table: Table) -> None:
    did, _sheet = made(table)
    table.run("receive", worlds.text(competence(did)), typed=f"{PHRASE}\n")  # type: ignore[arg-type]  # a DID
    before = table.wallet.read_bytes()
    told = table.run("present", "--preview", typed=f"{PHRASE}\n").output
    for line in (
        "Qué es: Certificado de competencia laboral",
        "Nombre completo: Ana María Pérez Gómez",
        "Qué sabe hacer: Servir alimentos y bebidas a la mesa",
        "Nivel: intermedio",
        "Final de su documento: 4821",
        "Versión de la norma: 2",
        f"La llave de su billetera: {did}",
    ):
        assert line in told
    assert "VP1-R" not in told
    assert table.wallet.read_bytes() == before


def test_the_rows_are_named_as_the_wallet_s_page_names_them() -> None:
    for place, language in enumerate(("es", "en")):
        path = Path(__file__).parents[2] / "pwa" / "src" / "words" / "languages" / f"{language}.json"
        words = json.loads(path.read_text("utf-8"))
        page = {key.removeprefix("claim."): text for key, text in words.items() if key.startswith("claim.")}
        assert {word: texts[place] for word, texts in SEEN.items()} == page


def test_what_is_not_kept_says_why_and_ends_with_1(table: Table) -> None:
    made(table)
    forged = makers.spoiled(competence(), "/credentialSubject/level", "avanzado")
    for sent, words in ((worlds.text(forged), "La firma no coincide"), ("https://x.example/", "no es de Puente")):
        result = table.run("receive", sent, typed=f"{PHRASE}\n")
        assert result.exit_code == 1
        assert words in result.output
        assert "No se guardó." in result.output


def test_the_sheet_is_asked_back(table: Table) -> None:
    """A wrong group, three times, is told; the wallet is there all the same."""
    result = table.run("create", typed=f"{PHRASE}\n{PHRASE}\nXXXX\nXXXX\nXXXX\n", data=False)
    assert result.exit_code == 1
    assert "su hoja no está comprobada" in result.output
    assert table.wallet.exists()


def test_a_copy_comes_back_by_the_sheet(table: Table) -> None:
    did, sheet = made(table)
    copy = table.folder / "copia.pvw"
    assert table.run("export", str(copy), typed=f"{PHRASE}\n", data=False).exit_code == 0
    other = table.folder / "otra.pvw"
    result = table.run("restore", str(copy), "--sheet", typed=f"{sheet}\n{OTHER}\n{OTHER}\n", data=False, wallet=other)
    assert result.exit_code == 0, result.output
    assert did in result.output
    assert table.run("list", typed=f"{OTHER}\n", wallet=other).exit_code == 0


def test_no_secret_is_an_argument() -> None:
    for command in wallet_app.registered_commands:
        assert command.callback is not None
        assert not {"passphrase", "pin", "sheet"} & set(command.callback.__annotations__)
