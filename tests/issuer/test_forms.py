"""A file of rows of any type of the table, CSV or workbook: judged by row, released, issued, valid at a verifier."""

import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db import open_engine
from issuer.batches.offering import offered
from issuer.batches.sources import COHORT_TYPE
from issuer.cohort_file import COLUMNS, OPERATOR, FileBound
from issuer.cohort_reading import detect
from issuer.forms import Judged, columns_of, rows
from issuer.kinds import KINDS
from issuer.marks import Marks
from kernel.errors import Malformed, WrongShape
from schemas import credential_types, row_types
from schemas.issuance import BatchView, FindingView, FormChoices
from schemas.row_types import TYPES
from tests import makers, worlds
from tests.databases import SqliteFiles
from tests.issuer.books import book
from tests.issuer.test_batches import public
from tests.issuer.world import OSCAR, SETUP, House

AS_OF = date(2025, 11, 20)
CELLS = {
    "name": "Yuleisy Rojas Peña", "documentNumber": "000000200001", "country": "VEN", "permitStatus": "vigente",
    "workAllowed": "Sí", "cardValidUntil": "30/05/2031", "doneOn": "14/11/2025", "hours": "40", "skills": "990001",
    "occupation": "75121", "level": "basico", "certificate": "000145-17",
}  # fmt: skip
OWN = {
    "C07": {"level": "4"}, "C17": {"level": "6"}, "C11": {"skills": "en", "level": "b2"}, "C12": {"skills": "A2, C1"},
}  # fmt: skip


def line(type_id: str, **changed: str) -> list[str]:
    cells = {**CELLS, **OWN.get(type_id, {}), **changed}
    return [cells[field.name] for field in TYPES[type_id].fields]


def header(type_id: str, *, is_english: bool = False) -> list[str]:
    return [field.en if is_english else field.es for field in TYPES[type_id].fields]


def as_csv(rows: list[list[str]], separator: str = ";") -> bytes:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode("cp1252")


@pytest.fixture
def house(sqlite_files: SqliteFiles) -> Iterator[House]:
    """On one database: what differs between the two is the batches' and the ledger's, not a file's."""
    with sqlite_files.empty() as url:
        engine = open_engine(url)
        yield established(House(engine))
        engine.dispose()


def established(made: House) -> House:
    with made.issuer() as issuer:
        issuer.establish(replace(SETUP, lists=(*TYPES, COHORT_TYPE)))
    return made


def check(house: House, raw: bytes, type_id: str, bound: FileBound = OPERATOR) -> tuple[BatchView, list[FindingView]]:
    choices = FormChoices(type=type_id, as_of=AS_OF, reason="prueba")
    with house.batches() as batches:
        id_ = batches.check_form(io.BytesIO(raw), choices, by=OSCAR, form=None, bound=bound)
        found = batches.findings(id_, by=OSCAR, outcome=None, after=0, limit=100, is_english=False)
        return batches.look(id_, by=OSCAR), found.items


def verifier(house: House) -> worlds.World:
    """One who knows the house's key for every type of the table, and its empty lists."""
    shown = [kind.type.shown_as for kind in TYPES.values() if kind.type.shown_as is not None]
    known = worlds.issuer_row(
        makers.NORMA,
        scope=[{"type": each.type, "scheme": each.scheme} for each in shown],
        keys=[{"id": SETUP.method, "publicKeyMultibase": public(house).multikey(), "state": "active"}],
        statusLists=[
            {"url": f"https://norma.example/s/{n}", "purpose": purpose, "path": f"status/norma/{n}.bits", "epoch": 0}
            for n, purpose in enumerate(("revocation", "suspension") * (len(TYPES) + 1), 1)
        ],
    )
    rules = [worlds.rule(each.type, each.scheme) for each in shown]
    return worlds.world(issuers=[known], rules=rules, signed_at=house.clock.at)


def test_every_type_of_the_table_is_issued_from_a_file_and_holds_at_a_verifier(house: House) -> None:
    world = verifier(house)
    for type_id, kind in TYPES.items():
        view, found = check(house, as_csv([header(type_id), line(type_id)]), type_id)
        assert (view.type, view.source, view.title, view.issue, view.error) == (
            type_id, "form", kind.type.title_es, 1, 0
        ), found  # fmt: skip
        house.release(view.id)
        house.desk.run(view.id)
        (n,) = house.numbers(view.id)
        document = house.credential(n)
        shown = kind.type.shown_as
        assert shown is not None
        assert (document["type"][1], document["credentialSubject"]["scheme"]) == (shown.type, shown.scheme)
        with house.issuer() as issuer:
            report = world.judge(issuer.text(n), now=house.clock.at)
        (passed,) = report.passes
        assert (report.verdict, passed.scheme, passed.reasons) == ("valid", shown.scheme, ()), type_id
    assert {row.id for row in credential_types.issued_here()} == KINDS.keys() == TYPES.keys() | {COHORT_TYPE}


def test_what_a_file_may_bring_is_told_with_its_columns_and_whether_it_has_lists(house: House) -> None:
    with house.batches() as batches:
        told = {each.type: each for each in offered(batches, by=OSCAR).items}
        stranger = offered(batches, by=replace(OSCAR, issuer="another"))
    assert [*told] == [COHORT_TYPE, *TYPES]
    assert all(each.ready for each in told.values())
    assert not any(each.ready for each in stranger.items)
    assert [one.es for one in told[COHORT_TYPE].must] == list(COLUMNS)
    for type_id in TYPES:
        names = (*told[type_id].must, *told[type_id].may)
        assert header(type_id) == [one.es for one in names]
        assert header(type_id, is_english=True) == [one.en for one in names]


def test_a_workbook_in_english_in_any_order_and_without_what_may_be_left_out(house: House) -> None:
    wanted = [field.name for field in TYPES["C08"].must]
    cells = {field.en: CELLS[field.name] for field in TYPES["C08"].must}
    rows = [list(reversed(cells.keys())), list(reversed(cells.values()))]
    view, _ = check(house, book(rows), "C08")
    assert (view.issue, view.error, view.file and view.file.form) == (1, 0, "xlsx")
    house.release(view.id)
    house.desk.run(view.id)
    (n,) = house.numbers(view.id)
    assert house.credential(n)["credentialSubject"].keys() == {"name", "idTail", "scheme", "hours"}
    assert "skills" not in wanted


@pytest.mark.parametrize(
    ("type_id", "changed", "code"),
    [
        ("C08", {"name": ""}, "NAME_MISSING"), ("C08", {"name": "ñ" * 41}, "NAME_TOO_LONG"),
        *(("C01", {"documentNumber": lost}, code) for lost, code in (
            ("0", "DOCUMENT_MISSING"), ("000", "DOCUMENT_MISSING"), ("NULL", "DOCUMENT_MISSING"),
            ("1.23457E+11", "NUMBER_ROUNDED"), ("#N/D", "SHEET_ERROR"),
        )),
        ("C01", {"name": "#REF!"}, "SHEET_ERROR"), ("C01", {"name": "NULL NULL"}, "NAME_MISSING"),
        ("C08", {"documentNumber": ""}, "DOCUMENT_MISSING"), ("C08", {"documentNumber": "12a"}, "VALUE_UNKNOWN"),
        ("C08", {"doneOn": "21/11/2025"}, "DATE_IN_FUTURE"), ("C08", {"doneOn": "2025-11-14"}, "DATE_FORMAT"),
        ("C08", {"doneOn": ""}, "VALUE_MISSING"), ("C08", {"hours": "4,5"}, "NUMBER_FORMAT"),
        ("C08", {"hours": "0"}, "NUMBER_FORMAT"), ("C08", {"hours": "10000"}, "NUMBER_FORMAT"),
        ("C08", {"certificate": "a b"}, "VALUE_UNKNOWN"), ("C08", {"certificate": "=1+1"}, "FORMULA_INJECTION"),
        ("C08", {"name": "Ana\u202e Roa"}, "CONTROL_CHARACTER"), ("C08", {"skills": "1 " * 9}, "VALUE_UNKNOWN"),
        ("C11", {"level": "C3"}, "VALUE_UNKNOWN"), ("C11", {"skills": "xx"}, "VALUE_UNKNOWN"),
        ("C12", {"skills": "A2 Z9"}, "VALUE_UNKNOWN"), ("C03", {"workAllowed": "tal vez"}, "VALUE_UNKNOWN"),
        ("C03", {"country": "Venezuela"}, "VALUE_UNKNOWN"), ("C05", {"permitStatus": "bien"}, "VALUE_UNKNOWN"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_by_row_and_column_and_the_next_row_is_unharmed(
    house: House, type_id: str, changed: dict[str, str], code: str
) -> None:
    (name,) = changed
    rows = [header(type_id), line(type_id, **changed), line(type_id)]
    raw = "\n".join("\t".join(cells) for cells in rows).encode()
    view, found = check(house, raw, type_id)
    assert (view.issue, view.error) == (1, 1)
    column = next(field.es for field in TYPES[type_id].fields if field.name == name)
    assert [(each.row, each.code, each.column) for each in found] == [(2, code, column)]
    assert found[0].sentence
    assert found[0].mend


def test_a_row_twice_is_one_a_header_must_be_whole_and_a_type_must_come_in_a_file(house: House) -> None:
    view, found = check(house, as_csv([header("C10"), line("C10"), line("C10")]), "C10")
    assert (view.issue, view.error, found[0].code) == (1, 1, "DUPLICATE_ROW")
    with pytest.raises(WrongShape) as missing:
        check(house, as_csv([header("C10")[1:], line("C10")[1:]]), "C10")
    assert missing.value.code == "cohort_columns"
    with pytest.raises(Malformed):
        check(house, as_csv([["Nada"], ["x"]]), "C10")
    for other in ("C06", "C13", "C02", "x"):
        with pytest.raises(WrongShape):
            check(house, as_csv([["Nada"], ["x"]]), other)


def test_a_new_type_is_three_files_of_data() -> None:
    """Python and pages name no type that comes in rows: another one is a row in each of these files."""
    data = {"credential_types.json", "row_types.json", "codes.json"}
    root = Path(row_types.__file__).resolve().parents[1]
    rooms = [root / name for name in ("schemas", "kernel", "issuer", "registry", "wallet", "kit", "pwa/src")]
    files = [path for room in rooms for ext in ("py", "ts", "tsx", "json") for path in room.rglob(f"*.{ext}")]
    naming = {path.name for path in files if not path.name.endswith(".d.ts") and '"C12"' in path.read_text("utf-8")}
    assert naming <= data, naming
    assert naming >= {"credential_types.json", "row_types.json"}
    assert json.loads((root / "schemas/data/row_types.json").read_text("utf-8"))["types"]["C12"]["codes"]
    assert columns_of("C12").names[0] == ("Nombre completo", "Full name")


VALUES: Final = {
    "name": ["Ana", "Zoë Peña", "", "n" * 80, "n" * 81, "ñ" * 41, " Ana", "=Ana", "Анa"],
    "document": ["000000200001", "12a", "", "1" * 15, "1" * 16],
    "country": ["VEN", "ven", ""],
    "permitStatus": ["vigente", "VIGENTE", "dudoso", ""],
    "yesNo": ["Sí", "no", "quizás", ""],
    "day": ["30/05/2031", "31/02/2031", ""],
    "pastDay": ["14/11/2025", "21/11/2025", ""],
    "hours": ["40", "10000", ""],
    "occupation": ["75121", ""],
    "skills": ["990001", "990001, 990002", "A2", ""],
    "level": ["basico", "x", ""],
    "certificate": ["000145-17", "000145-18", "ñ", ""],
}


@pytest.mark.parametrize("type_id", ["C01", "C05", "C08", "C09", "C11"])
@given(chance=st.randoms(use_true_random=False), drop=st.booleans())
@hypothesis.settings(max_examples=40, deadline=None)
def test_rows_that_are_seen_from_afar_are_judged_as_by_the_close_look(
    type_id: str, chance: random.Random, drop: bool
) -> None:
    """A quote anywhere keeps a block from being plain, so the same rows go the long way."""
    kind = TYPES[type_id]
    fields = list(kind.must if drop else kind.fields)
    chance.shuffle(fields)
    most = chance.choice((1, 2, 6, 9))  # up to the sixth nothing in a cell is odd
    rows = [[chance.choice(VALUES[field.kind][:most]) for field in fields] for _ in range(30)]
    plain = "\n".join(";".join(row) for row in [[field.es for field in fields], *rows])
    one, two = judged(plain, type_id), judged(f'{plain}\n"', type_id)
    assert one == two[: len(one)]
    assert [each.row.outcome for each in two[len(one) :]] == ["error"]


def judged(text: str, type_id: str) -> list[Judged]:
    source = io.BytesIO(text.encode())
    found = detect(source, columns=columns_of(type_id))
    return list(rows(source, found, type_id, as_of=AS_OF, bound=OPERATOR, marks=Marks()))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_row_in_another_encoding_is_told_by_its_column(encoding: str) -> None:
    people = [line("C01", name=f"Peña {n}", documentNumber=f"{n + 1:012d}") for n in range(3)]
    mixed = [
        ";".join(row).encode(encoding if n != 1 else {"utf-8": "cp1252"}.get(encoding, "utf-8"))
        for n, row in enumerate(people)
    ]
    raw = b"\n".join([";".join(header("C01")).encode(encoding), *mixed])
    found = detect(io.BytesIO(raw), columns=columns_of("C01"))
    judged = rows(io.BytesIO(raw), found, "C01", as_of=AS_OF, bound=FileBound(), marks=Marks())
    assert [(each.row.outcome, each.row.code, each.row.column) for each in judged] == [
        ("issue", None, None), ("error", "ENCODING_MIXED", "Nombre completo"), ("issue", None, None),
    ]  # fmt: skip
