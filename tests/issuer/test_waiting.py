"""How much waits for each person's hand: what she proposed herself waits for another, and one question counts all."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.db import transaction
from issuer.waiting.service import Waiting
from kernel.access import Principal
from schemas.counter import WaitingView
from schemas.issuance import ActRequest
from tests.databases import statements
from tests.issuer.test_bulk_acts import done
from tests.issuer.test_disputes import disputed, given
from tests.issuer.test_notices import DAY, announced
from tests.issuer.test_notices_of_many import announced as announced_many
from tests.issuer.test_notices_of_many import some
from tests.issuer.test_notices_of_suspensions import suspended, to_tell
from tests.issuer.test_status import LIFT, act
from tests.issuer.world import DEMO, EVIDENCE, MARTA, OSCAR, YULEISY, House

ANULAR = ActRequest(act="revoke", reason="duplicate", evidence=EVIDENCE)
BOTH = replace(OSCAR, roles=frozenset({"officer", "approver"}))


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def waiting(house: House, by: Principal) -> WaitingView:
    with transaction(house.engine) as session:
        return Waiting(session=session).count(by=by)


def test_each_counts_what_another_left_for_her_and_nothing_of_another_centre(house: House) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    batch = house.check((DEMO / "cohort-demo.csv").read_bytes())
    assert waiting(house, BOTH) == WaitingView()
    with house.batches() as batches:
        batches.propose(batch, by=OSCAR)
    with house.status() as status:
        act = status.propose(n, ANULAR, by=OSCAR).id
    assert waiting(house, MARTA) == WaitingView(batches=1, acts=1)
    assert waiting(house, BOTH) == WaitingView()
    assert waiting(house, replace(MARTA, centre="D101")) == WaitingView()
    with house.status() as status:
        status.approve(act, by=MARTA)
    assert waiting(house, MARTA) == WaitingView(batches=1)
    assert waiting(house, OSCAR) == WaitingView(untold=1)
    assert waiting(house, replace(OSCAR, roles=frozenset({"auditor"}))) == WaitingView()


def test_whoever_is_to_be_told_is_counted_as_she_is_listed_also_of_what_stands(house: House) -> None:
    first, second, third = house.numbers(house.permits(*(YULEISY.model_copy(update={"name": x}) for x in "ABC")))
    views = [suspended(house, first), suspended(house, second), announced(house, third)]
    assert (waiting(house, OSCAR), len(to_tell(house))) == (WaitingView(untold=3), 3)
    act(house, second, LIFT)
    assert (waiting(house, OSCAR), len(to_tell(house))) == (WaitingView(untold=2), 2)
    for view in (views[0], views[2]):
        with house.notices() as opened:
            opened.tell(view.id, "message", by=OSCAR)
    assert (waiting(house, OSCAR), to_tell(house)) == (WaitingView(), [])


def test_an_act_on_many_that_stands_waits_until_the_last_of_its_people_was_told(house: House) -> None:
    numbers, chosen = some(house)
    view = done(house, chosen, "suspend")
    assert (waiting(house, OSCAR), to_tell(house)) == (WaitingView(untold_many=1), [])
    assert waiting(house, replace(OSCAR, centre="D101")) == WaitingView()
    with house.many_notices() as opened:
        letters = [each.id for each in opened.notices.store.to_tell(view.id, after=0, limit=50)]
    for id_ in letters[:-1]:
        with house.notices() as notices:
            notices.tell(id_, "message", by=OSCAR)
    assert waiting(house, OSCAR) == WaitingView(untold_many=1)
    act(house, numbers[-1], LIFT)
    assert waiting(house, OSCAR) == WaitingView()


def test_who_was_not_told_of_what_ended_is_counted_by_herself(house: House) -> None:
    numbers, chosen = some(house, 2)
    copies = given(house, numbers[0])
    view = announced_many(house, chosen)
    assert waiting(house, OSCAR) == WaitingView(untold_many=1)
    _, dispute = disputed(house, copies[0], kind="cancelled", text="No es así")
    house.clock.at = DAY
    with house.many_notices() as opened:
        opened.begin(view.id)
    house.desk.act_on_many(view.id)
    assert dispute
    assert (waiting(house, OSCAR), len(to_tell(house))) == (WaitingView(untold=1, disputes=1), 1)


def test_all_is_counted_by_one_question(house: House) -> None:
    with statements(house.engine) as asked:
        waiting(house, BOTH)
    assert len(asked) == 1
