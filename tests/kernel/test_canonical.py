"""kernel/canonical.py: the published canonical forms, and that the fast road never differs from the slow one."""

import enum
import json
import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.canonical import canonical, canonical_slow, sha256
from kernel.errors import Malformed
from schemas.json import JsonValue
from tests.published import ROOT, published

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=True)
    | st.text(st.characters(), max_size=12)
)
KEYS = st.text(st.characters(), max_size=6) | st.sampled_from(
    ["\U00010000", "\uffff", "\ue000", "é", "a", "A", "\x7f", "\n"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=20
)


def outcome(call: object, value: object) -> object:
    assert callable(call)
    try:
        return call(value)
    except Malformed as error:
        return error.code


@given(VALUES)
@settings(deadline=None, max_examples=600)
def test_the_fast_road_is_the_slow_one(value: JsonValue) -> None:
    assert outcome(canonical, value) == outcome(canonical_slow, value)


def test_published_documents() -> None:
    names = sorted(path.name for path in published("jcs/input").iterdir())
    assert len(names) == 6
    for name in names:
        value = json.loads(published(f"jcs/input/{name}").read_text(encoding="utf-8"))
        assert canonical(value) == published(f"jcs/output/{name}").read_bytes().rstrip(b"\n")
        assert canonical(value) == canonical_slow(value)


def test_published_numbers() -> None:
    cases = json.loads(published("jcs/rfc8785-appendix-b.json").read_text())
    assert cases
    for case in cases:
        (number,) = struct.unpack(">d", bytes.fromhex(case["ieee754"]))
        if math.isfinite(number):
            assert canonical(number).decode() == case["json"]
        else:
            assert outcome(canonical, number) == "malformed_json"


def test_our_own_documents() -> None:
    for path in sorted((ROOT / "tests" / "vectors" / "format").glob("p0*.json")):
        case = json.loads(path.read_text())
        assert canonical(case["document"]) == canonical_slow(case["document"])
        assert sha256(canonical(case["document"])).hex() == case["jcs_sha256"]


def test_keys_beyond_the_first_plane_sort_by_utf16() -> None:
    # UTF-8 and UTF-16 order differ here, and orjson sorts by UTF-8.
    assert canonical({"\uffff": 1, "\U00010000": 2}) == '{"\U00010000":2,"\uffff":1}'.encode()


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**53, -(2**53), "\ud800", {"\udfff": 1}, [{"a": "\udc00"}], {"a": {"b": [math.nan]}}]
)
def test_what_has_no_canonical_form_is_refused(value: JsonValue) -> None:
    assert outcome(canonical, value) == outcome(canonical_slow, value) == "malformed_json"


def test_other_types_take_the_slow_road() -> None:
    class Word(str):
        __slots__ = ()

    class Choice(enum.IntEnum):
        ONE = 1

    for value in ((1, 2), {"a": Word("b")}, {Word("a"): 1}, [(1,)], {"a": (True,)}):
        assert outcome(canonical, value) == outcome(canonical_slow, value)
    assert outcome(canonical, {1: 2}) == outcome(canonical_slow, {1: 2})
    assert outcome(canonical, [Choice.ONE]) == outcome(canonical_slow, [Choice.ONE])


def test_a_million_levels_are_refused_not_fatal() -> None:
    value: JsonValue = []
    for _ in range(100_000):
        value = [value]
    assert outcome(canonical, value) == "malformed_json"
    while isinstance(value, list) and value:  # taken apart by hand, so that freeing it is not deep either
        value = value[0]
