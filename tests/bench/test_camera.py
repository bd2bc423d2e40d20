"""The degraded pictures are the same every time, every effect is seen in them, and readings are counted honestly."""

import json

import cv2
import numpy as np
import pytest

from bench.__main__ import NAMES
from bench.camera.conditions import CAMERAS, HARSH, MILD, MIXES, ON_PAPER, ON_SCREEN, VGA, Mix, only
from bench.camera.contestants import JSON, OURS, SD_JWT, Contestant, contestants
from bench.camera.frames import frame
from bench.camera.page_case import BUDGETS, WITH, WITHOUT, beside_budget, film
from bench.camera.pictures_case import ALONE, Counts, report
from bench.camera.reading import Tally, page_reader, tally, together
from bench.world import make_world

STILL: Mix = {**MILD, "cracks": (0, 0), "stains": (0, 0), "photocopied": (0, 0), "glare": (0, 0), "fill": (0.8, 0.8)}
"""A picture in which one effect is easily told."""


@pytest.fixture(scope="module")
def shown() -> list[Contestant]:
    return contestants(make_world())


def _ours(shown: list[Contestant], cell: str) -> Contestant:
    (one,) = (one for one in shown if (one.party, one.cell) == (OURS, cell))
    return one


def test_what_is_shown_and_by_whom(shown: list[Contestant]) -> None:
    assert {one.cell: one.symbol for one in shown if one.party == OURS} == {
        "pass": "12-M",
        "live": "15-L",
        "frame": "11-M",
        "paper": "15-Q",
    }
    for one in shown:
        assert all(len(row) == len(one.code.rows) for row in one.code.rows)
        if one.party == SD_JWT:
            issued, *disclosures = one.code.text.split("~")
            assert (issued.count("."), len(disclosures) >= 6) == (2, True)
            assert bool(disclosures[-1]) is (one.cell == "live"), "a key binding only where it is shown live"
        if one.party == JSON:
            assert {"proof", "type"} <= json.loads(one.code.text).keys()
    symbols = {one.cell: one.symbol for one in shown if one.party == JSON}
    assert {name: symbol.endswith("-L") for name, symbol in symbols.items()} == dict.fromkeys(symbols, True)


def test_a_number_names_one_picture(shown: list[Contestant]) -> None:
    code = _ours(shown, "paper").code
    once, again, other = (frame(code, mix=HARSH, camera=VGA, number=number) for number in (5, 5, 6))
    assert (once.shape, str(once.dtype)) == ((480, 640), "uint8")
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


@pytest.mark.parametrize("effect", sorted(HARSH))
def test_every_effect_is_seen(shown: list[Contestant], effect: str) -> None:
    cell = "paper" if effect in ON_PAPER else "live"
    code = _ours(shown, cell).code
    plain = frame(code, mix=STILL, camera=VGA, number=3)
    changed = frame(code, mix={**STILL, effect: _sure(HARSH[effect])}, camera=VGA, number=3)
    assert np.mean(plain != changed) > 0.005


def _sure(strength: tuple[float, float]) -> tuple[float, float]:
    """The top of a range, so that what has a chance to happen does."""
    return strength[1], max(1, strength[1]) if strength == HARSH["photocopied"] else strength[1]


def test_what_is_done_to_paper_is_not_done_to_a_screen(shown: list[Contestant]) -> None:
    for cell, effects in (("live", ON_PAPER), ("paper", ON_SCREEN)):
        code = _ours(shown, cell).code
        plain = frame(code, mix=STILL, camera=VGA, number=3)
        for effect in effects:
            assert np.array_equal(plain, frame(code, mix={**STILL, effect: HARSH[effect]}, camera=VGA, number=3))


def test_the_conditions_are_the_same_for_every_contestant(shown: list[Contestant]) -> None:
    """Two codes differ only where the code is: the table, the light, the sensor's noise are the same."""
    sharp: Mix = {**STILL, "jpeg": (100, 100)}
    one, other = (
        frame(c.code, mix=sharp, camera=VGA, number=9) for c in shown if c.cell == "live" and c.party != SD_JWT
    )
    corner = slice(0, 40)
    assert np.mean(np.abs(one[corner, corner].astype(int) - other[corner, corner])) < 1


def test_harsh_is_harsher_in_every_effect_but_the_chance_of_it() -> None:
    assert MIXES.keys() == {"mild", "harsh"}
    assert MILD.keys() == HARSH.keys()
    for effect, (low, high) in HARSH.items():
        mild = MILD[effect]
        falls = effect in {"fill", "white", "jpeg"}
        assert (low < mild[0] and high < mild[1]) if falls else (high > mild[1]), effect
    assert only("glare") == {**MILD, "glare": HARSH["glare"]}


def test_another_text_is_counted_as_wrong() -> None:
    found = [["A"], [], ["B"], ["A", "B"]]
    assert tally("A", found) == Tally(frames=4, read=2, wrong=2)
    assert together([tally("A", found), tally("B", [["B"]])]) == Tally(frames=5, read=3, wrong=2)


@pytest.fixture(scope="module")
def read_twice(shown: list[Contestant]) -> tuple[str, list[tuple[str, ...]]]:
    code = _ours(shown, "pass").code
    with page_reader() as read:
        found = [read(frame(code, mix=mix, camera=camera, number=2)) for mix in (MILD, HARSH) for camera in CAMERAS]
    return code.text, [texts.page for texts in found]


def test_the_page_s_reader_reads_and_a_misread_would_be_seen(read_twice: tuple[str, list[tuple[str, ...]]]) -> None:
    text, found = read_twice
    assert tally(text, found) == Tally(frames=4, read=4, wrong=0)
    assert tally(text + "0", found) == Tally(frames=4, read=0, wrong=4)


def test_the_report_s_shape() -> None:
    one = Tally(frames=4, read=3, wrong=0)
    counts: Counts = {
        (OURS, "live"): one,
        (ALONE, "live"): Tally(frames=4, read=1, wrong=0),
        (OURS, "frame"): Tally(frames=4, read=4, wrong=0),
        (SD_JWT, "live"): Tally(frames=4, read=0, wrong=0),
    }
    rows = [
        (row.case, row.value, row.unit, row.peer, row.peer_value, row.ratio) for row in report("harsh-480p", counts)
    ]
    assert rows == [
        ("harsh-480p", 87.5, "%", ALONE, 25.0, 3.5),
        ("harsh-480p", 87.5, "%", SD_JWT, 0.0, None),
        ("harsh-480p-live", 75.0, "%", ALONE, 25.0, 3.0),
        ("harsh-480p-live", 75.0, "%", SD_JWT, 0.0, None),
        ("harsh-480p-frame", 100.0, "%", None, None, None),
    ]
    assert "camera" in NAMES


def test_the_film_says_in_its_corner_when_the_code_is_in_it() -> None:
    start = b"\xff\xd8\xff"
    shots = [start + shot for shot in film(make_world()).split(start)[1:]]
    assert len(shots) == WITHOUT + WITH
    for place, corner in ((0, 0), (WITHOUT - 1, 0), (WITHOUT, 255), (-1, 255)):
        picture = cv2.imdecode(np.frombuffer(shots[place], np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        assert picture.shape == (720, 1280)
        assert abs(int(picture[4, 4]) - corner) < 8


def test_a_time_stands_beside_its_budget() -> None:
    row = beside_budget("scan-ready-4x", 1500)
    assert (row.value, row.unit, row.peer, row.peer_value, row.ratio) == (1500, "ms", "budget", 3000, 2.0)
    assert BUDGETS["frame-to-verdict-4x"] == 300
