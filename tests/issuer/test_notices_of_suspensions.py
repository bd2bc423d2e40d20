"""A suspension, and a revocation for fraud, is told while it stands, and waits for nobody: by letter, by the house's
own means, one and many; what was lifted is told to nobody any more."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from issuer.status.by_place import nobodys
from issuer.status.tables import ActRow, FlagRow
from kernel.errors import Conflict, NotFound
from schemas.bulk_acts import BulkNotice
from schemas.issuance import ActRequest, ActView, NoticeView
from tests.issuer.test_bulk_acts import approve, look
from tests.issuer.test_notices import acts, announced, lines, one
from tests.issuer.test_notices_of_many import asked, some, states
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import MARTA, OSCAR, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def suspended(house: House, n: int) -> ActView:
    act(house, n, SUSPEND)
    return acts(house, n)[0]


def to_tell(house: House) -> list[str]:
    with house.status() as opened:
        return [each.id for each in opened.list(by=OSCAR, state=None, phase="untold", after="", limit=50).items]


def test_it_stands_at_once_and_its_letter_marks_that_she_was_told(house: House) -> None:
    n = one(house)
    view = suspended(house, n)
    assert view.wait is None
    assert view.notice is not None
    assert (view.notice.told, view.notice.way) == (None, None)
    assert bits_of(house, n, publish(house)) == (False, True)
    assert to_tell(house) == [view.id]
    sheet = house.notice_desk.print_one(view.id, by=OSCAR)
    words = " ".join(PdfReader(io.BytesIO(sheet or b"")).pages[0].extract_text().split())
    for said in ("está en revisión", "Yuleisy Carolina Rojas", "No está anulado", "Pida una corrección", view.id):
        assert said in words, said
    assert "días hábiles" not in words
    (after,) = acts(house, n)
    assert after.notice is not None
    assert (after.notice.way, after.notice.told, after.wait) == ("paper", house.clock.at, None)
    assert to_tell(house) == []
    house.clock.tick(86_400)
    with house.notices() as opened:
        assert opened.tell(view.id, "post", by=OSCAR).notice == after.notice  # who was told is told once
    assert lines(house) == ["notice_printed", "notice_told"]


def test_what_was_lifted_or_only_proposed_is_told_to_nobody(house: House) -> None:
    n = one(house)
    with house.status() as opened:
        proposed = opened.propose(n, SUSPEND, by=OSCAR).id
    with pytest.raises(Conflict), house.notices() as notices:
        notices.tell(proposed, "message", by=OSCAR)
    with house.status() as opened:
        opened.approve(proposed, by=MARTA)
    act(house, n, LIFT)
    assert to_tell(house) == []
    with pytest.raises(Conflict):
        house.notice_desk.print_one(proposed, by=OSCAR)
    with pytest.raises(Conflict), house.notices() as notices:
        notices.withdraw(proposed, by=MARTA)


def test_a_revocation_that_is_announced_over_it_is_told_by_itself(house: House) -> None:
    n = one(house)
    before = suspended(house, n)
    view = announced(house, n)
    assert set(to_tell(house)) == {before.id, view.id}
    with house.notices() as opened:
        opened.tell(before.id, "message", by=OSCAR)
    assert to_tell(house) == [view.id]  # her days do not begin with the other's notice


def test_a_revocation_for_fraud_is_told_as_revoked_and_what_suspended_her_before_is_told_no_more(house: House) -> None:
    n = one(house)
    before = suspended(house, n)
    act(house, n, REVOKE)
    (view,) = (each for each in acts(house, n) if each.act == "revoke")
    assert (view.wait, view.notice) == (None, NoticeView(told=None, way=None))
    assert to_tell(house) == [view.id]
    with pytest.raises(Conflict):
        house.notice_desk.print_one(before.id, by=OSCAR)  # it would say that it is not revoked
    sheet = house.notice_desk.print_one(view.id, by=OSCAR)
    words = " ".join(PdfReader(io.BytesIO(sheet or b"")).pages[0].extract_text().split())
    for said in ("está anulado", "Yuleisy Carolina Rojas", "Pida una corrección", view.id):
        assert said in words, said
    assert to_tell(house) == []
    with pytest.raises(Conflict), house.notices() as notices:
        notices.withdraw(view.id, by=MARTA)


def test_what_she_asked_for_herself_is_told_to_nobody(house: House) -> None:
    n = one(house)
    act(house, n, ActRequest(act="revoke", reason="holder_request"))
    assert (acts(house, n)[0].notice, to_tell(house)) == (None, [])


def test_a_place_whose_credential_is_lost_has_nobody_to_be_told(house: House) -> None:
    n = one(house)
    publish(house)
    with house.status() as opened:
        intent = opened.issuer.ledger.intent(n)
        lost = ActRow(
            id="lost", issuer="norma", n=nobodys(1), act="revoke", reason="fraud", state="approved",
            proposed_by="oscar", proposed=house.clock.at, decided_by="marta", decided=house.clock.at,
        )  # fmt: skip
        opened.store.keep(lost)
        list_ = opened.store.lists_of(intent.pair)["revocation"]
        opened.store.set([FlagRow(list=list_, place=intent.revocation + 1, n=lost.n, act=lost.id)])
    assert to_tell(house) == []


def test_many_who_were_revoked_for_fraud_are_told_with_it(house: House) -> None:
    numbers, chosen = some(house)
    view = asked(house, chosen, reason="fraud")
    approve(house, view)
    house.desk.act_on_many(view.id)
    assert states(house, numbers) == {(True, False)}
    assert look(house, view.id).notice == BulkNotice(untold=6, parts=1)
    assert to_tell(house) == []
    sheet = house.notice_desk.print_part(view.id, 1, by=OSCAR)
    assert len(PdfReader(io.BytesIO(sheet or b"")).pages) == 6
    assert look(house, view.id).notice == BulkNotice(untold=0, parts=1)


def test_many_are_told_part_by_part_or_at_once_and_who_was_lifted_is_not(house: House) -> None:
    numbers, chosen = some(house)
    view = asked(house, chosen, name="suspend")
    assert view.notice is None
    approve(house, view)
    with pytest.raises(Conflict):
        house.notice_desk.print_part(view.id, 1, by=OSCAR)  # it is not done yet
    house.desk.act_on_many(view.id)
    assert states(house, numbers) == {(False, True)}
    act(house, numbers[0], LIFT)
    assert to_tell(house) == []  # they are told with it, and listed with it alone
    notice = look(house, view.id).notice
    assert notice is not None
    assert (notice.untold, notice.parts, look(house, view.id).state) == (5, 1, "done")
    sheet = house.notice_desk.print_part(view.id, 1, by=OSCAR)
    assert len(PdfReader(io.BytesIO(sheet or b"")).pages) == 5
    with pytest.raises(NotFound):
        house.notice_desk.print_part(view.id, 2, by=OSCAR)
    other = asked(house, chosen, name="suspend")
    approve(house, other)
    house.desk.act_on_many(other.id)
    with house.many_notices() as opened:
        after = opened.tell(other.id, "message", by=OSCAR).notice
    assert after is not None
    assert after.untold == 0
    assert to_tell(house) == []
