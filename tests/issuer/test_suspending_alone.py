"""One approver suspends for fraud at once: another person confirms it within a day, or it lapses (TRUST section 6)."""

from collections.abc import Callable
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
from tests.issuer.test_amending import propose
from tests.issuer.test_disputes import NORA, code_of
from tests.issuer.test_notices import acts, later, one
from tests.issuer.test_pickup_races import race
from tests.issuer.test_status import LIFT, SUSPEND, act, bits_of, publish
from tests.issuer.world import MARTA, YULEISY, House


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
    assert code_of(Forbidden, alone, house, n) == "not_alone_again"
    alone(house, n, by=NORA)  # another person may begin it anew


def lapsed(house: House, view: ActView) -> None:
    later(house, house.clock.at + timedelta(hours=24))


def refused(house: House, view: ActView) -> None:
    with house.status() as opened:
        opened.refuse(view.id, by=NORA)


def lifted(house: House, view: ActView) -> None:
    with house.status() as opened:
        n = opened.store.act(view.id, issuer=None, centre=None).n
    act(house, n, LIFT)


@pytest.mark.parametrize("end", [lapsed, refused, lifted])
def test_who_was_not_confirmed_does_not_begin_it_again_alone(house: House, end: Callable[..., None]) -> None:
    n = one(house)
    end(house, alone(house, n))
    assert code_of(Forbidden, alone, house, n) == "not_alone_again"
    act(house, n, SUSPEND)  # by two, she among them
    assert bits_of(house, n, publish(house)) == (False, True)
    act(house, n, LIFT)
    house.desk.amend(propose(house, n, name="Yuleisi").id, by=MARTA)
    assert code_of(Forbidden, alone, house, n) == "not_alone_again"  # nor of what took its place
    (other,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": "Ana"})))
    alone(house, other)


def test_who_was_confirmed_may_begin_it_again(house: House) -> None:
    n = one(house)
    with house.status() as opened:
        opened.approve(alone(house, n).id, by=NORA)
    act(house, n, LIFT)
    alone(house, n)


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
