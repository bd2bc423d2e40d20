"""Promise: a code, a PIN and a key give the holder her own copies, once; a guess or a stranger gets nothing."""

from typing import Any

import pytest

from issuer.pickups.service import LIFE, OPEN
from tests.journeys.inside import HOUSE
from tests.journeys.papers import VP, holder, permit, proved, row, shown
from tests.journeys.world import Place

PICKUPS = "/v1/issuer/pickups"
PHRASE = "canela y panela en la mesa"

ONCE = {"Idempotency-Key": "an-offer-of-hers"}


def opening(offer: Any, **changes: str) -> dict[str, Any]:
    return {"json": {"code": offer["code"], "pin": offer["pin"], **changes}}


def other(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06d}"


def test_the_holder_receives_her_own_copies_and_shows_them_live(place: Place) -> None:
    (name,) = place.issued(row())
    place.publish()
    given = place.picked_up(place.offer(name), holder())
    did = holder().method.partition("#")[0]
    bound, still = (each["credential"] for each in given)
    assert (bound["credentialSubject"]["id"], "id" in still["credentialSubject"]) == (did, False)
    paper = place.good("GET", f"/v1/issuer/credentials/{name}", "oscar")
    places = [each["statusListIndex"] for one in (bound, still, paper) for each in one["credentialStatus"]]
    assert len(set(places)) == 6
    assert [place.judged(each["text"])["verdict"] for each in given] == ["valid", "valid"]
    live = place.judged(shown([bound], holder(), created="2026-11-22T12:00:00Z"), "application/vp")
    assert (live["verdict"], live["level"]) == ("valid", "live")


def test_a_permit_gives_copies_for_interview_and_hiring(place: Place) -> None:
    (name,) = place.permitted(permit())
    offer = place.offer(name, "lucia")
    opened = place.good("POST", PICKUPS, **opening(offer))
    assert [each["profile"] for each in opened["summary"]] == ["interview", "hiring"]
    assert "000000200001" not in str(opened["summary"])


def test_a_wrong_pin_says_nothing_and_five_of_them_end_the_code(place: Place) -> None:
    mine, hers = (place.offer(name) for name in place.issued(row(), row(name="Zoë", number="000000200002")))
    for _ in range(5):
        assert place.code("POST", PICKUPS, **opening(mine, pin=other(mine["pin"]))) == (422, "wrong_secret")
    assert place.code("POST", PICKUPS, **opening(mine)) == (422, "wrong_secret")
    assert place.code("POST", PICKUPS, **opening(mine, code="0123456789")) == (422, "wrong_secret")
    assert place.code("POST", PICKUPS, **opening(mine, code=hers["code"], pin=other(hers["pin"]))) == (
        422,
        "wrong_secret",
    )
    assert place.good("POST", PICKUPS, **opening(hers))["challenge"]


def test_a_code_is_used_once_and_the_same_proof_again_gives_the_same(place: Place) -> None:
    offer = place.offer(place.issued(row())[0])
    opened, second = (place.good("POST", PICKUPS, **opening(offer)) for _ in range(2))
    path = f"{PICKUPS}/{opened['id']}/present"
    proof = proved(opened, holder())
    given = place.good("POST", path, content=proof, headers=VP)
    assert place.good("POST", path, content=proof, headers=VP) == given
    stranger = proved(opened, holder(2))
    assert place.code("POST", path, content=stranger, headers=VP) == (409, "another_phone")
    late = proved(second, holder(2))
    assert place.code("POST", f"{PICKUPS}/{second['id']}/present", content=late, headers=VP) == (409, "another_phone")
    again = place.good("POST", PICKUPS, **opening(offer))
    hers = place.good("POST", f"{PICKUPS}/{again['id']}/present", content=proved(again, holder()), headers=VP)
    assert hers == given


def test_a_code_ends_after_thirty_days_and_an_open_pick_up_after_minutes(place: Place) -> None:
    offer = place.offer(place.issued(row())[0])
    opened = place.good("POST", PICKUPS, **opening(offer))
    place.clock.tick(int(OPEN.total_seconds()))
    late = proved(opened, holder())
    assert place.code("POST", f"{PICKUPS}/{opened['id']}/present", content=late, headers=VP) == (
        422,
        "stale_presentation",
    )
    place.clock.tick(int(LIFE.total_seconds()))
    assert place.code("POST", PICKUPS, **opening(offer)) == (409, "offer_used")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"challenge": "another"}, "challenge_mismatch"),
        ({"domain": "another.example"}, "domain_mismatch"),
        ({"purpose": "assertionMethod"}, "wrong_proof_purpose"),
    ],
)
def test_a_proof_for_something_else_gives_nothing(plain: Place, changes: dict[str, str], code: str) -> None:
    opened = plain.good("POST", PICKUPS, **opening(plain.offer(plain.issued(row())[0])))
    path = f"{PICKUPS}/{opened['id']}/present"
    wrong, good = proved(opened, holder(), **changes), proved(opened, holder())
    assert plain.code("POST", path, content=wrong, headers=VP) == (422, code)
    assert plain.code("POST", f"{PICKUPS}/unknown/present", content=good, headers=VP) == (404, "not_found")
    assert len(plain.good("POST", path, content=good, headers=VP)["credentials"]) == 2


def test_no_code_for_what_was_cancelled_or_is_anothers(place: Place) -> None:
    name, hers = place.issued(row(), row(name="Zoë", number="000000200002"))
    early = place.offer(hers)
    assert place.code("POST", f"/v1/issuer/credentials/{name}/offers", "lucia", headers=ONCE) == (404, "not_found")
    for each in (name, hers):
        place.acted(each, "revoke", reason="holder_request")
    assert place.code("POST", f"/v1/issuer/credentials/{name}/offers", "oscar", headers=ONCE) == (
        409,
        "not_possible_now",
    )
    assert place.code("POST", PICKUPS, **opening(early)) == (409, "not_possible_now")


def test_a_wallet_picks_up_by_itself_and_shows_what_it_keeps(place: Place) -> None:
    (name,) = place.issued(row())
    (permitted,) = place.permitted(permit())
    place.publish()
    begun = place.good("POST", "/v1/wallet/vaults", "ana", json={"passphrase": PHRASE})
    vault, token = f"/v1/wallet/vaults/{begun['vault']}", {"Puente-Wallet": begun["token"]}
    place.private |= {begun["token"], begun["sheet"]}
    for offer in (place.offer(name), place.offer(permitted, "lucia")):
        asked = {"issuer": HOUSE, "code": offer["code"], "pin": offer["pin"]}
        arrivals = place.good("POST", f"{vault}/pickups", "ana", json=asked, headers=token)["arrivals"]
        assert {each["verdict"] for each in arrivals} == {"valid"}
    again = {"json": asked, "headers": token}
    kept = place.good("GET", f"{vault}/passes", "ana", headers=token)
    assert place.good("POST", f"{vault}/pickups", "ana", **again)["arrivals"]
    assert place.good("GET", f"{vault}/passes", "ana", headers=token) == kept
    assert place.code("GET", f"{vault}/passes", "beto", headers=token) == (404, "not_found")
    asked = {"manner": "live", "profile": "interview"}
    texts = place.good("POST", f"{vault}/presentations", "ana", json=asked, headers=token)["texts"]
    report = place.judged("\n".join(texts))
    assert (report["verdict"], report["level"], len(report["passes"])) == ("valid", "live", 2)
    assert report["sameHolder"] is True
