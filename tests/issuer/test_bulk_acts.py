"""One act on many: tried without a trace, approved as it was tried, done once, lifted in one; what waits for a word."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine

from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound, WrongShape
from kit.once import Once
from schemas.bulk_acts import (
    BulkAsked,
    BulkCheck,
    BulkRequest,
    BulkView,
    ByBatch,
    ByBulk,
    ByCredentials,
    ByDocuments,
    ByNorm,
    Chosen,
)
from schemas.issuance import ActName, ActRequest
from tests.databases import statements
from tests.issuer.killed import killed
from tests.issuer.test_batches import count
from tests.issuer.test_disputes import code_of
from tests.issuer.test_status import SUSPEND, act, bits_of, publish
from tests.issuer.world import CHOICES, DEMO, EVIDENCE, MARTA, OSCAR, YULEISY, House

COHORT = (DEMO / "cohort-demo-excel.csv").read_bytes()
KEYS = iter(range(10**6))


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def asked(chosen: Chosen, name: ActName) -> BulkAsked:
    return BulkAsked(act=name, reason="fraud", evidence=EVIDENCE, chosen=chosen)


def check(house: House, chosen: Chosen, name: ActName, by: Principal = OSCAR) -> BulkCheck:
    with house.bulk_acts() as opened:
        return opened.check(asked(chosen, name), by=by)


def propose(house: House, chosen: Chosen, name: ActName, digest: str | None = None) -> BulkView:
    seen = check(house, chosen, name).digest if digest is None else digest
    told = BulkRequest(**dict(asked(chosen, name)), digest=seen)
    with house.bulk_acts() as opened:
        return opened.propose(told, by=OSCAR, once=Once(key=f"bulk-{next(KEYS)}", digest=b""))


def approve(house: House, view: BulkView, by: Principal = MARTA) -> None:
    with house.bulk_acts() as opened:
        opened.approve(view.id, by=by, digest=view.digest)


def done(house: House, chosen: Chosen, name: ActName) -> BulkView:
    view = propose(house, chosen, name)
    approve(house, view)
    house.desk.act_on_many(view.id)
    return look(house, view.id)


def look(house: House, bulk: str) -> BulkView:
    with house.bulk_acts() as opened:
        return opened.look(bulk, by=MARTA)


def test_a_batch_is_suspended_by_two_and_lifted_in_one_act(house: House) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    act(house, numbers[3], SUSPEND)
    lines = count(house, "issuer_audit")
    tried = check(house, ByBatch(way="batch", batch=batch), "suspend")
    assert (tried.count, tried.left_out.already, tried.left_out.unsealed) == (53, 1, 0)
    (share,) = tried.lists
    assert (share.purpose, share.changes, share.needs_word) == ("suspension", 53, False)
    assert (count(house, "issuer_audit"), count(house, "issuer_bulk"), count(house, "issuer_flag")) == (lines, 0, 1)
    view = propose(house, ByBatch(way="batch", batch=batch), "suspend", tried.digest)
    with pytest.raises(Forbidden):
        approve(house, view, Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma"))
    assert house.desk.act_on_many(view.id) == 0  # nobody has said yes
    approve(house, view)
    assert code_of(Conflict, approve, house, view) == "decided_already"
    act(house, numbers[5], SUSPEND)  # meanwhile: it is passed over and stays its own
    assert house.desk.act_on_many(view.id) == 52
    assert house.desk.act_on_many(view.id) == 0
    published = publish(house)
    assert {bits_of(house, n, published) for n in numbers} == {(False, True)}
    lifted = done(house, ByBulk(way="bulk", bulk=view.id), "lift")
    assert (lifted.state, lifted.count, lifted.applied) == ("done", 52, 52)
    published = publish(house)
    assert [n for n in numbers if bits_of(house, n, published) != (False, False)] == [numbers[3], numbers[5]]


def test_what_changed_since_it_was_looked_at_is_not_proposed(house: House) -> None:
    batch = house.issue(COHORT)
    chosen = ByBatch(way="batch", batch=batch)
    tried = check(house, chosen, "revoke")
    done(house, chosen, "revoke")
    assert code_of(Conflict, propose, house, chosen, "revoke", tried.digest) == "stale_version"
    left = check(house, chosen, "revoke")
    assert (left.count, left.left_out.already, left.lists) == (0, 54, [])
    assert code_of(Conflict, propose, house, chosen, "revoke", left.digest) == "not_possible_now"
    assert code_of(Conflict, propose, house, chosen, "lift") == "not_possible_now"


def test_by_norm_and_days_and_by_documents(house: House) -> None:
    batch = house.issue(COHORT, choices=CHOICES.model_copy(update={"twin": True}))
    whole = check(house, ByBatch(way="batch", batch=batch), "revoke")
    assert (whole.count, whole.left_out.unsealed) == (54, 0)
    assert [share.changes for share in whole.lists] == [108]  # the full credential beside each pass goes with it
    day = house.clock.at.date()
    norm, gone = ByNorm(way="norm", norm="290801106", first_day=day, last_day=day), day - timedelta(days=1)
    tried = check(house, norm, "suspend")
    assert (0 < tried.count < 54, tried.left_out.unsealed) == (True, 0)
    assert check(house, norm.model_copy(update={"first_day": gone, "last_day": gone}), "suspend").count == 0
    line = COHORT.decode("cp1252").splitlines()[1].split(";")
    documents = ByDocuments(way="documents", documents=[line[3], "000000000000"], norm=line[1])
    tried = check(house, documents, "suspend")
    assert (tried.count, tried.unknown, whole.unknown) == (1, 1, None)
    tried = check(house, documents.model_copy(update={"norm": "299999999"}), "suspend")
    assert (tried.count, tried.unknown) == (0, 2)
    other = Principal(person="otto", roles=frozenset({"officer"}), issuer="norma", centre="D102")
    assert check(house, documents, "suspend", other).count == check(house, norm, "suspend", other).count == 0
    with pytest.raises(NotFound):
        check(house, ByBulk(way="bulk", bulk="x" * 22), "lift", other)


@pytest.mark.parametrize(("stop", "when"), [(2, "before"), (3, "after")])
def test_a_stop_in_the_middle_is_gone_on_with_and_nothing_is_done_twice(
    house: House, database: Engine, stop: int, when: str
) -> None:
    batch = house.issue(COHORT)
    view = propose(house, ByBatch(way="batch", batch=batch), "revoke")
    approve(house, view)
    url = database.url.render_as_string(hide_password=False)
    assert killed(house, url, stop, when, lambda desk: desk.act_on_many(view.id))
    house.desk.resume()
    assert (look(house, view.id).state, look(house, view.id).applied) == ("done", 54)
    assert (count(house, "issuer_act"), count(house, "issuer_flag")) == (54, 54)


def test_phones_would_hold_the_list_back_so_it_waits_for_the_registrys_word(house: House) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    house.most = 20
    publish(house)
    view = done(house, ByBatch(way="batch", batch=batch), "revoke")
    (share,) = view.lists
    assert (view.state, share.needs_word, share.changes) == ("waiting", True, 54)
    other = house.numbers(house.permits(YULEISY))[0]
    act(house, other, ActRequest(act="revoke", reason="fraud", evidence=EVIDENCE))
    for _ in range(2):
        published = publish(house)
        assert {bits_of(house, n, published) for n in numbers} == {(False, False)}
        assert bits_of(house, other, published) == (True, False)  # nothing else waits with it
        assert look(house, view.id).lists[0].hash == share.hash
    former = next(each.bits for each in published.lists if each.number == share.number)
    with house.status() as opened:
        assert opened.store.urgent_since() is not None
        opened.went_out("norma", urgent := opened.set_out("norma"))
        assert (len(urgent), opened.store.urgent_since()) == (1, None)  # who waits for the word does not hurry
    with house.status() as opened:
        urgent = opened.set_out("norma", approved={share.number: bytes.fromhex(share.hash or "")})
    assert len(urgent) == 54
    with house.status() as opened:
        published = opened.publish("norma")
    assert {bits_of(house, n, published) for n in numbers} == {(True, False)}
    bits = next(each.bits for each in published.lists if each.number == share.number)
    assert sha256(bits).hexdigest() == share.hash
    assert int.from_bytes(former) & ~int.from_bytes(bits) == 0
    assert look(house, view.id).state == "done"
    assert bits_of(house, numbers[0], publish(house)) == (True, False)


def test_many_are_not_revoked_without_evidence_unless_their_holders_ask(house: House) -> None:
    chosen = ByBatch(way="batch", batch=house.issue(COHORT))
    for reason, code in (("duplicate", "evidence_needed"), ("holder_request", None)):
        told = BulkAsked.model_validate({"act": "revoke", "reason": reason, "chosen": chosen})
        tries = [told.model_copy(update={"act": "suspend"}), told]
        with house.bulk_acts() as opened:
            assert opened.check(tries[0], by=OSCAR).count == 54
            if code is None:
                assert opened.check(told, by=OSCAR).count == 54
                continue
            with pytest.raises(WrongShape) as refused:
                opened.check(told, by=OSCAR)
            once = Once(key="without-evidence", digest=b"")
            with pytest.raises(WrongShape) as again:
                opened.propose(BulkRequest(**dict(told), digest="0" * 64), by=OSCAR, once=once)
            assert (refused.value.code, again.value.code) == (code, code)


def test_many_small_ones_in_a_day_are_one_large_one(house: House) -> None:
    batch = house.issue(COHORT)
    names = _names(house, batch)
    house.most = 20
    first, second = ({"way": "credentials", "credentials": some} for some in (names[:15], names[15:30]))
    assert not _checked(house, first).lists[0].needs_word
    done(house, BulkAsked.model_validate({"act": "revoke", "reason": "fraud", "chosen": first}).chosen, "revoke")
    share = _checked(house, second).lists[0]
    assert (share.changes, share.recent, share.needs_word) == (15, 15, True)


def test_two_that_are_approved_before_either_is_done_are_one_large_one(house: House) -> None:
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCDEF"))
    numbers, names = house.numbers(batch), _names(house, batch)
    house.most = 4
    first, second = (
        propose(house, ByCredentials(way="credentials", credentials=some), "revoke") for some in (names[:3], names[3:])
    )
    approve(house, first)
    assert look(house, second.id).lists[0].needs_word
    approve(house, second)
    for view in (first, second):
        house.desk.act_on_many(view.id)
    published = publish(house)
    assert (look(house, first.id).state, look(house, second.id).state) == ("done", "waiting")
    assert [bits_of(house, n, published)[0] for n in numbers] == [True] * 3 + [False] * 3


def test_the_registrys_word_for_one_act_is_none_for_the_next(house: House) -> None:
    house.chunk, house.most = 2, 1
    batch = house.permits(*(YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCDEF"))
    numbers, names = house.numbers(batch), _names(house, batch)
    publish(house)
    first = done(house, ByCredentials(way="credentials", credentials=names[:2]), "revoke")
    second = propose(house, ByCredentials(way="credentials", credentials=names[2:]), "revoke")
    approve(house, second)
    with house.bulk_acts() as opened:
        opened.apply(second.id, opened.left(second.id)[0])  # a half of it is done
    share = look(house, first.id).lists[0]
    assert look(house, second.id).lists[0].hash is None
    publish(house)
    with house.status() as opened_status:
        opened_status.set_out("norma", approved={share.number: bytes.fromhex(share.hash or "")})
    with house.status() as opened_status:
        published = opened_status.publish("norma")
    assert [bits_of(house, n, published)[0] for n in numbers] == [True] * 2 + [False] * 4
    house.desk.act_on_many(second.id)
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True] * 2 + [False] * 4
    assert look(house, second.id).state == "waiting"


def test_its_members_come_by_the_page_and_the_acts_as_they_are_looked_at(house: House) -> None:
    batch = house.issue(COHORT)
    numbers, names = house.numbers(batch), _names(house, batch)
    act(house, numbers[20], SUSPEND)
    whole = propose(house, ByBatch(way="batch", batch=batch), "suspend")
    some = done(house, ByCredentials(way="credentials", credentials=names[30:33]), "revoke")
    found, after = list[str](), 0
    with house.bulk_acts() as opened:
        while True:
            page = opened.members(whole.id, by=MARTA, after=after, limit=10)
            found += [each.id for each in page.items]
            if page.next is None:
                break
            after = int(page.next)
        assert opened.members(whole.id, by=MARTA, after=90, limit=10).items == []
        drawn = opened.sample(whole.id, by=MARTA)
        assert {each.id for each in drawn.rows} < set(found)
        assert opened.sample(whole.id, by=MARTA) == drawn  # nobody comes by easier ones by looking again
        assert opened.sample(whole.id, by=OSCAR) != drawn
        both = opened.list(by=MARTA, after="", limit=9).items
    assert found == names[:20] + names[21:]
    assert sorted(both, key=lambda each: each.count) == [some, whole]


def _checked(house: House, chosen: object) -> BulkCheck:
    told = BulkAsked.model_validate({"act": "revoke", "reason": "fraud", "chosen": chosen})
    return check(house, told.chosen, "revoke")


def _names(house: House, batch: str) -> list[str]:
    with house.batches() as opened:
        return [each.id for each in opened.credentials(batch, by=OSCAR, after=0, limit=100).items]


def test_a_page_of_them_asks_no_more_questions_than_one(house: House) -> None:
    batch = house.issue(COHORT)
    names = _names(house, batch)

    def questions() -> int:
        with statements(house.engine) as asked, house.bulk_acts() as opened:
            page = opened.list(by=OSCAR, after="", limit=50)
        assert all(share.recent == 0 for bulk in page.items for share in bulk.lists)
        return len(asked)

    propose(house, ByCredentials(way="credentials", credentials=names[:1]), "revoke")
    one = questions()
    for name in names[1:6]:
        propose(house, ByCredentials(way="credentials", credentials=[name]), "revoke")
    assert questions() == one
