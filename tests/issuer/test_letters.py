"""The letter that a revocation was announced: what it says, when days begin with it, and when it tells nobody."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, text
from sqlmodel import Session

from kernel.errors import Conflict
from tests.issuer.test_notices import DAY, acts, announced, later, lines, one, told
from tests.issuer.world import OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def test_the_letter_says_why_until_when_and_how_and_begins_her_days(house: House) -> None:
    n = one(house)
    view = announced(house, n)
    house.clock.tick(86_400)  # printed a day later, so her days begin a day later
    sheet = house.notice_desk.print_one(view.id, by=OSCAR)
    assert sheet is not None
    words = " ".join(PdfReader(io.BytesIO(sheet)).pages[0].extract_text().split())
    for said in ("Yuleisy Carolina Rojas", "decisión de la autoridad", "30 de noviembre de 2026", "5 días hábiles",
                 "1 de diciembre de 2026", "Pida una corrección", view.id):  # fmt: skip
        assert said in words, said
    assert "000123457" not in words
    (after,) = acts(house, n)
    assert after.wait is not None
    assert (after.wait.way, after.wait.answer_by) == ("paper", date(2026, 11, 30))
    house.clock.tick(86_400)
    again = house.notice_desk.print_one(view.id, by=OSCAR)
    assert "30 de noviembre de 2026" in " ".join(PdfReader(io.BytesIO(again or b"")).pages[0].extract_text().split())
    assert lines(house)[1:] == ["revoke_announced", "notice_printed", "notice_told", "notice_printed"]
    later(house, datetime(2026, 12, 1, 5, tzinfo=UTC))
    with pytest.raises(Conflict):
        house.notice_desk.print_one(view.id, by=OSCAR)


def test_a_name_that_the_font_lacks_is_not_taken_for_told(house: House) -> None:
    n = house.numbers(house.permits(YULEISY.model_copy(update={"name": "Юлия"})))[0]
    view = announced(house, n)
    assert house.notice_desk.print_one(view.id, by=OSCAR) is None
    wait = acts(house, n)[0].wait
    assert wait is not None
    assert wait.phase == "untold"


def test_a_year_without_a_calendar_gives_longer_and_says_so(house: House) -> None:
    house.clock.at = datetime(2031, 3, 3, 15, tzinfo=UTC)
    n = one(house)
    view = told(house, n)
    assert view.wait is not None
    assert (view.wait.answer_by, view.wait.calendar_known) == (date(2031, 3, 17), False)
    sheet = house.notice_desk.print_one(view.id, by=OSCAR)
    assert "Contamos de más" in PdfReader(io.BytesIO(sheet or b"")).pages[0].extract_text()


def test_an_erased_person_leaves_nobody_to_be_told(house: House) -> None:
    n = one(house)
    view = announced(house, n)
    with Session(house.engine) as session:
        session.execute(text("DELETE FROM issuer_sealed"))
        session.commit()
    assert house.notice_desk.print_one(view.id, by=OSCAR) is None
    assert later(house, DAY) == 1
