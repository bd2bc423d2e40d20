"""A run of slips that a stop interrupted is gone on with: each row has one slip, and none that was made ends. Without
an address to print there is no paper, and no code is spent for one."""

from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from issuer.desk import Desk
from issuer.pickups.tables import OfferRow
from kernel.errors import Unavailable
from kit.once import Once
from schemas.papers import SlipsRequest
from tests.issuer.killed import killed
from tests.issuer.world import DEMO, OSCAR, House

COHORT = (DEMO / "cohort-demo-excel.csv").read_bytes()
ROWS, STEP = 54, 16


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=STEP).open()


def standing(house: House) -> dict[int, str]:
    """Row -> the offer of it that may be used."""
    with house.papers() as papers:
        return {row.n: row.id for row in papers.store.session.exec(select(OfferRow)) if row.stands is not None}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("stop", [1, 2, 3, 5])
def test_a_run_that_was_stopped_is_gone_on_with(house: House, database_url: str, stop: int, when: str) -> None:
    asked, once = SlipsRequest(batch=house.issue(COHORT)), Once(key="slips-that-stop", digest=b"the same")
    assert killed(house, database_url, stop, when, partial(Desk.make_slips, asked=asked, by=OSCAR, once=once))
    made = standing(house)
    assert len(made) == min(ROWS, STEP * max(0, stop - (when == "before") - 1))
    run = house.desk.make_slips(asked, by=OSCAR, once=once)
    assert (run.made, run.left_out, run.ended, run.parts) == (ROWS, 0, 0, 2)
    now = standing(house)
    assert len(now) == ROWS
    assert made.items() <= now.items()
    assert house.desk.make_slips(asked, by=OSCAR, once=once) == run
    with house.papers() as papers:
        papers.add(run.id, list(now)[:STEP], after=STEP, by=OSCAR)  # who comes second for the same rows
    assert standing(house) == now
    another = house.desk.make_slips(asked, by=OSCAR, once=Once(key="slips-once-more", digest=b"the same"))
    assert (another.made, another.ended) == (ROWS, ROWS)
    assert standing(house).items().isdisjoint(now.items())


def test_where_nobody_said_the_address_no_run_is_begun_no_paper_printed_and_no_code_spent(house: House) -> None:
    batch = house.issue(COHORT)
    run = house.desk.make_slips(SlipsRequest(batch=batch), by=OSCAR)
    before = standing(house)
    house.reached = None
    for paper in (
        partial(house.desk.make_slips, SlipsRequest(batch=batch)),
        partial(house.desk.print_claims, run.id, 1),
        partial(house.desk.print_pins, run.id, 1),
        partial(house.desk.print_cards, batch, 1),
    ):
        with pytest.raises(Unavailable, match="address_unsaid"):
            paper(by=OSCAR)
    assert standing(house) == before
