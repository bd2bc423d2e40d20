"""How a dispute comes in: whose key asks, for which challenge, with which words; and the ticket that is told once."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, text

from issuer.disputes.opening import LIFE
from issuer.disputes.service import KEPT, MOST, WITHIN
from kernel.errors import Conflict, Invalid, NotFound, PuenteError, TooMany
from schemas.disputes import DisputeStanding, DisputeTicket
from tests.issuer.test_disputes import answer, asking, begin, code_of, decide, disputed, given, permit, send
from tests.issuer.test_pickups import holder
from tests.issuer.world import OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def test_a_lost_ticket_is_asked_for_again_and_a_challenge_is_good_for_one_dispute(house: House) -> None:
    _, copies = permit(house)
    raw = asking(begin(house), copies[0].credential)
    ticket = send(house, raw)
    assert len(ticket) == 22
    assert send(house, raw) == ticket
    other = json.loads(raw) | {"text": "otra cosa"}
    assert code_of(Conflict, send, house, json.dumps(other).encode()) == "idempotency_key"
    assert code_of(NotFound, answer, house, "A" * 22) == "not_found"
    with house.issuer() as issuer:
        kept = issuer.ledger.session.execute(text("SELECT * FROM issuer_dispute")).one()
    assert not [cell for cell in kept if ticket in str(cell) or (isinstance(cell, bytes) and ticket.encode() in cell)]


def test_the_same_proof_gives_the_same_ticket_as_long_as_it_is_known_whose_it_was(house: House) -> None:
    _, copies = permit(house)
    raw = asking(begin(house), copies[0].credential)
    ticket = send(house, raw)
    house.clock.tick(int(LIFE.total_seconds()) + 60)
    assert send(house, raw) == ticket, "a reply that was lost for longer than a challenge lives"
    with house.disputes() as disputes:
        (view,) = disputes.list(by=OSCAR, state="open", after="", limit=10).items
    decide(house, view, "correct", name="Yuleisi Carolina Rojas")
    assert (send(house, raw), answer(house, ticket).state) == (ticket, "corrected"), "and answered meanwhile"
    house.clock.tick(int(KEPT.total_seconds()) + 1)
    with house.disputes() as disputes:
        assert disputes.forget_old() == 1
    assert code_of(Invalid, send, house, raw) == "stale_presentation"


def test_what_stands_is_found_again_by_the_key_that_asked_for_it_and_by_no_other(house: House) -> None:
    _, copies = permit(house)
    asked = asking(begin(house), copies[0].credential)
    ticket, began = send(house, asked), house.clock.at
    house.clock.tick(int(LIFE.total_seconds()) + 60)
    again = asking(begin(house), copies[2].credential)
    other = asking(begin(house), copies[0].credential, kind="other", text="otra cosa")
    with house.disputes() as disputes:
        assert disputes.open(again) == DisputeTicket(ticket=ticket), "the same words, by whichever copy"
        told = disputes.open(other)
        (view,) = disputes.list(by=OSCAR, state=None, after="", limit=10).items
    assert told == DisputeTicket(ticket=ticket, standing=DisputeStanding(kind="name", opened=began))
    assert (view.kind, view.name) == ("name", "Yuleisi Carolina Rojas"), "what was typed later was not taken"
    stolen = json.loads(asked) | {"text": "otra cosa"}
    assert code_of(Conflict, send, house, json.dumps(stolen).encode()) == "idempotency_key"
    forged = asking(begin(house), copies[0].credential, signer=holder(2))
    assert code_of(PuenteError, send, house, forged) == "holder_mismatch"
    with house.issuer() as issuer:
        issuer.ledger.session.execute(text("UPDATE issuer_dispute SET holder = 'did:key:another'"))
    assert code_of(Conflict, send, house, asking(begin(house), copies[0].credential)) == "dispute_open"


def test_only_the_key_that_holds_a_pass_of_ours_disputes_it(house: House) -> None:
    n, copies = permit(house)
    (other,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": "Rosa"})))
    hers = given(house, other, seed=2)
    mine, unbound = copies[0].credential, copies[1].credential
    opened = begin(house)
    changed = {**mine, "credentialSubject": {**mine["credentialSubject"], "name": "Otra"}}
    elsewhere = {**mine, "credentialStatus": hers[0].credential["credentialStatus"]}
    for raw, code in (
        (asking(opened, mine, signer=holder(2)), "holder_mismatch"),
        (asking(opened, hers[0].credential), "holder_mismatch"),
        (asking(opened, unbound), "holder_mismatch"),
        (asking(opened, house.credential(n)), "holder_mismatch"),
        (asking(opened, changed), "not_found"),
        (asking(opened, elsewhere), "not_found"),
        (asking(opened, mine, hers[0].credential), "invalid_shape"),
        (asking(opened), "invalid_shape"),
        (asking(opened, mine, challenge="0"), "challenge_mismatch"),
        (asking(opened, mine, challenge="A" * 43), "challenge_mismatch"),
        (asking(opened, mine, challenge=opened.challenge[:-1] + "~"), "challenge_mismatch"),
        (asking(opened, mine, domain="norma.example"), "domain_mismatch"),
        (asking(opened, mine, purpose="assertionMethod"), "wrong_proof_purpose"),
    ):
        assert code_of(PuenteError, send, house, raw) == code
    late = asking(opened, mine)
    house.clock.tick(int(LIFE.total_seconds()))
    assert code_of(Invalid, send, house, late) == "stale_presentation"
    assert send(house, asking(begin(house), mine))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "another"}, "schema"),
        ({"text": "x" * 201}, "schema"),
        ({"text": "derecha\u202eizquierda"}, "schema"),
        ({"name": "invisible\u200b"}, "schema"),
        ({"more": 1}, "schema"),
        ({"presentation": "no object"}, "schema"),
        ({"presentation": json.loads('{"a":' * 13 + "1" + "}" * 13)}, "limits_exceeded"),
    ],
)
def test_words_are_bounded_and_hide_nothing(house: House, change: dict[str, Any], code: str) -> None:
    _, copies = permit(house)
    asked = json.loads(asking(begin(house), copies[0].credential)) | change
    assert code_of(Invalid, send, house, json.dumps(asked).encode()) == code


def test_typed_text_is_made_one(house: House) -> None:
    _, copies = permit(house)
    _, view = disputed(house, copies[0], kind="other", text="  Zoe\u0308 \n  Peña ", name=None)
    assert (view.text, view.name) == ("Zoë Peña", None)


def test_a_credential_is_disputed_so_often_and_no_more(house: House) -> None:
    _, copies = permit(house)
    for _ in range(MOST):
        _, view = disputed(house, copies[0])
        decide(house, view, "reject")
        house.clock.tick(60)
    with pytest.raises(TooMany) as refused:
        disputed(house, copies[0])
    wait = int(WITHIN.total_seconds()) - MOST * 60
    assert (refused.value.code, refused.value.retry_after) == ("disputed_often", wait), "from when, to the second"
    house.clock.tick(wait - 1)
    assert code_of(TooMany, disputed, house, copies[0]) == "disputed_often"
    house.clock.tick(1)
    assert disputed(house, copies[0])
