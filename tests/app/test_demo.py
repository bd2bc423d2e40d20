"""`puente demo`: every row of both cohorts ends as it must, every planted fault is found, files keep their names."""

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.demo import cohorts, founding
from app.demo.run import run_demo
from app.folder import DEMO_ENTRY, DEMO_MARK
from issuer.cohort_file import UPLOAD
from kernel import frames, qr, status
from kernel.encoding import base45_decode
from kernel.errors import Malformed, WrongShape
from kit.cards import Card, card_pictures, card_sheets
from kit.words import HERE, pass_words
from registry import contents
from tests.app.conftest import PORT, Demo
from tests.journeys.papers import cohort, row
from tests.kit.test_cards import symbols

FIELDS: Final[Mapping[str, tuple[type, ...]]] = {
    "name": (str,), "kind": (str,), "planted": (str, type(None)), "file": (str,), "at": (str,),
    "challenge": (str, type(None)), "expected": (str,), "expectedReasons": (list,), "verdict": (str,),
    "reasons": (list,), "version": (int,), "level": (str,), "chars": (int,), "bytes": (int,),
}  # fmt: skip
KINDS: Final = {"pass-paper", "pass-holder", "pair", "live", "live-frames", "foreign"}
PLANTED: Final = {
    "revoked": ("revoked", ["revoked"]),
    "suspended": ("under_review", ["suspended"]),
    "expired": ("expired", ["expired"]),
    "tampered": ("cannot_verify", ["invalid_signature"]),
    "out_of_scope": ("cannot_verify", ["out_of_scope"]),
    "unknown_issuer": ("cannot_verify", ["unknown_issuer"]),
    "not_yet_valid": ("cannot_verify", ["not_yet_valid"]),
    "stale_status": ("valid_as_of", ["bundle_expired", "stale"]),
    "old_status": ("cannot_verify", ["bundle_expired", "status_too_old"]),
    "stale_presentation": ("cannot_verify", ["stale_presentation"]),
    "borrowed": ("cannot_verify", ["holder_mismatch"]),
    "other_system": ("cannot_verify", ["unsupported_prefix"]),
}


def test_it_ends_well_and_says_what_was_issued_what_was_verified_and_where_to_look(demo: Demo) -> None:
    for said in (
        "cohort-demo.csv: 162 se emiten, 31 se omiten, 7 con error.",
        "cohort-demo-excel.csv: 54 se emiten, 6 se omiten, 0 con error.",
        "fila 96, Documento: Falta el documento. [DOCUMENT_MISSING]",
        "Todo salió como se plantó.",
        f"{demo.out}/",
        f"http://127.0.0.1:{PORT}/verifier/",
        f"http://127.0.0.1:{PORT}/wallet/",
        f"http://localhost:{PORT}/issuer/",
        *(way["code"] for way in demo.read("console.json")),
    ):
        assert said in demo.told
    assert "{" not in demo.told
    assert "None" not in demo.told


@pytest.mark.parametrize(("file", "slug"), [("cohort-demo.csv", "fila"), ("cohort-demo-excel.csv", "excel")])
def test_every_row_of_both_cohorts_ends_as_expected(demo: Demo, file: str, slug: str) -> None:
    facts = cohorts.expected()["files"][file]
    told = demo.read(f"imports/{slug}.json")
    rows = {one["row"]: str(one["row"] - 1) for one in told}  # expected by data rows; told as a spreadsheet counts
    ends = {rows[one["row"]]: f"error:{one['code']}" if one["outcome"] == "error" else one["outcome"] for one in told}
    assert ends == facts["rows"]
    assert {rows[one["row"]]: one["code"] for one in told if one["outcome"] == "skip"} == facts["skipReasons"]
    assert all(one["es"] and one["en"] and "{" not in one["es"] for one in told if one["outcome"] != "issue")
    # A30: a judgement of 0 or 2, and a row in error, leave no file of any kind.
    issued = {f"{slug}-{int(n) + 1:03}" for n, end in facts["rows"].items() if end == "issue"}
    assert {path.stem for path in (demo.out / "credentials").glob(f"{slug}-*")} == issued
    assert {path.stem for path in (demo.out / "qr").glob(f"{slug}-*.txt")} == issued
    assert {one["name"] for one in demo.report if one["name"].startswith(f"{slug}-")} == issued


def test_the_report_has_the_fields_that_were_promised(demo: Demo) -> None:
    for line in demo.report:
        assert list(line) == list(FIELDS)
        assert all(isinstance(line[name], kinds) for name, kinds in FIELDS.items()), line
        assert line["kind"] in KINDS
        assert (line["verdict"], line["reasons"]) == (line["expected"], line["expectedReasons"]), line
        assert (demo.out / line["file"]).is_file()
        assert line["at"].endswith("Z")
    assert len({line["name"] for line in demo.report}) == len(demo.report)


def test_each_planted_fault_is_there_and_is_found(demo: Demo) -> None:
    found: dict[str, Any] = {}
    for line in demo.report:
        if line["planted"] is not None:
            assert PLANTED[line["planted"]] == (line["verdict"], line["reasons"]), line
            found.setdefault(line["planted"], []).append(line)
        else:
            assert (line["verdict"], line["reasons"]) == ("valid", []), line
    assert set(found) == set(PLANTED)
    # One act of revocation reaches the paper and the holder's copy of it, which have places of their own.
    kinds = {line["kind"] for line in found["revoked"]}
    assert kinds == {"pass-paper", "pass-holder"}
    paper, hers = (demo.read(f"credentials/{name}.json") for name in ("plantado-anulado", "plantado-anulado-titular"))
    assert paper["credentialSubject"]["name"] == hers["credentialSubject"]["name"]
    assert paper["credentialStatus"] != hers["credentialStatus"]


def test_every_file_has_its_name(demo: Demo) -> None:
    for line in demo.report:
        name, texts = line["name"], demo.text(line["name"]).split("\n")
        assert all(texts), name
        pictures = [name] if len(texts) == 1 else [f"{name}-{n}" for n in range(1, len(texts) + 1)]
        for picture in pictures:
            for end in ("png", "svg"):
                assert (demo.out / "qr" / f"{picture}.{end}").stat().st_size > 0
        assert line["file"] == f"qr/{pictures[0]}.png"
        whole = frames.join(texts) if len(texts) > 1 else texts[0]
        assert line["chars"] == len(whole)
        if line["kind"] != "foreign":
            assert line["bytes"] == len(base45_decode(whole[5:]))
            assert demo.read(f"credentials/{name}.json")
    assert {path.name for path in (demo.out / "cards").iterdir()} == {"fila.pdf", "excel.pdf", "permiso.pdf"}
    for path in ("bundle/metadata", "bundle/targets", "bundle.puente", "root.json"):
        assert (demo.out / path).exists()


def test_the_sizes_hold(demo: Demo) -> None:
    for line in demo.report:
        kind, version, level = line["kind"], line["version"], line["level"]
        if kind == "foreign" or line["planted"] == "unknown_issuer":
            continue
        if kind.startswith("pass"):
            assert (level, line["bytes"] <= 348, version <= 14) == ("M", True, True), line
        if kind == "pass-holder":
            name = demo.read(f"credentials/{line['name']}.json")["credentialSubject"]["name"]
            assert len(name.encode()) <= 28
            assert (line["bytes"] <= 276, version <= 12) == (True, True), line
        if kind == "pass-paper":
            assert qr.fits(line["chars"], "Q") <= 16, line
        if kind == "pair":
            assert (level, version) == ("L", 14), line
        if kind == "live":
            assert (level, version <= 15) == ("L", True), line
        if kind == "live-frames":
            assert len(demo.text(line["name"]).split("\n")) <= 4, line
    longest = demo.row("fila-023")
    assert len(demo.read("credentials/fila-023.json")["credentialSubject"]["name"].encode()) == 59
    assert (longest["version"] <= 13, longest["level"]) == (True, "M")


def test_another_writer_needs_the_same_versions(demo: Demo) -> None:
    edges: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for line in sorted(demo.report, key=lambda line: int(line["chars"])):
        edges.setdefault((line["level"], line["version"]), []).append(line)
    for line in (lines[at] for lines in edges.values() for at in (0, -1)):  # the shortest and the longest of each
        texts = demo.text(line["name"]).split("\n")
        made = [segno.make_qr(text, error=line["level"], boost_error=False) for text in texts]
        assert max(symbol.version for symbol in made) == line["version"], line


def test_what_others_need_to_verify_has_its_shape(demo: Demo) -> None:
    contexts, tables, lists = (demo.read(f"{name}.json") for name in ("contexts", "tables", "status"))
    issuers = {f"did:web:{name}.demo.puente.example" for name in ("formacion", "permisos", "acoge")}
    assert issuers | {"https://www.w3.org/ns/credentials/v2"} <= set(contexts)
    for did in issuers:
        assert contexts[did]["id"] == did
        assert contexts[did]["assertionMethod"] == [contexts[did]["verificationMethod"][0]["id"]]
    assert list(tables) == ["entries"]
    for rows in (tables["entries"][str(DEMO_ENTRY)],):
        assert all(set(one) == {"type", "table"} for one in rows)
        assert all(isinstance(number, int) for one in rows for number in one["table"].values())
    assert len(lists) == 4
    for one in lists:
        assert "BitstringStatusListCredential" in one["type"]
        assert len(status.expand_list(one["credentialSubject"]["encodedList"])) == 16_384
        assert one["proof"]["cryptosuite"] == "eddsa-jcs-2022"


@pytest.mark.parametrize(("slug", "cards"), [("fila", 162), ("excel", 54), ("permiso", 3)])
def test_the_cards_are_tagged_spanish_a4_and_four_to_a_sheet(demo: Demo, slug: str, cards: int) -> None:
    pdf = PdfReader(demo.out / "cards" / f"{slug}.pdf")
    marks = pdf.root_object["/MarkInfo"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"]
    assert str(pdf.root_object["/Lang"]).startswith("es")
    assert len(pdf.pages) == -(-cards // 4)
    assert sorted(round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox.upper_right) == [210, 297]


def test_both_symbols_of_a_printed_card_are_its_code(demo: Demo) -> None:
    names = sorted(path.stem for path in (demo.out / "credentials").glob("permiso-*"))
    labels, issuer = contents.labels("es"), "Autoridad de Permisos (DEMO)"
    cards = [
        Card(
            words=pass_words(demo.read(f"credentials/{name}.json"), labels=labels, issuer=issuer, zone=HERE),
            text=demo.text(name),
            address=f"127.0.0.1:{PORT}/verifier",
        )
        for name in names
    ]
    # The same cards are the same bytes, so what is read from their picture is what stands in the demo's file.
    assert card_sheets(cards) == (demo.out / "cards" / "permiso.pdf").read_bytes()
    (sheet,) = card_pictures(cards, ppi=200)
    assert sorted(found.text for found in symbols(sheet)) == sorted([card.text for card in cards] * 2)


def test_no_personal_value_stands_in_its_log(demo: Demo) -> None:
    log = (demo.out / "demo.log").read_text("utf-8")
    assert '"route": "/v1/issuer/pickups"' in log
    for line in demo.report:
        assert demo.text(line["name"]) not in log
        if line["kind"] in {"pass-paper", "pass-holder"}:
            subject = demo.read(f"credentials/{line['name']}.json")["credentialSubject"]
            assert subject["name"] not in log
    for raw in (
        cohorts.demo_file("cohort-demo.csv").decode(),
        cohorts.demo_file("cohort-demo-excel.csv").decode("cp1252"),
    ):
        documents = {cell for each in raw.splitlines()[1:] for cell in each.replace(";", ",").split(",")[3:4] if cell}
        assert not [number for number in documents if number in log]


OTHER: Final = cohort(row(), row(name="Zoë", number="000000200002", judgement="2"), row(number=""))


def test_another_cohort_works_and_a_wrong_expectation_is_noticed(tmp_path: Path) -> None:
    file, out = tmp_path / "permisos y más.csv", tmp_path / "out"
    file.write_bytes(OTHER)
    said = io.StringIO()
    with redirect_stdout(said):
        good = run_demo(out, cohort=file, lang="en", port=1, expecting={"plantado-anulado": ("valid", ())})
    assert not good
    assert "permisos y más.csv: 1 issued, 1 skipped, 1 in error." in said.getvalue()
    (fault,) = (line for line in said.getvalue().splitlines() if "✗" in line)
    assert "plantado-anulado: ('revoked', ('revoked',)) instead of ('valid', ())" in fault
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [line["name"] for line in report if line["verdict"] != line["expected"]] == ["plantado-anulado"]
    assert {line["planted"] for line in report} == {*PLANTED, None}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "cohort_not_csv"),
        (b"", "file_empty"),
        (OTHER.decode().encode("utf-16-le"), "cohort_encoding"),
        (b"PK\x03\x04", "cohort_not_workbook"),
        (OTHER.replace(b"Documento,", b""), "cohort_columns"),
        (OTHER.replace(b"\n", b",Documento\n", 1), "column_repeated"),
    ],
)
def test_a_file_that_is_no_cohort_is_told_and_nothing_is_written(tmp_path: Path, raw: bytes, code: str) -> None:
    file, out = tmp_path / "x.csv", tmp_path / "out"
    file.write_bytes(raw)
    with pytest.raises((Malformed, WrongShape)) as caught:
        run_demo(out, cohort=file, lang="es", port=1)
    assert caught.value.code == code
    assert not out.exists()


def test_a_cohort_of_200_megabytes_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    file, out = tmp_path / "x.csv", tmp_path / "out"
    with file.open("wb") as large:
        large.write(OTHER)
        large.truncate(200 << 20)
    assert UPLOAD.bytes < 200 << 20
    with pytest.raises(Malformed) as caught:
        run_demo(out, cohort=file, lang="es", port=1)
    assert caught.value.code == "file_too_large"
    assert not out.exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "theirs.txt").write_text("keep me")
    assert not run_demo(tmp_path, cohort=None, lang="es", port=1)
    assert not run_demo(tmp_path / "theirs.txt", cohort=None, lang="en", port=1)
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.txt"]
    said = capsys.readouterr().out
    assert "tiene otras cosas; elija otra con --out" in said
    assert "holds other things; choose another with --out" in said


def test_a_former_demo_is_cleared(tmp_path: Path) -> None:
    (tmp_path / DEMO_MARK).write_text("")
    (tmp_path / "old.txt").write_text("")
    founding.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [DEMO_MARK]
