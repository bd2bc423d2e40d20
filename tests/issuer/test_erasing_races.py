"""A person is erased while others are at her rows: whoever comes first, nothing of her stays and nobody gets a pass."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from issuer import audit
from issuer.erasing import Erasing
from issuer.seal import SealedChunk
from kernel.errors import Conflict, NotFound, PuenteError
from schemas.bulk_acts import ByBatch
from schemas.pickups import PickupView
from tests.issuer import test_amending as amending
from tests.issuer import test_stopping_many as stopping
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_reissues import A_DAY, approve, offered, propose
from tests.issuer.test_status import publish
from tests.issuer.world import MARTA, OSCAR, YULEISY, House

HER = "Zuluaga Quirós"


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


@pytest.fixture
def hers(house: House) -> int:
    return house.numbers(house.permits(YULEISY.model_copy(update={"name": f"Dora {HER}"}), YULEISY))[0]


def erase(house: House, n: int) -> int:
    with erasing(house, n) as rows:
        return rows


@contextmanager
def erasing(house: House, n: int) -> Iterator[int]:
    """Erased, and not committed until this ends."""
    with house.people() as persons:
        name = persons.issuer.name(n)
        yield Erasing(persons=persons, random=house.random).erase(name, reason="reclamo 1", by=OSCAR, approved_by=MARTA)


def nothing_is_left(house: House, n: int) -> bool:
    """No table holds her name, no row is both void and a pass, no key stands at a copy; and all else is whole."""
    with house.engine.connect() as connection:

        def found(ask: str) -> list[Any]:
            return [value for row in connection.execute(text(ask)).all() for value in row]

        values = [value for name in names(house) for value in found(f"SELECT * FROM {name}")]
        assert not found("SELECT v.n FROM issuer_void v JOIN issuer_sealed s ON s.n = v.n")
        assert not found(f"SELECT n FROM issuer_intent WHERE origin = {n} AND subject IS NOT NULL")
    with house.issuer() as issuer:
        audit.recompute(issuer.ledger.session)
        assert not issuer.ledger.unsealed()
    publish(house)
    held = [bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in values]
    return not any(HER.encode() in each for each in held)


def names(house: House) -> list[str]:
    return [name for name in inspect(house.engine).get_table_names() if name.startswith("issuer_")]


def begun(house: House, pool: Executor, work: Callable[[], Any], *, waiting: int = 1) -> Future[Any]:
    """Another does `work` at the same time, and waits for what is not committed."""
    other = pool.submit(work)
    end = time.monotonic() + 3
    while time.monotonic() < end and waiters(house.engine) < waiting:
        time.sleep(0.02)
    assert not other.done()
    return other


def code(other: Future[Any]) -> str:
    """Why the other was refused."""
    error = other.exception(30)
    assert isinstance(error, PuenteError), error
    return error.code


def waiters(engine: Engine) -> int:
    """How many wait for a lock; SQLite does not tell, but there everybody waits for who writes."""
    if engine.dialect.name == "sqlite":
        time.sleep(0.2)
        return 9
    with engine.connect() as connection:
        ask = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return int(connection.execute(text(ask)).scalar_one())


def signed(house: House, hers: int) -> tuple[PickupView, int, SealedChunk]:
    """Her copies, picked up and signed, and not kept yet: the pick-up, the chunk, what was signed."""
    opened = open_(house, offer(house, hers))
    with house.pickups() as pickups:
        first = pickups.accept(opened.id, prove(opened, holder()))
    with house.issuer() as issuer:
        laid = issuer.lay_out(first)
    assert laid is not None
    return opened, first, laid.seal()


def test_what_was_signed_before_she_was_erased_is_not_kept(house: House, hers: int) -> None:
    opened, first, sealed = signed(house, hers)
    assert len(sealed.passes) == 3
    assert erase(house, hers) == 4
    with house.issuer() as issuer:
        assert issuer.keep(first, sealed) == 0
    with house.pickups() as pickups, pytest.raises(NotFound):
        pickups.hand_over(opened.id)
    assert nothing_is_left(house, hers)
    with house.issuer() as issuer:
        kept = issuer.ledger.leaves(1, 2, 5)
        assert [kept[at : at + 32] in sealed.leaves for at in (0, 32, 64)] == [False] * 3


def test_who_keeps_what_was_signed_waits_for_who_erases(house: House, hers: int) -> None:
    _, first, sealed = signed(house, hers)

    def keep() -> int:
        with house.issuer() as issuer:
            return issuer.keep(first, sealed)

    with ThreadPoolExecutor(1) as pool:
        with erasing(house, hers):
            other = begun(house, pool, keep)
        assert other.result(30) == 0
    assert nothing_is_left(house, hers)


def test_copies_that_were_promised_while_she_waited_to_be_erased_go_too(house: House, hers: int) -> None:
    opened = open_(house, offer(house, hers))
    with ThreadPoolExecutor(1) as pool:
        with house.pickups() as pickups:
            first = pickups.accept(opened.id, prove(opened, holder()))
            other = begun(house, pool, lambda: erase(house, hers))
        assert other.result(30) == 4
    assert house.desk.seal(first) == 0
    with house.pickups() as pickups, pytest.raises(NotFound):
        pickups.hand_over(opened.id)
    with pytest.raises(Conflict):
        house.desk.present(opened.id, prove(opened, holder()))
    assert nothing_is_left(house, hers)


def test_who_picks_up_or_offers_waits_for_who_erases(house: House, hers: int) -> None:
    opened = open_(house, offer(house, hers))
    with ThreadPoolExecutor(2) as pool:
        with erasing(house, hers):
            present = begun(house, pool, lambda: house.desk.present(opened.id, prove(opened, holder())))
            offering = begun(house, pool, lambda: offer(house, hers), waiting=2)
        assert {code(present), code(offering)} <= {"not_possible_now", "not_found"}
    assert nothing_is_left(house, hers)


def test_who_corrected_her_before_is_erased_too(house: House, hers: int) -> None:
    made = amending.propose(house, hers, name=f"Dorotea {HER}")
    with ThreadPoolExecutor(1) as pool:
        with house.amending() as opened:
            first = opened.approve(made.id, by=MARTA)
            other = begun(house, pool, lambda: erase(house, hers))
        assert other.result(30) == 2
    assert house.desk.supersede(first) == 0
    assert nothing_is_left(house, hers)


def test_a_correction_that_waited_for_who_erases_makes_nothing(house: House, hers: int) -> None:
    made = amending.propose(house, hers, name=f"Dorotea {HER}")
    with ThreadPoolExecutor(1) as pool:
        with erasing(house, hers):
            other = begun(house, pool, lambda: house.desk.amend(made.id, by=MARTA))
        assert code(other) in {"not_possible_now", "decided_already"}
    assert nothing_is_left(house, hers)


def test_nobody_is_offered_what_was_erased_after_its_reissue_was_confirmed(house: House, hers: int) -> None:
    opened = open_(house, offer(house, hers))
    house.desk.present(opened.id, prove(opened, holder(1)))
    reissue = propose(house, hers)
    approve(house, reissue.id)
    house.clock.tick(A_DAY)
    slip = offered(house, reissue.id)
    assert erase(house, hers) == 4
    with pytest.raises(Conflict) as refused:
        open_(house, slip)
    assert refused.value.code == "offer_used"
    with pytest.raises(Conflict) as refused:
        offered(house, reissue.id)
    assert refused.value.code == "not_possible_now"
    with pytest.raises(Conflict) as refused:
        propose(house, hers, key="reissue-two")
    assert refused.value.code == "not_possible_now"
    assert nothing_is_left(house, hers)


def test_what_was_promised_in_her_place_and_given_up_holds_nothing_of_her(house: House, hers: int) -> None:
    with house.issuer() as issuer:
        batch = issuer.ledger.chunk_of(hers).batch or ""
    view = stopping.approved(house, ByBatch(way="batch", batch=batch))
    first = stopping.begun(house, view)
    stopping.stop(house, view)
    made = amending.propose(house, hers, name=f"Dorotea {HER}")
    with house.amending() as opened:
        second = opened.approve(made.id, by=MARTA)
    with house.issuer() as issuer:  # as where it never becomes a pass
        issuer.give_up(second, "stopped")
    house.desk.supersede(second)
    with house.issuer() as issuer:
        assert issuer.ledger.voids([first, second]) == {first, second}
    assert erase(house, hers) == 1
    assert nothing_is_left(house, hers)
