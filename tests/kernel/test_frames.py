"""Frames: the vector, every order, and every way in which a set can be spoiled (FORMAT 9)."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import frames
from kernel.encoding import base45_encode
from kernel.errors import Invalid, PuenteError

VECTOR = json.loads(
    (Path(__file__).resolve().parent.parent / "vectors" / "format" / "frames.json").read_text(encoding="utf-8")
)
FRAMES: list[str] = VECTOR["frames"]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
TEXTS = st.text(alphabet=ALPHABET, min_size=2, max_size=3181).map("VC1-R".__add__)


def code(parts: list[str]) -> tuple[str, str | None]:
    with pytest.raises(PuenteError) as caught:
        frames.join(parts)
    return caught.value.code, caught.value.step


def test_splits_the_vector_as_published() -> None:
    assert list(frames.split(VECTOR["text"])) == FRAMES
    assert [len(frame) for frame in FRAMES] == VECTOR["lengths"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_joins_in_any_order_and_with_repeats(order: tuple[int, ...]) -> None:
    assert frames.join([FRAMES[place] for place in (*order, order[0])]) == VECTOR["text"]


@given(TEXTS)
def test_comes_back_the_same(text: str) -> None:
    parts = frames.split(text)
    assert 2 <= len(parts) <= 9
    assert all(len(part) <= frames.FRAME_CHARS for part in parts)
    assert len({len(part) for part in parts[:-1]}) == 1
    assert frames.join(parts[::-1]) == text


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_says_that_a_frame_is_missing(missing: int) -> None:
    assert code([frame for place, frame in enumerate(FRAMES) if place != missing]) == ("frames_incomplete", "V4")
    assert code([]) == ("frames_incomplete", "V4")


def spoiled() -> list[list[str]]:
    first, second, third = FRAMES
    other = frames.split(VECTOR["text"] + "0")
    return [
        [first, second, third[:-1]],  # cut
        [first, second, third[:-1] + ("A" if third[-1] != "A" else "B")],  # changed
        [first, second, third, other[0]],  # of another set
        [first, first[:-1], second, third],  # two for one place
        [first[:11] + "2" + first[12:], second, third],  # another total
        [first, second, third[:10] + "4" + third[11:]],  # fourth of three
        [first, second, third, "VF1-" + "A" * 5],
        [first, second, third[:12]],  # empty
        [first, second, third.lower()],
        [first, second, third + "\n"],
        [first, second, "VF1-" + third[4:] + "A" * 1000],
        [first, second, "VC1-R" + third[5:]],
        [first, second, third + "é"],
    ]


@pytest.mark.parametrize("parts", spoiled())
def test_refuses_a_spoiled_set(parts: list[str]) -> None:
    assert code(parts) == ("frames_mismatch", "V4")


def test_refuses_frames_within_frames() -> None:
    inner = FRAMES[0]
    name = "VF1-" + base45_encode(hashlib.sha256(inner.encode()).digest()[:4])
    assert code([name + "12" + inner[:100], name + "22" + inner[100:]]) == ("frames_mismatch", "V4")
    with pytest.raises(ValueError, match="nothing to cut"):
        frames.split(inner)


def test_joined_text_has_the_bound_of_a_symbol() -> None:
    longest = "VC1-R" + "0" * 3181
    assert frames.join(frames.split(longest)) == longest
    with pytest.raises(Invalid) as caught:
        frames.split(longest + "0")
    assert caught.value.code == "too_large_for_qr"
    big = [frame + "0" * 500 for frame in frames.split(longest)]
    assert code(big) == ("limits_exceeded", "V4")
