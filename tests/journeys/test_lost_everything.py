"""Promise: who lost phone, sheet and helpers gets her certificate again in person, by two people, after a day (P7)."""

from typing import Any, Final

import pytest

from tests.journeys.objecting import reissued
from tests.journeys.papers import holder, permit, row
from tests.journeys.world import Place

A_DAY: Final = 24 * 3600


def offered(place: Place, reissue: Any, who: str = "oscar") -> Any:
    once = {"Idempotency-Key": f"offer-{len(place.urls)}-of-these"}
    made = place.good("POST", f"/v1/issuer/reissues/{reissue['id']}/offers", who, headers=once)
    place.private |= {made["code"]}
    return made


def test_her_new_phone_holds_what_the_lost_one_held_and_that_one_holds_nothing(place: Place) -> None:
    (name,) = place.permitted(permit())
    lost = place.picked_up(place.offer(name, "lucia"), holder())
    reissue = reissued(place, name, "lucia")
    path = f"/v1/issuer/reissues/{reissue['id']}"
    assert place.code("POST", f"{path}/offers", "lucia", headers={"Idempotency-Key": "an-offer-of-hers"}) == (
        409,
        "not_possible_now",
    )
    approved = place.good("POST", f"{path}/approval", "pablo")
    assert (approved["state"], approved["readyAt"]) == ("approved", "2026-11-23T12:00:00Z")
    place.clock.tick(A_DAY - 1)
    assert place.code("POST", f"{path}/offers", "lucia", headers={"Idempotency-Key": "an-offer-of-hers"}) == (
        409,
        "reissue_waiting",
    )
    place.clock.tick(1)
    hers = place.picked_up(offered(place, reissue, "lucia"), holder(2))
    place.publish()
    assert [place.judged(each["text"])["verdict"] for each in hers] == ["valid"] * 3
    assert [place.judged(each["text"])["verdict"] for each in lost] == ["revoked"] * 3
    done = place.good("GET", path, "lucia")
    assert done["state"] == "done"
    assert place.judged(place.text(done["replacement"], "lucia"))["verdict"] == "valid"
    assert place.judged(place.text(name, "lucia"))["verdict"] == "revoked"
    assert [each["id"] for each in place.good("GET", "/v1/issuer/reissues", "pablo")["items"]] == [reissue["id"]]


def test_asked_twice_it_is_one_and_its_opener_does_not_confirm(place: Place) -> None:
    (name,) = place.issued(row())
    once = {"headers": {"Idempotency-Key": "the-same-one"}, "json": {"seen": ["document", "recovery_sheet"]}}
    path = f"/v1/issuer/credentials/{name}/reissues"
    assert place.code("POST", path, "oscar", **once) == (409, "not_possible_now")  # an offer is enough
    place.picked_up(place.offer(name), holder())
    reissue = place.good("POST", path, "oscar", **once)
    assert place.good("POST", path, "oscar", **once) == reissue
    assert place.code("POST", path, "oscar", **{**once, "headers": {"Idempotency-Key": "another"}})[0] == 422
    other = {**once, "headers": {"Idempotency-Key": "another-one"}}
    assert place.code("POST", path, "oscar", **other) == (409, "stale_version")
    there = f"/v1/issuer/reissues/{reissue['id']}"
    assert place.code("POST", f"{there}/approval", "oscar-otra-cuenta") == (403, "same_hand")
    assert place.good("POST", f"{there}/refusal", "marta")["state"] == "refused"
    assert place.code("POST", f"{there}/approval", "marta") == (409, "decided_already")
    assert place.good("POST", path, "oscar", **other)["state"] == "proposed"


@pytest.mark.parametrize("seen", [["document"], ["document", "document"], ["document", "face"], []])
def test_two_different_proofs_are_seen(plain: Place, seen: list[str]) -> None:
    (name,) = plain.issued(row())
    asked = {"json": {"seen": seen}, "headers": {"Idempotency-Key": "one-of-these"}}
    assert plain.code("POST", f"/v1/issuer/credentials/{name}/reissues", "oscar", **asked) == (422, "bad_request")
