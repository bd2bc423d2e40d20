"""How the people of what was replaced get their new ones: a letter that says so, slips, cards; whom nobody tells."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from kernel.errors import Conflict, NotFound
from schemas.bulk_acts import ByBatch, ByCredentials
from schemas.papers import SlipsRequest
from tests.issuer import test_reissues as reissues
from tests.issuer.test_disputes import permit
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_replacing_many import check, done, look, names, news
from tests.issuer.test_status import bits_of, publish
from tests.issuer.world import OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=16).open()


def test_who_had_it_on_her_phone_gets_a_slip_for_the_new_one_and_all_her_old_copies_end(house: House) -> None:
    n, _ = permit(house, "Yuleisy Rojas")
    view = done(house, ByCredentials(way="credentials", credentials=names(house, [n])))
    (new,) = news(house, [n])
    run = house.desk.make_slips(SlipsRequest(bulk=view.id), by=OSCAR)
    assert (run.made, run.left_out, run.bulk, run.batch) == (1, 0, view.id, None)
    assert house.desk.print_claims(run.id, 1, by=OSCAR)
    assert house.desk.print_replaced(view.id, 1, by=OSCAR)
    with pytest.raises(NotFound):
        house.desk.print_replaced(view.id, 2, by=OSCAR)
    published = publish(house)
    with house.issuer() as issuer:
        olds = [row.n for row in issuer.ledger.family_of(n)]
    assert len(olds) > 1
    assert {bits_of(house, each, published) for each in olds} == {(True, False)}
    assert bits_of(house, new, published) == (False, False)
    with house.pickups() as opened, pytest.raises(Conflict):
        opened.offer(n, by=OSCAR)


def test_what_took_its_place_opens_for_the_phone_that_had_it_and_another_is_a_reissue(house: House) -> None:
    n, copies = permit(house, "Yuleisy Rojas")
    done(house, ByCredentials(way="credentials", credentials=names(house, [n])))
    (new,) = news(house, [n])
    opened = open_(house, offer(house, new))
    with pytest.raises(Conflict) as caught:
        house.desk.present(opened.id, prove(opened, holder(7)))
    assert caught.value.code == "former_phone"  # nobody has what that code brings
    got = house.desk.present(opened.id, prove(opened, holder()))
    keys = [{one.credential["credentialSubject"].get("id") for one in each} for each in (copies, got.credentials)]
    assert keys[0] == keys[1]


def test_who_lost_the_phone_that_had_what_was_replaced_gets_a_reissue(house: House) -> None:
    n, _ = permit(house, "Yuleisy Rojas")
    done(house, ByCredentials(way="credentials", credentials=names(house, [n])))
    (new,) = news(house, [n])
    asked = reissues.propose(house, new)
    reissues.approve(house, asked.id)
    house.clock.tick(86_400)
    opened = open_(house, reissues.offered(house, asked.id))
    assert len(house.desk.present(opened.id, prove(opened, holder(7))).credentials) > 1


def test_what_is_to_go_to_another_phone_is_not_replaced_meanwhile(house: House) -> None:
    n, _ = permit(house, "Yuleisy Rojas")
    reissues.propose(house, n)
    checked = check(house, ByCredentials(way="credentials", credentials=names(house, [n])))
    assert (checked.count, checked.left_out.waits) == (0, 1)


def test_her_letter_says_that_a_new_one_waits_and_how_to_get_it(house: House) -> None:
    batch = house.permits(YULEISY)
    view = done(house, ByBatch(way="batch", batch=batch))
    assert view.notice is not None
    assert (view.notice.untold, view.notice.parts) == (1, 1)
    sheet = house.notice_desk.print_part(view.id, 1, by=OSCAR)
    words = " ".join(PdfReader(io.BytesIO(sheet or b"")).pages[0].extract_text().split())
    for said in ("Yuleisy Carolina Rojas", "Tiene un certificado nuevo", "Le dan una hoja con un código"):
        assert said in words, said
    assert not [said for said in ("días hábiles", "Queremos anular", "Está anulado") if said in words]
    after = look(house, view.id).notice
    assert after is not None
    assert after.untold == 0


def test_one_corrected_alone_is_told_as_before_and_counts_for_nobody(house: House) -> None:
    n, _ = permit(house, "Yuleisi Rojas")
    with house.superseding() as opened:
        first = opened.begin(n, opened.corrected(n, None)[0], (), proposed_by="oscar", approved_by="marta")
    house.desk.supersede(first)
    with house.status() as status:
        found = status.list(by=OSCAR, state=None, phase="untold", after="", limit=50).items
        (made,) = status.list(by=OSCAR, state=None, phase=None, after="", limit=50).items
    assert (found, made.notice) == ([], None)
