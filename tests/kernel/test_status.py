"""`kernel/status.py`: published vectors, our own signed lists, the bomb, places, canaries and decoys."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kernel import status
from kernel.encoding import base64url_encode
from kernel.errors import Invalid, Malformed, WrongShape
from schemas.identifiers import Did, Url
from tests.fakes import SeededRandom
from tests.published import published

OURS = json.loads((Path(__file__).parent.parent / "vectors" / "format" / "status-lists.json").read_text())
KEY = bytes(range(32))
URL = "https://formacion.demo.puente.example/s/1"
ORDER = status.permutation(KEY, URL)


@pytest.fixture(scope="module")
def computed() -> list[dict[str, object]]:
    cases: list[dict[str, object]] = json.loads(published("bitstring-status-list/computed.json").read_text())
    return cases


def test_published_lists_expand_to_the_bits_they_say(computed: list[dict[str, object]]) -> None:
    for case in computed:
        bits = status.expand_list(str(case["encodedList"]))
        assert len(bits) * 8 == case["bits"], case["name"]
        assert hashlib.sha256(bits).hexdigest() == case["sha256_of_bits"], case["name"]
        places = case["set"]
        assert isinstance(places, list)
        assert status.set_bits(status.empty(), places) == bits
        assert all(status.bit(bits, place) for place in places)
        assert status.count(bits) == len(places)


def test_published_examples_expand(computed: list[dict[str, object]]) -> None:
    assert computed
    for example in json.loads(published("bitstring-status-list/examples.json").read_text()):
        encoded = example["credentialSubject"].get("encodedList")
        if encoded is not None:
            assert status.expand_list(encoded) == status.empty()


def test_our_lists_hold_the_bits_their_note_names() -> None:
    norma, permiso = (status.expand_list(item["credentialSubject"]["encodedList"]) for item in OURS["lists"])
    assert [i for i in range(status.LIST_SIZE) if status.bit(norma, i)] == [5, 77777]
    assert [i for i in range(status.LIST_SIZE) if status.bit(permiso, i)] == [120034]


def test_a_list_credential_is_byte_for_byte_the_vectors() -> None:
    for item in OURS["lists"]:
        subject = item["credentialSubject"]
        made = status.list_credential(
            url=Url(item["id"]),
            issuer=Did(item["issuer"]),
            purpose=subject["statusPurpose"],
            bits=status.expand_list(subject["encodedList"]),
            valid_from=datetime(2026, 11, 21, tzinfo=UTC),
            valid_until=datetime(2026, 12, 21, tzinfo=UTC),
        )
        unsigned = {name: value for name, value in item.items() if name != "proof"}
        assert made == unsigned


def test_the_bomb_is_refused_while_inflating() -> None:
    with pytest.raises(Malformed) as refused:
        status.expand_list(OURS["oversized"]["list"]["credentialSubject"]["encodedList"])
    assert refused.value.code == "limits_exceeded"


@pytest.mark.parametrize("length", [0, 1, 16_383, 16_385, 131_072 + 16_384])
def test_lengths_outside_the_rule_are_refused(length: int) -> None:
    with pytest.raises(Malformed):
        status.expand_list(status.compress_list(bytes(length)))


def test_the_largest_list_is_accepted() -> None:
    bits = bytes(status.MAX_INFLATED)
    assert status.expand_list(status.compress_list(bits)) == bits


@pytest.mark.parametrize("spoil", ["z", "", "u", "uAAAA", "u!!!!"])
def test_what_is_no_list_is_refused(spoil: str) -> None:
    with pytest.raises(Invalid):
        status.expand_list(spoil)


def test_a_cut_or_continued_gzip_is_refused() -> None:
    whole = status.compress_list(status.empty())
    with pytest.raises(Malformed):
        status.expand_list(whole[:-8])
    with pytest.raises(Malformed):
        status.expand_list(whole + base64url_encode(b"more"))
    with pytest.raises(Malformed) as refused:
        status.expand_list("u" + "A" * 100_000)
    assert refused.value.code == "limits_exceeded"


@pytest.mark.parametrize("index", [-1, status.LIST_SIZE])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(WrongShape):
        status.bit(status.empty(), index)
    with pytest.raises(WrongShape):
        status.set_bits(status.empty(), [index])


def test_a_permutation_gives_each_place_once_and_is_its_own_per_list_and_key() -> None:
    assert sorted(ORDER) == list(range(status.LIST_SIZE))
    assert list(ORDER[:5]) != [0, 1, 2, 3, 4]
    assert list(status.permutation(KEY, URL)) == list(ORDER)
    assert list(status.permutation(KEY, URL + "0"))[:5] != list(ORDER[:5])
    assert list(status.permutation(bytes(32), URL))[:5] != list(ORDER[:5])
    with pytest.raises(ValueError, match="32 bytes"):
        status.permutation(b"short", URL)


def test_a_permutation_is_the_stable_argsort_of_the_stream() -> None:
    stream = hashlib.shake_256(KEY + URL.encode()).digest(status.LIST_SIZE * 8)
    keys = [int.from_bytes(stream[at : at + 8], "big") for at in range(0, len(stream), 8)]
    assert [keys[place] for place in ORDER] == sorted(keys)


def test_the_reserve_alone_is_that_of_the_whole_order() -> None:
    for key in (KEY, bytes(32), b"\xff" * 32):
        whole = status.reserve(status.permutation(key, URL))
        assert status.reserve_of(key, URL) == whole
        assert status.reserve_of(key, URL, late=2**64 - 1) == whole  # where hardly a sort key is that late


def test_the_reserve_is_five_per_cent_and_never_issued() -> None:
    rest = status.reserve(ORDER)
    places = {*rest.canaries_set, *rest.canaries_clear, *rest.decoys}
    assert len(places) == status.LIST_SIZE - status.USED == 6554
    assert places.isdisjoint(ORDER[: status.USED])
    assert len(rest.canaries_set) == len(rest.canaries_clear) == 4


def test_a_published_list_counts_in_eights_and_keeps_its_decoys() -> None:
    rest, random = status.reserve(ORDER), SeededRandom()
    former, mine = status.empty(), status.empty()
    for day in range(5):
        mine = status.set_bits(mine, ORDER[day * 3 : day * 3 + 3])
        now = status.dress(mine, former=former, rest=rest, purpose="revocation", random=random)
        assert status.count(now) % 8 == 0
        assert status.without(former, now) == status.empty()
        assert status.common(now, mine) == mine
        status.require_canaries(now, canaries_set=rest.canaries_set, canaries_clear=rest.canaries_clear)
        assert now == status.dress(mine, former=now, rest=rest, purpose="revocation", random=random)
        former = now


def test_a_suspension_list_lets_go() -> None:
    rest, random = status.reserve(ORDER), SeededRandom()
    held = status.set_bits(status.empty(), ORDER[:3])
    first = status.dress(held, former=status.empty(), rest=rest, purpose="suspension", random=random)
    later = status.dress(status.empty(), former=first, rest=rest, purpose="suspension", random=random)
    assert status.count(later) % 8 == 0
    assert not any(status.bit(later, index) for index in ORDER[:3])


@pytest.mark.parametrize("wrong", ["zero", "shifted", "least first", "all set"])
def test_canaries_catch_a_list_that_is_not_itself(wrong: str) -> None:
    rest = status.reserve(ORDER)
    good = status.dress(status.empty(), former=status.empty(), rest=rest, purpose="revocation", random=SeededRandom())
    bad = {
        "zero": status.empty(),
        "shifted": bytes(1) + good[:-1],
        "least first": bytes(int(f"{byte:08b}"[::-1], 2) for byte in good),
        "all set": b"\xff" * len(good),
    }[wrong]
    with pytest.raises(WrongShape) as refused:
        status.require_canaries(bad, canaries_set=rest.canaries_set, canaries_clear=rest.canaries_clear)
    assert refused.value.code == "canary"
