"""A file is read on from its marks as if it had been read from its start, in whatever letters and line ends it came."""

import codecs
import io
import random
from itertools import pairwise

import pytest

from issuer.cohort import Row, candidates
from issuer.cohort_file import COLUMNS, UPLOAD, Detected
from issuer.cohort_reading import detect
from issuer.marks import START, Mark, Marks, add_to_runs
from tests.issuer.test_cohort import SETUP

ROWS = 6_000


def text(ending: str) -> str:
    """Rows that issue, skip and fail, blank lines, quotes that go over a line and quotes that do not close."""
    lines = [";".join(COLUMNS)]
    for n in range(ROWS):
        surname = "Rincón Yépez" if n % 11 else f'"Ñúñez{ending}; {n}"'
        judged = "305"[n % 3]
        lines.append(f"000202541701;290801106;01;{n + 1:012d};{surname};Julián;{judged};28/09/2025")
        if n % 1_500 == 700:
            lines += ["", '0002;"open']
    return ending.join([*lines, ""])


def read(raw: bytes, found: Detected, *, marks: Marks | None = None, start: Mark = START) -> list[Row]:
    return list(candidates(io.BytesIO(raw), found, SETUP, bound=UPLOAD, marks=marks, start=start))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_from_each_mark_on_the_rows_are_the_same(encoding: str, ending: str) -> None:
    raw = text(ending).encode(encoding)
    found, marks = detect(io.BytesIO(raw)), Marks()
    assert found.bom == raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE))
    rows = read(raw, found, marks=marks)
    assert len(marks.found) >= 5
    assert marks.issuing == sum(row.outcome == "issue" for row in rows) > ROWS // 4
    for mark in marks.found:
        assert read(raw, found, start=mark) == rows[mark.row :]
        assert mark.line == rows[mark.row - 1].line
        assert mark.issuing == sum(row.outcome == "issue" for row in rows[: mark.row])


@pytest.mark.parametrize("offers", [3, 255, 256, 257, 5_000, 100_000])
def test_a_file_of_any_length_has_few_marks_evenly_apart(offers: int) -> None:
    marks = Marks()
    for n in range(offers):
        marks.passed(issues=True)
        marks.offer(n, lambda at=n: at)  # type: ignore[misc]  # bound now
    rows = [mark.row for mark in marks.found]
    assert min(offers, 128) <= len(rows) < 256
    assert len({second - first for first, second in pairwise(rows)}) == 1
    assert offers - rows[-1] < rows[0]


def test_a_correction_counts_its_own_rows_alone() -> None:
    dice = random.Random(3)
    marks = Marks()
    for n in range(900):
        marks.passed(issues=True)
        marks.offer(n, lambda: 0)
    only = sorted(dice.sample(range(1, 901), 300))
    runs: list[list[int]] = []
    for row in only:
        add_to_runs(runs, row)
    marks.count_only(runs)
    assert marks.issuing == 300
    assert [mark.issuing for mark in marks.found] == [sum(row <= mark.row for row in only) for mark in marks.found]


def test_a_repeat_counts_nowhere() -> None:
    dice = random.Random(5)
    marks, again = Marks(), sorted(dice.sample(range(1, 901), 300))
    for n in range(900):
        marks.passed(issues=True)
        marks.offer(n, lambda: 0)
    for row in again:
        marks.repeated(row)
    marks.without_repeats()
    assert marks.issuing == 600
    assert [mark.issuing for mark in marks.found] == [
        sum(n not in again for n in range(1, mark.row + 1)) for mark in marks.found
    ]


def test_of_too_many_repeats_none_is_kept_and_no_mark_is_told() -> None:
    marks = Marks()
    for n in range(1, 50_001):
        marks.passed(issues=True)
        marks.offer(n, lambda: 0)
        if n % 2:
            marks.repeated(n)
    marks.without_repeats()
    assert (marks.repeats, marks.found) == (None, [])
