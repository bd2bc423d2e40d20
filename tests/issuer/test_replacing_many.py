"""Many are replaced in one act: each by a new one with the same data, whole, once, and what may not be replaced is left
out and told; killed at any transaction nothing is lost and nothing doubled."""

from functools import partial

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text

from issuer import audit
from issuer.desk import Desk
from issuer.room import rooms
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound, Unavailable
from kit.once import Once
from schemas.bulk_acts import BulkAsked, BulkCheck, BulkRequest, BulkView, ByBatch, ByCredentials, ByDocuments, Chosen
from schemas.identifiers import DidUrl
from schemas.issuance import ActRequest
from tests.databases import statements
from tests.issuer.killed import killed
from tests.issuer.test_batches import count
from tests.issuer.test_disputes import code_of, disputed, permit
from tests.issuer.test_status import SUSPEND, act, bits_of, publish
from tests.issuer.world import CHOICES, DEMO, EVIDENCE, MARTA, OSCAR, YULEISY, House

COHORT = (DEMO / "cohort-demo-excel.csv").read_bytes()
KEYS = iter(range(10**6))
TABLES = ("issuer_intent", "issuer_sealed", "issuer_superseding", "issuer_flag", "issuer_act")


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def asked(chosen: Chosen) -> BulkAsked:
    return BulkAsked(act="replace", reason="key_compromise", chosen=chosen)


def check(house: House, chosen: Chosen, by: Principal = OSCAR) -> BulkCheck:
    with house.bulk_acts() as opened:
        return opened.check(asked(chosen), by=by)


def propose(house: House, chosen: Chosen, digest: str | None = None) -> BulkView:
    seen = check(house, chosen).digest if digest is None else digest
    with house.bulk_acts() as opened:
        once = Once(key=f"replace-{next(KEYS)}", digest=b"")
        return opened.propose(BulkRequest(**dict(asked(chosen)), digest=seen), by=OSCAR, once=once)


def approve(house: House, view: BulkView, by: Principal = MARTA) -> None:
    with house.bulk_acts() as opened:
        opened.approve(view.id, by=by, digest=view.digest)


def done(house: House, chosen: Chosen) -> BulkView:
    view = propose(house, chosen)
    approve(house, view)
    house.desk.act_on_many(view.id)
    return look(house, view.id)


def look(house: House, bulk: str) -> BulkView:
    with house.bulk_acts() as opened:
        return opened.look(bulk, by=MARTA)


def news(house: House, numbers: list[int]) -> list[int]:
    """What stands in the places of these now."""
    with house.superseding() as opened:
        rows = {row.old: row.first for row in opened.store.of_olds(numbers) if row.done is not None}
    return [rows[n] for n in numbers]


def names(house: House, numbers: list[int]) -> list[str]:
    with house.issuer() as issuer:
        return [issuer.name(n) for n in numbers]


def test_a_batch_is_replaced_with_the_same_data_under_the_key_that_signs_now(house: House) -> None:
    batch = house.issue(COHORT, choices=CHOICES.model_copy(update={"twin": True}))
    chosen, numbers = ByBatch(way="batch", batch=batch), house.numbers(batch)
    with house.issuer() as issuer:
        key = DidUrl("did:web:norma.example#k2")
        issuer.take_key("norma", key, issuer.make_key("norma", key))
    tried = check(house, chosen)
    assert (tried.count, tried.left_out.already, sum(tried.left_out.model_dump().values())) == (54, 0, 0)
    assert [(share.purpose, share.changes) for share in tried.lists] == [("revocation", 108)]  # full ones beside them
    assert count(house, "issuer_superseding") == count(house, "issuer_bulk") == 0
    view = done(house, chosen)
    assert (view.act, view.state, view.count, view.applied, view.card_parts) == ("replace", "done", 54, 54, 2)
    fresh, published = news(house, numbers), publish(house)
    assert len(set(fresh) | set(numbers)) == 108
    for old, new in zip(numbers, fresh, strict=True):
        before, after = house.credential(old), house.credential(new)
        assert after["credentialSubject"] == before["credentialSubject"]
        assert after["credentialStatus"] != before["credentialStatus"]
        assert after["proof"]["verificationMethod"] == "did:web:norma.example#k2"
        assert (bits_of(house, old, published), bits_of(house, new, published)) == ((True, False), (False, False))
    with house.issuer() as issuer:
        assert all(issuer.ledger.twin_of(new) is not None for new in fresh)
        audit.recompute(issuer.ledger.session)
    with house.bulk_acts() as opened:
        page = opened.members(view.id, by=MARTA, after=0, limit=100)
    assert [each.id for each in page.items] == names(house, fresh)


def test_the_same_again_replaces_nothing_twice(house: House) -> None:
    chosen = ByBatch(way="batch", batch=house.issue(COHORT))
    first, second = propose(house, chosen), propose(house, chosen)
    for view in (first, second):
        approve(house, view)
        house.desk.act_on_many(view.id)
    assert (look(house, first.id).applied, look(house, second.id).applied) == (54, 0)
    assert look(house, second.id).state == "done"
    assert count(house, "issuer_intent") == 108
    left = check(house, chosen)
    assert (left.count, left.left_out.superseded, left.lists) == (0, 54, [])
    assert code_of(Conflict, propose, house, chosen) == "not_possible_now"


def test_what_may_not_be_replaced_is_left_out_and_told_by_reason(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCDEF"))
    suspended, revoked, waits, replaced, good, later = house.numbers(batch)
    n, copies = permit(house, "Yuleisy Q")
    disputed(house, copies[0])
    act(house, suspended, SUSPEND)
    act(house, revoked, ActRequest(act="revoke", reason="holder_request", evidence=EVIDENCE))
    with house.status() as opened:
        opened.propose(waits, SUSPEND, by=OSCAR)
    done(house, ByCredentials(way="credentials", credentials=names(house, [replaced])))
    everyone = [suspended, revoked, waits, replaced, good, later, n]
    chosen = ByCredentials(way="credentials", credentials=names(house, everyone))
    tried = check(house, chosen)
    left = {"already": 1, "disputed": 1, "unsealed": 0, "suspended": 1, "superseded": 1, "waits": 1}
    assert (tried.count, tried.left_out.model_dump()) == (2, left)
    view = propose(house, chosen)
    assert view.left_out == tried.left_out
    approve(house, view)
    act(house, later, SUSPEND)  # meanwhile: it is passed over
    house.desk.act_on_many(view.id)
    assert (look(house, view.id).count, look(house, view.id).applied) == (2, 1)
    published = publish(house)
    assert bits_of(house, good, published) == (True, False)
    assert bits_of(house, later, published) == (False, True)
    other = Principal(person="otto", roles=frozenset({"officer"}), issuer="norma", centre="D102")
    with pytest.raises(NotFound):
        check(house, chosen, other)


def test_two_people_what_was_looked_at_and_no_reason_that_takes_it_away(house: House) -> None:
    chosen = ByBatch(way="batch", batch=house.issue(COHORT))
    tried = check(house, chosen)
    view = propose(house, chosen)
    with pytest.raises(Forbidden):
        approve(house, view, Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma"))
    with pytest.raises(Conflict):
        approve(house, view.model_copy(update={"digest": "0" * 64}))
    assert house.desk.act_on_many(view.id) == 0
    with house.bulk_acts() as opened:
        opened.refuse(view.id, by=MARTA)
    assert house.desk.act_on_many(view.id) == count(house, "issuer_superseding") == 0
    done(house, chosen)
    assert code_of(Conflict, propose, house, chosen, tried.digest) == "stale_version"
    with pytest.raises(ValidationError):
        BulkAsked(act="replace", reason="fraud", chosen=chosen)


def spread(house: House) -> list[int]:
    return [count(house, table) for table in TABLES]


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_each_transaction_each_is_replaced_once(database: Engine, database_url: str, when: str) -> None:
    """Two chunks; of each: promise, lay out, keep, revoke; and the first look and the last."""
    house = House(database, chunk=2).open()
    for stop in range(1, 11):
        batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {stop} {letter}"}) for letter in "ABCD"))
        view = propose(house, ByBatch(way="batch", batch=batch))
        approve(house, view)
        before = spread(house)
        assert killed(house, database_url, stop, when, partial(Desk.act_on_many, bulk=view.id))
        published = publish(house)
        for old in house.numbers(batch):  # at no moment is anybody without a good one
            with house.superseding() as opened:
                row = opened.store.of_old(old)
            standing = old if row is None or row.done is None else row.first
            assert bits_of(house, standing, published) == (False, False)
        house.desk.resume()
        assert (look(house, view.id).state, look(house, view.id).applied) == ("done", 4)
        assert [now - was for now, was in zip(spread(house), before, strict=True)] == [4] * 5
        with house.issuer() as issuer:
            audit.recompute(issuer.ledger.session)
            assert issuer.ledger.unsealed() == ()
        assert house.desk.resume() == 0


def test_what_can_never_be_sealed_takes_no_place_and_the_others_do(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABC"))
    numbers = house.numbers(batch)
    view = propose(house, ByBatch(way="batch", batch=batch))
    approve(house, view)
    with house.bulk_acts() as opened:
        opened.apply(view.id, opened.left(view.id)[0])
        (first,) = opened.promised(view.id)
    with house.issuer() as issuer:
        issuer.ledger.session.execute(
            text("UPDATE issuer_intent SET payload = :bad WHERE n = :n"), {"bad": b'{"x": 1}', "n": first + 1}
        )
    house.desk.resume()
    assert (look(house, view.id).state, look(house, view.id).applied) == ("done", 2)
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True, False, True]
    assert check(house, ByBatch(way="batch", batch=batch)).count == 1  # it may be tried again
    assert done(house, ByBatch(way="batch", batch=batch)).applied == 1


def test_nothing_is_approved_that_could_not_be_promised(house: House) -> None:
    view = propose(house, ByBatch(way="batch", batch=house.permits(YULEISY)))
    house.entry = 7
    with pytest.raises(Unavailable):
        approve(house, view)
    assert look(house, view.id).state == "proposed"


@pytest.mark.parametrize(("left", "is_possible"), [(107, False), (108, True)])
def test_nothing_is_approved_for_which_the_lists_have_no_places(house: House, left: int, is_possible: bool) -> None:
    batch = house.issue(COHORT, choices=CHOICES.model_copy(update={"twin": True}))
    view = propose(house, ByBatch(way="batch", batch=batch))
    with house.issuer() as issuer:
        (room,) = (each for each in rooms(issuer.ledger.session) if each.family == "C06")
        burnt = {"more": room.left - left}
        issuer.ledger.session.execute(
            text("UPDATE issuer_counter SET next_place = next_place + :more WHERE family = 'C06'"), burnt
        )
    if is_possible:
        approve(house, view)
        house.desk.act_on_many(view.id)
        assert look(house, view.id).applied == 54
        return
    with pytest.raises(Unavailable) as caught:
        approve(house, view)
    assert (caught.value.code, look(house, view.id).state) == ("lists_full", "proposed")


def test_phones_would_hold_the_list_back_so_the_old_ones_wait_for_the_word_and_the_new_ones_are_good(
    house: House,
) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    house.most = 20
    publish(house)
    view = done(house, ByBatch(way="batch", batch=batch))
    (share,) = view.lists
    assert (view.state, share.needs_word, share.changes) == ("waiting", True, 54)
    published = publish(house)
    assert {bits_of(house, n, published) for n in (*numbers, *news(house, numbers))} == {(False, False)}
    with house.status() as opened:
        opened.set_out("norma", approved={share.number: bytes.fromhex(share.hash or "")})
    with house.status() as opened:
        published = opened.publish("norma")
    assert {bits_of(house, n, published) for n in numbers} == {(True, False)}
    assert look(house, view.id).state == "done"


def test_one_that_is_on_its_way_counts_for_the_next_ones_share(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCDEF"))
    numbers = house.numbers(batch)
    house.most = 4
    first, second = (
        propose(house, ByCredentials(way="credentials", credentials=names(house, some)))
        for some in (numbers[:3], numbers[3:])
    )
    approve(house, first)
    assert look(house, second.id).lists[0].needs_word


def test_it_is_found_by_her_document_and_costs_no_more_for_each_of_more(house: House) -> None:
    line = COHORT.decode("cp1252").splitlines()[1].split(";")
    house.issue(COHORT)
    few = ByDocuments(way="documents", documents=[line[3]], norm=line[1])
    assert check(house, few).count == 1

    def questions(view: BulkView) -> int:
        approve(house, view)
        with statements(house.engine) as told:
            house.desk.act_on_many(view.id)
        return len(told)

    house.chunk = 64
    sizes = [
        house.permits(*(YULEISY.model_copy(update={"name": f"B{size} {at}"}) for at in range(size))) for size in (2, 40)
    ]
    small, large = (questions(propose(house, ByBatch(way="batch", batch=batch))) for batch in sizes)
    assert small == large
