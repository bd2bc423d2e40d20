"""Working days: a person's term and the house's, over holidays and a year's end, and in a year without a calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer import working_days
from schemas.tables import data

CO = working_days.known("CO")
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("2026-11-23T15:00", "2026-11-30"),  # a Monday: Tuesday to Friday, and the next Monday
        ("2026-11-21T15:00", "2026-11-27"),  # a Saturday counts from Monday on
        ("2026-12-04T15:00", "2026-12-14"),  # over the 8th of December
        ("2026-12-23T15:00", "2026-12-31"),  # Christmas is a Friday
        ("2026-12-28T15:00", "2027-01-05"),  # over the year's end; the 1st is a holiday, the 11th not reached
        ("2027-03-19T15:00", "2027-03-31"),  # Holy Week: the 22nd, the 25th and the 26th are none
        ("2026-11-24T03:00", "2026-11-30"),  # still Monday in Bogotá
    ],
)
def test_five_working_days_are_those_of_the_calendar(told: str, last: str) -> None:
    term = CO.to_answer(at(told))
    assert (term.last, term.is_known) == (date.fromisoformat(last), True)
    assert term.end == at(last) + timedelta(days=1, hours=5)  # midnight in Bogotá


def test_peru_has_days_of_its_own() -> None:
    assert working_days.known("PE").to_answer(at("2026-12-04T15:00")).last == date(2026, 12, 15)  # 8 and 9 December


def test_without_a_calendar_a_person_has_longer_and_the_house_has_not() -> None:
    told = at("2031-03-03T15:00")
    term, house = CO.to_answer(told), CO.to_be_answered(told)
    assert (term.last, term.is_known) == (date(2031, 3, 17), False)  # ten weekdays for five
    assert (house.last, house.is_known) == (date(2031, 3, 24), False)  # fifteen weekdays: none is given away
    assert CO.to_answer(at("2030-12-30T15:00")).is_known is False  # it ends in a year that is not there


@given(MOMENTS)
def test_no_term_is_shorter_than_its_days_and_what_is_overdue_is_so(now: datetime) -> None:
    term = CO.to_answer(now)
    assert timedelta(days=4) < term.end - now < timedelta(days=20)
    assert term.last.weekday() < 5
    late = CO.overdue_before(now)
    assert CO.to_be_answered(late - timedelta(seconds=1)).end <= now < CO.to_be_answered(late).end


def easter(year: int) -> date:
    """By the anonymous Gregorian rule (Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + el - 7 * ((a + 11 * h + 22 * el) // 451) + 114, 31)
    return date(year, month, day + 1)


def by_law_51(year: int) -> set[date]:
    """Colombia's: fixed ones, those that go to Monday, and those that follow Easter (Ley 51 de 1983)."""
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25))}
    moved = [date(year, *day) for day in ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))]
    after = {easter(year) + timedelta(days=n) for n in (-3, -2, 43, 64, 71)}
    return fixed | after | {day + timedelta(days=-day.weekday() % 7) for day in moved}


def test_the_table_holds_what_the_law_says_of_each_year() -> None:
    assert easter(2026) == date(2026, 4, 5)
    assert set(CO.off) == set(range(2025, 2031))
    for year, days in CO.off.items():
        assert days == by_law_51(year), year


@pytest.mark.parametrize(
    "spoil",
    [
        {}, {"zone": "America/Nowhere"}, {"noticeDays": 0}, {"daysOff": {"2026": ["02-30"]}}, {"daysOff": None},
        {"answerDays": None},
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(spoil: dict[str, Any]) -> None:
    table = {"CO": {**data("working_days")["CO"], **spoil}} if spoil else {}
    with pytest.raises(ValueError, match=r"."):
        working_days.read(table, "CO")
