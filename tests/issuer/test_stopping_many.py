"""An act on many that was approved and cannot go on is stopped: what it did stays, what it promised takes no place, and
the others may be proposed anew. A key that was stopped half way leaves nothing approved for ever."""

import pytest
from sqlalchemy import Engine

from issuer import audit
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound, Unavailable
from kit.once import Once
from schemas.bulk_acts import BulkRequest, BulkView, ByBatch, ByBulk
from tests.issuer import test_bulk_acts as acts
from tests.issuer.test_batches import count
from tests.issuer.test_disputes import code_of
from tests.issuer.test_replacing_many import COHORT, approve, check, done, look, news, propose
from tests.issuer.test_status import bits_of, publish
from tests.issuer.world import MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=2).open()


def four(house: House, names: str = "ABCD") -> ByBatch:
    return ByBatch(
        way="batch", batch=house.permits(*(YULEISY.model_copy(update={"name": f"Ana {each}"}) for each in names))
    )


def approved(house: House, chosen: ByBatch) -> BulkView:
    view = propose(house, chosen)
    approve(house, view)
    return view


def begun(house: House, view: BulkView) -> int:
    """Its first chunk is promised; gives it."""
    with house.bulk_acts() as opened:
        opened.apply(view.id, opened.left(view.id)[0])
        (first,) = opened.promised(view.id)
    return first


def stop(house: House, view: BulkView, by: Principal = MARTA) -> BulkView:
    with house.bulk_acts() as opened:
        return opened.stop(view.id, by=by)


def test_a_key_that_is_stopped_half_way_leaves_nothing_approved_for_ever(house: House) -> None:
    chosen = four(house)
    numbers = house.numbers(chosen.batch)
    view = approved(house, chosen)
    first = begun(house, view)
    with house.issuer() as issuer:
        laid = issuer.lay_out(first)  # by somebody who will be late
    house.in_force = False
    rows = count(house, "issuer_intent")
    assert code_of(Unavailable, house.desk.act_on_many, view.id) == "key_not_in_force"
    with house.bulk_acts() as opened, pytest.raises(Unavailable):
        opened.apply(view.id, opened.left(view.id)[0])
    assert count(house, "issuer_intent") == rows  # no places are taken for a key that may not sign
    stopped = stop(house, view)
    assert (stopped.state, stopped.stopped_by, stopped.applied, stopped.card_parts) == ("stopped", "marta", 0, 0)
    assert [share.changes for share in stopped.lists] == [0]
    assert laid is not None
    with house.issuer() as issuer:
        assert issuer.keep(first, laid.seal()) == 0
        assert issuer.ledger.unsealed() == ()
        assert issuer.ledger.voids(range(first, first + 2)) == {first, first + 1}
        audit.recompute(issuer.ledger.session)
    assert count(house, "issuer_superseding") == 0
    assert house.desk.act_on_many(view.id) == house.desk.resume() == 0
    assert code_of(Conflict, stop, house, view) == "decided_already"
    house.in_force = True
    assert (check(house, chosen).count, done(house, chosen).applied) == (4, 4)
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True] * 4
    assert [bits_of(house, n, published)[0] for n in news(house, numbers)] == [False] * 4
    assert count(house, "issuer_intent") == 10
    with house.issuer() as issuer:
        checkpoint = issuer.ledger.checkpoint("norma")
        assert checkpoint is not None
        assert checkpoint.size == 10  # it goes on past what was burnt


@pytest.mark.parametrize("told", [6, 100])
def test_no_leaf_that_the_published_log_has_gets_other_words(house: House, told: int) -> None:
    """A database brought back to between promising and sealing, and one from before that."""
    chosen = four(house)
    view = approved(house, chosen)
    first = begun(house, view)
    house.told = told
    assert code_of(Unavailable, stop, house, view) == "database_went_back"
    with house.issuer() as issuer:
        assert issuer.ledger.unsealed() == (first,)
    house.told = 6  # as it was published: what is sealed again is the same
    house.desk.seal(first)
    assert stop(house, view).applied == 2


def test_what_is_signed_already_takes_its_places_and_the_rest_is_left(house: House) -> None:
    chosen = four(house)
    numbers = house.numbers(chosen.batch)
    view = approved(house, chosen)
    house.desk.seal(begun(house, view))
    stopped = stop(house, view)
    assert (stopped.state, stopped.applied, stopped.count, stopped.card_parts) == ("stopped", 2, 4, 1)
    assert house.desk.act_on_many(view.id) == 0
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True, True, False, False]
    left = check(house, chosen)
    assert (left.count, left.left_out.superseded) == (2, 2)


def test_it_is_stopped_by_another_person_of_the_house_while_it_is_under_way_and_waits_for_no_answer(
    house: House,
) -> None:
    chosen = four(house)
    view = propose(house, chosen)
    assert code_of(Conflict, stop, house, view) == "not_possible_now"  # nobody approved it
    approve(house, view)
    with pytest.raises(Forbidden):
        stop(house, view, Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma"))
    with pytest.raises(NotFound):
        stop(house, view, Principal(person="otto", roles=frozenset({"approver"}), issuer="norma", centre="D102"))
    stop(house, view)
    with house.bulk_acts() as opened:
        tried = acts.asked(chosen, "revoke").model_copy(update={"reason": "issued_in_error"})
        told = opened.check(tried, by=OSCAR)
        asked = BulkRequest(**dict(tried), digest=told.digest)
        announced = opened.propose(asked, by=OSCAR, once=Once(key="to-be-told", digest=b""))
    approve(house, announced)
    assert code_of(Conflict, stop, house, announced) == "not_possible_now"  # that one is withdrawn
    house.in_force = False
    with pytest.raises(Unavailable):
        approve(house, propose(house, four(house, "EFGH")))


def test_of_a_suspension_that_is_stopped_those_who_are_under_review_are_told_and_lifted(house: House) -> None:
    chosen = four(house)
    view = acts.propose(house, chosen, "suspend")
    approve(house, view)
    with house.bulk_acts() as opened:
        one, another = opened.left(view.id)
        assert opened.apply(view.id, one) == 2
    stopped = stop(house, view)
    with house.bulk_acts() as opened:
        assert opened.apply(view.id, another) == 0
    assert (stopped.applied, look(house, view.id).applied) == (2, 2)
    assert stopped.notice is not None
    assert stopped.notice.untold == 2
    assert acts.done(house, ByBulk(way="bulk", bulk=view.id), "lift").applied == 2
    assert check(house, chosen).count == 4


def test_a_list_that_it_did_not_fill_waits_for_nobodys_word(house: House) -> None:
    house.chunk, house.most = 16, 20
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    publish(house)
    view = acts.propose(house, ByBatch(way="batch", batch=batch), "revoke")
    approve(house, view)
    with house.bulk_acts() as opened:
        assert opened.apply(view.id, opened.left(view.id)[0]) == 15
        assert [one.waits for one, _ in opened.store.lists(view.id)] == [True]
    stopped = stop(house, view)
    assert (stopped.state, [(share.changes, share.needs_word) for share in stopped.lists]) == ("stopped", [(15, False)])
    published = publish(house)
    assert sum(bits_of(house, n, published)[0] for n in numbers) == 15
