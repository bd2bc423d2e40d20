"""kernel/codec.py: what is read and what is refused, judged by a second reader written from the rules; the bounds."""

import json
import math
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kernel import codec
from kernel.errors import Invalid
from schemas import bounds
from schemas.bounds import Bound
from schemas.json import JsonObject
from tests.published import ROOT

SMALL = Bound(bytes=400, members=12, string=16, depth=4)
FORMAT = ROOT / "tests" / "vectors" / "format"
PAPER = json.loads((FORMAT / "p01-competence-paper.json").read_text())["document"]
LIVE = json.loads((FORMAT / "p06-live-one.json").read_text())["document"]


def outcome(raw: bytes, bound: Bound) -> object:
    try:
        return codec.read(raw, bound=bound).document
    except Invalid as error:
        return error.code


class _No(Exception):
    """The second reader's refusal."""


def judged(raw: bytes, bound: Bound) -> object:
    """The rules again, slowly and without orjson: parse all pairs, then measure by recursion."""
    if len(raw) > bound.bytes:
        return "limits_exceeded"

    def number(text: str) -> float | int:
        exact = float(text)
        if not math.isfinite(exact) or abs(exact) >= 2**53 or (exact == 0 and text[0] == "-"):
            raise _No
        return int(exact) if exact == int(exact) else exact

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise _No
        return dict(pairs)

    def never(_text: str) -> None:
        raise _No

    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=once, parse_int=number, parse_float=number, parse_constant=never
        )
    except (_No, ValueError):
        return "malformed_json"
    if not isinstance(value, dict):
        return "malformed_json"
    texts, members, depth = measured(value)
    if members > bound.members or depth > bound.depth:
        return "limits_exceeded"
    if any(len(text.encode(errors="surrogatepass")) > bound.string for text in texts):
        return "limits_exceeded"
    return "malformed_json" if any("\ud800" <= c <= "\udfff" for text in texts for c in text) else value


def measured(value: object) -> tuple[list[str], int, int]:
    """All texts and keys, how many members and items, how deep."""
    if isinstance(value, str):
        return [value], 0, 0
    if not isinstance(value, dict | list):
        return [], 0, 0
    parts = [measured(part) for part in (value.values() if isinstance(value, dict) else value)]
    texts = [text for part in parts for text in part[0]] + (list(value) if isinstance(value, dict) else [])
    return texts, len(value) + sum(part[1] for part in parts), 1 + max((part[2] for part in parts), default=0)


WORDS = (
    "null true false 0 -0 1 -1 1.0 1.5 -0.0 1e2 1E-400 -1e-400 1e400 9007199254740991 9007199254740992 1e15 01 +1 .5",
    "-9007199254740991 9007199254740993.0 1. NaN Infinity -Infinity 18446744073709551616 100000000000000000000000 nul",
    '"" "a" "\\u0061" "\\ud83d\\ude00" "\\ud800" "\\udc00\\ud800" "\\/" "\\n" "\\u000a" "ñandú" "😀" "\\x" \'a\'',
    '"aaaaaaaaaaaaaaaaa" "ñññññññññ" "ññññññññ" 1e16',
)
TOKENS = st.sampled_from([word for line in WORDS for word in line.split()])
NAMES = st.sampled_from(['"a"', '"b"', '"\\u0061"', '"ñ"', '""', '"aaaaaaaaaaaaaaaaa"', '"\\ud800"', "a"])
SPACES = st.sampled_from(["", "", "", " ", "\n", "\t \r"])


def objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def join(pairs: list[tuple[str, str]], space: str, comma: str) -> str:
        return "{" + space + comma.join(f"{name}{space}:{space}{value}" for name, value in pairs) + space + "}"

    pairs = st.lists(st.tuples(NAMES, inner), max_size=4, unique_by=lambda pair: pair[0]) | st.lists(
        st.tuples(NAMES, inner), max_size=3
    )
    return st.builds(join, pairs, SPACES, st.sampled_from([",", ",", ",", ", ", ",,", ""]))


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=4).map(lambda parts: "[" + ",".join(parts) + "]")


TEXTS = objects(st.recursive(TOKENS, lambda inner: objects(inner) | arrays(inner), max_leaves=8))


@given(TEXTS, st.sampled_from(["", "\ufeff", " ", "x", "\0"]), st.sampled_from(["", "\n", " {}", ","]))
@settings(deadline=None, max_examples=1000)
@example('{"a":1,"a":1}', "", "")
@example('{"a":1,"\\u0061":1}', "", "")
def test_both_roads_read_as_the_rules_say(text: str, before: str, after: str) -> None:
    raw = (before + text + after).encode()
    assert outcome(raw, SMALL) == judged(raw, SMALL)
    assert outcome(raw, bounds.CREDENTIAL) == judged(raw, bounds.CREDENTIAL)


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(max_size=6),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
                    max_leaves=14))  # fmt: skip
@settings(deadline=None, max_examples=500)
def test_compact_text_reads_as_the_rules_say(value: object) -> None:
    raw = orjson.dumps({"a": value})
    assert outcome(raw, SMALL) == judged(raw, SMALL)
    assert outcome(raw, bounds.CREDENTIAL) == judged(raw, bounds.CREDENTIAL)


@pytest.mark.parametrize(
    "raw", [b"\xff", b'{"a":"\xc0\xaf"}', b'{"a":"\xed\xa0\x80"}', '{"a":1}'.encode("utf-16"), b""]
)
def test_only_utf8_is_read(raw: bytes) -> None:
    assert outcome(raw, bounds.CREDENTIAL) == "malformed_json"


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_bomb_of_depth_is_refused(opening: bytes) -> None:
    room = bounds.PRESENTATION.bytes // len(opening)
    assert outcome(opening * room, bounds.PRESENTATION) in {"limits_exceeded", "malformed_json"}
    closed = b'{"a":' * 300 + b"1" + b"}" * 300
    assert outcome(closed, bounds.PRESENTATION) == "limits_exceeded"
    assert outcome(b'{"a":' * 12 + b"1" + b"}" * 12, bounds.PRESENTATION) == {"a": json.loads(closed[5 * 289 : -289])}


def test_a_number_of_many_digits_is_refused_at_once() -> None:
    assert outcome(b'{"a":' + b"9" * 30_000 + b"}", bounds.CREDENTIAL) == "malformed_json"


def test_each_bound_is_closed() -> None:
    for document, inside in (
        ({"a": "x" * 16}, True), ({"a": "x" * 17}, False), ({"x" * 17: 1}, False), ({"a": "ñ" * 9}, False),
        ({"a": [[[]]]}, True), ({"a": [[[[]]]]}, False), ({"a": [0] * 11}, True), ({"a": [0] * 12}, False),
    ):  # fmt: skip
        for raw in (codec.write(document), json.dumps(document, indent=1).encode()):
            assert (outcome(raw, SMALL) == document) is inside
            assert (outcome(raw, SMALL) == "limits_exceeded") is not inside
    assert outcome(b'{"a":1' + b" " * 394 + b"}", SMALL) == "limits_exceeded"


def test_written_text_reads_back_with_its_order() -> None:
    received = codec.read(codec.write(PAPER), bound=bounds.CREDENTIAL)
    assert received.document == PAPER
    assert list(received.document) == list(PAPER)
    assert codec.write(received.document) == received.raw


def test_half_a_pair_is_never_written() -> None:
    with pytest.raises(Invalid) as caught:
        codec.write({"a": "\ud800"})
    assert caught.value.code == "malformed_json"


def test_a_credential_is_read() -> None:
    read = codec.credential(PAPER)
    assert (read.type, read.scheme, read.issuer) == ("CompetencePass", "SENA-NSCL", "did:web:norma.example")
    assert read.subject["name"] == "Ana María Pérez Gómez"
    assert [(entry.purpose, entry.index) for entry in read.status] == [("revocation", "94567")]
    assert read.document is PAPER
    assert codec.credential({**PAPER, "issuer": {"id": "did:web:a.example", "name": "A"}}).issuer == "did:web:a.example"
    bare = codec.credential(
        {name: value for name, value in PAPER.items() if name not in {"credentialStatus", "validFrom"}}
    )
    assert bare.status == ()
    assert bare.valid_from is None
    assert codec.credential({**PAPER, "credentialStatus": {"type": 7}}).status[0].type is None


def test_a_presentation_is_read() -> None:
    read = codec.presentation(LIVE)
    assert len(read.credentials) == 1
    assert read.types == ("VerifiablePresentation",)
    assert codec.presentation({**LIVE, "verifiableCredential": PAPER}).credentials == (PAPER,)


@pytest.mark.parametrize(
    "spoiled",
    [{"issuer": 5}, {"issuer": {}}, {"credentialSubject": []}, {"credentialSubject": "x"}, {"type": "Thing"},
     {"@context": None}, {"type": [1]}, {"credentialStatus": "x"}, {"credentialStatus": ["x"]}],
)  # fmt: skip
def test_another_json_type_is_a_wrong_shape(spoiled: JsonObject) -> None:
    with pytest.raises(Invalid) as caught:
        codec.credential({**PAPER, **spoiled})
    assert caught.value.code == "schema"
