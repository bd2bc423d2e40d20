"""Whether a bit is set follows from all acts that hold it, in whatever order they begin and end, one and in bulk: it is
set as long as one of them stands, for the paper, the full credential and every copy of the holder alike."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from issuer.signing import Signing
from issuer.tables import AuditRow, ListRow
from issuer.webhooks.events import ACTS
from kernel.ports import SigningTask
from schemas.terms import REVOCATION, SUSPENSION
from tests.issuer import test_disputes
from tests.issuer.lives import KEYS, STEPS, Life, walk
from tests.issuer.test_disputes import NORA
from tests.issuer.test_notices import ORDINARY
from tests.issuer.test_pickup_races import race
from tests.issuer.test_status import bits_of, publish
from tests.issuer.test_suspending_alone import alone
from tests.issuer.test_twins import EXCEL, TWINS
from tests.issuer.world import OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def signed(house: House) -> None:
    """The signing process finds an act of two people, or one that one person began, behind each bit that goes out."""
    with house.issuer() as issuer:
        for list_ in issuer.ledger.session.exec(select(ListRow.id).where(col(ListRow.bits).is_not(None))).all():
            assert Signing(issuer=issuer).sign(SigningTask(kind="list", of=str(list_)))


ORDERS: Final = (
    ("alone", "announce", "lapse", "withdraw"),
    ("alone", "announce_many", "lapse", "withdraw_many"),
    ("alone", "announce", "refuse", "effective"),
    ("alone", "announce_many", "refuse", "confirm", "effective"),
    ("alone", "lift", "confirm", "suspend"),
    ("alone", "lift_many", "confirm", "alone", "confirm", "lift"),
    ("alone", "announce", "lift", "lift_many", "withdraw", "lift"),
    ("alone", "announce", "confirm", "withdraw", "lift_many"),
    ("suspend", "announce_many", "withdraw_many", "lift"),
    ("suspend_many", "announce", "withdraw", "announce", "effective", "lapse"),
    ("alone", "announce", "effective"),
    ("alone", "revoke", "lapse"),
    ("alone", "announce_many", "revoke", "lapse"),
)


@pytest.fixture
def pool(house: House) -> Iterator[int]:
    """Rows with a full credential beside each."""
    return iter(house.numbers(house.issue(EXCEL, choices=TWINS)))


def test_a_bit_is_set_as_long_as_some_act_holds_it(house: House, pool: Iterator[int]) -> None:
    """The orders that were wrong once, and their like, with all that a holder may have of one row."""
    begin, ends = house.clock.at, dict[int, set[str]]()
    for seed, steps in enumerate(ORDERS, 1):
        house.clock.at, life = begin, Life(house, next(pool))
        test_disputes.given(house, life.n, seed)
        model = walk(life, steps)
        assert len(life.marks()) == 4, "the paper and the holder's pass, each with its full form"
        ends |= dict.fromkeys(life.marks(), model.bits)
    published = publish(house)
    signed(house)
    for n, bits in ends.items():
        assert bits_of(house, n, published) == (REVOCATION in bits, SUSPENSION in bits)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=2, max_size=6))
def test_in_whatever_order_acts_begin_and_end(house: House, steps: list[str]) -> None:
    begin = house.clock.at
    (n,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": f"Ana {letters(next(KEYS))}"})))
    walk(Life(house, n), steps)
    house.clock.at = begin


def test_no_system_hears_that_it_is_good_again_while_another_act_holds_it(house: House) -> None:
    for seed, steps in enumerate((("alone", "announce", "lapse"), ("suspend", "announce", "withdraw"))):
        (n,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": f"Ana {letters(seed)}"})))
        walk(Life(house, n), steps)
    with house.issuer() as issuer:
        told = set(issuer.ledger.session.exec(select(AuditRow.act)).all())
    held = {"suspend_lapsed_held", "revoke_withdrawn_held"}
    assert held <= told
    assert "credential.restored" not in {ACTS.get(each) for each in told}


def test_a_refusal_and_an_announcement_at_once_leave_it_under_review(house: House) -> None:
    for n in house.numbers(house.permits(*(YULEISY.model_copy(update={"name": f"Ana {name}"}) for name in "ABC"))):
        begun = alone(house, n)
        with house.status() as opened:
            asked = opened.propose(n, ORDINARY, by=OSCAR).id
        won, lost = race(partial(decide, house, "refuse", begun.id), partial(decide, house, "approve", asked))
        assert (len(won), lost) == (2, [])
        assert bits_of(house, n, publish(house)) == (False, True)


def decide(house: House, how: str, act_: str) -> None:
    with house.status() as opened:
        getattr(opened, how)(act_, by=NORA)


def letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
