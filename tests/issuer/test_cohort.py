"""The cohort reader against its expected outcomes and against every bad file that the issue names."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from issuer import cohort_file
from issuer.cohort import CohortSetUp, Row, Totals, norms_in, rows
from issuer.cohort_file import COLUMNS, Detected, FileBound
from issuer.cohort_reading import detect
from issuer.cohort_words import ERRORS, SKIPS, WARNINGS
from kernel.errors import Invalid
from schemas.bounds import COHORT_NORMS
from tests.issuer.books import book

DEMO = Path(__file__).resolve().parents[2] / "app" / "demo"
EXPECTED: dict[str, Any] = json.loads((DEMO / "cohort-demo.expected.json").read_text())
SETUP = CohortSetUp(
    as_of=date(2025, 11, 20),
    norm_versions={code: int(version) for code, version in EXPECTED["normVersion"]["map"].items()},
)
HEADER = ",".join(COLUMNS)
GOOD = "000202541701,290801106,01,000000100442,Rincón Yépez,Julián,3,28/09/2025"


def read(raw: bytes, *, bound: FileBound = cohort_file.UPLOAD, **said: Any) -> tuple[Detected, list[Row]]:
    source = io.BytesIO(raw)
    found = detect(source, bound=bound, **said)
    return found, list(rows(source, found, SETUP, bound=bound))


def judge(line: str) -> Row:
    return read(f"{HEADER}\n{line}\n".encode())[1][0]


def outcome(row: Row) -> str:
    return f"error:{row.code}" if row.outcome == "error" else row.outcome


def test_the_norms_of_a_file_are_told_once_each_in_order_whatever_its_form() -> None:
    other, none = GOOD.replace("290801106", "220601038"), GOOD.replace("290801106", "29080110")
    rows_ = [HEADER.split(","), *(line.split(",") for line in (other, GOOD, none, other))]
    for raw in ("\n".join('"' + '","'.join(row) + '"' for row in rows_).encode(), book(rows_)):
        assert norms_in(io.BytesIO(raw), form=None) == ["220601038", "290801106"]
    many = [GOOD.replace("290801106", str(200_000_000 + n)) for n in range(COHORT_NORMS + 1)]
    assert len(norms_in(io.BytesIO("\n".join([HEADER, *many]).encode()), form="csv")) == COHORT_NORMS
    with pytest.raises(Invalid) as caught:
        norms_in(io.BytesIO(b"a,b\n1,2\n"), form=None)
    assert caught.value.code == "cohort_not_csv"


@pytest.mark.parametrize("name", ["cohort-demo.csv", "cohort-demo-excel.csv"])
def test_the_fixtures_end_exactly_as_expected(name: str) -> None:
    wanted = EXPECTED["files"][name]
    found, judged = read((DEMO / name).read_bytes())
    assert {str(row.row): outcome(row) for row in judged} == wanted["rows"]
    totals = Totals()
    for row in judged:
        totals.add(row)
    assert {"issue": totals.issue, "skip": totals.skip, "error": totals.error} == wanted["summary"]
    assert {str(row.row): row.code for row in judged if row.outcome == "skip"} == wanted["skipReasons"]
    assert {str(row.row): list(row.warnings) for row in judged if row.warnings} == wanted["warnings"]
    assert totals.file_warnings() == ()
    assert found.encoding == ("utf-8" if name == "cohort-demo.csv" else "windows-1252")
    assert found.separator == wanted["delimiter"]
    assert found.line_ending == wanted["lineEnding"]
    assert all(row.line == row.row + 1 for row in judged)


def test_a_quoted_separator_is_data() -> None:
    _, judged = read((DEMO / "cohort-demo-excel.csv").read_bytes())
    assert judged[11].cells[4] == "Acuña; Núñez"


def test_the_duplicate_names_the_row_it_repeats() -> None:
    _, judged = read((DEMO / "cohort-demo.csv").read_bytes())
    assert judged[36].first == 37


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file_empty"),
        (b"PK\x03\x04 a workbook", "cohort_not_workbook"),
        (b"%PDF-1.7", "cohort_not_csv"),
        (b"\x89PNG\r\n", "cohort_not_csv"),
        (b"hello\nworld\n", "cohort_not_csv"),
        (b'{"a": [1, 2]}', "cohort_not_csv"),
        (HEADER.encode() + b"\0\n", "cohort_not_csv"),
        (HEADER.encode("utf-16") + b"x", "cohort_encoding"),
        (HEADER.encode("utf-16-le"), "cohort_encoding"),
        (HEADER.encode().replace("ó".encode(), b"\x81"), "cohort_encoding"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "cohort_not_workbook"),
        (b"Documento,Apellidos,Nombre\n1,2,3\n", "cohort_columns"),
        (f"{HEADER},documento\n".encode(), "column_repeated"),
        (HEADER.encode() + b"," * 80 + b"\n", "file_too_wide"),
        (HEADER.encode() + b"x" * 200_000, "file_too_wide"),
    ],
)
def test_a_bad_file_has_its_own_answer(raw: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(raw)
    assert caught.value.code == code


def test_bytes_and_rows_are_bounded_while_reading() -> None:
    with pytest.raises(Invalid) as caught:
        read(HEADER.encode() + b"\n" + b"a" * 100, bound=FileBound(bytes=150))
    assert caught.value.code == "file_too_large"
    three = f"{HEADER}\n{GOOD}\n{GOOD}\n{GOOD}\n".encode()
    assert len(read(three, bound=FileBound(rows=3))[1]) == 3
    with pytest.raises(Invalid) as caught:
        read(three, bound=FileBound(rows=2))
    assert caught.value.code == "file_too_many_rows"


def test_the_missing_column_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        read(HEADER.replace("Grupo", "Otro").encode())
    assert caught.value.pointer == "/Grupo"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_flavour_reads_the_same(encoding: str, separator: str, ending: str) -> None:
    text = ending.join(line.replace(",", separator) for line in (HEADER, GOOD, ""))
    found, judged = read(text.encode(encoding))
    assert found.separator == separator
    assert found.bom == (encoding == "utf-8-sig")
    assert judged[0].cells == tuple(GOOD.split(","))


def test_headers_fold_case_accents_and_order() -> None:
    shuffled = list(reversed(COLUMNS))
    head = ",".join(name.upper().replace("Ó", "O") + " " for name in shuffled) + ",Extra"
    line = ",".join(reversed(GOOD.split(","))) + ",x"
    _, judged = read(f"{head}\n{line}\n".encode())
    assert judged[0].cells == tuple(GOOD.split(","))


def spoil(column: int, text: str) -> str:
    cells = GOOD.split(",")
    cells[column] = text
    return ",".join(cells)


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (GOOD + ",x", "COLUMN_COUNT", None),
        (spoil(1, "190801106"), "NORM_CODE_FORMAT", "Código Norma"),
        (spoil(1, "29080110٦"), "NORM_CODE_FORMAT", "Código Norma"),
        (spoil(1, "299999999"), "NORM_VERSION_UNKNOWN", "Código Norma"),
        (spoil(3, ""), "DOCUMENT_MISSING", "Documento"),
        *(
            (spoil(3, none), "DOCUMENT_MISSING", "Documento")
            for none in (*("0", "0000000000", '"0,0"', "NULL", "N/A", "sin dato", "FALSO", "(en blanco)", "?"),)
        ),
        *(
            (spoil(3, lost), "NUMBER_ROUNDED", "Documento")
            for lost in ("1.23457E+11", '"1,23457E+11"', "12e+4", "1.23E11")
        ),
        *((spoil(3, lost), "SHEET_ERROR", "Documento") for lost in ("#N/D", "#¡REF!", "#NAME?", "#¡DIV/0!", "#######")),
        (spoil(4, "#¡VALOR!"), "SHEET_ERROR", "Apellidos"),
        (spoil(5, "#REF!"), "SHEET_ERROR", "Nombre"),
        (spoil(4, "1.23457E+11"), "NUMBER_ROUNDED", "Apellidos"),
        (spoil(0, '"2,02542E+08"'), "NUMBER_ROUNDED", "Radicado Proyecto"),
        (spoil(2, "#REF!"), "SHEET_ERROR", "Grupo"),
        (spoil(5, "0"), "NAME_MISSING", "Nombre"),
        *(
            (GOOD.replace(",".join(GOOD.split(",")[4:6]), none), "NAME_MISSING", "Nombre")
            for none in (*("NULL,NULL", "Null Null,Null Null", "Dato,Sin", ".,", "TOTAL,", "123,4"),)
        ),
        ("TOTAL,,,,,,,4", "NOBODYS_ROW", "Documento"),
        (spoil(6, "5"), "JUDGEMENT_UNKNOWN", "Juicio Emitido"),
        (spoil(6, ""), "JUDGEMENT_UNKNOWN", "Juicio Emitido"),
        (spoil(7, ""), "DATE_FORMAT", "Fecha de Juicio"),
        (spoil(7, "31/02/2025"), "DATE_FORMAT", "Fecha de Juicio"),
        (spoil(7, "2025-09-28"), "DATE_FORMAT", "Fecha de Juicio"),
        (spoil(7, "28/9/2025"), "DATE_FORMAT", "Fecha de Juicio"),
        (spoil(7, "21/11/2025"), "DATE_IN_FUTURE", "Fecha de Juicio"),
        (spoil(5, "@SUM(A1)"), "FORMULA_INJECTION", "Nombre"),
        (spoil(5, "\tJulián"), "FORMULA_INJECTION", "Nombre"),
        (spoil(5, "  =1+1"), "FORMULA_INJECTION", "Nombre"),
        (spoil(0, "+57"), "FORMULA_INJECTION", "Radicado Proyecto"),
        (spoil(5, "Ju\u202elián"), "CONTROL_CHARACTER", "Nombre"),
        (spoil(5, "x" * 1025), "CELL_TOO_LONG", "Nombre"),
        (spoil(5, "Ñ" * 60), "NAME_TOO_LONG", "Nombre"),
    ],
)
def test_each_error_has_its_code_column_and_sentences(line: str, code: str, column: str | None) -> None:
    row = judge(line)
    assert (row.outcome, row.code, row.column, row.cells) == ("error", code, column, ())
    word = ERRORS[code]
    assert word.es
    assert word.en
    assert word.mend_es
    assert word.mend_en


def test_a_row_of_separators_is_none_and_separators_too_many_at_the_end_hold_nothing() -> None:
    _, judged = read("\n".join((HEADER, GOOD + ",", ",,,,,,,", GOOD.replace("000", "001", 1) + ",,", "")).encode())
    assert [(row.line, row.outcome) for row in judged] == [(2, "issue"), (4, "issue")]


def test_a_headers_separators_at_its_end_name_no_column() -> None:
    _, judged = read("\n".join((HEADER + ",,,", GOOD, GOOD.replace("000", "001", 1) + ",,,", GOOD + ",x", "")).encode())
    assert [(row.line, row.outcome, row.code) for row in judged] == [
        (2, "issue", None), (3, "issue", None), (4, "error", "COLUMN_COUNT"),
    ]  # fmt: skip


def test_a_row_without_the_zeros_that_a_spreadsheet_drops_is_the_same_row() -> None:
    first = GOOD.replace("28/09/2025", "08/09/2025")
    dropped = first.removeprefix("000").replace(",01,", ",1,").replace(",08/", ",8/")
    _, judged = read("\n".join((HEADER, first, dropped, "")).encode())
    assert [(row.outcome, row.code, row.first) for row in judged] == [
        ("issue", None, None),
        ("error", "DUPLICATE_ROW", 2),
    ]
    assert judged[0].cells == tuple(first.split(","))


def test_names_survive_and_what_was_tidied_is_said() -> None:
    assert judge(spoil(4, "D'Angelo Müller")).cells[4] == "D'Angelo Müller"
    joined = judge(spoil(5, "Julia\u0301n"))
    assert joined.cells[5] == "Julián"
    assert joined.warnings == ("NORMALISED",)
    assert judge(spoil(5, "Julián  José ")).warnings == ("TRIMMED",)
    assert judge(spoil(5, "Juliаn")).warnings == ("MIXED_SCRIPT",)
    for name in ("Julián 😀", "<script>alert(1)</script>", "{{7*7}}", "Jul$an"):
        assert judge(spoil(5, name)).warnings == ("NAME_SIGNS",)
    assert judge(spoil(5, "María-José D’Ávila, Jr. Ñ´ª")).warnings == ()
    for number in ("AB-12", "1234E567", "#12", "NA12"):  # of a passport, or nobody knows of what: a person looks
        assert judge(spoil(3, number)).warnings == ("DOCUMENT_PATTERN",), number
    assert judge(spoil(4, "Null")).outcome == "issue"


def test_judgements_0_and_2_skip_and_an_empty_date_goes_with_0_alone() -> None:
    assert judge(spoil(6, "0")[: -len("28/09/2025")]).code == "not_evaluated"
    assert judge(spoil(6, "2")).code == "not_yet_competent"
    assert judge(spoil(6, "2")[: -len("28/09/2025")]).code == "DATE_FORMAT"


def test_far_repeats_are_found_and_a_reassessment_is_none() -> None:
    other = [spoil(3, f"{n:012d}") for n in range(1, 9001)]
    again = spoil(6, "4")
    _, judged = read("\n".join([HEADER, GOOD, *other, again, GOOD, ""]).encode())
    assert [(row.row, row.first) for row in judged if row.outcome == "error"] == [(9003, 2)]
    assert judged[9001].outcome == "issue"


def test_short_documents_ask_whether_zeros_were_lost() -> None:
    totals = Totals()
    for number, length in enumerate([12] * 6 + [9] * 4):
        totals.add(judge(spoil(3, "1" * length).replace("01,", f"{number},", 1)))
    assert totals.file_warnings() == ("LOST_ZEROS",)
    assert {"LOST_ZEROS", "TRIMMED"} <= set(WARNINGS)
    assert {"not_evaluated", "not_yet_competent"} <= set(SKIPS)


def test_the_officer_may_say_encoding_and_separator() -> None:
    raw = f"{HEADER}\n{GOOD}\n".encode()
    assert read(raw, encoding="utf-8", separator=",")[1][0].outcome == "issue"
    with pytest.raises(Invalid) as caught:
        read(raw, separator=";")
    assert caught.value.code == "cohort_not_csv"
    with pytest.raises(Invalid) as caught:
        read(raw.decode().encode("cp1252"), encoding="utf-8")
    assert caught.value.code == "cohort_encoding"
