"""An announced revocation of many: under review first, told part by part or at once, done on its day as one, with the
registry's word where a list changes too much; withdrawn as one; what is disputed waits for its own decision."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound
from kit.once import Once
from schemas.bulk_acts import BulkAsked, BulkRequest, BulkView, ByBatch, ByBulk, ByCredentials, Chosen
from schemas.issuance import ActName, Reason
from tests.issuer.killed import killed
from tests.issuer.test_batches import count
from tests.issuer.test_bulk_acts import COHORT, KEYS, approve, done, look
from tests.issuer.test_disputes import NORA, disputed, given, propose
from tests.issuer.test_notices import DAY, ENDED
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import EVIDENCE, MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def asked(house: House, chosen: Chosen, name: ActName = "revoke", reason: Reason = "duplicate") -> BulkView:
    told = BulkAsked(act=name, reason=reason, evidence=EVIDENCE, chosen=chosen)
    with house.bulk_acts() as opened:
        digest = opened.check(told, by=OSCAR).digest
    with house.bulk_acts() as opened:
        once = Once(key=f"many-{next(KEYS)}", digest=b"")
        return opened.propose(BulkRequest(**dict(told), digest=digest), by=OSCAR, once=once)


def announced(house: House, chosen: Chosen) -> BulkView:
    view = asked(house, chosen)
    approve(house, view)
    house.desk.act_on_many(view.id)
    return look(house, view.id)


def told(house: House, chosen: Chosen) -> BulkView:
    view = announced(house, chosen)
    with house.many_notices() as opened:
        return opened.tell(view.id, "message", by=OSCAR)


def states(house: House, numbers: list[int]) -> set[tuple[bool, bool]]:
    published = publish(house)
    return {bits_of(house, n, published) for n in numbers}


def some(house: House, many: int = 6) -> tuple[list[int], Chosen]:
    rows = (YULEISY.model_copy(update={"name": f"Ana {letter}"}) for letter in "ABCDEFGHIJ"[:many])
    batch = house.permits(*rows)
    return house.numbers(batch), ByBatch(way="batch", batch=batch)


def test_all_are_under_review_until_the_day_of_who_was_told_last(house: House) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    act(house, numbers[3], SUSPEND)
    view = announced(house, ByBatch(way="batch", batch=batch))
    assert view.wait is not None
    assert (view.state, view.wait.phase, view.wait.untold, view.wait.parts) == ("announced", "untold", 54, 2)
    assert states(house, numbers) == {(False, True)}
    with house.status() as opened:
        waits = opened.list(by=OSCAR, state=None, phase="untold", after="", limit=50).items
    assert {each.bulk for each in waits} == {None}  # hers alone that was suspended before
    first = house.notice_desk.print_part(view.id, 1, by=OSCAR)
    assert first is not None
    assert len(PdfReader(io.BytesIO(first)).pages) == 50
    house.clock.at = DAY + timedelta(days=1)
    assert house.notice_desk.keep() == 0  # four people have not been told, so nobody's ends
    assert house.notice_desk.print_part(view.id, 2, by=OSCAR) is not None
    with pytest.raises(NotFound):
        house.notice_desk.print_part(view.id, 3, by=OSCAR)
    wait = look(house, view.id).wait
    assert wait is not None
    assert (wait.phase, wait.untold, wait.due) == ("told", 0, datetime(2026, 12, 5, 5, tzinfo=UTC))
    house.clock.at = datetime(2026, 12, 5, 5, tzinfo=UTC)
    assert house.notice_desk.keep() == 54
    assert house.notice_desk.keep() == 0
    assert states(house, numbers) == {ENDED}
    assert look(house, view.id).state == "done"
    with pytest.raises(Conflict):
        house.notice_desk.print_part(view.id, 1, by=OSCAR)


def test_a_part_of_the_letters_stays_the_same_people_whoever_needs_none_any_more(house: House) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    chosen = ByBatch(way="batch", batch=batch)
    view = done(house, chosen, "suspend")
    with house.many_notices() as opened:
        second = [act for act, _ in opened.letters(view.id, 2, by=OSCAR).letters]
    for n in (*numbers[:3], *numbers[52:]):
        act(house, n, LIFT)
    with house.many_notices() as opened:
        first = [act for act, _ in opened.letters(view.id, 1, by=OSCAR).letters]
        assert [act for act, _ in opened.letters(view.id, 2, by=OSCAR).letters] == second[:2]
    assert (len(first), len(second), set(first) & set(second)) == (47, 4, set())
    for n in numbers[50:52]:
        act(house, n, LIFT)
    assert house.notice_desk.print_part(view.id, 2, by=OSCAR) is None, "nobody of this part needs a letter"
    with pytest.raises(NotFound):
        house.notice_desk.print_part(view.id, 3, by=OSCAR)


def test_what_cannot_wait_is_done_at_once_and_overtakes_what_waits(house: House) -> None:
    numbers, chosen = some(house)
    told(house, chosen)
    view = asked(house, chosen, reason="fraud")
    assert view.count == 6
    approve(house, view)
    house.desk.act_on_many(view.id)
    assert states(house, numbers) == {ENDED}
    assert (look(house, view.id).state, look(house, view.id).wait) == ("done", None)
    house.clock.at = DAY
    assert house.notice_desk.keep() == 0


def test_an_approver_withdraws_all_that_waits_and_nothing_else(house: House) -> None:
    numbers, chosen = some(house)
    act(house, numbers[0], SUSPEND)
    view = told(house, chosen)
    act(house, numbers[1], REVOKE)
    with pytest.raises(Forbidden), house.many_notices() as opened:
        opened.withdraw(view.id, by=Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma"))
    with house.many_notices() as opened:
        opened.withdraw(view.id, by=MARTA)
    assert house.desk.act_on_many(view.id) == 5
    published = publish(house)
    bits = [bits_of(house, n, published) for n in numbers]
    assert bits == [(False, True), (True, True), *[(False, False)] * 4]
    after = look(house, view.id)
    assert after.wait is not None
    assert (after.state, after.wait.phase, after.wait.ended_by) == ("withdrawn", "withdrawn", "marta")
    house.clock.at = DAY
    assert house.notice_desk.keep() == 0
    with pytest.raises(Conflict), house.many_notices() as opened:
        opened.withdraw(view.id, by=MARTA)
    with pytest.raises(Conflict), house.many_notices() as opened:
        opened.tell(view.id, "post", by=OSCAR)


def test_what_is_announced_is_left_out_of_another_act(house: House) -> None:
    _, chosen = some(house)
    view = told(house, chosen)
    for name, reason in (("lift", "duplicate"), ("revoke", "duplicate"), ("suspend", "fraud")):
        for which in (chosen, ByBulk(way="bulk", bulk=view.id)):
            with house.bulk_acts() as opened:
                check = opened.check(BulkAsked(act=name, reason=reason, evidence=EVIDENCE, chosen=which), by=OSCAR)  # type: ignore[arg-type]  # words of the table
            assert (check.count, check.left_out.already) == (0, 6)


def test_what_is_disputed_waits_for_its_own_decision(house: House) -> None:
    numbers, chosen = some(house)
    copies = given(house, numbers[2])
    view = told(house, chosen)
    _, dispute = disputed(house, copies[0], kind="cancelled", text="No es así")
    house.clock.at = DAY
    assert house.notice_desk.keep() == 5
    published = publish(house)
    assert [bits_of(house, n, published)[0] for n in numbers] == [True, True, False, True, True, True]
    assert look(house, view.id).state == "done"
    house.desk.decide(propose(house, dispute, "reject"), by=NORA)
    assert house.notice_desk.keep() == 1
    assert states(house, numbers) == {ENDED}


def test_too_much_of_a_list_waits_for_the_registrys_word_on_its_day_and_not_before(house: House) -> None:
    numbers, chosen = some(house)
    house.most = 4
    publish(house)
    view = told(house, chosen)
    (share,) = view.lists
    assert (view.state, share.needs_word, share.hash, share.purpose) == ("announced", True, None, "revocation")
    assert states(house, numbers) == {(False, True)}  # a suspension waits for no word
    house.clock.at = DAY
    assert house.notice_desk.keep() == 6
    assert look(house, view.id).state == "waiting"
    assert states(house, numbers) == {(False, True)}
    (share,) = look(house, view.id).lists
    with house.status() as opened:
        opened.set_out("norma", approved={share.number: bytes.fromhex(share.hash or "")})
    assert states(house, numbers) == {ENDED}
    assert look(house, view.id).state == "done"


def test_two_of_one_day_are_one_large_one_and_one_that_waits_is_none(house: House) -> None:
    numbers, _ = some(house, 9)
    house.most = 4
    with house.issuer() as issuer:
        names = [str(issuer.name(n)) for n in numbers]
    parts = [ByCredentials(way="credentials", credentials=names[at : at + 3]) for at in (0, 3, 6)]
    views = [told(house, part) for part in parts[:2]]
    third = asked(house, parts[2], reason="fraud")
    assert not third.lists[0].needs_word  # those that only wait set no bit today
    house.clock.at = DAY
    house.notice_desk.keep()
    assert sorted(look(house, view.id).state for view in views) == ["done", "waiting"]
    assert look(house, third.id).lists[0].needs_word


@pytest.mark.parametrize(("stop", "when"), [(1, "after"), (3, "before"), (4, "after")])
@pytest.mark.parametrize("ending", ["effective", "withdrawn"])
def test_a_stop_in_the_middle_is_gone_on_with_and_nothing_is_done_twice(
    house: House, database: Engine, ending: str, stop: int, when: str
) -> None:
    batch = house.issue(COHORT)
    numbers = house.numbers(batch)
    view = told(house, ByBatch(way="batch", batch=batch))
    house.clock.at = DAY if ending == "effective" else house.clock.at
    with house.many_notices() as opened:
        if ending == "effective":
            opened.begin(view.id)
        else:
            opened.withdraw(view.id, by=MARTA)
    url = database.url.render_as_string(hide_password=False)
    assert killed(house, url, stop, when, lambda desk: desk.act_on_many(view.id))
    left = 54 - look(house, view.id).applied
    assert house.notice_desk.keep() == left  # the next beat of the clock
    assert states(house, numbers) == {ENDED if ending == "effective" else (False, False)}
    assert (count(house, "issuer_act"), look(house, view.id).applied) == (54, 54)
    assert count(house, "issuer_flag") == (108 if ending == "effective" else 0)
