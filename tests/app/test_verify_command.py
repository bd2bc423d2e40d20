"""`puente verify`: whatever is given is judged with the bundle alone, told in Spanish or English, and counted."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from app.cli import cli
from app.words import tell
from kernel.bundle.install import install
from kernel.verify import MemorySeen, judge
from tests import makers, worlds
from tests.app.conftest import Demo

SHC: Final = "shc:/5676290952432060346029243740446031222959532654603460292540772804336028702864716745222809286"
DCC: Final = "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0"
URL: Final = "https://verificar.example/c/0001"


def run(*words: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(cli, ["verify", *words], input=stdin)


@dataclass(frozen=True)
class Desk:
    """A bundle on disk, and the demo's codes."""

    demo: Demo

    def ask(
        self, *inputs: str, stdin: bytes | str | None = None, at: str | None = None, more: Sequence[str] = ()
    ) -> Any:
        """Exit code and JSON."""
        when = () if at is None else ("--at", at)
        bundle = str(self.demo.out / "bundle.puente")
        result = run(*inputs, "--bundle", bundle, "--data", str(self.demo.out), "--json", *when, *more, stdin=stdin)
        return result.exit_code, json.loads(result.stdout)

    def verdicts(self, *inputs: str, **how: Any) -> Any:
        code, reports = self.ask(*inputs, **how)
        return code, [report["verdict"] for report in reports]

    def file(self, name: str) -> str:
        return str(self.demo.out / name)


@pytest.fixture
def desk(demo: Demo) -> Desk:
    return Desk(demo)


def test_text_file_picture_credential_presentation_and_standard_input(desk: Desk) -> None:
    text, live = desk.demo.text("fila-004"), desk.demo.row("titular-en-vivo")
    same = [
        text,
        desk.file("qr/fila-004.txt"),
        desk.file("qr/fila-004.png"),
        desk.file("credentials/fila-004.json"),
        "-",
    ]
    code, reports = desk.ask(*same, stdin=text + "\r\n")
    assert (code, [report["verdict"] for report in reports]) == (0, ["valid"] * 5)
    assert len({json.dumps(report["passes"]) for report in reports}) == 1
    assert [report["input"] for report in reports][1:] == same[1:]
    assert {report["root"] for report in reports} == {"pinned"}
    shown = [desk.file(f"{where}") for where in ("qr/titular-en-vivo.png", "credentials/titular-en-vivo.json")]
    code, reports = desk.ask(*shown, at=live["at"])
    assert (code, [report["level"] for report in reports]) == (0, ["live", "live"])


def test_a_text_that_an_editor_marked_or_saved_as_utf_16_is_read(desk: Desk) -> None:
    for raw in (desk.demo.text("fila-004").encode(), (desk.demo.out / "credentials/fila-004.json").read_bytes()):
        for encoding in ("utf-8-sig", "utf-16"):
            assert desk.verdicts("-", stdin=raw.decode().encode(encoding)) == (0, ["valid"])


def test_standard_input_takes_a_picture_and_json_too(desk: Desk) -> None:
    for name in ("qr/fila-004.png", "credentials/fila-004.json"):
        raw = (desk.demo.out / name).read_bytes()
        assert desk.verdicts("-", stdin=raw) == (0, ["valid"])


def test_frames_over_several_files_are_one_code(desk: Desk) -> None:
    line = desk.demo.row("titular-en-vivo-dos")
    count = len(desk.demo.text(line["name"]).split("\n"))
    pictures = [desk.file(f"qr/{line['name']}-{n}.png") for n in range(1, count + 1)]
    code, (report,) = desk.ask(*reversed(pictures), at=line["at"])
    assert (code, report["verdict"], len(report["passes"]), report["sameHolder"]) == (0, "valid", 2, True)
    assert desk.verdicts(desk.file(f"qr/{line['name']}.txt"), at=line["at"]) == (0, ["valid"])
    code, reports = desk.ask(*pictures[1:], desk.file("qr/fila-004.txt"), at=line["at"])
    assert (code, [report["reasons"] for report in reports]) == (1, [[], ["frames_incomplete"]])


def test_the_exit_code_is_0_only_when_all_are_good(desk: Desk) -> None:
    names = ("fila-004", "plantado-anulado", "plantado-en-revision", "plantado-vencido", "plantado-cambiado")
    for name, expected in zip(names, (0, 1, 1, 1, 1), strict=True):
        good, tested = desk.file("qr/fila-005.txt"), desk.file(f"qr/{name}.txt")
        assert desk.ask(good, tested)[0] == expected, name
    assert desk.ask(desk.file("qr/plantado-cambiado.txt"), good)[0] == 1


def test_a_time_to_judge_at(desk: Desk) -> None:
    line = desk.demo.row("plantado-estado-viejo")
    assert desk.verdicts(desk.file("qr/fila-004.txt"), at=line["at"]) == (0, ["valid_as_of"])
    line = desk.demo.row("plantado-estado-muy-viejo")
    assert desk.verdicts(desk.file("qr/fila-004.txt"), at=line["at"]) == (1, ["cannot_verify"])
    # A clock that was set back changes nothing (A10): it is judged by the time that signed metadata proved.
    code, (report,) = desk.ask(desk.file("qr/plantado-vencido.txt"), at="2025-06-01T00:00:00Z")
    assert (code, report["verdict"], report["reasons"]) == (1, "expired", ["clock_behind", "expired"])
    refused = run("x", "--at", "mañana", "--bundle", desk.file("bundle.puente"))
    assert (refused.exit_code, "la hora se escribe como" in refused.stderr) == (2, True)


def test_an_answer_to_a_question_is_judged_with_its_letters(desk: Desk) -> None:
    line = desk.demo.row("titular-en-vivo-reto")
    name = desk.file("qr/titular-en-vivo-reto.txt")
    code, (report,) = desk.ask(name, at=line["at"], more=("--challenge", "AAAAAAAA"))
    assert (code, report["reasons"]) == (1, ["challenge_mismatch"])
    code, (report,) = desk.ask(name, at=line["at"])
    assert (code, report["reasons"]) == (1, ["challenge_mismatch"])


@pytest.mark.parametrize(
    ("text", "looks", "es", "en"),
    [
        (URL, "url", "Parece un enlace; no lo abrí.", "It looks like a link; I did not open it."),
        (
            SHC,
            "smart_health_card",
            "Parece una tarjeta de salud SMART (SMART Health Card).",
            "It looks like a SMART Health Card.",
        ),
        (
            DCC,
            "eu_dcc",
            "Parece un certificado COVID digital de la UE.",
            "It looks like an EU Digital COVID Certificate.",
        ),
        ("VQ1-I7K3M9QWX.A", "puente_request", "Es la pregunta de un verificador.", "It is a verifier's request."),
    ],
)
def test_what_is_no_pass_is_named_and_ours_not_as_foreign(desk: Desk, text: str, looks: str, es: str, en: str) -> None:
    code, (report,) = desk.ask("-", stdin=text)
    assert (code, report["verdict"], report["reasons"], report["looksLike"]) == (
        1,
        "cannot_verify",
        ["unsupported_prefix"],
        looks,
    )
    root = (desk.demo.out / "root.json").read_bytes()
    bundle = install((desk.demo.out / "bundle.puente").read_bytes(), trusted_root=root, now=datetime.now(UTC))
    found = judge(text, bundle=bundle, now=datetime.now(UTC), floor=None, session=None, seen=MemorySeen())
    told = tell(found, bundle, "es")
    assert (told.count(es), "Este código no es de Puente." in told) == (1, not looks.startswith("puente_"))
    assert en in tell(found, bundle, "en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unsupported_prefix"),
        ("hola", "unsupported_prefix"),
        ("VC1-R", "malformed_cbor"),
        ("VC1-Rabc", "malformed_base45"),
        ("VC1-R" + "0" * 5000, "limits_exceeded"),
    ],
)
def test_garbage_is_a_verdict_and_never_a_traceback(desk: Desk, text: str, reason: str) -> None:
    code, (report,) = desk.ask("-", stdin=text)
    assert (code, report["verdict"], report["reasons"]) == (1, "cannot_verify", [reason])


def test_a_truncated_code_is_a_verdict_at_every_length(desk: Desk) -> None:
    text = desk.demo.text("fila-004")
    code, reports = desk.ask(*(text[:length] for length in range(1, len(text), 7)))
    assert code == 1
    assert {report["verdict"] for report in reports} == {"cannot_verify"}
    assert all(report["passes"] == [] for report in reports)


def test_a_file_that_cannot_be_read_as_anything_is_a_verdict(desk: Desk, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    deep, binary = tmp_path / "deep.json", tmp_path / "binary"
    deep.write_text('{"a":' * 5000 + "1" + "}" * 5000)
    binary.write_bytes(bytes(range(256)) * 64)
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(200 << 20)
    code, reports = desk.ask(*map(str, (bomb, deep, binary, large, "A" * 300, tmp_path)))
    assert (code, {report["verdict"] for report in reports}) == (1, {"cannot_verify"})
    assert [report["reasons"][0] for report in reports] == [
        "picture_unreadable",
        "limits_exceeded",
        "unsupported_prefix",
        "limits_exceeded",
        *["unsupported_prefix"] * 2,
    ]


def test_a_file_that_is_not_there_is_no_verdict(desk: Desk, tmp_path: Path) -> None:
    result = run(str(tmp_path / "not-there.png"), "--bundle", desk.file("bundle.puente"))
    assert result.exit_code == 2
    assert "no encuentro el archivo" in result.stderr


def test_a_picture_without_a_code_says_so_in_words(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    Image.new("L", (64, 64), 255).save(empty)
    result = run(str(empty), "--bundle", desk.file("bundle.puente"))
    assert (result.exit_code, "No pude leer esa imagen. (picture_unreadable)" in result.stdout) == (1, True)


def test_passes_side_by_side_in_one_file_are_judged_each(desk: Desk, tmp_path: Path) -> None:
    pair = desk.file("credentials/titular-par.json")
    code, reports = desk.ask(pair)
    assert (code, [report["input"] for report in reports]) == (0, [f"{pair}[0]", f"{pair}[1]"])
    twice = (
        (desk.demo.out / "credentials" / "titular-par.json")
        .read_text("utf-8")
        .replace('"type"', '"type": [], "type"', 1)
    )
    for text in ("[", "[]", "[1]", "[{}", '[{"a":1}}]', '[{"a":1} {"b":2}]', twice, "[" + '{"a":' * 9000):
        (tmp_path / "list.json").write_text(text)
        assert desk.verdicts(str(tmp_path / "list.json"))[0] == 1, text[:20]


def test_the_words_are_said_and_a_url_is_never_opened(desk: Desk) -> None:
    result = run(desk.file("qr/fila-004.txt"), "--bundle", desk.file("bundle.puente"))
    assert result.exit_code == 0
    for said in (
        "Válido  [valid]",
        "Julián Rincón Yépez  (el documento termina en 0442)",
        "Certificado de competencia laboral",
        "Lo firma una autoridad: Servicio de Aprendizaje (DEMO).",
        "Copia o tarjeta: no prueba quién la muestra.",
    ):
        assert said in result.stdout, said


def test_a_bundle_without_its_root_is_trusted_on_first_use_and_says_so(desk: Desk, tmp_path: Path) -> None:
    alone = tmp_path / "alone.puente"
    shutil.copyfile(desk.demo.out / "bundle.puente", alone)
    words = (desk.file("qr/fila-004.txt"), "--bundle", str(alone), "--data", str(tmp_path), "--json")
    result = run(*words)
    assert "Aviso: confío en la raíz que trae la lista (SHA-256 " in result.stderr
    assert (result.exit_code, json.loads(result.stdout)[0]["root"]) == (0, "first-use")
    pinned = run(*words, "--root", desk.file("root.json"))
    assert (pinned.stderr, json.loads(pinned.stdout)[0]["root"]) == ("", "pinned")


def test_no_bundle_is_a_verdict_and_a_bundle_that_is_not_there_a_usage(tmp_path: Path, desk: Desk) -> None:
    missing = run("x", "--bundle", str(tmp_path / "no.puente"))
    assert (missing.exit_code, "no existe el archivo" in missing.stderr) == (2, True)
    raw = bytearray((desk.demo.out / "bundle.puente").read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "spoiled.puente").write_bytes(bytes(raw))
    shutil.copyfile(desk.demo.out / "root.json", tmp_path / "root.json")
    spoiled = run("x", "--bundle", str(tmp_path / "spoiled.puente"))
    assert getattr(spoiled.exception, "code", None) == "bundle_refused"


def test_a_bundle_is_found_in_the_data_folder(desk: Desk) -> None:
    result = run(desk.file("qr/fila-004.txt"), "--data", str(desk.demo.out), "--json")
    assert (result.exit_code, json.loads(result.stdout)[0]["root"]) == (0, "pinned")
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    result = run(desk.file("qr/fila-004.txt"), "--data", str(desk.demo.out), "--json", "--at", later)
    assert json.loads(result.stdout)[0]["judgedAt"] > json.loads(result.stdout)[0]["passes"][0]["asOf"]


@pytest.mark.parametrize(
    ("name", "es", "en"),
    [
        (makers.PERMIT["name"], "Mismo titular en todos los pases.", "The same holder in all passes."),
        (
            "Ana M. Pérez",
            "El nombre no está escrito igual en todos: compare cada uno con el documento.",
            "The name is not written alike in all of them: compare each one with the document.",
        ),
    ],
)
def test_one_key_is_told_and_whether_the_passes_write_the_name_alike(name: str, es: str, en: str) -> None:
    her = makers.holder()
    permit = makers.permit(subject=her.did, claims={**makers.PERMIT, "name": name})
    both = makers.presented([makers.competence(subject=her.did), permit], her)
    report = worlds.world().judge(worlds.text(both))
    assert report.same_holder
    for language, sentence in (("es", es), ("en", en)):
        said = tell(report, None, language)  # type: ignore[arg-type]  # one of the two
        assert said.count(sentence) == 1
        alike = name == makers.PERMIT["name"]
        assert ("→ " in said) == alike
    assert "llave" not in tell(worlds.world().judge(worlds.text(permit)), None, "es")
