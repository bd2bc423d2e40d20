"""While a house is updated an older process runs beside a newer one: it does no act on many that it does not know."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from app.db import transaction
from issuer.bulk_acts.service import BulkActs
from issuer.bulk_acts.tables import BulkRow
from issuer.status.tables import ActRow
from issuer.tables import VoidRow
from kernel.errors import Conflict
from migrations.apply import downgrade, upgrade
from schemas.bulk_acts import BulkView, ByBatch
from tests.issuer import test_notices_of_many
from tests.issuer.test_batches import count
from tests.issuer.test_bulk_acts import approve, look
from tests.issuer.test_disputes import code_of
from tests.issuer.test_erasing_races import begun as at_once
from tests.issuer.test_replacing_many import propose
from tests.issuer.test_status import bits_of, publish
from tests.issuer.test_stopping_many import approved as approved_many
from tests.issuer.test_stopping_many import four, stop
from tests.issuer.world import MARTA, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def approved(house: House) -> tuple[list[int], BulkView]:
    batch = house.permits(YULEISY, YULEISY.model_copy(update={"name": "Ana"}))
    view = propose(house, ByBatch(way="batch", batch=batch))
    approve(house, view)
    return house.numbers(batch), view


def revoked_by_a_release_before(house: House, view: BulkView, n: int) -> None:
    """What a process did that took a replacement for a revocation: an act of its own for each row."""
    with house.status() as opened:
        opened.store.keep(
            ActRow(
                id="of-before",
                issuer="norma",
                n=n,
                bulk=view.id,
                act="revoke",
                reason="key_compromise",
                state="approved",
                proposed_by="oscar",
                proposed=house.clock.now(),
                decided_by="marta",
                decided=house.clock.now(),
            )
        )


def called_done(house: House, view: BulkView) -> None:
    """As it did once no chunk was left, although rows wait for their places."""
    with house.bulk_acts() as opened:
        opened.store.decide(opened.store.bulk(view.id, issuer=None, centre=None), was="approved", to="done")


def test_a_release_before_replacing_revokes_nothing_that_is_to_be_replaced(house: House) -> None:
    numbers, view = approved(house)
    assert code_of(Conflict, revoked_by_a_release_before, house, view, numbers[0]) == "stale_version"
    with house.bulk_acts() as opened:
        opened.apply(view.id, opened.left(view.id)[0])
    assert code_of(Conflict, called_done, house, view) == "stale_version"
    house.desk.resume()
    assert (look(house, view.id).state, look(house, view.id).applied) == ("done", 2)
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True, True]


def test_what_only_a_newer_release_knows_is_left_to_that_one(house: House) -> None:
    _, view = approved(house)
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text("UPDATE issuer_bulk SET kind = 'transfer'"))
    assert code_of(Conflict, house.desk.act_on_many, view.id) == "not_possible_now"
    assert house.desk.resume() == 0
    assert count(house, "issuer_superseding") == 0
    assert look(house, view.id).state == "approved"
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text("UPDATE issuer_bulk SET state = 'proposed'"))
    assert code_of(Conflict, approve, house, view) == "not_possible_now"


BEFORE = "0032"
"""The revision before the database refused what is announced and replaced."""


def test_what_is_replaced_is_not_announced(house: House) -> None:
    """A release before replacing approves it as a revocation for a reason that people may answer."""
    batch = house.permits(YULEISY, YULEISY.model_copy(update={"name": "Ana"}))
    numbers, view = house.numbers(batch), propose(house, ByBatch(way="batch", batch=batch))

    def announced() -> None:
        with house.bulk_acts() as opened:
            row = opened.store.bulk(view.id, issuer=None, centre=None)
            now = opened.clock.now()
            opened.store.decide(row, was="proposed", to="approved", decided_by="marta", decided=now, phase="untold")

    assert code_of(Conflict, announced) == "stale_version"
    downgrade(house.engine, BEFORE)
    announced()
    house.desk.act_on_many(view.id)
    assert look(house, view.id).state == "announced"
    with house.issuer() as issuer:  # as a stop left a row before that was forgotten
        (other,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": "Eva"})))
        issuer.ledger.session.add(VoidRow(n=other, code="stopped"))
    upgrade(house.engine)
    after = look(house, view.id)
    assert (after.state, after.applied, after.wait, after.card_parts) == ("done", 2, None, 1)
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True, True]
    with house.issuer() as issuer:
        assert issuer.ledger.intent(other).payload == b"[]"
        assert issuer.ledger.intent(numbers[0]).payload != b"[]"


class Older(BulkActs):
    """As a release before 0030 did a part: it looked at the act and held nothing of it."""

    def _running(self, id_: str) -> BulkRow:
        return self.store.bulk(id_, issuer=None, centre=None)


def test_a_release_that_holds_no_act_does_no_part_of_what_is_stopped(house: House) -> None:
    house.chunk = 2
    view = approved_many(house, four(house))
    with house.bulk_acts() as opened:
        first, second = opened.left(view.id)

    with ThreadPoolExecutor(1) as pool:
        with transaction(house.engine) as session:
            house.rooms.bulk_acts(session, Older).apply(view.id, first)
            other = at_once(house, pool, lambda: stop(house, view))
        assert other.result(30).state == "stopped"

    def late() -> None:
        """It looked before the stop, and goes on after it."""
        with house.bulk_acts() as older:
            older.store.take_part(view.id, second)

    assert code_of(Conflict, late) == "stale_version"
    assert count(house, "issuer_superseding") == 0
    with house.issuer() as issuer:
        assert issuer.ledger.unsealed() == ()


def decided(house: House, view: BulkView, how: str) -> None:
    if how in ("withdraw", "begin"):
        with house.many_notices() as many:
            many.begin(view.id) if how == "begin" else many.withdraw(view.id, by=MARTA)
    else:
        with house.bulk_acts() as opened:
            getattr(opened, how)(view.id, by=MARTA)


@pytest.mark.parametrize(
    ("how", "was"), [("refuse", "proposed"), ("stop", "approved"), ("withdraw", "done"), ("begin", "done")]
)
def test_nor_does_this_one_end_what_it_does_not_know(house: House, how: str, was: str) -> None:
    chosen = ByBatch(way="batch", batch=house.permits(YULEISY))
    view = test_notices_of_many.told(house, chosen) if was == "done" else propose(house, chosen)
    if was == "approved":
        approve(house, view)
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text("UPDATE issuer_bulk SET kind = 'transfer'"))
    assert code_of(Conflict, decided, house, view, how) == "not_possible_now"
    with house.bulk_acts() as opened:
        assert opened.store.bulk(view.id, issuer=None, centre=None).state == was
