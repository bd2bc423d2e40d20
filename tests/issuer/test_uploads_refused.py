"""A file that is not taken is told by what it is, with the bound that it passed, and what was kept of it: nothing."""

import io
from datetime import date
from typing import Final

import pytest
from sqlalchemy import Engine

from issuer.cohort_file import COLUMNS
from kernel.errors import Invalid
from schemas import bounds, row_types
from schemas.codes import CODES
from schemas.issuance import FormChoices
from tests.issuer.books import book
from tests.issuer.test_mending import COHORT
from tests.issuer.world import OSCAR, House

HEADER: Final = ",".join(COLUMNS).encode()
EMPTY: Final = {
    "nothing": (b"", "file_empty"),
    "a sheet of nothing": (book([]), "file_empty"),
    "a header": (HEADER + b"\n", "file_no_rows"),
    "a header and blank lines": (HEADER + b"\n\n\n", "file_no_rows"),
    "a sheet of a header": (book([COLUMNS]), "file_no_rows"),
}


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


@pytest.mark.parametrize("name", EMPTY)
def test_a_file_without_rows_is_told_the_same_wherever_it_comes_and_nothing_is_kept(house: House, name: str) -> None:
    raw, code = EMPTY[name]
    good = house.check(COHORT)

    def norms() -> object:
        return house.desk.norms(io.BytesIO(raw), by=OSCAR, form="xlsx" if raw.startswith(b"PK") else "csv")

    for sent in (
        norms,
        lambda: house.check(raw),
        lambda: house.desk.correct(good, io.BytesIO(raw), by=OSCAR, form=None),
    ):
        with pytest.raises(Invalid) as refused:
            sent()
        assert refused.value.code == code
    with house.batches() as batches:
        assert [each.id for each in batches.list(by=OSCAR, after="", limit=9).items] == [good]


def test_a_form_without_rows_is_told_too(house: House) -> None:
    head = ",".join(field.es for field in row_types.TYPES["C08"].must).encode()
    asked = FormChoices(type="C08", as_of=date(2026, 11, 20), reason="prueba")
    with pytest.raises(Invalid) as refused, house.batches() as batches:
        batches.check_form(io.BytesIO(head + b"\n"), asked, by=OSCAR, form="csv")
    assert refused.value.code == "file_no_rows"


BOUNDS: Final = {
    "file_too_large": (bounds.CSV.size // bounds.MIB, bounds.XLSX.size // bounds.MIB),
    "file_too_many_rows": (bounds.CSV_ROWS,),
    "file_too_wide": (bounds.TABLE_COLUMNS, bounds.TABLE_CELL.size),
    "book_too_big": ((bounds.XLSX.out or 0) // bounds.MIB, bounds.XLSX_RATIO),
    "correction_too_long": (bounds.CORRECTION_ROWS,),
}


@pytest.mark.parametrize("code", BOUNDS)
def test_a_bound_that_was_passed_is_named_in_both_languages(code: str) -> None:
    for language, comma, kept in (("es", ".", "No se guardó nada"), ("en", ",", "Nothing of it was kept")):
        what, todo = CODES[code].refused(language)  # type: ignore[arg-type]  # the two languages
        assert all(f"{bound:,}".replace(",", comma) in what for bound in BOUNDS[code]), what
        assert (kept in what, bool(todo)) == (True, True)
