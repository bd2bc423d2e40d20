"""CBOR: what is read, what each fault is called, and every bound of FORMAT 7 at and one over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.cborld import cbor
from kernel.errors import PuenteError

HEAD = bytes.fromhex("d9cb1d82")
ENTRY = bytes.fromhex("1916a7")


def code(data: bytes) -> tuple[str, str | None]:
    with pytest.raises(PuenteError) as caught:
        cbor.read(data)
    return caught.value.code, caught.value.step


def payload(hexed: str) -> bytes:
    return HEAD + ENTRY + bytes.fromhex(hexed)


@pytest.mark.parametrize(
    ("hexed", "value"),
    [
        ("00", 0), ("17", 23), ("1818", 24), ("18ff", 255), ("190100", 256), ("1a00010000", 65536),
        ("1b0000000100000000", 2**32), ("1b001fffffffffffff", 2**53 - 1), ("20", -1), ("3818", -25),
        ("3b001ffffffffffffe", -(2**53) + 1), ("40", b""), ("4101", b"\x01"), ("60", ""), ("62c3b1", "ñ"),
        ("f4", False), ("f5", True), ("f6", None), ("80", []), ("820102", [1, 2]), ("a0", {}), ("a1616101", {"a": 1}),
    ],
)  # fmt: skip
def test_reads_the_profile(hexed: str, value: object) -> None:
    entry, item = cbor.read(payload(hexed))
    assert (entry, item, type(item)) == (5799, value, type(value))


LONG = ["1817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5801ff", "78016a", "980101", "b8010001"]
OPEN = ["5fff", "7fff", "9fff", "bfff", "bf0001ff"]
KEYS = ["a200010002", "a201010002", "a2616101616102", "a26161010002", "a2186401186302"]
ALIEN = [
    "c000", "d9cb1d00", "f7", "f8ff", "f820", "e0", "f93c00", "fa3f800000", "fb3ff0000000000000", "1c", "1f", "3f",
    "5c", "fc", "ff", "a12001", "a1410101", "a1f401", "a1f601", "a18001", "a1a001", "62c328", "63eda080", "61ff",
]  # fmt: skip
CUT = [
    "",
    "18",
    "19",
    "1900",
    "1a0000",
    "41",
    "58",
    "5841",
    "61",
    "6261",
    "81",
    "8200",
    "a1",
    "a100",
    "a2000101",
    "1b00",
]


@pytest.mark.parametrize("hexed", LONG + OPEN + KEYS)
def test_another_form_of_the_same_is_not_canonical(hexed: str) -> None:
    assert code(payload(hexed)) == ("noncanonical_cbor", "V7")


@pytest.mark.parametrize("hexed", [*ALIEN, *CUT, "0000", "a0f6", "f6ff"])
def test_what_has_no_place_is_malformed(hexed: str) -> None:
    assert code(payload(hexed)) == ("malformed_cbor", "V7")


@pytest.mark.parametrize(
    ("hexed", "expected"),
    [
        ("", ("malformed_cbor", "V7")),
        ("d9", ("malformed_cbor", "V7")),
        ("d9cb", ("malformed_cbor", "V7")),
        ("d9cb1d", ("malformed_cbor", "V7")),
        ("d9cb1d80", ("malformed_cbor", "V7")),
        ("d9cb1d8100", ("malformed_cbor", "V7")),
        ("d9cb1d83010203", ("malformed_cbor", "V7")),
        ("d9cb1da10102", ("malformed_cbor", "V7")),
        ("d9cb1d82", ("malformed_cbor", "V7")),
        ("d9cb1d8220a0", ("malformed_cbor", "V7")),
        ("d9cb1d826131a0", ("malformed_cbor", "V7")),
        ("d9cb1d82f6a0", ("malformed_cbor", "V7")),
        ("d9cb1d9801a0", ("noncanonical_cbor", "V7")),
        ("d9cb1d980201a0", ("noncanonical_cbor", "V7")),
        ("d9cb1d9a821916a7a0", ("malformed_cbor", "V7")),
        ("d9cb1d98", ("malformed_cbor", "V7")),
        ("d9cb1d9c", ("malformed_cbor", "V7")),
        ("d9cb1d9f01a0ff", ("noncanonical_cbor", "V7")),
        ("da0000cb1d8201a0", ("noncanonical_cbor", "V7")),
        ("db000000000000cb1d8201a0", ("noncanonical_cbor", "V7")),
        ("d90500a0", ("unsupported_tag", "V6")),
        ("d90501a0", ("unsupported_tag", "V6")),
        ("d90601a0", ("unsupported_tag", "V6")),
        ("c0a0", ("unsupported_tag", "V6")),
        ("82 01 a0", ("unsupported_tag", "V6")),
        ("a0", ("unsupported_tag", "V6")),
        ("7b", ("unsupported_tag", "V6")),
        ("dc", ("malformed_cbor", "V7")),
        ("df", ("malformed_cbor", "V7")),
    ],
)
def test_the_head_is_ours_or_is_named(hexed: str, expected: tuple[str, str]) -> None:
    assert code(bytes.fromhex(hexed)) == expected


def array(items: list[bytes]) -> bytes:
    return cbor.head(4, len(items)) + b"".join(items)


def nested(depth: int) -> bytes:
    """A payload with so many arrays, the outermost of the whole counted."""
    return HEAD + ENTRY + b"\x81" * (depth - 2) + b"\x80"


def counted(items: int) -> bytes:
    """A payload of so many items in all, in arrays of at most 64."""
    left = items - 4  # the outer array, the entry, the payload's array; the first inner one
    inner = []
    while left >= 0:
        size = min(left, 60)
        inner.append(array([b"\x00"] * size))
        left -= size + 1
    return HEAD + ENTRY + array(inner)


@pytest.mark.parametrize(
    ("within", "over"),
    [
        (HEAD + ENTRY + b"\x79\x02\x00" + b"a" * 512, HEAD + ENTRY + b"\x79\x02\x01" + b"a" * 513),
        (HEAD + ENTRY + b"\x58\x80" + bytes(128), HEAD + ENTRY + b"\x58\x81" + bytes(129)),
        (HEAD + ENTRY + array([b"\x00"] * 64), HEAD + ENTRY + array([b"\x00"] * 65)),
        (
            HEAD + ENTRY + cbor.head(5, 64) + b"".join(cbor.head(0, n) + b"\x00" for n in range(64)),
            HEAD + ENTRY + cbor.head(5, 65) + b"".join(cbor.head(0, n) + b"\x00" for n in range(65)),
        ),
        (nested(12), nested(13)),
        (counted(512), counted(513)),
        (payload("1b001fffffffffffff"), payload("1b0020000000000000")),
        (payload("3b001ffffffffffffe"), payload("3b001fffffffffffff")),
    ],
    ids=["text", "bytes", "array", "map", "depth", "items", "integer", "negative"],
)
def test_each_bound_holds_at_and_one_over(within: bytes, over: bytes) -> None:
    cbor.read(within)
    assert code(over) == ("limits_exceeded", "V7")


def test_the_whole_has_a_bound() -> None:
    assert code(HEAD + bytes(2861)) == ("limits_exceeded", "V7")
    assert code(HEAD + bytes(2860)) == ("malformed_cbor", "V7")


@pytest.mark.parametrize(
    "hexed", ["ba7fffffff", "9a7fffffff", "5a7fffffff", "7a7fffffff", "bb7fffffffffffffff", "b84100"]
)
def test_a_declared_length_is_compared_with_what_is_left(hexed: str) -> None:
    assert code(payload(hexed)) == ("malformed_cbor", "V7")


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for raw in (data, HEAD + data, HEAD + ENTRY + data):
        try:
            entry, item = cbor.read(raw)
        except PuenteError as fault:
            assert fault.step in {"V6", "V7"}  # noqa: PT017 (either end is right)
        else:
            assert cbor.tagged(entry, written(item)) == raw


def written(item: cbor.Item) -> bytes:
    """The item by the writer: what was read has no other form."""
    match item:
        case bool() | None:
            return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[item]
        case int():
            return cbor.integer(item)
        case bytes():
            return cbor.byte_string(item)
        case str():
            return cbor.text(item)
        case list():
            return cbor.array([written(each) for each in item])
        case dict():
            return cbor.map_head(len(item)) + b"".join(written(key) + written(value) for key, value in item.items())


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda: cbor.integer(2**53), "limits_exceeded"),
        (lambda: cbor.integer(-(2**53)), "limits_exceeded"),
        (lambda: cbor.text("a" * 513), "limits_exceeded"),
        (lambda: cbor.text("\ud800"), "invalid_value"),
        (lambda: cbor.byte_string(bytes(129)), "limits_exceeded"),
        (lambda: cbor.array([b"\x00"] * 65), "limits_exceeded"),
        (lambda: cbor.map_head(65), "limits_exceeded"),
    ],
)
def test_the_writer_has_the_reader_s_bounds(write: "object", expected: str) -> None:
    assert callable(write)
    with pytest.raises(PuenteError) as caught:
        write()
    assert caught.value.code == expected
