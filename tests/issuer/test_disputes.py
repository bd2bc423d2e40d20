"""A holder's dispute from her key's proof to her answer: who may, what it holds up, and how two people decide it."""

import json
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, text

from issuer import audit
from issuer.disputes.service import KEPT
from kernel import presentation
from kernel.access import Principal
from kernel.ed25519 import SeedSigner
from kernel.errors import Conflict, Forbidden, Invalid, NotFound, PuenteError
from kernel.proofs import integrity
from kit.once import Once
from schemas.disputes import Correction, Decision, DecisionRequest, DisputeAnswer, DisputeOpened, DisputeView, Present
from schemas.pickups import PickedUp
from tests.issuer.test_batches import public
from tests.issuer.test_pickup_races import race
from tests.issuer.test_pickups import holder, offer, open_, prove
from tests.issuer.test_status import LIFT, REVOKE, SUSPEND, act, bits_of, publish
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

NORA = Principal(person="nora", roles=frozenset({"approver"}), issuer="norma")
WRONG_NAME = {"kind": "name", "text": "Mi nombre está mal", "name": "Yuleisi Carolina Rojas"}
SENTENCE = "Corregimos su nombre."


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def given(house: House, n: int, seed: int = 1) -> list[PickedUp]:
    """What the holder picked up of a row."""
    opened = open_(house, offer(house, n))
    return house.desk.present(opened.id, prove(opened, holder(seed))).credentials


def permit(house: House, name: str = YULEISY.name) -> tuple[int, list[PickedUp]]:
    (n,) = house.numbers(house.permits(YULEISY.model_copy(update={"name": name})))
    return n, given(house, n)


def begin(house: House) -> DisputeOpened:
    with house.disputes() as disputes:
        return disputes.begin()


def asking(opened: DisputeOpened, *passes: Any, signer: SeedSigner | None = None, **words: Any) -> bytes:
    how = {"challenge": opened.challenge, "domain": passes[0]["issuer"] if passes else "", "purpose": "authentication"}
    how |= {name: words.pop(name) for name in ("challenge", "domain", "purpose") if name in words}
    signed = integrity.add(presentation.compose(passes), signer=signer or holder(), **how)
    return json.dumps({"presentation": signed, **(words or WRONG_NAME)}, ensure_ascii=False).encode()


def send(house: House, raw: bytes) -> str:
    with house.disputes() as disputes:
        return disputes.open(raw).ticket


def disputed(house: House, one: PickedUp, **words: Any) -> tuple[str, DisputeView]:
    """The ticket, and the dispute as an officer sees it."""
    ticket = send(house, asking(begin(house), one.credential, **words))
    with house.disputes() as disputes:
        (view,) = disputes.list(by=OSCAR, state="open", after="", limit=10).items
    return ticket, view


def answer(house: House, ticket: str) -> DisputeAnswer:
    with house.disputes() as disputes:
        return disputes.answer(ticket)


def propose(house: House, view: DisputeView, decision: Decision, by: Principal = OSCAR, **correction: Any) -> str:
    asked = DecisionRequest(
        decision=decision, sentence=SENTENCE, correction=Correction(**correction) if correction else None
    )
    key = Once(key=f"{view.id}-{house.random.drawn}", digest=b"x" * 32)
    with house.disputes() as disputes:
        return disputes.propose(view.id, asked, by=by, once=key).id


def decide(house: House, view: DisputeView, decision: Decision, **correction: Any) -> DisputeView:
    return house.desk.decide(propose(house, view, decision, **correction), by=NORA)


def code_of(error: type[PuenteError], attempt: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(error) as refused:
        attempt(*given, **named)
    return refused.value.code


def test_a_correction_takes_the_places_of_the_paper_and_of_every_copy(house: House) -> None:
    n, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    assert (view.kind, view.name, view.state) == ("name", "Yuleisi Carolina Rojas", "open")
    assert answer(house, ticket) == DisputeAnswer(state="open", text="", answered_at=None, credentials=[])
    done = decide(house, view, "correct", name="Yuleisi Carolina Rojas")
    assert (done.state, done.decisions[0].decided_by, done.replacement is not None) == ("corrected", "nora", True)
    told = answer(house, ticket)
    assert told == answer(house, ticket)
    assert (told.state, told.text, told.answered_at) == ("corrected", SENTENCE, house.clock.at)
    for old, new in zip(copies, told.credentials, strict=True):
        integrity.check(new.credential, key=public(house), purpose="assertionMethod")
        before, after = old.credential["credentialSubject"], new.credential["credentialSubject"]
        assert after == {**before, "name": "Yuleisi Carolina Rojas"}
        assert new.text.startswith("VC1-R")
        place = old.credential["credentialStatus"][0]
        assert new.supersedes.status_list_credential == place["statusListCredential"]
        assert new.supersedes.status_list_index == place["statusListIndex"]
        assert new.credential["credentialStatus"][0] != place
    published = publish(house)
    with house.issuer() as issuer:
        olds = [row.n for row in issuer.ledger.family_of(n)]
        news = [issuer.find(str(done.replacement), by=OSCAR)]
        news += [issuer.find(each.id, by=OSCAR) for each in told.credentials]
        audit.recompute(issuer.ledger.session)
    assert [bits_of(house, each, published) for each in olds] == [(True, False)] * 4
    assert [bits_of(house, each, published) for each in news] == [(False, False)] * 4
    with house.status() as opened:
        (made,) = opened.store.acts_on(n)
    assert (made.act, made.reason, made.proposed_by, made.decided_by) == ("revoke", "superseded", "oscar", "nora")
    # The new row has its holder: nobody else gets copies of it.
    assert code_of(Conflict, offer, house, news[0]) == "offer_used"
    assert code_of(Conflict, disputed, house, copies[0]) == "not_possible_now"


def test_who_decides_sees_what_it_says_now_and_that_is_told(house: House) -> None:
    _, copies = permit(house)
    _, view = disputed(house, copies[0])
    proposed = propose(house, view, "correct", name="Yuleisi Carolina Rojas")
    with house.disputes() as disputes:
        (decision,) = disputes.look(view.id, by=NORA).decisions
        ((listed,),) = [each.decisions for each in disputes.list(by=NORA, state="open", after="", limit=9).items]
    assert (decision.present, listed.present) == (Present(name="Yuleisy Carolina Rojas"), None)
    with house.disputes() as disputes:
        disputes.refuse(proposed, by=NORA)
        disputes.look(view.id, by=NORA)  # nothing waits any more, and what its holder says is seen all the same
        told = disputes.issuer.ledger.session.execute(
            text("SELECT actor, object FROM issuer_audit WHERE act LIKE '%read' ORDER BY n")
        )
        assert [tuple(line) for line in told] == [
            ("oscar", "norma"), ("nora", view.id), ("nora", "norma"), ("nora", view.id),
        ]  # fmt: skip


def test_a_competence_is_corrected_by_the_cells_of_its_row(house: House) -> None:
    n = house.numbers(house.issue((DEMO / "cohort-demo-excel.csv").read_bytes()))[0]
    copies = given(house, n)
    ticket, view = disputed(house, copies[0])
    decide(house, view, "correct", names="Efraín José", judgement="1")
    subjects = [each.credential["credentialSubject"] for each in answer(house, ticket).credentials]
    assert [subject["name"] for subject in subjects] == ["Efraín José López Yépez"] * 2
    assert [subject["level"] for subject in subjects] == ["avanzado"] * 2
    assert ["id" in subject for subject in subjects] == [True, False]


@pytest.mark.parametrize("name", [{}, {"name": ""}, {"name": " "}, {"name": YULEISY.name}])
def test_a_misspelt_name_comes_with_how_it_should_read(house: House, name: dict[str, str]) -> None:
    """What is corrected to words that she did not write takes no place in her wallet, and the pass is cancelled."""
    _, copies = permit(house)
    asked = {"kind": "name", "text": "Mi nombre está mal", **name}
    assert code_of(Invalid, disputed, house, copies[0], **asked) == "same_name"
    assert disputed(house, copies[0], **{**asked, "kind": "other"})


def test_who_took_part_does_not_decide(house: House) -> None:
    n, copies = permit(house)
    act(house, n, SUSPEND)
    _, view = disputed(house, copies[0], kind="cancelled", text="No hice nada malo")
    proposed = propose(house, view, "lift")
    both = Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")
    for who in (both, MARTA):  # who proposes this decision, and who confirmed the suspension
        assert code_of(Forbidden, house.desk.decide, proposed, by=who) == "same_hand"
    far = Principal(person="nora", roles=NORA.roles, issuer="norma", centre="D9")
    for who in (Principal(person="eva", roles=NORA.roles, issuer="otra"), far):
        assert code_of(NotFound, house.desk.decide, proposed, by=who) == "not_found"
    assert code_of(Conflict, propose, house, view, "reject") == "stale_version"
    with house.disputes() as disputes:
        disputes.refuse(proposed, by=MARTA)
    assert code_of(Conflict, house.desk.decide, proposed, by=NORA) == "decided_already"
    again = propose(house, view, "lift")
    assert house.desk.decide(again, by=NORA).state == "lifted"
    assert house.desk.decide(again, by=NORA).state == "lifted"
    assert bits_of(house, n, publish(house)) == (False, False)
    assert code_of(Conflict, propose, house, view, "reject") == "decided_already"


def test_a_proposed_revocation_waits_for_the_dispute(house: House) -> None:
    n, copies = permit(house)
    act(house, n, SUSPEND)
    with house.status() as opened:
        revoke, lift = (opened.propose(n, each, by=OSCAR).id for each in (REVOKE, LIFT))
    ticket, view = disputed(house, copies[0], kind="cancelled", text="")
    for each in (revoke, lift):
        with house.status() as opened:
            assert code_of(Conflict, opened.approve, each, by=NORA) == "under_dispute"
    assert bits_of(house, n, publish(house)) == (False, True)
    assert decide(house, view, "uphold").state == "upheld"
    assert bits_of(house, n, publish(house)) == (True, True)
    assert answer(house, ticket).state == "upheld"
    with house.status() as opened:
        assert opened.store.act(revoke, issuer=None, centre=None).state == "approved"


def test_a_lifted_one_leaves_no_revocation_behind(house: House) -> None:
    n, copies = permit(house)
    act(house, n, SUSPEND)
    with house.status() as opened:
        revoke = opened.propose(n, REVOKE, by=OSCAR).id
    _, view = disputed(house, copies[0], kind="cancelled", text="")
    decide(house, view, "lift")
    assert bits_of(house, n, publish(house)) == (False, False)
    with house.status() as opened:
        assert opened.store.act(revoke, issuer=None, centre=None).state == "refused"
        assert code_of(Conflict, opened.approve, revoke, by=NORA) == "decided_already"


def test_what_was_revoked_comes_back_as_another_credential(house: House) -> None:
    n, copies = permit(house)
    act(house, n, REVOKE)
    ticket, view = disputed(house, copies[0], kind="cancelled", text="Fue un error")
    assert code_of(Conflict, propose, house, view, "lift") == "not_possible_now"
    decide(house, view, "correct")
    told = answer(house, ticket)
    assert [each.credential["credentialSubject"] for each in told.credentials] == [
        each.credential["credentialSubject"] for each in copies
    ]
    published = publish(house)
    with house.issuer() as issuer:
        news = [issuer.find(each.id, by=OSCAR) for each in told.credentials]
    assert [bits_of(house, each, published) for each in (n, *news)] == [(True, False), *[(False, False)] * 3]


def test_of_those_who_come_at_once_one_opens_and_one_decides(house: House) -> None:
    _, copies = permit(house)
    asked = [asking(begin(house), copies[at].credential) for at in (0, 2, 0)]
    won, lost = race(*(partial(send, house, raw) for raw in asked))
    assert (len(set(won)), set(lost) <= {"stale_version"}) == (1, True)
    with house.disputes() as disputes:
        (view,) = disputes.list(by=OSCAR, state="open", after="", limit=10).items
    decision = propose(house, view, "correct", name="Yuleisi")
    pia = Principal(person="pia", roles=NORA.roles, issuer="norma")
    won, lost = race(*(partial(house.desk.decide, decision, by=each) for each in (NORA, pia)))
    assert (len(won), set(lost) <= {"stale_version", "decided_already"}) == (1, True)


@pytest.mark.parametrize(
    ("decision", "correction", "code", "pointer"),
    [
        ("correct", {"name": YULEISY.name}, "schema", "/correction"),
        ("correct", {}, "schema", "/correction"),
        ("correct", {"surnames": "Rojas"}, "schema", "/correction/surnames"),
        ("correct", {"name": "Y" * 200}, "too_large_for_qr", "/correction"),
        ("reject", {"name": "Zoë"}, "schema", "/correction"),
    ],
)
def test_what_cannot_be_carried_out_is_not_proposed(
    house: House, decision: Decision, correction: dict[str, Any], code: str, pointer: str
) -> None:
    _, copies = permit(house)
    _, view = disputed(house, copies[0])
    with pytest.raises(Invalid) as refused:
        propose(house, view, decision, **correction)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_what_people_said_goes_two_years_after_the_end(house: House) -> None:
    _, copies = permit(house)
    ticket, view = disputed(house, copies[0])
    decide(house, view, "reject")
    assert (answer(house, ticket).state, answer(house, ticket).text) == ("rejected", SENTENCE)
    house.clock.tick(int(KEPT.total_seconds()))
    with house.disputes() as disputes:
        assert disputes.forget_old() == 0
    house.clock.tick(1)
    with house.disputes() as disputes:
        assert disputes.forget_old() == 1
    with house.disputes() as disputes:
        left = disputes.look(view.id, by=OSCAR)
        assert disputes.forget_old() == 0
    assert (left.text, left.name, left.decisions[0].sentence, left.state) == ("", None, "", "rejected")
