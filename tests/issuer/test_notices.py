"""An announced revocation: nothing is revoked before its person was told and had her days; who undoes it, what does not
wait, and what a dispute makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from issuer.signing import Signing
from issuer.status.tables import ActRow
from issuer.superseding.service import Superseding
from issuer.tables import AuditRow
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, NotFound
from kernel.ports import SigningTask
from schemas.issuance import ActRequest, ActView, Reason
from tests.issuer.test_disputes import NORA, code_of, decide, disputed, permit, propose
from tests.issuer.test_pickup_races import race
from tests.issuer.test_pickups import offer
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import EVIDENCE, MARTA, OSCAR, YULEISY, House

ORDINARY = ActRequest(act="revoke", reason="authority_decision", evidence=EVIDENCE)
LAST, DAY = date(2026, 11, 27), datetime(2026, 11, 28, 5, tzinfo=UTC)
"""Five working days after a Sunday, and the moment after them in Bogotá."""
ENDED = (True, True)
"""A revoked one stays under review too; whoever reads it reads that it is revoked."""


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def one(house: House) -> int:
    return house.numbers(house.permits(YULEISY))[0]


def acts(house: House, n: int) -> list[ActView]:
    with house.status() as opened:
        return [opened.view(each) for each in opened.store.acts_on(n)]


def announced(house: House, n: int) -> ActView:
    act(house, n, ORDINARY)
    (view,) = (each for each in acts(house, n) if each.wait is not None and each.wait.phase == "untold")
    return view


def told(house: House, n: int) -> ActView:
    view = announced(house, n)
    with house.notices() as opened:
        return opened.tell(view.id, "post", by=OSCAR)


def later(house: House, moment: datetime) -> int:
    """The clock goes on to then, and does what is due."""
    house.clock.at = moment
    return house.notice_desk.keep()


def lines(house: House) -> list[str]:
    with house.issuer() as issuer:
        ask = select(AuditRow.act).where(AuditRow.act.like("%revoke%") | AuditRow.act.like("%notice%"))  # type: ignore[attr-defined]  # a column
        return list(issuer.ledger.session.exec(ask.order_by(AuditRow.n)))  # type: ignore[arg-type]  # a column


def test_it_waits_under_review_until_its_person_was_told_and_had_her_days(house: House) -> None:
    n = one(house)
    view = announced(house, n)
    assert view.wait is not None
    assert (view.state, view.wait.phase, view.wait.due) == ("approved", "untold", None)
    assert bits_of(house, n, publish(house)) == (False, True)
    assert later(house, house.clock.at + timedelta(days=90)) == 0  # nobody told her: it waits for ever
    house.clock.at -= timedelta(days=90)
    with house.notices() as opened:
        wait = opened.tell(view.id, "message", by=OSCAR).wait
    assert wait is not None
    assert (wait.phase, wait.way, wait.told, wait.answer_by, wait.due) == ("told", "message", house.clock.at, LAST, DAY)
    assert wait.calendar_known
    assert later(house, DAY - timedelta(seconds=1)) == 0
    assert bits_of(house, n, publish(house)) == (False, True)
    assert later(house, DAY) == 1
    assert later(house, DAY + timedelta(days=1)) == 0
    assert bits_of(house, n, publish(house)) == ENDED
    (done,) = acts(house, n)
    assert done.wait is not None
    assert (done.wait.phase, done.wait.ended, done.wait.ended_by) == ("effective", DAY, "house")
    assert lines(house) == ["revoke_proposed", "revoke_announced", "notice_told", "revoke_effective"]


@pytest.mark.parametrize("reason", ["fraud", "key_compromise", "holder_request"])
def test_what_cannot_wait_or_what_she_asked_for_is_done_at_once(house: House, reason: Reason) -> None:
    n = one(house)
    act(house, n, ActRequest(act="revoke", reason=reason, evidence=EVIDENCE))
    assert bits_of(house, n, publish(house)) == (True, False)
    assert acts(house, n)[0].wait is None


@pytest.mark.parametrize("reason", ["issued_in_error", "authority_decision", "duplicate", "superseded"])
def test_every_other_reason_waits_also_one_that_an_officer_only_calls_a_replacement(
    house: House, reason: Reason
) -> None:
    n = one(house)
    act(house, n, ActRequest(act="revoke", reason=reason, evidence=EVIDENCE))
    assert bits_of(house, n, publish(house)) == (False, True)


def test_who_was_told_keeps_her_day_and_is_not_told_again(house: House) -> None:
    n = one(house)
    view = told(house, n)
    house.clock.tick(86_400 * 3)
    with house.notices() as opened:
        again = opened.tell(view.id, "counter", by=OSCAR)
    assert again.wait == view.wait
    assert lines(house).count("notice_told") == 1


def test_an_approver_withdraws_it_and_a_suspension_of_before_stays(house: House) -> None:
    n, other = one(house), house.numbers(house.permits(YULEISY.model_copy(update={"name": "Ana"})))[0]
    act(house, other, SUSPEND)
    for row in (n, other):
        view = told(house, row)
        both = Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")
        with pytest.raises(Forbidden), house.notices() as opened:
            opened.withdraw(view.id, by=both)
        for far in (replace(MARTA, centre="D9"), replace(MARTA, issuer="otra")):
            with pytest.raises(NotFound), house.notices() as opened:
                opened.withdraw(view.id, by=far)
        with house.notices() as opened:
            wait = opened.withdraw(view.id, by=MARTA).wait
        assert wait is not None
        assert (wait.phase, wait.ended_by) == ("withdrawn", "marta")
        with pytest.raises(Conflict), house.notices() as opened:
            opened.withdraw(view.id, by=MARTA)
    assert later(house, DAY) == 0
    published = publish(house)
    assert [bits_of(house, row, published) for row in (n, other)] == [(False, False), (False, True)]
    announced(house, n)  # it can be announced anew
    assert bits_of(house, n, publish(house)) == (False, True)


def test_what_is_announced_is_neither_lifted_nor_announced_twice_and_gives_no_copies(house: House) -> None:
    n = one(house)
    with house.status() as opened:
        before = [opened.propose(n, each, by=OSCAR).id for each in (ORDINARY, ORDINARY)]
    with house.status() as opened:
        opened.approve(before[0], by=MARTA)
    with house.status() as opened:
        assert code_of(Conflict, opened.approve, before[1], by=MARTA) == "revocation_announced"
    announced_first, as_it_stands = "revocation_announced", "not_possible_now"
    for asked, code in ((LIFT, announced_first), (ORDINARY, announced_first), (SUSPEND, as_it_stands)):
        with house.status() as opened:
            assert code_of(Conflict, opened.propose, n, asked, by=OSCAR) == code
    with pytest.raises(Conflict):
        offer(house, n)


def test_fraud_that_comes_to_light_meanwhile_ends_the_wait(house: House) -> None:
    n = one(house)
    told(house, n)
    act(house, n, REVOKE)
    assert bits_of(house, n, publish(house)) == ENDED
    assert {view.wait.phase for view in acts(house, n) if view.wait is not None} == {"effective"}
    assert later(house, DAY) == 0


def test_a_dispute_holds_it_up_and_decides(house: House) -> None:
    n, copies = permit(house)
    told(house, n)
    _, view = disputed(house, copies[0], kind="cancelled", text="No es así")
    assert later(house, DAY) == 0
    assert bits_of(house, n, publish(house)) == (False, True)
    proposed = propose(house, view, "uphold")
    for who in (MARTA, Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")):
        with pytest.raises(Forbidden):
            house.desk.decide(proposed, by=who)
    assert house.desk.decide(proposed, by=NORA).state == "upheld"
    assert bits_of(house, n, publish(house)) == ENDED


@pytest.mark.parametrize("decision", ["lift", "correct"])
def test_a_dispute_that_is_right_withdraws_it(house: House, decision: str) -> None:
    n, copies = permit(house)
    told(house, n)
    _, view = disputed(house, copies[0], kind="cancelled", text="No es así")
    if decision == "lift":
        decide(house, view, "lift")
    else:
        decide(house, view, "correct", name="Yuleisi")
    assert later(house, DAY) == 0
    assert bits_of(house, n, publish(house)) == ((False, False) if decision == "lift" else (True, False))
    waits = [view.wait.phase for view in acts(house, n) if view.wait is not None]
    assert waits == ["withdrawn"]


def test_a_dispute_that_is_rejected_lets_it_go_on_to_its_day(house: House) -> None:
    n, copies = permit(house)
    told(house, n)
    _, view = disputed(house, copies[0])
    decide(house, view, "reject")
    assert later(house, DAY - timedelta(seconds=1)) == 0
    assert later(house, DAY) == 1


def test_a_dispute_confirms_at_once_only_what_its_person_was_asked_about(house: House) -> None:
    n, copies = permit(house)
    with house.status() as opened:
        asked = opened.propose(n, ORDINARY, by=OSCAR).id
    _, view = disputed(house, copies[0])
    decide(house, view, "uphold")
    assert bits_of(house, n, publish(house)) == (False, True)
    with house.status() as opened:
        assert opened.store.act(asked, issuer=None, centre=None).phase == "untold"


def test_the_signing_process_signs_no_bit_before_its_day(house: House) -> None:
    n = one(house)
    view = told(house, n)
    with house.status() as opened:
        places = opened.store.lists_of(opened.issuer.ledger.intent(n).pair)
        bit = {"list": places["revocation"], "place": opened.issuer.ledger.intent(n).revocation, "n": n, "act": view.id}
        opened.store.session.execute(text("INSERT INTO issuer_flag VALUES (:list, :place, :n, :act)"), bit)
    publish_only(house)
    with house.issuer() as issuer, pytest.raises(Forbidden):
        Signing(issuer=issuer).sign(SigningTask(kind="list", of=str(places["revocation"])))
    later(house, DAY)
    publish_only(house)
    for list_ in places.values():
        with house.issuer() as issuer:
            assert Signing(issuer=issuer).sign(SigningTask(kind="list", of=str(list_)))


def publish_only(house: House) -> None:
    """The lists as they are set out; nobody signed them."""
    with house.status() as opened:
        opened.set_out("norma")


def test_of_the_clock_a_withdrawal_and_a_second_worker_one_is_first(house: House) -> None:
    n = one(house)
    view = told(house, n)
    house.clock.at = DAY

    def end() -> None:
        with house.notices() as opened:
            if not opened.end(view.id):
                raise Conflict("stale_version", detail="ended")

    def withdraw() -> None:
        with house.notices() as opened:
            opened.withdraw(view.id, by=MARTA)

    won, lost = race(end, end, withdraw)
    assert (len(won), len(lost)) == (1, 2)
    (done,) = acts(house, n)
    assert done.wait is not None
    assert bits_of(house, n, publish(house)) == (ENDED if done.wait.phase == "effective" else (False, False))


def test_what_is_being_replaced_is_announced_with_what_takes_its_place(house: House) -> None:
    n, _ = permit(house)
    with house.superseding() as opened:
        payload, copies = opened.corrected(n, None)
        first = opened.begin(n, payload.replace(b"Rojas", b"Rojos"), copies, proposed_by="oscar", approved_by="marta")
    house.desk.seal(first)
    told(house, n)
    with house.superseding() as opened:
        finish(opened, first)
    published = publish(house)
    assert (bits_of(house, n, published)[0], bits_of(house, first, published)) == (True, (False, True))
    with house.notices() as opened_notices:
        for each in opened_notices.store.session.exec(select(ActRow.id).where(ActRow.n == first)).all():
            opened_notices.tell(each, "post", by=OSCAR)
    assert later(house, DAY) == 1
    assert bits_of(house, first, publish(house)) == ENDED


def finish(opened: Superseding, first: int) -> None:
    opened.finish(first)


@pytest.mark.parametrize("asked", [ORDINARY, SUSPEND])
def test_who_approves_second_hears_that_it_was_decided_and_not_what_came_of_it(house: House, asked: ActRequest) -> None:
    n = one(house)
    with house.status() as opened:
        made = opened.propose(n, asked, by=OSCAR).id
    with house.status() as opened:
        opened.approve(made, by=MARTA)
    with house.status() as opened, pytest.raises(Conflict) as caught:
        opened.approve(made, by=NORA)
    assert caught.value.code == "decided_already"
