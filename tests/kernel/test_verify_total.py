"""Whatever comes ends in a graded report: never an exception, never more than a report may hold, and no forgery passes.

P1 and P2 of TRUST section 16: valid codes are changed in one place (a bit, a byte, a splice, a swap of parts, a table
id) and none may come out better than it went in. `PUENTE_LONG=1` runs them longer.
"""

import json
import os
import random
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.encoding import base45_decode, base45_encode
from kernel.errors import PuenteError
from schemas.codes import CODES
from schemas.verification import WORST_FIRST, Report
from tests import makers, worlds

LONG = bool(os.environ.get("PUENTE_LONG"))
EXAMPLES = 20_000 if LONG else 400
MUTANTS = 1_000_000 if LONG else 6_000
HOLDER = makers.holder()
OWN = [makers.competence(subject=HOLDER.did), makers.permit(subject=HOLDER.did)]
DOCUMENTS: tuple[Any, ...] = (
    makers.competence(),
    makers.permit(),
    [makers.competence(), makers.permit()],
    makers.presented(OWN[:1], HOLDER),
    makers.presented(OWN, HOLDER),
)
TEXTS = tuple(worlds.text(document) for document in DOCUMENTS)
CLAIMS = [
    one["credentialSubject"]
    for document in DOCUMENTS
    for one in (document if isinstance(document, list) else document.get("verifiableCredential", [document]))
]


def well_formed(report: Report) -> Report:
    """Every member has a value that the wire allows, and reasons say why wherever the verdict is not `valid`."""
    wire = report.to_json()
    assert json.loads(json.dumps(wire)) == wire
    assert report.verdict in WORST_FIRST
    assert bool(report.reasons) != (report.verdict == "valid")
    assert all(step in CODES[code].steps for code, step in zip(report.reasons, report.steps, strict=True)), report
    for one in report.passes:
        assert (one.claims is None) <= (one.verdict == "cannot_verify")
        assert bool(one.reasons) != (one.verdict == "valid")
    return report


def judged(raw: Any) -> Report:
    """The report in a fresh world, looked over."""
    return well_formed(worlds.World().judge(raw))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    assert judged(raw).verdict == "cannot_verify"


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["", "VC1-R", "VP1-R", "VF1-", "VR1-R"]))
def test_any_text(text: str, prefix: str) -> None:
    assert judged(prefix + text).verdict == "cannot_verify"


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=300), st.sampled_from(["VC1-R", "VP1-R"]))
def test_any_base45(text: str, prefix: str) -> None:
    assert judged(prefix + text).verdict == "cannot_verify"


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=120), st.sampled_from(["VC1-R", "VP1-R"]))
def test_any_cbor_behind_the_tag(payload: bytes, prefix: str) -> None:
    raw = bytes.fromhex("d9cb1d821916a7") + payload
    assert judged(prefix + base45_encode(raw)).verdict == "cannot_verify"


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_NAMES = st.sampled_from([*makers.competence(), "verifiableCredential", "holder", "id"])
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=6), max_leaves=20
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(_JSON)
def test_any_json(value: Any) -> None:
    assert judged(json.dumps(value).encode()).verdict == "cannot_verify"


_POINTERS = sorted(
    {f"/{name}" for name in DOCUMENTS[0]}
    | {f"/{part}/{name}" for part in ("credentialSubject", "proof") for name in DOCUMENTS[0][part]}
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(_POINTERS), _JSON, st.booleans())
def test_any_value_in_any_place_of_a_good_credential(pointer: str, value: Any, inside: bool) -> None:
    spoiled = makers.spoiled(DOCUMENTS[0], pointer, value)
    changed = spoiled != DOCUMENTS[0]
    if inside:
        spoiled = {**DOCUMENTS[3], "verifiableCredential": [spoiled]}
    report = judged(json.dumps(spoiled).encode())
    assert (report.verdict == "cannot_verify") or not changed


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(["/issuer", "/validFrom", "/validUntil", "/type", "/credentialStatus", "/id"]), _JSON)
def test_whatever_an_issuer_itself_signs_ends_in_a_report(pointer: str, value: Any) -> None:
    bare = {name: member for name, member in DOCUMENTS[0].items() if name != "proof"}
    try:
        document = makers.sign(makers.spoiled(bare, pointer, value), makers.issuer_signer(makers.NORMA))
    except PuenteError:
        return  # a value that has no canonical form cannot be signed
    judged(json.dumps(document).encode())


def _flip(raw: bytearray, draw: random.Random) -> None:
    place = draw.randrange(len(raw))
    raw[place] ^= 1 << draw.randrange(8)


def _byte(raw: bytearray, draw: random.Random) -> None:
    raw[draw.randrange(len(raw))] = draw.randrange(256)


def _cut(raw: bytearray, draw: random.Random) -> None:
    del raw[draw.randrange(len(raw)) :]


def _drop(raw: bytearray, draw: random.Random) -> None:
    start = draw.randrange(len(raw))
    del raw[start : start + draw.randrange(1, 5)]


def _insert(raw: bytearray, draw: random.Random) -> None:
    start = draw.randrange(len(raw))
    raw[start:start] = draw.randbytes(draw.randrange(1, 5))


def _copy(raw: bytearray, draw: random.Random) -> None:
    start, to, many = draw.randrange(len(raw)), draw.randrange(len(raw)), draw.randrange(1, 40)
    raw[to : to + many] = raw[start : start + many]


def _splice(raw: bytearray, draw: random.Random) -> None:
    other = base45_decode(draw.choice(TEXTS)[5:])
    start, many = draw.randrange(len(other)), draw.randrange(1, 80)
    to = draw.randrange(len(raw))
    raw[to : to + many] = other[start : start + many]


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _byte, _cut, _drop, _insert, _copy, _splice)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_no_changed_code_is_accepted(change: Callable[[bytearray, random.Random], None]) -> None:
    draw = random.Random(f"puente-{change.__name__}")
    world = worlds.World()
    for _ in range(MUTANTS // len(CHANGES)):
        text = draw.choice(TEXTS)
        raw = bytearray(base45_decode(text[5:]))
        change(raw, draw)
        mutant = text[:5] + base45_encode(bytes(raw))
        if mutant == text:
            continue
        report = well_formed(world.judge(mutant))
        assert report.verdict == "cannot_verify", mutant
        # A code of several passes may have one that nobody touched; its claims are those that were signed.
        assert all(one.claims is None or one.claims in CLAIMS for one in report.passes), mutant


def test_no_part_of_one_document_stands_in_another() -> None:
    documents = [one for one in DOCUMENTS if not isinstance(one, list)]
    for mine, other in permutations(documents, 2):
        for member in mine.keys() & other.keys() - {"@context"}:
            if mine[member] != other[member]:
                report = judged(json.dumps({**mine, member: other[member]}).encode())
                assert report.verdict == "cannot_verify", (member, report)
