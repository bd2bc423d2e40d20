"""kernel/encoding.py: published pairs, strictness, bounds, and that both ways undo each other."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import encoding
from kernel.errors import Invalid
from tests.published import ROOT, published

FORMAT = ROOT / "tests" / "vectors" / "format"
ALPHABET45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def refused(code: str, call: object, *args: object, **named: object) -> None:
    assert callable(call)
    with pytest.raises(Invalid) as caught:
        call(*args, **named)
    assert caught.value.code == code


def test_base45_of_the_rfc() -> None:
    cases = json.loads(published("base45/base45.json").read_text())
    pairs = [(case["text"].encode(), case["base45"]) for case in cases["rfc9285"]]
    pairs += [(bytes.fromhex(case["hex"]), case["base45"]) for case in cases["valid_hex"]]
    for data, text in pairs:
        assert encoding.base45_encode(data) == text
        assert encoding.base45_decode(text) == data
    for case in cases["invalid"]:
        refused("malformed_base45", encoding.base45_decode, case["base45"])


def test_base45_of_our_own_texts() -> None:
    for path in sorted(FORMAT.glob("p0*.json")):
        case = json.loads(path.read_text())
        assert encoding.base45_encode(bytes.fromhex(case["cborld_hex"])) == case["qr_text"][5:]
        assert encoding.base45_decode(case["qr_text"][5:]).hex() == case["cborld_hex"]


@pytest.mark.parametrize(
    "text", ["GGW", ":::", "V5", "::", "A", "bb8", "BB8\n", "BB8 \u0301", "BB8\x00", "B\u00b2B", "٣45"]
)
def test_base45_refuses_what_is_not_canonical(text: str) -> None:
    refused("malformed_base45", encoding.base45_decode, text)


def test_base45_is_bounded_by_the_largest_symbol() -> None:
    assert len(encoding.base45_decode("0" * 4296)) == 2864
    refused("limits_exceeded", encoding.base45_decode, "0" * 4297)


@given(st.binary(max_size=2864))
@settings(deadline=None)
def test_base45_comes_back(data: bytes) -> None:
    assert encoding.base45_decode(encoding.base45_encode(data)) == data


@given(st.text(ALPHABET45, max_size=40))
@settings(deadline=None, max_examples=500)
def test_base45_accepts_one_spelling_only(text: str) -> None:
    if spelled(text):
        assert encoding.base45_encode(encoding.base45_decode(text)) == text
    else:
        refused("malformed_base45", encoding.base45_decode, text)


def spelled(text: str) -> bool:
    """RFC 9285 by its words, digit by digit: the judge of the lane arithmetic."""
    values = [ALPHABET45.index(c) for c in text]
    groups = [values[at : at + 3] for at in range(0, len(values), 3)]
    worth = [sum(value * 45**place for place, value in enumerate(group)) for group in groups]
    most = {1: -1, 2: 255, 3: 65535}
    return all(number <= most[len(group)] for number, group in zip(worth, groups, strict=True))


def test_base58_published() -> None:
    for data, text in json.loads(published("base58/base58_encode_decode.json").read_text()):
        assert encoding.base58btc_encode(bytes.fromhex(data)) == text
        assert encoding.base58btc_decode(text) == bytes.fromhex(data)
    for data, texts in json.loads(published("base58/multibase.json").read_text())["multibase_base58btc_base64url"][
        "text_hex"
    ].items():
        assert encoding.multibase_encode(bytes.fromhex(data)) == texts["base58btc"]
        assert encoding.multibase_encode(bytes.fromhex(data), "u") == texts["base64url"]
        for text in texts.values():
            assert encoding.multibase_decode(text, limit=64).hex() == data


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_base58_is_plain_long_division(data: bytes) -> None:
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + digits
    text = "1" * (len(data) - len(data.lstrip(b"\0"))) + digits
    assert encoding.base58btc_encode(data) == text
    assert encoding.base58btc_decode(text) == data


def test_base58_refuses_and_is_bounded() -> None:
    for text in ("0", "O", "I", "l", "a b", "é", "11 "):
        refused("invalid_value", encoding.base58btc_decode, text)
    refused("limits_exceeded", encoding.base58btc_decode, "2" * 129)
    refused("limits_exceeded", encoding.multibase_decode, "z" + "2" * 129, limit=1000)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_base64url_comes_back(data: bytes) -> None:
    assert encoding.base64url_decode(encoding.base64url_encode(data), limit=300) == data


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q", "QUI+", "QU/C", "QU C", "QUJ\n", "QUñ", "QUJDR"])
def test_base64url_refuses_a_second_spelling(text: str) -> None:
    refused("invalid_value", encoding.base64url_decode, text, limit=100)


def test_base64url_is_bounded() -> None:
    assert encoding.base64url_decode("QUJD", limit=4) == b"ABC"
    refused("limits_exceeded", encoding.base64url_decode, "QUJD", limit=3)


@pytest.mark.parametrize("text", ["", "mQUI", "QUI", "Zaa"])
def test_multibase_reads_two_bases(text: str) -> None:
    refused("invalid_value", encoding.multibase_decode, text, limit=100)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("\ufeffVC1-RABC".encode(), b"VC1-RABC"),
        (bytes.fromhex("fffe7b007d00"), b"{}"),
        (bytes.fromhex("feff007b007d"), b"{}"),
        (bytes.fromhex("fffe00"), bytes.fromhex("fffe00")),
        (b"VC1-RABC", b"VC1-RABC"),
    ],
)
def test_marked_text_is_utf_8_without_its_mark_and_what_only_looks_marked_stays(raw: bytes, plain: bytes) -> None:
    assert encoding.plain_utf8(raw) == plain
