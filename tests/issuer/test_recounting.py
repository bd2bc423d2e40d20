"""Copies that are picked up after an act on many was proposed count too: what phones would hold back waits for the
registry's word, whenever it came to be so much."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from schemas.bulk_acts import BulkView, ByBatch
from tests.issuer import test_bulk_acts, test_notices_of_many, test_replacing_many
from tests.issuer.test_bulk_acts import approve, look
from tests.issuer.test_disputes import given
from tests.issuer.test_status import bits_of, publish
from tests.issuer.world import YULEISY, House

PEOPLE = 4
NAMES = ("ABCDEF", "GHIJ")


@pytest.fixture
def house(database: Engine) -> House:
    """Where two more copies are too much: four rows fit, and a pick-up makes three of one."""
    return House(database, chunk=2, most=6).open()


def revoke(house: House, batch: str) -> BulkView:
    return test_bulk_acts.propose(house, ByBatch(way="batch", batch=batch), "revoke")


def replace(house: House, batch: str) -> BulkView:
    return test_replacing_many.propose(house, ByBatch(way="batch", batch=batch))


def people(house: House) -> tuple[str, list[int]]:
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCD"))
    publish(house)
    return batch, house.numbers(batch)


def say_the_word(house: House, view: BulkView) -> None:
    with house.status() as opened:
        opened.set_out("norma", approved={view.lists[0].number: bytes.fromhex(view.lists[0].hash or "")})


def out(house: House, numbers: list[int]) -> list[bool]:
    with house.status() as opened:
        published = opened.publish("norma")
    return [bits_of(house, n, published)[0] for n in numbers]


@pytest.mark.parametrize("proposed", [revoke, replace])
def test_what_is_picked_up_before_the_approval_counts(house: House, proposed: Callable[..., BulkView]) -> None:
    batch, numbers = people(house)
    view = proposed(house, batch)
    assert [(share.changes, share.needs_word) for share in view.lists] == [(4, False)]
    copies = len(given(house, numbers[3]))
    approve(house, view)
    assert [(share.changes, share.needs_word) for share in look(house, view.id).lists] == [(4 + copies, True)]
    house.desk.act_on_many(view.id)
    assert look(house, view.id).state == "waiting"
    publish(house)
    assert out(house, numbers) == [False] * PEOPLE
    say_the_word(house, look(house, view.id))
    assert out(house, numbers) == [True] * PEOPLE
    assert look(house, view.id).state == "done"


def test_what_is_picked_up_while_it_waits_is_told_to_who_gives_the_word(house: House) -> None:
    house.most = 3
    batch, numbers = people(house)
    view = revoke(house, batch)
    approve(house, view)
    copies = sum(len(given(house, n)) for n in numbers)
    house.desk.act_on_many(view.id)
    assert [(share.changes, share.needs_word) for share in look(house, view.id).lists] == [(PEOPLE + copies, True)]


def test_what_of_a_waiting_act_is_out_already_counts_beside_another(house: House) -> None:
    house.most = 10
    ones, others = (house.permits(*[YULEISY.model_copy(update={"name": name * 3}) for name in of]) for of in NAMES)
    first, second = house.numbers(ones), house.numbers(others)
    publish(house)
    waits, other = revoke(house, ones), revoke(house, others)
    approve(house, waits)
    approve(house, other)
    assert not any(share.needs_word for view in (waits, other) for share in look(house, view.id).lists)
    with house.bulk_acts() as opened:
        for chunk in opened.left(waits.id)[:2]:
            opened.apply(waits.id, chunk)
    publish(house)
    assert out(house, first) == [True] * 4 + [False] * 2
    given(house, first[5])
    house.desk.act_on_many(waits.id)
    given(house, second[0])
    house.desk.act_on_many(other.id)
    told = [(share.changes, share.needs_word) for view in (waits, other) for share in look(house, view.id).lists]
    assert told == [(9, True), (7, True)]  # each fits alone, and what is out of the one with the other is eleven
    publish(house)
    assert out(house, first + second) == [True] * 4 + [False] * 6


@pytest.mark.parametrize("proposed", [revoke, replace])
def test_what_is_picked_up_before_it_is_done_counts_and_nothing_that_is_out_is_taken_back(
    house: House, proposed: Callable[..., BulkView]
) -> None:
    batch, numbers = people(house)
    view = proposed(house, batch)
    approve(house, view)
    assert not look(house, view.id).lists[0].needs_word
    with house.bulk_acts() as opened:
        left = opened.left(view.id)
        opened.apply(view.id, left[0])
        promised = opened.promised(view.id)
    for first in promised:
        house.desk.seal(first)
        with house.bulk_acts() as opened:
            opened.take_places(view.id, first)
    assert len(left) == 2
    publish(house)
    assert out(house, numbers) == [True, True, False, False]
    given(house, numbers[2])
    given(house, numbers[3])
    house.desk.act_on_many(view.id)
    waits = look(house, view.id)
    assert (waits.state, waits.lists[0].needs_word, waits.lists[0].changes) == ("waiting", True, 10)
    publish(house)
    assert out(house, numbers) == [True, True, False, False]
    say_the_word(house, look(house, view.id))
    assert out(house, numbers) == [True] * PEOPLE


def test_what_is_picked_up_while_a_revocation_is_announced_counts_on_its_day(house: House) -> None:
    batch, numbers = people(house)
    view = test_notices_of_many.told(house, ByBatch(way="batch", batch=batch))
    assert not look(house, view.id).lists[0].needs_word
    with house.issuer() as issuer:  # as when a copy was promised right before the act was done
        issuer.ledger.session.execute(
            text("UPDATE issuer_bulk_list SET changes = 1 WHERE bulk = :bulk"), {"bulk": view.id}
        )
    house.most = 3
    with house.many_notices() as opened:
        opened.begin(view.id)
    assert [(share.changes, share.needs_word) for share in look(house, view.id).lists] == [(4, True)]
    house.desk.act_on_many(view.id)
    assert out(house, numbers) == [False] * PEOPLE
