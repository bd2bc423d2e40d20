"""A suspension is told while it stands, and waits for nobody: by letter, by the house's own means, one and many; what
was lifted is told to nobody any more."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from kernel.errors import Conflict, NotFound
from schemas.issuance import ActView
from tests.issuer.test_bulk_acts import approve, look
from tests.issuer.test_notices import acts, announced, lines, one
from tests.issuer.test_notices_of_many import asked, some, states
from tests.issuer.test_status import LIFT, SUSPEND, act, bits_of, publish
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
