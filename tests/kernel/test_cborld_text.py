"""QR texts as wholes: prefixes, shapes, sizes at and one over their bounds, and any text at all (FORMAT 1, 5-7)."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import cborld
from kernel.cborld import EMPTY_ENTRY, PASS_CHARS, SYMBOL_CHARS, cbor, decode, encode, from_text, to_text
from kernel.cborld.compress import Compression
from kernel.encoding import base45_encode
from kernel.errors import PuenteError
from tests.kernel.cborld_documents import ENTRY, VECTORS, fresh, pass_with

DICTIONARY = fresh()
PASS, HELD, PAIR, LIVE, TWO = (VECTORS[place]["document"] for place in (0, 1, 4, 5, 6))
DETACHED = {name: value for name, value in LIVE.items() if name != "verifiableCredential"}


def raw(parts: Any, *, alone: bool = False, entry: int = ENTRY) -> bytes:
    """These maps as a payload, whatever they are."""
    walk = Compression(DICTIONARY.entry(entry))
    written = [walk.document(part) for part in parts]
    return cbor.tagged(entry, written[0] if alone else cbor.head(4, len(written)) + b"".join(written))


def text(payload: bytes, prefix: str = "VC1-R") -> str:
    return prefix + base45_encode(payload)


def code(found: str) -> tuple[str, str | None]:
    with pytest.raises(PuenteError) as caught:
        from_text(found, dictionary=DICTIONARY)
    return caught.value.code, caught.value.step


def refused(documents: Any, **options: Any) -> str:
    with pytest.raises(PuenteError) as caught:
        to_text(documents, dictionary=DICTIONARY, **{"entry": ENTRY, **options})
    return caught.value.code


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("", ("unsupported_prefix", "V4")),
        ("vc1-r", ("unsupported_prefix", "V4")),
        (" VC1-R", ("unsupported_prefix", "V4")),
        ("VC1-", ("unsupported_prefix", "V4")),
        ("VD1-R00", ("unsupported_prefix", "V4")),
        ("HTTPS://X/#VC1-R00", ("unsupported_prefix", "V4")),
        ("VF1-AAAAAA12AAAA", ("frames_incomplete", "V4")),
        ("A" * 4296, ("unsupported_prefix", "V4")),
        ("A" * 4297, ("limits_exceeded", "V3")),
        ("VC1-R" + "0" * 4292, ("limits_exceeded", "V3")),
        ("VC1-R" + "0" * 4290, ("unsupported_tag", "V6")),
        ("VC1-R0", ("malformed_base45", "V5")),
        ("VC1-RGGW", ("malformed_base45", "V5")),
        ("VC1-R٣٣", ("malformed_base45", "V5")),
        ("VC1-R", ("malformed_cbor", "V7")),
        ("VP1-R", ("malformed_cbor", "V7")),
    ],
)
def test_the_first_steps(found: str, expected: tuple[str, str]) -> None:
    assert code(found) == expected


@pytest.mark.parametrize(
    ("prefix", "parts", "alone", "expected"),
    [
        ("VC1-R", [], False, "invalid_shape"),
        ("VP1-R", [], False, "invalid_shape"),
        ("VC1-R", [PASS] * 5, False, "invalid_shape"),
        ("VP1-R", [DETACHED, *[HELD] * 5], False, "invalid_shape"),
        ("VP1-R", [DETACHED], False, "invalid_shape"),
        ("VP1-R", [DETACHED], True, "invalid_shape"),
        ("VP1-R", [DETACHED, HELD, DETACHED], False, "invalid_shape"),
        ("VC1-R", [PASS, DETACHED], False, "invalid_shape"),
        ("VC1-R", [DETACHED, HELD], False, "prefix_mismatch"),
        ("VC1-R", [DETACHED], True, "prefix_mismatch"),
        ("VP1-R", [PASS], True, "prefix_mismatch"),
        ("VP1-R", [PASS, DETACHED], False, "prefix_mismatch"),
    ],
)
def test_shapes_that_are_none(prefix: str, parts: list[Any], alone: bool, expected: str) -> None:
    assert code(text(raw(parts, alone=alone), prefix)) == (expected, "V8")


def test_shapes_that_are() -> None:
    for count in range(1, 5):
        assert len(from_text(text(raw([PASS] * count)), dictionary=DICTIONARY).documents) == count
        live = from_text(text(raw([DETACHED, *[HELD] * count]), "VP1-R"), dictionary=DICTIONARY)
        assert live.presentation is not None
        assert live.presentation["verifiableCredential"] == [HELD] * count
    assert from_text(text(raw([PASS])), dictionary=DICTIONARY).kind == "credentials"
    assert from_text(text(raw([PASS], alone=True)), dictionary=DICTIONARY).kind == "credential"


def test_payloads_that_are_no_maps() -> None:
    for payload in (b"\x00", b"\x81\x00", b"\x60", b"\xf6", b"\x81\x80"):
        assert code(text(cbor.tagged(ENTRY, payload))) == ("invalid_shape", "V8")


def test_known_shapes_are_held_to_their_prefix() -> None:
    for vector in (VECTORS[0], VECTORS[5]):
        assert from_text(vector["qr_text"], dictionary=DICTIONARY)
        other = "VP1-R" if vector["qr_text"].startswith("VC1-R") else "VC1-R"
        assert code(other + vector["qr_text"][5:]) == ("prefix_mismatch", "V8")


def test_entries() -> None:
    assert refused(PASS, entry=EMPTY_ENTRY) == "unknown_registry_entry"
    assert refused(PASS, entry=5798) == "unknown_registry_entry"
    assert code(text(cbor.tagged(0, b"\xa0"))) == ("unknown_registry_entry", "V8")
    plain = raw([PASS], alone=True, entry=EMPTY_ENTRY)
    for _ in range(2):  # the second time by its shape
        found = decode(plain, dictionary=DICTIONARY)
        assert (found.entry, found.documents) == (EMPTY_ENTRY, (PASS,))
    assert len(plain) > 400


def sized(length: int) -> dict[str, Any]:
    """A pass whose JSON is that long: each control character of a name is six there."""
    document = pass_with({"name": "", "certificate": "", "idTail": "", "idType": "", "level": ""})
    left = length - len(json.dumps(document, separators=(",", ":")))
    for name in ("name", "certificate", "idTail", "idType", "level"):
        controls = min(left // 6, 300)
        document["credentialSubject"][name] = "\x01" * controls
        left -= 6 * controls
    assert 0 <= left < 200
    document["credentialSubject"]["level"] += "a" * left
    return document


def test_json_has_a_bound_when_walked_and_when_its_shape_is_known() -> None:
    for _ in range(2):
        within = to_text(sized(8192), dictionary=DICTIONARY, entry=ENTRY)
        assert from_text(within, dictionary=DICTIONARY).documents == (sized(8192),)
        over = encode(sized(8193), dictionary=DICTIONARY, entry=ENTRY)
        assert code(text(over)) == ("limits_exceeded", "V8")
        assert refused(sized(8193)) == "limits_exceeded"


def test_text_has_the_bound_that_is_asked_for() -> None:
    exactly = to_text(PASS, dictionary=DICTIONARY, entry=ENTRY)
    assert to_text(PASS, dictionary=DICTIONARY, entry=ENTRY, bound=len(exactly)) == exactly
    assert refused(PASS, bound=len(exactly) - 1) == "too_large_for_qr"
    assert len(to_text(PAIR, dictionary=DICTIONARY, entry=ENTRY, bound=SYMBOL_CHARS)) == 592
    assert refused(TWO, bound=SYMBOL_CHARS) == "too_large_for_qr"
    long = dict.fromkeys(("name", "certificate", "idTail"), "ñ" * 100)
    assert refused(pass_with(long), bound=PASS_CHARS) == "too_large_for_qr"


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], "invalid_shape"),
        ([PASS] * 5, "invalid_shape"),
        ([PASS, LIVE], "invalid_shape"),
        ({**LIVE, "verifiableCredential": []}, "invalid_shape"),
        ({**LIVE, "verifiableCredential": HELD}, "invalid_shape"),
        ({**LIVE, "verifiableCredential": ["x"]}, "invalid_shape"),
        (pass_with({"name": 1.5}), "invalid_value"),
        (pass_with({"id": 5}), "invalid_value"),
        (pass_with({"name": "a" * 513}), "limits_exceeded"),
        (pass_with({"norm": 2**53}), "limits_exceeded"),
        (pass_with({"skills": list(range(65))}), "limits_exceeded"),
        (pass_with(issuer="did:key:a#b#c"), "invalid_value"),
        (pass_with(issuer=[["https://a"]]), "invalid_value"),
        (pass_with({"evidence": 1}), "unknown_property"),
        (pass_with(type=None), "unknown_property"),
    ],
)
def test_the_writer_refuses_what_the_reader_would(documents: Any, expected: str) -> None:
    assert refused(documents) == expected


def test_what_travels_in_another_form_is_not_canonical() -> None:
    payload = bytes.fromhex(VECTORS[0]["cborld_hex"])
    spelled = payload.replace(b"\x18\xb2\x02", b"\x18\xb2\x6aintermedio")
    assert code(text(spelled)) == ("noncanonical_cbor", "V9")
    wide = payload.replace(b"\x41\x05", b"\x42\x00\x05")
    assert code(text(wide)) == ("noncanonical_cbor", "V9")
    written_out = payload.replace(b"\x1a\x69\xaf\x5f\x00", b"\x742026-03-10T00:00:00Z")
    assert code(text(written_out)) == ("noncanonical_cbor", "V9")


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.builds("{}{}".format, st.sampled_from(["VC1-R", "VP1-R", "VF1-", "VC1-", "shc:/"]), st.text(max_size=60)),
        st.builds("VC1-R{}".format, st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=80)),
        st.binary(max_size=60).map(lambda data: text(b"\xd9\xcb\x1d\x82\x19\x16\xa7" + data)),
    )
)
def test_any_text_is_read_or_refused_with_a_step(found: str) -> None:
    try:
        from_text(found, dictionary=DICTIONARY)
    except PuenteError as fault:
        assert fault.step in {"V3", "V4", "V5", "V6", "V7", "V8", "V9"}  # noqa: PT017 (either end is right)


ITEMS = st.recursive(
    st.one_of(st.integers(0, 300), st.booleans(), st.none(), st.binary(max_size=5), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.integers(0, 260), st.sampled_from(["a", "@context", "type"])), inner, max_size=5),
    ),
    max_leaves=20,
)


def written(item: Any) -> bytes:
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
    rows = sorted(written(key) + written(value) for key, value in item.items())
    return cbor.map_head(len(item)) + b"".join(rows)


@settings(max_examples=400, deadline=None)
@given(item=ITEMS, contexts=st.lists(st.integers(1, 3), max_size=4), types=st.lists(st.integers(98, 125), max_size=3))
def test_any_map_under_our_contexts_is_read_or_refused(item: Any, contexts: list[int], types: list[int]) -> None:
    entries = item if isinstance(item, dict) else {200: item}
    payload = cbor.tagged(ENTRY, written({**entries, 1: contexts, 157: types}))
    try:
        decode(payload, dictionary=DICTIONARY)
    except PuenteError as fault:
        assert fault.step in {"V7", "V8", "V9"}  # noqa: PT017 (either end is right)


def test_the_package_names_what_others_use() -> None:
    assert {"from_text", "to_text", "encode", "decode", "read_dictionary", "require_defined"} <= set(cborld.__all__)
