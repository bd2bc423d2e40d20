"""What two people ended stays ended: in copies that are made at the same moment, and in what takes the row's place."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from app.db import open_engine
from issuer.status.tables import ActRow
from kernel.errors import Conflict
from schemas.bulk_acts import ByBatch, ByBulk, ByCredentials, ByNorm
from schemas.issuance import ActRequest
from tests.databases import PostgresServer, SqliteFiles
from tests.issuer import test_amending, test_bulk_acts
from tests.issuer.test_disputes import code_of, permit
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_reissues import offered, ready
from tests.issuer.test_reissues import propose as propose_reissue
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(sqlite_files: SqliteFiles) -> Iterator[House]:
    with sqlite_files.empty() as url:
        engine = open_engine(url)
        yield House(engine, chunk=16).open()
        engine.dispose()


@pytest.fixture
def crowded(postgres_server: PostgresServer) -> Iterator[House]:
    """Where several write at the same moment."""
    with postgres_server.empty() as url:
        engine = open_engine(url)
        yield House(engine, chunk=16).open()
        engine.dispose()


def proposed(house: House, n: int) -> ActRow:
    with house.status() as opened:
        return opened.propose(n, REVOKE, by=OSCAR)


def approve(house: House, act_: ActRow) -> None:
    with house.status() as opened:
        opened.approve(act_.id, by=MARTA)


def until_one_waits(house: House) -> None:
    ask = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
    with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(500):
            if connection.execute(ask).scalar():
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits for who writes")


@pytest.mark.postgres
@pytest.mark.parametrize("many", [False, True])
def test_copies_that_are_made_at_the_same_moment_are_revoked_too(crowded: House, many: bool) -> None:
    batch = crowded.permits(YULEISY)
    (n,) = crowded.numbers(batch)
    opened = open_(crowded, offer(crowded, n))
    revoke: Callable[[], object]
    if many:
        view = test_bulk_acts.propose(crowded, ByBatch(way="batch", batch=batch), "revoke")
        test_bulk_acts.approve(crowded, view)
        revoke = partial(crowded.desk.act_on_many, view.id)
    else:
        revoke = partial(approve, crowded, proposed(crowded, n))
    with ThreadPoolExecutor(1) as pool:
        with crowded.pickups() as pickups:
            first = pickups.accept(opened.id, prove(opened, holder()))
            revoked = pool.submit(revoke)
            until_one_waits(crowded)
        revoked.result()
    crowded.desk.seal(first)
    published = publish(crowded)
    with crowded.issuer() as issuer:
        family = [row.n for row in issuer.ledger.family_of(n)]
    assert [bits_of(crowded, each, published) for each in family] == [(True, False)] * 4


def test_no_new_number_while_a_revocation_waits(house: House) -> None:
    n, _, reissue = ready(house)
    given = offered(house, reissue)
    opened = open_(house, given)
    waiting = proposed(house, n)
    assert code_of(Conflict, house.desk.present, opened.id, prove(opened, holder(9))) == "not_possible_now"
    other, _ = permit(house, "Ana")
    proposed(house, other)
    assert code_of(Conflict, propose_reissue, house, other, key="another") == "not_possible_now"
    assert code_of(Conflict, test_amending.propose, house, other, name="Ana R.") == "not_possible_now"
    approve(house, waiting)
    assert bits_of(house, n, publish(house)) == (True, False)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_what_is_decided_while_another_row_takes_the_place_is_about_that_row(house: House, is_sealed: bool) -> None:
    n, _ = permit(house)
    with house.superseding() as opened:
        payload = opened.issuer.ledger.intent(n).payload
        first = opened.begin(n, payload, [(1, None)], proposed_by="oscar", approved_by="marta")
    act(house, n, SUSPEND)
    act(house, n, LIFT)
    act(house, n, SUSPEND)
    waiting = proposed(house, n)
    if is_sealed:
        house.desk.supersede(first)
        assert bits_of(house, first, publish(house)) == (False, True)
    approve(house, waiting)
    house.desk.supersede(first)
    published = publish(house)
    with house.status() as opened_status:
        family = [row.n for row in opened_status.issuer.ledger.family_of(first)]
        acts = [(each.act, each.reason, each.decided_by) for each in opened_status.store.acts_on(first)]
    assert [bits_of(house, each, published) for each in family] == [(True, True)] * 2
    assert bits_of(house, n, published)[0]
    assert ("revoke", "fraud", "marta") in acts


def amended(house: House, n: int, **changes: Any) -> int:
    """The row that takes the place of a misspelt one."""
    done = house.desk.amend(test_amending.propose(house, n, **changes).id, by=MARTA)
    with house.issuer() as issuer:
        return issuer.find(done.replacement or "", by=OSCAR)


def test_an_act_on_many_is_about_what_stands_in_the_places_of_those_it_was_for(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": name}) for name in ("Ana A", "Ana B", "Ana C")))
    first, second, third = house.numbers(batch)
    former = amended(house, first, name="Ana D")
    new = amended(house, former, name="Ana E")
    chosen = ByBatch(way="batch", batch=batch)
    view = test_bulk_acts.propose(house, chosen, "revoke")
    assert (view.count, view.left_out.already, view.lists[0].changes) == (3, 0, 3)
    with house.issuer() as issuer:
        both = ByCredentials(way="credentials", credentials=[issuer.name(n) for n in (first, former, new)])
    assert test_bulk_acts.check(house, both, "revoke").count == 1
    test_bulk_acts.approve(house, view)
    late = amended(house, second, name="Ana F")  # between the approval and the act
    assert house.desk.act_on_many(view.id) == 3
    published = publish(house)
    every = (first, former, new, second, late, third)
    assert [bits_of(house, n, published) for n in every] == [(True, False)] * 6
    assert test_bulk_acts.check(house, chosen, "revoke").left_out.already == 3


def test_what_was_corrected_to_another_norm_is_not_of_the_former(house: House) -> None:
    batch, day = house.issue(test_bulk_acts.COHORT), house.clock.at.date()
    norm = ByNorm(way="norm", norm="290801106", first_day=day, last_day=day)
    view = test_bulk_acts.check(house, norm, "revoke")
    with house.issuer() as issuer:
        n = next(n for n in house.numbers(batch) if b"290801106" in issuer.ledger.intent(n).payload)
    amended(house, n, norm="210601027", norm_version=2)
    assert test_bulk_acts.check(house, norm, "revoke").count == view.count - 1


def test_lifting_what_an_act_suspended_lifts_nothing_else(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": name}) for name in ("Ana A", "Ana B", "Ana C")))
    numbers = house.numbers(batch)
    suspended = test_bulk_acts.done(house, ByBatch(way="batch", batch=batch), "suspend")
    chosen = ByBulk(way="bulk", bulk=suspended.id)
    fraud = ActRequest(act="suspend", reason="fraud", evidence="ab" * 32)
    act(house, numbers[0], LIFT)
    act(house, numbers[0], fraud)
    view = test_bulk_acts.propose(house, chosen, "lift")
    assert view.count == 2
    act(house, numbers[1], LIFT)
    act(house, numbers[1], fraud)
    test_bulk_acts.approve(house, view)
    assert house.desk.act_on_many(view.id) == 1
    published = publish(house)
    assert [bits_of(house, n, published)[1] for n in numbers] == [True, True, False]
