"""What people are shown of many rows: nothing to look at is hidden by what asks for no look, however rows come."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from issuer.batches.found import Findings
from issuer.cohort import Outcome, Row
from schemas.issuance import BatchView, FindingView
from schemas.rows import PermitRow, PermitRows
from tests.issuer.world import MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def warned(house: House, batch: str) -> tuple[BatchView, list[FindingView]]:
    with house.batches() as batches:
        page = batches.findings(batch, by=MARTA, outcome=None, after=0, limit=100, is_english=False, is_warned=True)
        return batches.look(batch, by=MARTA), page.items


def permits(house: House, *rows: PermitRow) -> str:
    with house.batches() as batches:
        return batches.check_rows(PermitRows(reason="prueba", rows=list(rows)), io.BytesIO(), by=OSCAR)


def test_a_row_to_look_at_is_kept_behind_any_number_of_rows_that_were_tidied() -> None:
    findings = Findings(most=20)
    for number in range(1, 30):
        findings.add(Row(number, number, "issue", warnings=("TRIMMED",)))
    findings.add(Row(30, 30, "issue", warnings=("TRIMMED", "NAME_SIGNS")))
    findings.add(Row(31, 31, "skip", "not_evaluated"))
    findings.add(Row(32, 32, "error", "DUPLICATE_ROW", first=31))
    assert [row.row for row in findings.rows()] == [*range(1, 21), 30, 31, 32]


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("Yuleis\u0443 Rojas", ["MIXED_SCRIPT"]), ("Ana {script} <b>", ["NAME_SIGNS"]),
        ("Ana  \U0001f600 Rojas", ["TRIMMED", "NAME_SIGNS"]),
    ],
)  # fmt: skip
def test_rows_as_json_go_with_the_warnings_of_a_file(house: House, name: str, warnings: list[str]) -> None:
    batch = permits(house, YULEISY, YULEISY.model_copy(update={"name": name}))
    view, shown = warned(house, batch)
    assert (view.issue, view.warned, view.warnings, view.file) == (2, 1, [], None)
    assert [(each.row, each.warnings) for each in shown] == [(2, warnings)]


def test_a_lost_zero_of_rows_as_json_is_asked_after(house: House) -> None:
    rows = [YULEISY.model_copy(update={"document_number": number}) for number in ("000123457", "000123458", "123459")]
    assert warned(house, permits(house, *rows))[0].warnings == ["LOST_ZEROS"]
    assert warned(house, permits(house, *rows[:2]))[0].warnings == []


outcomes: st.SearchStrategy[Outcome] = st.sampled_from(["issue", "skip", "error"])
words = st.lists(st.sampled_from(["TRIMMED", "NORMALISED", "NAME_SIGNS", "DOCUMENT_WAS_NUMBER"]), unique=True)


@given(st.lists(st.tuples(outcomes, words.map(tuple)), max_size=60))
def test_findings_are_in_order_and_hold_nobodys_cells(told: list[tuple[Outcome, tuple[str, ...]]]) -> None:
    findings = Findings()
    for number, (outcome, warnings) in enumerate(told, 1):
        findings.add(Row(number, number, outcome, warnings=warnings, cells=("x",) * 8))
    kept = findings.rows()
    assert [row.row for row in kept] == [n for n, (o, w) in enumerate(told, 1) if o != "issue" or w]
    assert not any(row.cells for row in kept)
