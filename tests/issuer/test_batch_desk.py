"""What reads a whole file for an answer: at a pace that failing files have too, and while it reads everybody writes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from issuer.batches.desk import SAMPLES
from issuer.batches.service import Batches
from issuer.reading import READS
from kernel.access import Principal
from kernel.errors import NotFound, TooMany, WrongShape
from tests.issuer.world import DEMO, MARTA, OSCAR, House

COHORT = (DEMO / "cohort-demo.csv").read_bytes()


@pytest.fixture
def house(database: Engine) -> House:
    return House(database).open()


def norms(house: House, by: Principal, raw: bytes = COHORT) -> list[str]:
    return house.desk.norms(io.BytesIO(raw), by=by, form="csv")


def write(house: House) -> None:
    with house.issuer() as issuer:
        issuer.ledger.tell(house.clock.now(), "oscar", "batch_paused", "x")


def told(house: House, act: str) -> int:
    with house.engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM issuer_audit WHERE act = :a"), {"a": act}).scalar_one()
        )


def test_who_asks_for_norms_in_a_loop_waits_and_nobody_else(house: House) -> None:
    first = norms(house, OSCAR)
    assert first[0] == "290801106"
    for _ in range(READS.most - 1):
        norms(house, OSCAR)
    with pytest.raises(TooMany):
        norms(house, OSCAR)
    assert norms(house, MARTA) == first
    house.clock.tick(61)
    assert norms(house, OSCAR) == first


def test_a_file_that_fails_is_counted_too(house: House) -> None:
    for _ in range(READS.most):
        with pytest.raises(WrongShape):
            norms(house, OSCAR, COHORT.replace("Código Norma".encode(), b"Otra"))
    with pytest.raises(TooMany):
        norms(house, OSCAR)


class Watched(io.BytesIO):
    """A file of which no piece is read while the writer is held."""

    house: House
    pieces = 0

    def read(self, size: int | None = -1, /) -> bytes:
        write(self.house)
        self.pieces += 1
        return super().read(size)


def test_norms_are_read_while_others_write(house: House) -> None:
    file = Watched(COHORT)
    file.house = house
    assert house.desk.norms(file, by=OSCAR, form="csv")
    assert file.pieces


def test_a_sample_is_drawn_while_others_write_and_told_once_it_is_shown(house: House) -> None:
    batch = house.check(COHORT)

    @contextmanager
    def looks() -> Iterator[Batches]:
        with house.batch_looks() as looking:
            looking.store.batch(batch, issuer=None, centre=None)
            write(house)
            assert told(house, "batch_sampled") == 0
            yield looking

    drawn = replace(house.desk, batch_looks=looks).sample(batch, by=MARTA)
    assert (len(drawn.rows), told(house, "batch_sampled")) == (10, 1)


def test_samples_come_at_a_pace_and_what_is_not_there_is_not_told(house: House) -> None:
    batch = house.check(COHORT)
    for _ in range(SAMPLES.most - 1):
        house.desk.sample(batch, by=MARTA)
    with pytest.raises(NotFound):
        house.desk.sample("x", by=MARTA)
    with pytest.raises(TooMany):
        house.desk.sample(batch, by=MARTA)
    assert told(house, "batch_sampled") == SAMPLES.most - 1
    assert len(house.desk.sample(batch, by=OSCAR).rows) == 10
