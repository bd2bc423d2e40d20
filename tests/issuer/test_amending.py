"""A misspelt name is corrected without a dispute: two people, a new credential, the old one revoked, nothing kept."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, text

from issuer.desk import Desk
from kernel.access import Principal
from kernel.errors import Conflict, Forbidden, WrongShape
from kit.once import Once
from schemas.amending import AmendmentRequest, AmendmentView
from schemas.disputes import Correction, Present
from tests.issuer import test_reissues
from tests.issuer.killed import killed
from tests.issuer.test_disputes import code_of, disputed, permit
from tests.issuer.test_status import SUSPEND, act, bits_of, publish
from tests.issuer.world import MARTA, OSCAR, YULEISY, House

KEYS = iter(range(10**6))


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def propose(house: House, n: int, **changes: Any) -> AmendmentView:
    with house.amending() as opened:
        asked = AmendmentRequest(correction=Correction(**changes))
        once = Once(key=f"amend-{next(KEYS)}", digest=b"")
        return opened.propose(opened.issuer.name(n), asked, by=OSCAR, once=once)


def test_a_new_credential_takes_the_place_of_the_misspelt_one(house: House) -> None:
    n, _ = permit(house, "Yuleisi Rojas")
    made = propose(house, n, name="Yuleisy Rojas")
    with pytest.raises(Conflict):
        propose(house, n, name="Yuleisi Roja")
    with pytest.raises(Forbidden):
        house.desk.amend(made.id, by=Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma"))
    done = house.desk.amend(made.id, by=MARTA)
    assert (done.state, done.correction) == ("approved", None)
    assert house.desk.amend(made.id, by=MARTA) == done
    with house.amending() as opened:
        new = opened.issuer.find(done.replacement or "", by=OSCAR)
        rows = opened.store.session.execute(text("SELECT * FROM issuer_amendment")).all()
    assert "Yuleisy" not in str(rows)
    assert house.credential(new)["credentialSubject"]["name"] == "Yuleisy Rojas"
    published = publish(house)
    assert (bits_of(house, n, published), bits_of(house, new, published)) == ((True, False), (False, False))
    with house.pickups() as opened_pickups:
        assert opened_pickups.offer(new, by=OSCAR).code  # she had copies: a new slip brings the new ones
    with pytest.raises(Conflict):
        propose(house, n, name="Yuleisy R.")


def test_who_decides_sees_what_it_says_now_and_that_is_told(house: House) -> None:
    n, _ = permit(house, "Yuleisi Rojas")
    made = propose(house, n, name="Yuleisy Rojas", card_valid_until=date(2030, 1, 1))
    with house.amending() as opened:
        seen = opened.look(made.id, by=MARTA)
        assert opened.list(by=MARTA, after="", limit=9).items == [seen]
    assert seen.present == Present(name="Yuleisi Rojas", card_valid_until=YULEISY.card_valid_until)
    assert seen.correction is not None
    assert seen.correction.name == "Yuleisy Rojas"
    with house.amending() as opened:
        assert opened.refuse(made.id, by=MARTA).present is None
        opened.look(made.id, by=MARTA)  # decided: nobody's words are in it, so nothing is told
        told = opened.store.session.execute(
            text("SELECT actor, act, object, details FROM issuer_audit ORDER BY n")
        ).all()
    assert [line[:2] for line in told if "_read" in line[1]] == [
        ("marta", "amendment_read"),
        ("marta", "amendments_read"),
    ]
    assert "Yuleisi" not in str(told)


def test_what_another_phone_is_to_get_is_not_corrected_under_it(house: House) -> None:
    n, _ = permit(house, "Yuleisi Rojas")
    other, _ = permit(house, "Zoe Rojas")
    made = propose(house, n, name="Yuleisy Rojas")
    asked = test_reissues.propose(house, n)
    test_reissues.propose(house, other, key="reissue-two")
    assert code_of(Conflict, propose, house, other, name="Zoë Rojas") == "reissue_open"
    assert code_of(Conflict, house.desk.amend, made.id, by=MARTA) == "reissue_open"
    test_reissues.refuse(house, asked.id)
    assert house.desk.amend(made.id, by=MARTA).state == "approved"


def test_what_may_not_be_corrected_is_said_when_it_is_proposed(house: House) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    with pytest.raises(WrongShape):
        propose(house, n, name=YULEISY.name)
    act(house, n, SUSPEND)
    with pytest.raises(Conflict):
        propose(house, n, name="Yuleisi")
    other, copies = permit(house, "Zoë Rojas")
    made = propose(house, other, name="Zoe Rojas")
    disputed(house, copies[0])
    with pytest.raises(Conflict) as refused:
        house.desk.amend(made.id, by=MARTA)
    assert refused.value.code == "under_dispute"
    with house.amending() as opened:
        assert opened.refuse(made.id, by=MARTA).state == "refused"
        assert opened.list(by=MARTA, after="", limit=9).items == [opened.look(made.id, by=MARTA)]


@pytest.mark.parametrize(("stop", "when"), [(1, "after"), (3, "before"), (4, "before")])
def test_killed_on_the_way_it_is_made_once(house: House, database_url: str, stop: int, when: str) -> None:
    (n,) = house.numbers(house.permits(YULEISY))
    made = propose(house, n, name="Yuleisi Rojas")
    assert killed(house, database_url, stop, when, partial(Desk.amend, amendment=made.id, by=MARTA))
    house.desk.resume()
    done = house.desk.amend(made.id, by=MARTA)
    assert done.replacement is not None
    with house.issuer() as issuer:
        assert issuer.ledger.sealed_count() == 2
