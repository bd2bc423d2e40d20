"""The short way over known shapes gives what the walks give: on documents, on mutated bytes, on hostile ones."""

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.cborld import Decoded, Dictionary, cbor, decode, encode, from_text, to_text
from kernel.cborld.shapes import Shape
from kernel.errors import PuenteError
from tests.kernel.cborld_documents import ENTRY, TEXT, TIMES, URLS, VECTORS, fresh, pass_with, passes, walking

WARM = fresh()
WALK = walking()
for one in VECTORS:
    to_text(one["document"], dictionary=WARM, entry=ENTRY)


def read(payload: bytes, dictionary: Dictionary) -> Decoded | tuple[str, str | None]:
    try:
        return decode(payload, dictionary=dictionary)
    except PuenteError as fault:
        return fault.code, fault.step


def written(document: Any, dictionary: Dictionary) -> str | tuple[str, str | None]:
    try:
        return to_text(document, dictionary=dictionary, entry=ENTRY)
    except PuenteError as fault:
        return fault.code, fault.step


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_vector_has_a_shape_that_is_taken(vector: Any) -> None:
    payload = bytes.fromhex(vector["cborld_hex"])
    assert WARM.shapes.read(payload) is not None
    assert WALK.shapes.read(payload) is None
    assert read(payload, WARM) == read(payload, WALK)


@settings(max_examples=300, deadline=None)
@given(passes())
def test_writes_and_refuses_what_the_walk_writes_and_refuses(document: dict[str, Any]) -> None:
    warm, walked = written(document, WARM), written(document, WALK)
    assert warm == walked
    assert written(document, WARM) == walked  # now by its shape, if it has one
    if isinstance(walked, str):
        found, again = from_text(walked, dictionary=WARM), from_text(walked, dictionary=WALK)
        assert found == again
        assert found.documents == (document,)


SPOILED = st.one_of(
    st.tuples(st.just("flip"), st.integers(0, 700), st.integers(1, 255)),
    st.tuples(st.just("cut"), st.integers(0, 700), st.just(0)),
    st.tuples(st.just("insert"), st.integers(0, 700), st.integers(0, 255)),
    st.tuples(st.just("drop"), st.integers(0, 700), st.just(0)),
    st.tuples(st.just("double"), st.integers(0, 700), st.integers(1, 20)),
)


def spoil(payload: bytes, how: str, at: int, value: int) -> bytes:
    at %= len(payload) + 1
    match how:
        case "flip":
            return payload[:at] + bytes(byte ^ value for byte in payload[at : at + 1]) + payload[at + 1 :]
        case "cut":
            return payload[:at]
        case "insert":
            return payload[:at] + bytes([value]) + payload[at:]
        case "drop":
            return payload[:at] + payload[at + 1 :]
        case _:
            return payload[:at] + payload[at : at + value] + payload[at:]


@settings(max_examples=600, deadline=None)
@given(vector=st.sampled_from(VECTORS), faults=st.lists(SPOILED, min_size=1, max_size=3))
def test_spoiled_bytes_end_alike(vector: Any, faults: list[tuple[str, int, int]]) -> None:
    payload = bytes.fromhex(vector["cborld_hex"])
    for how, at, value in faults:
        payload = spoil(payload, how, at, value)
    assert read(payload, WARM) == read(payload, WALK)


def test_every_single_byte_changed_in_every_way_ends_alike() -> None:
    payload = bytes.fromhex(VECTORS[1]["cborld_hex"])
    for at in range(7, len(payload)):
        for value in (1, 2, 4, 8, 0x10, 0x18, 0x20, 0x40, 0x60, 0x7F, 0x80, 0xFF):
            changed = payload[:at] + bytes([payload[at] ^ value]) + payload[at + 1 :]
            assert read(changed, WARM) == read(changed, WALK), (at, value)


KEY = b"\x58\x22" + bytes(34)
VALUES = [
    b"\x18\x05",
    b"\x19\x00\xff",
    b"\x41\x01",
    b"\x42\x00\x01",
    b"\x42\x00\xff",
    b"\x3a\x7f\xff\xff\xff",
    b"\x60",
    b"\x61A",
    b"\x78\x03ABC",
    b"\x62\xc3\x28",
    b"\xf4",
    b"\xf5",
    b"\xf6",
    b"\xf7",
    b"\xf9\x00\x00",
    b"\x80",
    b"\xa0",
    b"\x81\x01",
    b"\x82\x02\x61a",
    b"\x82\x19\x04\x01\x41\x05",
    b"\x83\x19\x04\x01" + KEY + KEY,
    b"\x82\x19\x04\x01" + KEY,
    b"\x58\x41z" + bytes(64),
    b"\x58\x41u" + bytes(64),
    b"\x42zz",
    b"\x1b\x00\x1f" + bytes([255] * 6),
    b"\x1b\x00\x20" + bytes(6),
    b"\x6a2026-03-10",
    b"\x742026-03-10T00:00:00Z",
    b"\x63bas",
    b"\x66basico",
    b"\x77https://norma.example/s",
    b"\x78\x19https://norma.example/s/1",
    b"\x6arevocation",
    b"\x64type",
]
SPLICED = st.one_of(st.binary(max_size=8), st.sampled_from(VALUES))


@settings(max_examples=800, deadline=None)
@given(vector=st.sampled_from(VECTORS), place=st.integers(0, 60), raw=SPLICED)
def test_other_values_in_the_places_of_a_shape_end_alike(vector: Any, place: int, raw: bytes) -> None:
    payload = bytes.fromhex(vector["cborld_hex"])
    to_text(vector["document"], dictionary=WARM, entry=ENTRY)  # the shape may have been forgotten
    found = WARM.shapes.read(payload)
    assert found is not None
    start, end = place_of(payload, found[0], place % len(found[0].slots))
    changed = payload[:start] + raw + payload[end:]
    assert read(changed, WARM) == read(changed, WALK)


def place_of(payload: bytes, shape: Shape, place: int) -> tuple[int, int]:
    """Where the value of that slot starts and ends."""
    start = end = 0
    for slot in shape.slots[: place + 1]:
        start = end + slot.size
        _, end = cbor.item(payload, start, 1, [512])
    return start, end


@settings(max_examples=200, deadline=None)
@given(value=st.one_of(TEXT, URLS, TIMES), name=st.sampled_from(["issuer", "validFrom", "validUntil"]))
def test_a_cohort_of_one_shape(value: str, name: str) -> None:
    document = pass_with(**{name: value})
    assert written(document, WARM) == written(document, WALK)


def test_documents_of_one_shape_share_nothing() -> None:
    payload = bytes.fromhex(VECTORS[0]["cborld_hex"])
    first, second = decode(payload, dictionary=WARM).documents[0], decode(payload, dictionary=WARM).documents[0]
    for member in ("@context", "type", "proof", "credentialSubject", "credentialStatus"):
        assert first[member] == second[member]
        assert first[member] is not second[member]


def test_members_stand_as_people_read_them() -> None:
    for dictionary in (WARM, WALK):
        document = decode(bytes.fromhex(VECTORS[0]["cborld_hex"]), dictionary=dictionary).documents[0]
        assert list(document) == [
            "@context", "type", "issuer", "validFrom", "validUntil", "credentialStatus", "credentialSubject", "proof"
        ]  # fmt: skip


def test_what_is_kept_stays_bounded() -> None:
    dictionary = fresh()
    members = ["norm", "normVersion", "hours", "birthYear", "occupation", "municipality", "certificate", "idTail"]
    for mask in range(1, 200):
        subject = {name: 1 for bit, name in enumerate(members) if mask >> bit & 1} | {"name": "A"}
        assert to_text(pass_with(subject), dictionary=dictionary, entry=ENTRY)
    assert sum(map(len, dictionary.shapes._by_bytes.values())) <= 64
    assert dictionary.shapes._count <= 64


def test_what_a_place_remembers_stays_bounded() -> None:
    dictionary = fresh()
    for number in range(1500):
        payload = encode(pass_with({"norm": number}), dictionary=dictionary, entry=ENTRY)
        decode(payload, dictionary=dictionary)
    kept = [slot for shapes in dictionary.shapes._by_bytes.values() for shape in shapes for slot in shape.slots]
    assert max(len(slot.known) for slot in kept) <= 512


def test_no_text_makes_the_memory_grow() -> None:
    """Unsigned texts with hundreds of values each, all new, in more shapes than are kept (P16: 64 MiB above idle)."""
    dictionary = fresh()
    documents = [copy.deepcopy(VECTORS[0]["document"]) for _ in range(4)]
    random = Random(1)
    most = 0
    for shape in range(70):
        for _ in range(12):
            for at, document in enumerate(documents):
                size = 60 - (shape % 7 if at == 0 else shape // 7 if at == 1 else 0)
                document["credentialSubject"] = {"skills": [random.getrandbits(31) | 1 << 30 for _ in range(size)]}
            decode(encode(documents, dictionary=dictionary, entry=ENTRY), dictionary=dictionary)
        slots = [slot for kept in dictionary.shapes.all() for slot in kept.slots]
        most = max(most, len(slots))
        assert sum(len(slot.known) for slot in slots) <= 64 * 2_048
    assert most > 1_000, "hostile shapes were learned, so the bound was tried"
