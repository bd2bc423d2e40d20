"""The norms of a file are read at a pace: each reading takes the whole file, as a dry run does."""

import io

import pytest
from sqlalchemy import Engine

from issuer.batches.norms import named
from issuer.reading import READS
from kernel.access import Principal
from kernel.errors import TooMany
from tests.issuer.world import DEMO, MARTA, OSCAR, House

COHORT = (DEMO / "cohort-demo.csv").read_bytes()


def test_who_asks_in_a_loop_waits_and_nobody_else(database: Engine) -> None:
    house = House(database).open()

    def ask(by: Principal) -> list[str]:
        with house.batches() as batches:
            return named(batches, io.BytesIO(COHORT), by=by, form="csv")

    first = ask(OSCAR)
    assert first[0] == "290801106"
    for _ in range(READS.most - 1):
        ask(OSCAR)
    with pytest.raises(TooMany):
        ask(OSCAR)
    assert ask(MARTA) == first
    house.clock.tick(61)
    assert ask(OSCAR) == first
