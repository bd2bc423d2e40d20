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
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

ANULAR = ActRequest(act="revoke", reason="duplicate")
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


def test_all_is_counted_by_one_question(house: House) -> None:
    with statements(house.engine) as asked:
        waiting(house, BOTH)
    assert len(asked) == 1
