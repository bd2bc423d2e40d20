"""The same file by two requests at once: one batch, which both are answered with; nothing is theirs to repair."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import Engine, text

from kernel.access import Principal
from kernel.errors import Conflict
from tests.issuer.test_batches import count
from tests.issuer.world import CHOICES, DEMO, OSCAR, House

FILE = (DEMO / "cohort-demo.csv").read_bytes()
PATIENCE = 5.0


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def wait_until_one_waits(house: House) -> None:
    """Until a session waits for what another has not committed; of SQLite's one writer it is so at once."""
    if house.engine.dialect.name == "sqlite":
        return
    end = time.monotonic() + PATIENCE
    with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
            assert time.monotonic() < end, "nobody came to wait"
            time.sleep(0.01)


def test_the_later_of_two_is_answered_with_the_batch_of_the_other(house: House) -> None:
    with ThreadPoolExecutor(1) as pool:
        with house.batches() as first:
            former = first.check_cohort(BytesIO(FILE), CHOICES, by=OSCAR)
            later = pool.submit(house.check, FILE)
            wait_until_one_waits(house)
        assert later.result(PATIENCE) == former
    assert (count(house, "issuer_batch"), count(house, "issuer_progress"), count(house, "issuer_source")) == (1, 1, 1)
    acts = text("SELECT count(*) FROM issuer_audit WHERE act = 'batch_checked'")
    with house.engine.connect() as connection:
        assert connection.execute(acts).scalar_one() == 1


def test_where_the_other_is_of_another_centre_it_is_not_hers_to_look_at(house: House) -> None:
    there, here = (replace(OSCAR, person=f"of-{centre}", centre=centre) for centre in ("9209", "9210"))
    with ThreadPoolExecutor(1) as pool:
        with house.batches() as first:
            first.check_cohort(BytesIO(FILE), CHOICES, by=there)
            later = pool.submit(check_as, house, here)
            wait_until_one_waits(house)
        with pytest.raises(Conflict) as caught:
            later.result(PATIENCE)
    assert caught.value.code == "batch_elsewhere"


def check_as(house: House, by: Principal) -> str:
    with house.batches() as batches:
        return batches.check_cohort(BytesIO(FILE), CHOICES, by=by)
