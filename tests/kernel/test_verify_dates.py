"""kernel/verify/dates.py and marks.py: one text, one time, in both languages; reasons in one order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kernel.errors import Invalid, WrongShape
from kernel.verify.dates import read_date_time
from kernel.verify.marks import Mark, end, in_step_order

BASE = datetime(2026, 3, 10, 12, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2026-03-10T12:30:15Z", timedelta(0)),
        ("2026-03-10T12:30:15.5Z", timedelta(milliseconds=500)),
        ("2026-03-10T12:30:15.05Z", timedelta(milliseconds=50)),
        ("2026-03-10T12:30:15.0009Z", timedelta(0)),
        ("2026-03-10T12:30:15.999999999Z", timedelta(milliseconds=999)),
        ("2026-03-10T07:30:15-05:00", timedelta(0)),
        ("2026-03-11T02:29:15+13:59", timedelta(0)),
        ("2026-03-11T02:30:15+14:00", timedelta(0)),
        ("2026-03-10T12:30:15-00:00", timedelta(0)),
    ],
)
def test_a_text_is_one_time(text: str, later: timedelta) -> None:
    assert read_date_time(text, pointer="/validFrom") == BASE + later


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-10T12:30:15.Z",
        "2026-03-10T12:30:15.1234567890Z",
        "2026-03-10T12:30:15,5Z",
        "2026-03-10T12:30Z",
        "2026-03-10 12:30:15Z",
        "2026-03-10T12:30:15+1400",
        "2026-03-10T12:30:15+14:01",
        "2026-03-10T12:30:15+13:60",
        "2026-03-10T12:30:60Z",
        "2026-03-10T24:00:00Z",
        "2026-02-29T00:00:00Z",
        "+2026-03-10T12:30:15Z",
        "12026-03-10T12:30:15Z",
        "2026-03-10T12:30:15Z\n",
        "٢٠٢٦-03-10T12:30:15Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "",
        None,
        20260310,
    ],
)
def test_any_other_text_is_none(text: Any) -> None:
    with pytest.raises(WrongShape) as refused:
        read_date_time(text, pointer="/validFrom")
    assert (refused.value.code, refused.value.pointer, refused.value.step) == ("schema", "/validFrom", "V10")


def test_reasons_stand_in_step_order_each_once() -> None:
    marks = [Mark("V21", "suspended"), Mark("V2", "clock_far"), Mark("V21", "revoked"), Mark("V21", "suspended")]
    assert [mark.code for mark in in_step_order(marks)] == ["clock_far", "revoked", "suspended"]


def test_an_error_without_a_step_is_a_programmers_mistake() -> None:
    with pytest.raises(LookupError):
        end(Invalid("schema", detail="of no step"))
