"""A slip, or a pick-up under way, of what another credential takes the place of: nothing that ends is handed over, and
she hears that a slip for the new one waits; nobody hears it without the PIN."""

import pytest
from sqlalchemy import Engine, text

from kernel.errors import Conflict, NotBelieved
from schemas.bulk_acts import ByCredentials
from tests.issuer import test_amending
from tests.issuer.test_disputes import code_of
from tests.issuer.test_pickups import holder, offer, open_, other_pin, prove
from tests.issuer.test_replacing_many import approve, done, names, news, propose
from tests.issuer.test_status import SUSPEND, act, bits_of, publish
from tests.issuer.test_stopping_many import begun, stop
from tests.issuer.world import MARTA, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def one(house: House) -> int:
    (n,) = house.numbers(house.permits(YULEISY))
    return n


def these(house: House, n: int) -> ByCredentials:
    return ByCredentials(way="credentials", credentials=names(house, [n]))


def standing(house: House) -> int:
    """Offers that could still be used."""
    with house.issuer() as issuer:
        ask = text("SELECT count(*) FROM issuer_offer WHERE stands IS NOT NULL AND used IS NULL")
        return int(issuer.ledger.session.execute(ask).scalar_one())


def test_who_is_in_the_middle_of_it_gets_nothing_that_ends_and_hears_of_the_new_slip(house: House) -> None:
    n = one(house)
    slip = offer(house, n)
    opened, later = open_(house, slip), open_(house, slip)
    with house.pickups() as pickups:
        first = pickups.accept(opened.id, prove(opened, holder()))
    house.desk.seal(first)
    done(house, these(house, n))
    with house.pickups() as pickups, pytest.raises(Conflict) as caught:
        pickups.hand_over(opened.id)
    assert caught.value.code == "offer_replaced"
    proof = prove(opened, holder())
    assert code_of(Conflict, house.desk.present, opened.id, proof) == "offer_replaced"  # and so it is again
    assert code_of(Conflict, house.desk.present, later.id, prove(later, holder())) == "offer_replaced"
    assert code_of(Conflict, open_, house, slip) == "offer_replaced"
    (new,) = news(house, [n])
    again = open_(house, offer(house, new))
    got = house.desk.present(again.id, prove(again, holder()))
    published = publish(house)
    with house.issuer() as issuer:
        copies = [row.n for row in issuer.ledger.family_of(new)]
    assert len(got.credentials) == 3
    assert {bits_of(house, each, published) for each in copies} == {(False, False)}


@pytest.mark.parametrize("alone", [False, True], ids=["of many", "corrected alone"])
def test_a_slip_that_nobody_used_says_so_and_stands_no_more(house: House, alone: bool) -> None:
    n = one(house)
    slip = offer(house, n)
    opened = open_(house, slip)
    if alone:
        house.desk.amend(test_amending.propose(house, n, name="Yuleisi Rojas").id, by=MARTA)
    else:
        done(house, these(house, n))
    assert standing(house) == 0
    assert code_of(Conflict, open_, house, slip) == "offer_replaced"
    assert code_of(Conflict, house.desk.present, opened.id, prove(opened, holder())) == "offer_replaced"
    wrong = slip.model_copy(update={"pin": other_pin(slip)})
    assert code_of(NotBelieved, open_, house, wrong) == "wrong_secret"  # whoever only found it learns nothing


def test_while_it_is_promised_nothing_is_handed_over_and_what_is_stopped_opens_again(house: House) -> None:
    n = one(house)
    slip = offer(house, n)
    view = propose(house, these(house, n))
    approve(house, view)
    begun(house, view)
    assert code_of(Conflict, open_, house, slip) == "offer_replaced"
    stop(house, view)
    assert standing(house) == 1
    opened = open_(house, slip)
    assert len(house.desk.present(opened.id, prove(opened, holder())).credentials) == 3


def test_of_what_is_suspended_it_says_no_such_thing(house: House) -> None:
    n = one(house)
    slip = offer(house, n)
    act(house, n, SUSPEND)
    assert code_of(Conflict, open_, house, slip) == "not_possible_now"
