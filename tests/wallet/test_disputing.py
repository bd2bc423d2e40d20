"""wallet/disputing.py: a dispute goes out with her key's proof, its ticket stays, what comes takes its places."""

import json
from datetime import timedelta
from typing import Any

import pytest

from kernel import codec
from kernel.dids import key_of_did_key
from kernel.errors import Invalid, Malformed, NotBelieved, NotFound, WrongShape
from kernel.proofs import integrity
from schemas import bounds
from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.terms import AUTHENTICATION, PROBLEM_MEDIA
from schemas.verification import moment
from tests import makers
from tests.fakes import SeededRandom, SmallWeb
from tests.makers import NOW
from tests.wallet.world import by, competence, wallet
from wallet.disputing import Objection, ask_after, deliver, disputes, open_disputes, prepare, take_back
from wallet.holder import OpenWallet
from wallet.kept import DISPUTE

BASE = Url("https://formacion.example")
ASK = f"{BASE}/v1/issuer/disputes"
OPENED = {"challenge": "Q" * 43, "expiresAt": "2026-11-22T12:10:00Z"}
TICKET = "q83vASNFZ4mrze8BI0VniQ"


def web(**answer: Any) -> SmallWeb:
    pages = {f"{ASK}/openings": OPENED, ASK: {"ticket": TICKET}, f"{ASK}/answers": answer}
    return SmallWeb(pages={url: json.dumps(page).encode() for url, page in pages.items()})


def hers() -> tuple[OpenWallet, SeededRandom, str]:
    """A wallet with one pass for her key, and its name."""
    opened, random = wallet()
    opened = opened.keep(competence(opened.did), now=NOW)
    return opened, random, opened.passes()[0].name


def disputed(net: SmallWeb) -> OpenWallet:
    opened, random, name = hers()
    objection = Objection(name=name[:5], kind="name", text="Mi nombre", right="Ana María")
    return sent(opened, objection, net, random)


def sent(opened: OpenWallet, objection: Objection, net: SmallWeb, random: SeededRandom) -> OpenWallet:
    opened, noted = prepare(opened, objection, issuer=BASE, fetch=net, now=NOW, random=random)
    return deliver(opened, noted, issuer=BASE, fetch=net, now=NOW, keep=lambda wallet: wallet)


def place(document: JsonObject) -> Any:
    entry: Any = document["credentialStatus"]
    first = entry[0] if isinstance(entry, list) else entry
    return {member: first[member] for member in ("statusListCredential", "statusListIndex")}


def answer(opened: OpenWallet, net: SmallWeb) -> Any:
    (note,) = open_disputes(opened)
    return ask_after(opened, note, issuer=BASE, fetch=net, by=by())


def test_the_proof_shows_that_one_pass_and_the_ticket_stays_in_the_vault() -> None:
    net = web()
    opened = disputed(net)
    assert net.asked == [f"{ASK}/openings", ASK]
    sent = json.loads(net.posted[1])
    assert (sent["kind"], sent["text"], sent["name"]) == ("name", "Mi nombre", "Ana María")
    presentation = codec.read(json.dumps(sent["presentation"]).encode(), bound=bounds.PRESENTATION).document
    proof = integrity.check(presentation, key=key_of_did_key(opened.did), purpose=AUTHENTICATION)
    assert (proof.challenge, proof.domain) == (OPENED["challenge"], makers.NORMA)
    assert presentation["verifiableCredential"] == [opened.passes()[0].document]
    (note,) = open_disputes(opened)
    told = {"ticket": TICKET, "pass": opened.passes()[0].name, "kind": "name", "text": "Mi nombre", "issuer": BASE}
    assert told.items() <= note.body.items()
    assert (note.body["state"], note.body["sentAt"], note.body["answer"]) == ("open", moment(NOW), "")


def test_what_supersedes_a_pass_stands_in_its_place_and_the_note_says_the_answer() -> None:
    opened = disputed(web()).keep(competence(index=12), now=NOW)
    former, other = opened.passes()
    right = competence(opened.did, index=31)
    row = {"id": "x", "credential": right, "text": "VC1-R", "supersedes": place(former.document)}
    net = web(state="corrected", text="Ya está.", answeredAt="2026-11-23T09:00:00Z", credentials=[row])
    opened, told = answer(opened, net)
    assert (told.state, told.text, told.arrivals[0].verdict) == ("corrected", "Ya está.", "valid")
    assert json.loads(net.posted[0]) == {"ticket": TICKET}
    assert [kept.document for kept in opened.passes()] == [right, other.document]
    assert opened.passes()[0].replaces == former.name
    (note,) = opened.notes(DISPUTE)
    assert (note.body["state"], note.body["answer"], note.body["ticket"]) == ("corrected", "Ya está.", TICKET)
    assert (note.body["wanted"], note.body["taken"], told.taken) == ("Ana María", True, True)
    assert note.body["pass"] == opened.passes()[0].name, "what she asked is asked about the new one from now on"
    assert open_disputes(opened) == ()


def test_an_answer_of_which_a_pass_never_holds_ends_and_nothing_of_hers_changes() -> None:
    opened = disputed(web())
    (former,) = opened.passes()
    good = {"credential": competence(opened.did, index=31), "supersedes": place(former.document)}
    changed = {**competence(index=33), "validFrom": "2020-01-01T00:00:00Z"}
    for bad in (competence(wallet("otra")[0].did, index=32), changed):
        net = web(state="corrected", text="Ya.", credentials=[good, {"credential": bad, "supersedes": {}}])
        ended, told = answer(opened, net)
        assert (told.ending, told.taken, {arrival.name for arrival in told.arrivals}) == ("never", False, {None})
        assert (ended.passes(), open_disputes(ended)) == (opened.passes(), ())
        (note,) = ended.notes(DISPUTE)
        assert {"state": "corrected", "answer": "Ya.", "taken": False, "held": False}.items() <= note.body.items()
        assert "listed" not in note.body


def test_a_key_that_no_list_knows_is_asked_for_again_until_the_list_is_a_week_newer_than_the_answer() -> None:
    opened = disputed(web())
    (former,) = opened.passes()
    strange = competence(opened.did, index=31, issuer=makers.OTRA)
    answered = by().bundle.floor_off  # type: ignore[union-attr]  # there is one
    net = web(
        state="corrected",
        text="Ya.",
        answeredAt=moment(answered - timedelta(days=6)),
        credentials=[{"credential": strange, "supersedes": place(former.document)}],
    )
    same, told = answer(opened, net)
    assert (told.state, told.ending, told.arrivals[0].reasons, same is opened) == (
        "open", "waits", ("unknown_issuer",), True,
    )  # fmt: skip
    net = web(
        state="corrected",
        text="Ya.",
        answeredAt=moment(answered - timedelta(days=8)),
        credentials=[{"credential": strange, "supersedes": place(former.document)}],
    )
    ended, told = answer(opened, net)
    (note,) = ended.notes(DISPUTE)
    assert (told.ending, open_disputes(ended), note.body["listed"]) == ("unlisted", (), False)
    assert ended.passes() == opened.passes()


@pytest.mark.parametrize("state", ["lifted", "upheld", "rejected"])
def test_an_answer_without_passes_is_noted(state: str) -> None:
    opened, told = answer(disputed(web()), web(state=state, text="No cambia.", credentials=[]))
    assert (told.state, told.text, told.arrivals) == (state, "No cambia.", ())
    assert opened.notes(DISPUTE)[0].body["state"] == state


def test_what_is_taken_back_goes_by_its_ticket_and_is_told_to_her_no_more() -> None:
    opened = disputed(web())
    (note,) = open_disputes(opened)
    net = web(state="withdrawn", text="", answeredAt=moment(NOW), credentials=[])
    net.pages[f"{ASK}/withdrawals"] = net.pages[f"{ASK}/answers"]
    ended, told = take_back(opened, note, issuer=BASE, fetch=net, by=by())
    assert (net.asked, json.loads(net.posted[0])) == ([f"{ASK}/withdrawals"], {"ticket": TICKET})
    assert (told.state, told.ending, open_disputes(ended)) == ("withdrawn", "holds", ())
    (note,) = ended.notes(DISPUTE)
    assert {"state": "withdrawn", "answer": "", "taken": False, "heard": True}.items() <= note.body.items()
    net.pages[f"{ASK}/withdrawals"] = json.dumps({"state": "rejected", "text": "No.", "credentials": []}).encode()
    (note,) = open_disputes(opened)
    ended, told = take_back(opened, note, issuer=BASE, fetch=net, by=by())
    assert (told.state, told.text, "heard" in ended.notes(DISPUTE)[0].body) == ("rejected", "No.", False)
    _, told = answer(opened, web(state="withdrawn", text="", credentials=[]))
    assert told.state == "withdrawn"


def test_while_it_is_open_nothing_changes() -> None:
    opened = disputed(web())
    same, told = answer(opened, web(state="open", text="", credentials=[]))
    assert (same is opened, told.state) == (True, "open")


def test_only_a_pass_for_her_key_is_disputed() -> None:
    opened, random, _ = hers()
    opened = opened.keep(competence(index=12), now=NOW)
    for name, error in ((opened.passes()[1].name, NotBelieved), ("none", NotFound)):
        objection = Objection(name=name, kind="other", text="x", right=None)
        with pytest.raises(error):
            sent(opened, objection, web(), random)


@pytest.mark.parametrize("right", [None, "", " ", " Ana María  Pérez Gómez"])
def test_a_misspelt_name_is_sent_only_with_how_it_should_read(right: str | None) -> None:
    opened, random, name = hers()
    net = web()
    for kind, asks in (("name", False), ("other", True)):
        objection = Objection(name=name, kind=kind, text="Mi nombre", right=right)  # type: ignore[arg-type]
        if asks:
            sent(opened, objection, net, random)
        else:
            with pytest.raises(WrongShape) as refused:
                sent(opened, objection, net, random)
            assert (refused.value.code, net.asked) == ("same_name", [])


@pytest.mark.parametrize("challenge", ["0", "TY2K9N23", "Q" * 42, "Q" * 44, "Q" * 42 + "+", "Q" * 43 + "\n"])
def test_nothing_is_signed_for_a_challenge_that_a_verifier_could_ask(challenge: str) -> None:
    net = web()
    net.pages[f"{ASK}/openings"] = json.dumps({**OPENED, "challenge": challenge, "domain": "PANADERIA SOL"}).encode()
    with pytest.raises(Malformed):
        disputed(net)
    assert net.asked == [f"{ASK}/openings"]


def test_a_refusal_is_told_by_its_code() -> None:
    net = web()
    net.pages[ASK], net.media_types[ASK] = b'{"code": "dispute_open", "title": "Ya hay uno"}', PROBLEM_MEDIA
    with pytest.raises(Invalid) as refused:
        disputed(net)
    assert refused.value.code == "dispute_open"


def test_a_pass_that_may_not_take_its_place_is_told_and_nothing_of_hers_changes() -> None:
    opened = disputed(web())
    before = opened.passes()
    row = {"credential": competence(index=31), "supersedes": place(before[0].document)}
    opened, told = answer(opened, web(state="corrected", text="Listo", credentials=[row]))
    assert (told.state, told.taken, told.arrivals[0].name) == ("corrected", False, None)
    assert opened.passes() == before
    (note,) = opened.notes(DISPUTE)
    assert (note.body["state"], note.body["taken"]) == ("corrected", False)


def test_an_answer_of_a_state_that_nobody_knows_is_none_yet() -> None:
    opened = disputed(web())
    same, told = answer(opened, web(state="later", text="espere", credentials=[]))
    assert (same is opened, told.state, told.text) == (True, "open", "")


@pytest.mark.parametrize("told", [{"state": "corrected"}, {}])
def test_an_answer_that_is_none_is_refused(told: dict[str, Any]) -> None:
    opened = disputed(web())
    with pytest.raises(WrongShape):
        answer(opened, web(**told))


def test_what_two_phones_noted_of_one_ticket_is_one_and_heard_wins() -> None:
    opened, random, name = hers()
    body: JsonObject = {"pass": name, "ticket": TICKET, "state": "corrected", "taken": False}
    for change in ({}, {"heard": True}, {"taken": True}, {"state": "open"}, {"ticket": "another"}):
        opened = opened.note(DISPUTE, {**body, **change}, now=NOW, random=random)
    one, other = disputes(opened)
    assert (one.body["taken"], one.body["heard"], other.body["ticket"]) == (True, True, "another")
    assert "heard" not in other.body
    assert open_disputes(opened) == ()
