"""Who stops an act on many and who is at something else at the same time: one is before the other, neither fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from issuer.bulk_acts.service import BulkActs
from schemas.bulk_acts import ByBatch, ByCredentials
from tests.issuer import test_bulk_acts as acts
from tests.issuer.test_batches import count
from tests.issuer.test_bulk_acts import approve, look
from tests.issuer.test_erasing_races import begun as at_once
from tests.issuer.test_recounting import out, say_the_word
from tests.issuer.test_status import publish
from tests.issuer.test_stopping_many import approved, begun, four, stop
from tests.issuer.world import MARTA, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=2).open()


def test_who_stops_waits_for_who_does_a_part_and_gives_up_what_that_promised(house: House) -> None:
    view = approved(house, four(house))
    with ThreadPoolExecutor(1) as pool:
        with house.bulk_acts() as opened:
            opened.apply(view.id, opened.left(view.id)[0])
            other = at_once(house, pool, lambda: stop(house, view))
        assert other.result(30).state == "stopped"
    assert count(house, "issuer_superseding") == 0
    with house.issuer() as issuer:
        assert issuer.ledger.unsealed() == ()


def apply(house: House, view: str, first: int) -> int:
    with house.bulk_acts() as opened:
        return opened.apply(view, first)


def test_who_does_a_part_waits_for_who_stops_and_does_nothing(house: House) -> None:
    view = approved(house, four(house))
    with house.bulk_acts() as opened:
        first = opened.left(view.id)[0]
    with ThreadPoolExecutor(1) as pool:
        with house.bulk_acts() as opened:
            opened.stop(view.id, by=MARTA)
            other = at_once(house, pool, lambda: apply(house, view.id, first))
        assert other.result(30) == 0
    assert count(house, "issuer_superseding") == 0


Step = Callable[[BulkActs, str, int, int], object]
STEPS: dict[str, Step] = {
    "rows": lambda opened, _act, n, _chunk: opened.issuer.ledger.hold([n]),
    "chunks": lambda opened, _act, _n, chunk: opened.issuer.ledger.hold_chunks([chunk]),
    "lists": lambda opened, act, _n, _chunk: opened.store.lists(act, hold=True),
    "head": lambda opened, act, _n, _chunk: opened.issuer.ledger.tell(opened.clock.now(), "house", "bulk_sampled", act),
}


@pytest.mark.parametrize("held", [("rows", "chunks"), ("chunks", "head"), ("lists", "head")])
def test_who_stops_takes_everything_in_everybodys_order(house: House, held: tuple[str, str]) -> None:
    """Rows, chunks, lists, and the end of the audit chain: else two wait for each other, and one of them fails."""
    chosen = four(house)
    view = approved(house, chosen)
    begun(house, view)
    with house.bulk_acts() as opened:
        opened.apply(view.id, opened.left(view.id)[0])
        chunk = opened.promised(view.id)[-1]
    n = house.numbers(chosen.batch)[-1]
    other_view = acts.propose(house, ByBatch(way="batch", batch=four(house, "EFGH").batch), "revoke")
    with ThreadPoolExecutor(1) as pool:
        with house.bulk_acts() as opened:
            STEPS[held[0]](opened, other_view.id, n, chunk)
            other = at_once(house, pool, lambda: stop(house, view))
            STEPS[held[1]](opened, other_view.id, n, chunk)
        assert other.result(30).state == "stopped"


def test_a_list_that_is_too_much_beside_another_act_waits_on_and_can_be_told(house: House) -> None:
    house.most = 3
    ones, others = four(house), four(house, "EFGH")
    numbers = house.numbers(ones.batch)
    publish(house)
    two = acts.propose(house, ByCredentials(way="credentials", credentials=_named(house, others, 2)), "revoke")
    approve(house, two)
    house.desk.act_on_many(two.id)
    publish(house)
    view = acts.propose(house, ones, "revoke")
    approve(house, view)
    assert apply(house, view.id, numbers[0]) == 2
    stopped = stop(house, view)
    assert [(share.changes, share.needs_word) for share in stopped.lists] == [(2, True)]
    assert look(house, view.id).state == "waiting"
    publish(house)
    assert not any(out(house, numbers))
    say_the_word(house, stopped)
    assert out(house, numbers) == [True, True, False, False]


def _named(house: House, chosen: ByBatch, many: int) -> list[str]:
    with house.issuer() as issuer:
        return [issuer.name(n) for n in house.numbers(chosen.batch)[:many]]
