"""Places and voids: lists fill one after the other, never twice, and a row that cannot be a pass burns only its own."""

from itertools import pairwise

import orjson
import pytest
from sqlalchemy import Engine, text

from issuer.rows import LEAF_BITS, Wanted
from kernel import status
from kernel.errors import NotFound, Unavailable
from tests.fakes import NOON
from tests.issuer.world import House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def row(n: int, name: str = "Julián") -> Wanted:
    cells = ["000202541701", "290801106", "01", f"{n:012d}", "Rincón Yépez", name, "3", "28/09/2025", 1]
    return Wanted(line=n, payload=orjson.dumps(cells))


def stand_at(house: House, place: int) -> None:
    """As if that many places had been given out."""
    with house.issuer() as issuer:
        ask = text("UPDATE issuer_counter SET next_place = :place WHERE family = 'C06'")
        issuer.ledger.session.execute(ask, {"place": place})


def issue(house: House, *rows: Wanted) -> list[int]:
    with house.issuer() as issuer:
        first, _ = issuer.promise("norma", "C06", rows, batch=None, centre=None, at=NOON)
    assert first is not None
    house.desk.seal(first)
    return [first + i for i in range(len(rows))]


def test_the_next_pair_of_lists_begins_where_one_is_full(house: House) -> None:
    stand_at(house, status.USED - 1)
    urls = [
        [entry["statusListCredential"] for entry in house.credential(n)["credentialStatus"]]
        for n in issue(house, row(1), row(2))
    ]
    assert urls == [
        ["https://norma.example/s/1", "https://norma.example/s/2"],
        ["https://norma.example/s/5", "https://norma.example/s/6"],
    ]


def test_full_lists_issue_nothing(house: House) -> None:
    stand_at(house, 2 * status.USED - 1)
    with pytest.raises(Unavailable) as full:
        issue(house, row(1), row(2))
    assert full.value.code == "lists_full"
    assert len(issue(house, row(1))) == 1


def test_a_type_without_lists_is_not_issued(house: House) -> None:
    with pytest.raises(Unavailable) as none, house.issuer() as issuer:
        issuer.promise("norma", "C07", [row(1)], batch=None, centre=None, at=NOON)
    assert none.value.code == "lists_full"


def test_places_are_never_in_row_order(house: House) -> None:
    numbers = issue(house, *(row(n) for n in range(200)))
    places = [int(house.credential(n)["credentialStatus"][0]["statusListIndex"]) for n in numbers]
    assert len(set(places)) == 200
    rising = sum(a < b for a, b in pairwise(places))
    assert 60 < rising < 140


def test_a_row_that_does_not_fit_is_void_and_the_others_go_on(house: House) -> None:
    first, void, last = issue(house, row(1), row(2, "x" * 300), row(3))
    assert house.credential(first)["credentialSubject"]["idTail"] == "0001"
    assert house.credential(last)["credentialSubject"]["idTail"] == "0003"
    with pytest.raises(NotFound):
        house.credential(void)
    with house.issuer() as issuer:
        assert issuer.ledger.unsealed() == ()
        assert [len(leaves) for leaves in issuer.ledger.leaves_after(1, 0)] == [3 * 32]
        codes = issuer.ledger.session.execute(text("SELECT n, code FROM issuer_void")).all()
    assert [tuple(each) for each in codes] == [(void, "too_large_for_qr")]
    assert void == (1 << LEAF_BITS) + 1


def test_the_same_row_twice_in_one_call_is_one(house: House) -> None:
    with house.issuer() as issuer:
        first, known = issuer.promise("norma", "C06", [row(1), row(1), row(2)], batch=None, centre=None, at=NOON)
    assert (first, known) == (1 << LEAF_BITS, 1)
