"""One approver suspends for fraud at once: another person confirms it within a day, or it lapses (TRUST section 6)."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, text

from issuer.signing import Signing
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden
from kernel.ports import SigningTask
from kit.once import Once
from schemas.issuance import ActView, AtOnce
from tests.issuer.test_disputes import NORA
from tests.issuer.test_notices import acts, later, one
from tests.issuer.test_pickup_races import race
from tests.issuer.test_status import LIFT, act, bits_of, publish
from tests.issuer.world import MARTA, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def alone(house: House, n: int, key: str | None = None, by: Principal = MARTA) -> ActView:
    once = Once(key=key or f"alone-{house.random.drawn}", digest=b"")
    with house.notices() as opened:
        return opened.suspend(opened.issuer.name(n), AtOnce(), by=by, once=once)


def test_one_approver_suspends_for_fraud_at_once_and_another_confirms(house: House) -> None:
    n = one(house)
    view = alone(house, n)
    assert view.wait is not None
    assert (view.state, view.wait.phase) == ("proposed", "unconfirmed")
    with house.status() as opened:
        assert opened.store.urgent("norma") == {view.id}
        assert opened.store.urgent_since() == house.clock.at
    assert bits_of(house, n, publish(house)) == (False, True)
    with house.status() as opened:
        opened.went_out("norma", opened.set_out("norma"))
        assert opened.store.urgent_since() is None
    with pytest.raises(Conflict):
        alone(house, n)
    with pytest.raises(Forbidden), house.status() as opened:
        opened.approve(view.id, by=MARTA)
    with house.issuer() as issuer:
        for list_ in issuer.ledger.session.exec(text("SELECT id FROM issuer_list WHERE bits IS NOT NULL")):  # type: ignore[call-overload]  # plain SQL
            assert Signing(issuer=issuer).sign(SigningTask(kind="list", of=str(list_[0])))
    with house.status() as opened:
        assert opened.view(opened.approve(view.id, by=NORA)).state == "approved"
    assert later(house, house.clock.at + timedelta(days=2)) == 0
    assert bits_of(house, n, publish(house)) == (False, True)
    act(house, n, LIFT)
    assert bits_of(house, n, publish(house)) == (False, False)


def test_what_nobody_confirms_within_a_day_lapses(house: House) -> None:
    n = one(house)
    view = alone(house, n)
    begun = house.clock.at
    assert later(house, begun + timedelta(hours=24) - timedelta(seconds=1)) == 0
    house.clock.at = begun + timedelta(hours=24)
    with pytest.raises(Conflict), house.status() as opened:
        opened.approve(view.id, by=NORA)
    assert later(house, house.clock.at) == 1
    assert bits_of(house, n, publish(house)) == (False, False)
    (after,) = acts(house, n)
    assert after.wait is not None
    assert (after.state, after.decided_by, after.wait.phase) == ("refused", "house", "lapsed")
    alone(house, n)  # it may be begun anew


def test_who_says_no_lifts_what_one_began(house: House) -> None:
    n = one(house)
    view = alone(house, n)
    with house.status() as opened:
        opened.refuse(view.id, by=NORA)
    assert bits_of(house, n, publish(house)) == (False, False)
    assert later(house, house.clock.at + timedelta(days=2)) == 0


def test_it_is_begun_by_one_of_those_who_come_at_once(house: House) -> None:
    n = one(house)
    won, lost = race(*(partial(alone, house, n, f"key-{at}") for at in range(3)))
    assert (len(won), len(lost)) == (1, 2)
