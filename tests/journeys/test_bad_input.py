"""Promise: what is no cohort, no picture or no code of ours gets its own clear answer in Spanish and in English."""

import io
from typing import Final

import pytest
from PIL import Image

from schemas.codes import CODES
from tests.issuer.books import XLSX_MEDIA, book
from tests.journeys.papers import ASK, CSV, cohort, row
from tests.journeys.world import Place

GOOD: Final = cohort(row())
ENGLISH: Final = {"Accept-Language": "en-GB,en;q=0.8"}
FILES: Final = {
    "empty": (b"", 422, "file_empty"),
    "a header alone": (cohort(), 422, "file_no_rows"),
    "workbook": (b"PK\x03\x04" + b"\0" * 100, 422, "cohort_not_csv"),
    "pdf": (b"%PDF-1.7\n", 422, "cohort_not_csv"),
    "text": (b"una carta\ncualquiera\n", 422, "cohort_not_csv"),
    "zeros": (b"\0" + GOOD, 422, "cohort_encoding"),
    "utf-16 without its mark": (GOOD.decode().encode("utf-16-le"), 422, "cohort_encoding"),
    "neither": (GOOD.replace("ó".encode(), b"\x81"), 422, "cohort_encoding"),
    "missing": (GOOD.replace(b"Documento,", b""), 422, "cohort_columns"),
    "repeated": (GOOD.replace(b"\n", b",DOCUMENTO\n", 1), 422, "column_repeated"),
    "wide": (b"Documento" + b",x" * 64 + b"\n", 422, "file_too_wide"),
    "endless": (GOOD.replace(b"Grupo", b"x" * 80_000), 422, "file_too_wide"),
}
ROWS: Final = {
    "zeros": (row(name="Yu\0leisy").encode(), "CONTROL_CHARACTER", "Nombre"),
    "mixed": (row(name="Zoë", surname="Rojas").encode("cp1252"), "ENCODING_MIXED", "Nombre"),
    "endless": (row(name="x" * 1_000_000).encode(), "CELL_TOO_LONG", "Nombre"),
    "wide": (row().encode() + b",x" * 1_000_000, "COLUMN_COUNT", None),
    "open": (row(name='"Yuleisy').replace(",Rojas", ',"Rojas').encode(), "QUOTES_OPEN", None),
}
XLSX: Final = {"Content-Type": XLSX_MEDIA}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_cohort_is_told_in_both_languages_and_nothing_is_kept(plain: Place, name: str) -> None:
    raw, status, code = FILES[name]
    for language, told in (({}, CODES[code].refused("es")), (ENGLISH, CODES[code].refused("en"))):
        answer = plain.ask("POST", "/v1/issuer/batches", "oscar", params=ASK, content=raw, headers={**CSV, **language})
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["title"], problem["detail"]) == (status, code, *told)
        assert answer.headers["content-language"] == ("en" if language else "es")
        assert problem["instance"].startswith("urn:puente:request:")
    assert plain.good("GET", "/v1/issuer/batches", "oscar")["items"] == []


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_cannot_be_read_is_told_and_the_next_one_is_read(plain: Place, name: str) -> None:
    bad, code, column = ROWS[name]
    batch = plain.check(cohort(row()) + bad + b"\n" + row(number="000000200002").encode() + b"\n")
    assert (batch["issue"], batch["error"]) == (2, 1)
    (found,) = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert (found["row"], found["code"], found["column"]) == (3, code, column)  # the header is row 1
    assert found["sentence"]
    assert found["mend"]


def test_a_workbook_is_a_cohort_and_what_it_is_called_must_be_what_it_is(plain: Place) -> None:
    raw = book([line.split(",") for line in GOOD.decode().splitlines()])
    asked = {"params": ASK, "content": raw}
    batch = plain.good("POST", "/v1/issuer/batches", "oscar", headers=XLSX, **asked)
    assert (batch["issue"], batch["file"]["form"], batch["file"]["separator"]) == (1, "xlsx", None)
    assert plain.code("POST", "/v1/issuer/batches", "oscar", headers=CSV, **asked) == (422, "cohort_not_csv")
    csv = {"params": ASK, "content": GOOD, "headers": XLSX}
    assert plain.code("POST", "/v1/issuer/batches", "oscar", **csv) == (422, "cohort_not_workbook")


@pytest.mark.parametrize(
    "asked",
    [
        {"asOf": "ayer"},
        {"normVersion": "290801106"},
        {"normVersion": "x:1"},
        {"encoding": "ebcdic"},
        {"separator": "|"},
        {"documentType": "x" * 9},
    ],
)
def test_a_wrong_choice_is_pointed_at_and_not_repeated(plain: Place, asked: dict[str, str]) -> None:
    answer = plain.ask("POST", "/v1/issuer/batches", "oscar", params={**ASK, **asked}, content=GOOD, headers=CSV)
    (name, value) = next(iter(asked.items()))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    assert answer.json()["pointer"].startswith(f"/query/{name}")
    assert value not in answer.text


def test_a_choice_of_the_officer_overrules_what_was_detected(plain: Place) -> None:
    raw = cohort(row(name="Zoë")).decode().encode("cp1252")
    refused = {"params": {**ASK, "encoding": "utf-8"}, "content": raw, "headers": CSV}
    assert plain.code("POST", "/v1/issuer/batches", "oscar", **refused) == (422, "cohort_encoding")
    assert plain.check(raw, encoding="windows-1252")["file"]["encoding"] == "windows-1252"
    semicolons = {"params": {**ASK, "separator": "semicolon"}, "content": GOOD, "headers": CSV}
    assert plain.code("POST", "/v1/issuer/batches", "oscar", **semicolons)[0] == 422


CODES_OF_OTHERS: Final = {
    "": ("unsupported_prefix", None),
    "hola": ("unsupported_prefix", None),
    "shc:/56762909524320603460292437404460": ("unsupported_prefix", "smart_health_card"),
    "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5": ("unsupported_prefix", "eu_dcc"),
    "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2ln": ("unsupported_prefix", "jwt"),
    '{"a": 1}': ("unsupported_prefix", "json"),
    "VC1-B2345": ("unsupported_prefix", "other_credential"),
    "VD1-R0": ("unsupported_prefix", "puente_update"),
    "VQ1-I7KQ4M2XW.PANADERIA": ("unsupported_prefix", "puente_request"),
    "VO1-7KQ4M2XW9T": ("unsupported_prefix", "puente_claim"),
    "VC1-R": ("malformed_cbor", None),
    "VC1-R ": ("malformed_base45", None),
    "VC1-Rññ": ("malformed_base45", None),
    "VF1-0ABCDE12AAAA": ("frames_incomplete", None),
}


@pytest.mark.parametrize("text", CODES_OF_OTHERS)
def test_a_code_that_is_not_ours_is_named_for_what_it_looks_like(plain: Place, text: str) -> None:
    report = plain.judged(text)
    reason, looks = CODES_OF_OTHERS[text]
    assert (report["verdict"], report["reasons"], report["looksLike"]) == ("cannot_verify", [reason], looks)


def test_a_picture_without_a_code_is_a_report_too(plain: Place) -> None:
    drawn = io.BytesIO()
    Image.new("L", (64, 64), 255).save(drawn, "PNG")
    report = plain.judged(drawn.getvalue(), "image/png")
    assert (report["verdict"], report["reasons"], report["steps"]) == ("cannot_verify", ["picture_unreadable"], [""])


@pytest.mark.parametrize(
    ("media", "raw", "status", "code"),
    [
        ("application/pdf", b"%PDF", 415, "unsupported_media_type"),
        ("", b"x", 415, "unsupported_media_type"),
        ("application/json", b"[1]", 400, "bad_request"),
        ("application/json", b"{", 400, "bad_request"),
        ("application/json", b'{"text": "a", "text": "b"}', 400, "bad_request"),
        ("application/json", b'{"text": 7}', 400, "bad_request"),
        ("application/json", b'{"texts": []}', 400, "bad_request"),
        ("application/json", b'{"text": "a", "more": 1}', 400, "bad_request"),
        ("image/png", b"no picture", 422, "picture_unreadable"),
        ("text/plain", b"x" * 70_000, 413, "too_large"),
    ],
)
def test_a_request_that_is_none_is_a_problem(plain: Place, media: str, raw: bytes, status: int, code: str) -> None:
    headers = {"Content-Type": media} if media else {}
    assert plain.code("POST", "/v1/verifier/verify", content=raw, headers=headers) == (status, code)


def test_an_address_with_a_nul_is_of_nothing(place: Place) -> None:
    """PostgreSQL keeps none, so it could not even be asked for."""
    for way in ("/v1/issuer/batches/a%00b", "/v1/issuer/batches?after=a%00b"):
        answer = place.client.get(way, headers=place.bearer("oscar"))
        assert answer.status_code < 500, way
