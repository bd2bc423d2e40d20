"""A holder takes her dispute back by her ticket: nobody is left with it, what it held up goes on, once."""

from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from issuer.disputes.answering import HOLDER
from issuer.disputes.service import MOST
from issuer.tables import AuditRow
from kernel.errors import Conflict, NotFound, TooMany
from schemas.disputes import DisputeAnswer, DisputeState, DisputeView
from tests.issuer.test_disputes import NORA, answer, code_of, decide, disputed, permit, propose
from tests.issuer.test_pickup_races import race
from tests.issuer.test_status import REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import OSCAR, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def withdraw(house: House, ticket: str) -> DisputeAnswer:
    with house.disputes() as disputes:
        return disputes.withdraw(ticket)


def listed(house: House, state: DisputeState | None) -> list[DisputeView]:
    with house.disputes() as disputes:
        return list(disputes.list(by=OSCAR, state=state, after="", limit=10).items)


def test_what_is_taken_back_leaves_nobody_with_it_and_may_be_asked_again(house: House) -> None:
    _, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    decision = propose(house, view, "reject")
    told = withdraw(house, ticket)
    assert (told.state, told.text, told.answered_at, told.credentials) == ("withdrawn", "", house.clock.at, [])
    assert told == withdraw(house, ticket) == answer(house, ticket)
    (row,) = listed(house, None)
    assert (row.state, row.answer_by, row.answered_at) == ("withdrawn", None, house.clock.at)
    assert (row.decisions[0].state, row.decisions[0].decided_by) == ("withdrawn", None)
    assert [listed(house, state) for state in ("withdrawn", "open", "rejected")] == [[row], [], []]
    assert code_of(Conflict, house.desk.decide, decision, by=NORA) == "decided_already"
    assert code_of(Conflict, propose, house, view, "reject") == "decided_already"
    for _ in range(MOST - 1):
        again, _view = disputed(house, copies[0])
        withdraw(house, again)
    assert code_of(TooMany, disputed, house, copies[0]) == "disputed_often"
    with house.issuer() as issuer:
        told_of = [(row.actor, row.act) for row in issuer.ledger.session.exec(select(AuditRow))]
    assert told_of.count((HOLDER, "dispute_withdrawn")) == MOST


def test_what_it_held_up_goes_on(house: House) -> None:
    n, copies = permit(house)
    act(house, n, SUSPEND)
    with house.status() as opened:
        revoke = opened.propose(n, REVOKE, by=OSCAR).id
    ticket, _ = disputed(house, copies[0], kind="cancelled", text="")
    with house.status() as opened:
        assert code_of(Conflict, opened.approve, revoke, by=NORA) == "under_dispute"
    withdraw(house, ticket)
    with house.status() as opened:
        opened.approve(revoke, by=NORA)
    assert bits_of(house, n, publish(house))[1]


def test_what_was_answered_stays_answered(house: House) -> None:
    _, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    decide(house, view, "correct", name="Yuleisi Carolina Rojas")
    told = withdraw(house, ticket)
    assert (told.state, len(told.credentials)) == ("corrected", len(copies))
    assert [row.state for row in listed(house, None)] == ["corrected"]
    with house.disputes() as disputes:
        assert code_of(NotFound, disputes.withdraw, "x" * 22) == "not_found"


def test_of_a_decision_and_a_taking_back_at_once_one_wins_whole(house: House) -> None:
    _, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    decision = propose(house, view, "reject")
    _, lost = race(partial(withdraw, house, ticket), partial(house.desk.decide, decision, by=NORA))
    (row,) = listed(house, None)
    assert (row.state, row.decisions[0].state) in {("withdrawn", "withdrawn"), ("rejected", "approved")}
    assert set(lost) <= {"decided_already", "stale_version"}
