"""What can never be sealed is told once and holds nothing up: it takes nobody's place, and counts as nothing issued."""

import io
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.db import transaction
from issuer import pulse
from issuer.erasing import Erasing
from issuer.figures.store import FigureStore
from schemas.disputes import Correction
from tests.fakes import NOON
from tests.issuer.test_disputes import permit
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_resuming import change, lines, told, unsealed
from tests.issuer.test_status import bits_of, publish
from tests.issuer.world import CHOICES, DEMO, MARTA, OSCAR, YULEISY, House

__all__ = ["told"]
TWINS = CHOICES.model_copy(update={"twin": True})
EXCEL = (DEMO / "cohort-demo-excel.csv").read_bytes()
ROWS = 54
SPOIL = "UPDATE issuer_intent SET payload = :payload WHERE n = :n"


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def begun(house: House, n: int, **correction: Any) -> int:
    with house.superseding() as opened:
        payload, copies = opened.corrected(n, Correction(**correction))
        return opened.begin(n, payload, copies, proposed_by="oscar", approved_by="marta")


def test_a_credential_whose_twin_is_void_takes_nobodys_place(house: House, told: io.StringIO) -> None:
    n = house.numbers(house.issue(EXCEL, choices=TWINS))[0]
    first = begun(house, n, names="Otra")
    with house.issuer() as issuer:
        twin = issuer.ledger.twin_of(first)
    assert twin is not None
    change(house, SPOIL, payload=b"[]", n=twin)
    for _ in range(2):
        house.desk.resume()
        house.desk.supersede(first)
    assert lines(told) == []
    assert bits_of(house, n, publish(house)) == (False, False)
    with house.superseding() as opened:
        assert (opened.store.unfinished(), opened.store.of_old(n)) == ([], None)
        acts = opened.issuer.ledger.session.execute(text("SELECT act FROM issuer_audit")).scalars().all()
        assert opened.issuer.ledger.passes_of(first)[0].payload == b"[]"  # nothing leads there from her any more
        assert opened.issuer.ledger.voids([first, twin]) == {first, twin}
    assert acts.count("superseding_void") == 1
    house.desk.supersede(begun(house, n, names="Otra más"))
    assert bits_of(house, n, publish(house)) == (True, False)


def test_what_is_erased_before_it_was_sealed_waits_no_more(house: House, told: io.StringIO) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    opened = open_(house, offer(house, n))
    with house.pickups() as pickups:
        pickups.accept(opened.id, prove(opened, holder()))
    with house.people() as people:
        erased = Erasing(persons=people, random=house.random).erase(
            people.issuer.name(n), reason="reclamo", by=OSCAR, approved_by=MARTA
        )
    assert erased == 4
    for _ in range(2):
        house.desk.resume()
    assert (lines(told), unsealed(house)) == ([], ())


def test_figures_count_credentials_that_were_issued_and_each_once(house: House) -> None:
    batch = house.check(EXCEL, choices=TWINS)
    house.release(batch)
    first = next(iter(house.desk.plan(batch)))
    change(house, SPOIL, payload=b"[]", n=first)
    house.desk.tend()
    house.clock.tick(61)
    house.desk.tend()
    permit(house)
    with transaction(house.engine) as session:
        told = pulse.take(session, overdue=NOON)
        of_batches = sum(count for *_, count in FigureStore(session=session).issued("norma"))
    assert (told.sealed, told.void, of_batches) == (ROWS - 1 + 1, 1, ROWS)
    with house.people() as people:
        Erasing(persons=people, random=house.random).erase(
            people.issuer.name(first + 1), reason="reclamo", by=OSCAR, approved_by=MARTA
        )
    with transaction(house.engine) as session:
        told = pulse.take(session, overdue=NOON)
    assert (told.sealed, told.void) == (ROWS, 1)  # what was erased was issued once
