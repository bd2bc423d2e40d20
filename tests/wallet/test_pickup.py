"""wallet/pickup.py: code and PIN go in the body, the key is proved for one challenge alone, refusals are told."""

import json
from typing import Any

import pytest

from kernel import codec
from kernel.dids import key_of_did_key
from kernel.errors import Invalid, Malformed, Unavailable, WrongShape
from kernel.proofs import integrity
from schemas import bounds
from schemas.identifiers import Url
from schemas.terms import AUTHENTICATION, PROBLEM_MEDIA
from tests.fakes import SmallWeb
from tests.makers import NOW
from tests.wallet.world import competence, permit, wallet
from wallet.pickup import Offer, pick_up

BASE = "https://formacion.example"
ASK = f"{BASE}/v1/issuer/pickups"
OPENED: dict[str, Any] = {"id": "q83vASNFZ4mrze8B", "challenge": "c3VwZXI", "domain": "formacion.example"}
OFFER = Offer(issuer=Url(BASE + "/"), code="7kq4m-2xw9t", pin="402 917")


def web(opened: Any = OPENED, given: Any = None) -> SmallWeb:
    return SmallWeb(
        pages={ASK: json.dumps(opened).encode(), f"{ASK}/{OPENED['id']}/present": json.dumps(given or {}).encode()}
    )


def row(document: Any) -> dict[str, Any]:
    return {"id": "x", "credential": document, "text": "VC1-R"}


def test_what_was_made_for_her_key_comes_back_as_it_is() -> None:
    opened, _random = wallet()
    passes = [competence(opened.did), permit(opened.did)]
    net = web(given={"credentials": [row(each) for each in passes]})
    assert list(pick_up(OFFER, fetch=net, signer=opened.signer(), now=NOW)) == passes


def test_code_and_pin_travel_in_the_body_as_typed_without_blanks() -> None:
    opened, _random = wallet()
    net = web(given={"credentials": [row(competence())]})
    pick_up(OFFER, fetch=net, signer=opened.signer(), now=NOW)
    assert json.loads(net.posted[0]) == {"code": "7KQ4M2XW9T", "pin": "402917"}
    assert net.asked == [ASK, f"{ASK}/{OPENED['id']}/present"]
    assert "402" not in repr(OFFER)


def test_the_proof_is_for_that_challenge_and_shows_no_pass() -> None:
    opened, _random = wallet()
    opened = opened.keep(competence(), now=NOW)
    net = web(given={"credentials": [row(competence())]})
    pick_up(OFFER, fetch=net, signer=opened.signer(), now=NOW)
    document = codec.read(net.posted[1], bound=bounds.PRESENTATION).document
    assert "verifiableCredential" not in document
    proof = integrity.check(document, key=key_of_did_key(opened.did), purpose=AUTHENTICATION)
    assert (proof.challenge, proof.domain) == (OPENED["challenge"], OPENED["domain"])


@pytest.mark.parametrize("code", ["wrong_secret", "offer_used"])
def test_the_issuer_s_refusal_keeps_its_code(code: str) -> None:
    opened, _random = wallet()
    net = web(opened={"code": code, "title": "<script>", "status": 422})
    net.media_types[ASK] = PROBLEM_MEDIA
    with pytest.raises(Invalid) as caught:
        pick_up(OFFER, fetch=net, signer=opened.signer(), now=NOW)
    assert caught.value.code == code
    assert "script" not in str(caught.value)


def test_a_refusal_without_a_code_that_we_know_is_a_bad_request() -> None:
    opened, _random = wallet()
    for code in ("invented", 7, None):
        net = web(opened={"code": code})
        net.media_types[ASK] = PROBLEM_MEDIA
        with pytest.raises(Invalid) as caught:
            pick_up(OFFER, fetch=net, signer=opened.signer(), now=NOW)
        assert caught.value.code == "bad_request"


@pytest.mark.parametrize(
    "opened",
    [
        {},
        {**OPENED, "challenge": ""},
        {**OPENED, "challenge": "x" * 201},
        {**OPENED, "domain": None},
        {**OPENED, "id": "../../admin"},
        {**OPENED, "id": "a/b"},
    ],
)
def test_a_strange_opening_gets_no_proof(opened: Any) -> None:
    mine, _random = wallet()
    net = web(opened=opened)
    with pytest.raises((Malformed, WrongShape)):
        pick_up(OFFER, fetch=net, signer=mine.signer(), now=NOW)
    assert len(net.posted) == 1


@pytest.mark.parametrize(
    "given", [{"x": 1}, {"credentials": []}, {"credentials": ["x"]}, {"credentials": [{}]}, {"credentials": [{}] * 17}]
)
def test_a_strange_answer_is_refused(given: Any) -> None:
    opened, _random = wallet()
    with pytest.raises(WrongShape):
        pick_up(OFFER, fetch=web(given=given), signer=opened.signer(), now=NOW)


def test_an_issuer_that_does_not_answer_is_unavailable() -> None:
    opened, _random = wallet()
    with pytest.raises(Unavailable):
        pick_up(OFFER, fetch=SmallWeb(), signer=opened.signer(), now=NOW)
