"""Promise: one act by two people flips the paper and every copy of the holder once published; none is undone."""

import pytest

from tests.journeys.papers import holder, permit, row, shown
from tests.journeys.world import Place

ACTS = "/v1/issuer/credentials/{}/acts"
REVOKE = {"act": "revoke", "reason": "holder_request"}


def once(name: str) -> dict[str, str]:
    return {"Idempotency-Key": f"the-act-{name}"}


def test_a6_a_revocation_reaches_the_paper_and_the_holders_copies_after_the_next_publication(place: Place) -> None:
    name, other = place.issued(row(), row(name="Zoë", number="000000200002"))
    copies = place.picked_up(place.offer(name), holder())
    place.publish()
    texts = [place.text(name), *(each["text"] for each in copies)]
    place.acted(name, "revoke", reason="holder_request")
    # What is published is what a verifier with no network knows; nobody asks the issuer about one credential.
    assert [place.judged(text)["verdict"] for text in texts] == ["valid"] * 3
    place.publish()
    assert [place.judged(text)["verdict"] for text in texts] == ["revoked"] * 3
    live = place.judged(shown([copies[0]["credential"]], holder(), created="2026-11-22T12:00:00Z"), "application/vp")
    assert (live["verdict"], live["reasons"], live["level"]) == ("revoked", ["revoked"], "live")
    assert place.judged(place.text(other))["verdict"] == "valid"
    public = [place.good("GET", f"/v1/issuer/status-lists/formacion/{number}") for number in (1, 2)]
    assert [each["credentialSubject"]["statusPurpose"] for each in public] == ["revocation", "suspension"]
    assert "holder_request" not in str(public)
    assert place.code("GET", "/v1/issuer/status-lists/formacion/9") == (404, "not_found")
    late = place.code("POST", ACTS.format(name), "oscar", json={**REVOKE, "act": "lift"}, headers=once("late"))
    assert late == (409, "not_possible_now")


def test_a15_a_suspension_says_under_review_with_its_date_until_it_is_lifted(place: Place) -> None:
    (name,) = place.permitted(permit())
    text = place.text(name, "lucia")
    place.acted(name, "suspend", "lucia", "pablo")
    place.publish()
    report = place.judged(text)
    assert (report["verdict"], report["reasons"], report["steps"]) == ("under_review", ["suspended"], ["V21"])
    assert report["passes"][0]["asOf"] == "2026-11-22T12:00:00Z"
    place.acted(name, "lift", "lucia", "pablo")
    place.clock.tick(3600)
    place.publish()
    assert place.judged(text)["verdict"] == "valid"


def test_an_act_on_a_copy_reaches_the_paper_also_of_the_very_first_row(place: Place) -> None:
    (name,) = place.issued(row())
    copies = place.picked_up(place.offer(name), holder())
    place.acted(copies[0]["id"], "revoke", reason="holder_request")
    place.publish()
    texts = [place.text(name), *(each["text"] for each in copies)]
    assert [place.judged(text)["verdict"] for text in texts] == ["revoked"] * 3


def test_who_proposes_an_act_never_confirms_it(place: Place) -> None:
    (name,) = place.issued(row())
    act = place.good("POST", ACTS.format(name), "oscar", json=REVOKE, headers=once("mine"))
    for verb in ("approval", "refusal"):
        assert place.code("POST", f"/v1/issuer/acts/{act['id']}/{verb}", "oscar-otra-cuenta") == (403, "same_hand")
        assert place.code("POST", f"/v1/issuer/acts/{act['id']}/{verb}", "oscar") == (403, "not_allowed")
    assert place.good("POST", f"/v1/issuer/acts/{act['id']}/refusal", "marta")["state"] == "refused"
    assert place.code("POST", f"/v1/issuer/acts/{act['id']}/approval", "marta")[0] == 409
    place.publish()
    assert place.judged(place.text(name))["verdict"] == "valid"


def test_the_same_request_twice_is_one_act_and_another_body_under_its_key_is_refused(place: Place) -> None:
    (name,) = place.issued(row())
    first = place.good("POST", ACTS.format(name), "oscar", json=REVOKE, headers=once("one"))
    assert place.good("POST", ACTS.format(name), "oscar", json=REVOKE, headers=once("one")) == first
    other = {"json": {**REVOKE, "act": "suspend"}, "headers": once("one")}
    assert place.code("POST", ACTS.format(name), "oscar", **other) == (409, "idempotency_key")
    assert [each["id"] for each in place.good("GET", "/v1/issuer/acts", "marta")["items"]] == [first["id"]]
    # A key is a person's own: another officer's equal key is another request.
    hers = place.good("POST", ACTS.format(name), "only-officer", json=REVOKE, headers=once("one"))
    assert hers["id"] != first["id"]


@pytest.mark.parametrize("key", [None, "short", "has blanks in it", "x" * 129])
def test_an_act_needs_a_key_to_be_repeated_by(plain: Place, key: str | None) -> None:
    (name,) = plain.issued(row())
    headers = {} if key is None else {"Idempotency-Key": key}
    assert plain.code("POST", ACTS.format(name), "oscar", json=REVOKE, headers=headers) == (422, "bad_request")
