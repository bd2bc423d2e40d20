"""`puente verify` on receipts: told apart from credentials, held to their signature, and never said of today."""

import codecs
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli import cli
from app.receipt_words import tell_receipt, tell_refused_receipt
from kernel import codec, receipt
from tests import makers, worlds
from tests.makers import spoiled
from tests.receipt_cases import DEVICE, good, signed


def run(folder: Path, *words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["verify", *words, "--data", str(folder)], input=stdin)


def kept(folder: Path, document: Any, name: str = "constancia.json") -> str:
    path = folder / name
    path.write_bytes(codec.write(document))
    return str(path)


def test_a_receipt_is_told_with_its_time_and_that_it_says_nothing_of_today(tmp_path: Path) -> None:
    result = run(tmp_path, kept(tmp_path, good()))
    assert result.exit_code == 0, result.output
    for line in (
        "Constancia. Su firma está bien.",
        "Se comprobó: 21 de noviembre de 2026, 7:30 p. m., hora de Bogotá",
        "Resultado de entonces: Válido  [valid]",
        "CompetencePass/SENA-NSCL: Válido",
        "Copia o tarjeta: no prueba quién la muestra.",
        "Lista de confianza: versión 7",
        f"La firmó el aparato {DEVICE.did}",
        "Nota de quien comprobó: Caja 2",
        "No dice nada de hoy, ni de quién se trata fuera de la nota.",
    ):
        assert line in result.stdout


def test_as_json_there_is_no_verdict_to_take_for_now(tmp_path: Path) -> None:
    result = run(tmp_path, "-", "--json", stdin=codec.write(good()))
    (row,) = json.loads(result.stdout)
    assert (result.exit_code, row["input"], row["reasons"], "verdict" in row) == (0, "-", [], False)
    assert row["receipt"]["verdict"] == "valid"
    assert row["receipt"]["verifier"] == DEVICE.did


def test_a_byte_order_mark_before_it_is_no_part_of_it(tmp_path: Path) -> None:
    path = Path(kept(tmp_path, good()))
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    result = run(tmp_path, str(path))
    assert (result.exit_code, "Constancia. Su firma está bien." in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (spoiled(good(), "/verdict", "valid_as_of"), "invalid_signature"),
        (signed({"name": "Ana"}), "schema"),
        (signed({"verifier": makers.holder("holder2").did}), "issuer_mismatch"),
    ],
)
def test_one_that_does_not_hold_ends_with_1_and_shows_nothing_of_it(tmp_path: Path, document: Any, code: str) -> None:
    result = run(tmp_path, kept(tmp_path, document))
    assert (result.exit_code, code in result.stdout) == (1, True)
    assert "No la puedo comprobar." in result.stdout
    assert "Caja 2" not in result.stdout
    (row,) = json.loads(run(tmp_path, kept(tmp_path, document), "--json").stdout)
    assert (row["receipt"], row["reasons"]) == (None, [code])


def test_a_credential_is_judged_as_ever_beside_a_receipt(tmp_path: Path) -> None:
    both = (kept(tmp_path, good()), kept(tmp_path, makers.competence(), "pase.json"))
    result = run(tmp_path, *both, "--json")
    first, second = json.loads(result.stdout)
    assert (result.exit_code, first["receipt"]["verdict"]) == (1, "valid")
    assert (second["verdict"], second["reasons"]) == ("cannot_verify", ["no_bundle"])


def test_the_words_are_english_too_and_kinds_have_the_bundles_words() -> None:
    held = receipt.check(codec.write(good()))
    told = tell_receipt(held, worlds.world().bundle, "en")
    assert "What came out then: Valid  [valid]" in told
    assert "Checked: 21 November 2026, 19:30, Bogotá time" in told
    assert "It says nothing about today" in told
    assert "Ask for the original." in tell_refused_receipt("schema", "en")
