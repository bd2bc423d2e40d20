"""The house stops between the promise of copies and its answer: who used the code fetches them, nobody else."""

from functools import partial

import pytest
from sqlalchemy import Engine

from issuer.erasing import Erasing
from issuer.pickups.service import AGAIN, OPEN
from kernel.errors import NotBelieved
from tests.issuer.test_pickups import holder, offer, open_, prove, refused
from tests.issuer.world import MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def test_a_code_is_used_by_one_key_and_a_lost_answer_can_be_asked_for_again(house: House) -> None:
    n = house.numbers(house.permits(YULEISY))[0]
    given = offer(house, n)
    opened, second = open_(house, given), open_(house, given)
    with house.pickups() as pickups:
        pickups.accept(opened.id, prove(opened, holder()))  # the house stops here, and no answer goes out
    house.clock.tick(int(OPEN.total_seconds()) + 1)
    house.desk.tend()
    first = house.desk.present(opened.id, prove(opened, holder()))
    assert house.desk.present(opened.id, prove(opened, holder())) == first
    with pytest.raises(NotBelieved):
        house.desk.present(second.id, prove(second, holder()))
    again = open_(house, given)
    assert {tuple(each.claims) for each in again.summary} == {()}  # who has the slip alone reads no name
    stranger = prove(again, holder(2))
    assert refused(lambda: house.desk.present(opened.id, prove(opened, holder(2)))) == ["another_phone"]
    assert refused(lambda: house.desk.present(again.id, stranger)) == ["another_phone"]
    assert house.desk.present(again.id, prove(again, holder())) == first
    with house.issuer() as issuer:
        assert len(issuer.ledger.family_of(n)) == 4
    house.clock.tick(int(AGAIN.total_seconds()) - int(OPEN.total_seconds()) - 2)
    assert house.desk.present(opened.id, prove(opened, holder())) == first
    house.clock.tick(1)
    assert refused(
        lambda: house.desk.present(opened.id, prove(opened, holder())), lambda: open_(house, given)
    ) == ["offer_used"] * 2  # fmt: skip


def test_a_used_code_gives_nothing_of_who_was_erased(house: House) -> None:
    n = house.numbers(house.permits(YULEISY))[0]
    given = offer(house, n)
    opened = open_(house, given)
    again = open_(house, given)
    house.desk.present(opened.id, prove(opened, holder()))
    with house.people() as persons:
        Erasing(persons=persons, random=house.random).erase(
            persons.issuer.name(n), reason="reclamo", by=OSCAR, approved_by=MARTA
        )
    proofs = [(each.id, prove(each, holder())) for each in (opened, again)]
    assert refused(
        *(partial(house.desk.present, *each) for each in proofs), lambda: open_(house, given)
    ) == ["offer_used"] * 3  # fmt: skip
