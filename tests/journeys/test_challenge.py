"""Promise: a question is answered once, within two minutes, by the holder's own key and for that verifier."""

import json
from typing import Any

import pytest

from kernel.ed25519 import SeedSigner
from tests.journeys.papers import holder, row, shown
from tests.journeys.world import Place

ASK = "/v1/verifier/challenges"
VP = "application/vp"


@pytest.fixture
def hers(place: Place) -> Any:
    """A pass of hers, bound to her key."""
    (name,) = place.issued(row())
    place.publish()
    return place.picked_up(place.offer(name), holder())[0]["credential"]


def question(place: Place, **asked: str) -> Any:
    return place.good("POST", ASK, json=asked)


def answer(asked: Any, hers: Any, by: SeedSigner | None = None, **changes: Any) -> bytes:
    how = {"challenge": asked["challenge"], "domain": asked["domain"], "created": "2026-11-22T12:00:00Z", **changes}
    return shown([hers], by or holder(), **how)


def test_an_answer_is_believed_once(place: Place, hers: Any) -> None:
    asked = question(place, name="PANADERIA", profile="hiring")
    assert asked["request"].startswith("VQ1-")
    assert asked["request"].endswith(f"{asked['challenge']}.PANADERIA")
    told = answer(asked, hers)
    report = place.judged(told, VP, asked["challenge"])
    assert (report["verdict"], report["level"]) == ("valid", "live_challenge")
    again = place.judged(told, VP, asked["challenge"])
    assert (again["verdict"], again["reasons"]) == ("cannot_verify", ["challenge_mismatch"])
    assert again["passes"][0]["claims"] is None


def test_an_answer_after_two_minutes_is_too_late(place: Place, hers: Any) -> None:
    asked, second = question(place), question(place)
    place.clock.tick(120)
    assert place.judged(answer(asked, hers), VP, asked["challenge"])["verdict"] == "valid"
    place.clock.tick(1)
    report = place.judged(answer(second, hers), VP, second["challenge"])
    assert (report["verdict"], report["reasons"]) == ("cannot_verify", ["stale_presentation"])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"challenge": "AAAAAAAA"}, "challenge_mismatch"),
        ({"domain": "OTRA.TIENDA"}, "domain_mismatch"),
        ({"by": holder(2)}, "holder_mismatch"),
        ({"purpose": "assertionMethod"}, "wrong_proof_purpose"),
    ],
)
def test_an_answer_to_something_else_or_by_somebody_else_is_none(
    plain: Place, changes: dict[str, Any], reason: str
) -> None:
    (name,) = plain.issued(row())
    plain.publish()
    hers = plain.picked_up(plain.offer(name), holder())[0]["credential"]
    asked = question(plain)
    report = plain.judged(answer(asked, hers, **changes), VP, asked["challenge"])
    assert (report["verdict"], report["reasons"]) == ("cannot_verify", [reason])
    assert report["passes"][0]["claims"] is None


def test_a_question_that_nobody_asked_is_answered_by_nobody(place: Place, hers: Any) -> None:
    asked = question(place)
    report = place.judged(answer(asked, hers), VP, "ZZZZZZZZ")
    assert report["reasons"] == ["challenge_mismatch"]
    assert place.judged(answer(asked, hers), VP, asked["challenge"])["verdict"] == "valid"


def test_a4_a_recorded_live_code_is_stale_after_ninety_seconds_and_never_a_copy(place: Place, hers: Any) -> None:
    told = shown([hers], holder(), created="2026-11-22T12:00:00Z")
    place.clock.tick(90)
    assert place.judged(told, VP)["level"] == "live"
    seen = place.judged(told, VP)
    assert (seen["verdict"], seen["seenBefore"]) == ("valid", 0)
    place.clock.tick(1)
    report = place.judged(told, VP)
    assert (report["verdict"], report["level"], report["reasons"]) == ("cannot_verify", None, ["stale_presentation"])
    assert report["passes"][0]["claims"] is None


def test_the_letters_travel_beside_the_code_too(place: Place, hers: Any) -> None:
    asked = question(place)
    body = {"text": "https://verificar.example", "challenge": asked["challenge"]}
    report = place.judged(json.dumps(body).encode(), "application/json")
    assert (report["verdict"], report["looksLike"]) == ("cannot_verify", "url")
    # The question was spent by the attempt: an answer can be tried once.
    assert place.judged(answer(asked, hers), VP, asked["challenge"])["reasons"] == ["challenge_mismatch"]
