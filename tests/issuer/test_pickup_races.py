"""Who comes at the same moment for one row: one of them gets the copies, and one offer of the row stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from kernel.errors import Conflict
from schemas.pickups import PickedUpAll
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.world import YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def race(*attempts: Callable[[], object]) -> tuple[list[object], list[str]]:
    """All at the same moment: what was given, and the codes of the refusals."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        start.wait()
        try:
            return attempt()
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(len(attempts)) as pool:
        results = list(pool.map(run, attempts))
    return [r for r in results if not isinstance(r, Conflict)], [r.code for r in results if isinstance(r, Conflict)]


def holders_of(house: House) -> set[str]:
    with house.issuer() as issuer:
        ask = text("SELECT subject FROM issuer_intent WHERE subject IS NOT NULL")
        return set(issuer.ledger.session.execute(ask).scalars())


def test_of_those_who_pick_up_at_once_one_wins(house: House) -> None:
    rows = house.numbers(house.permits(*(YULEISY.model_copy(update={"name": name}) for name in "ABCD")))
    for turn, n in enumerate(rows):
        before = holders_of(house)
        given = offer(house, n)
        opened = [open_(house, given) for _ in range(3)]
        proofs = [prove(each, holder(10 * turn + seed)) for seed, each in enumerate(opened)]
        won, lost = race(*(partial(house.desk.present, o.id, p) for o, p in zip(opened, proofs, strict=True)))
        assert (len(won), set(lost) <= {"another_phone", "offer_used"}, len(lost)) == (1, True, 2)
        assert len(holders_of(house) - before) == 1


def test_a_pick_up_and_a_new_offer_at_once_leave_one_that_stands(house: House) -> None:
    for n in house.numbers(house.permits(*(YULEISY.model_copy(update={"name": name}) for name in "ABCD"))):
        opened = open_(house, offer(house, n))
        proof = prove(opened, holder())
        won, lost = race(
            partial(house.desk.present, opened.id, proof), partial(offer, house, n), partial(offer, house, n)
        )
        assert set(lost) <= {"offer_used", "stale_version"}
        assert won
        with house.issuer() as issuer:
            ask = text("SELECT count(*), count(used) FROM issuer_offer WHERE stands = :n")
            standing, used = issuer.ledger.session.execute(ask, {"n": n}).one()
        assert (standing, used) == (1, any(isinstance(each, PickedUpAll) for each in won))
