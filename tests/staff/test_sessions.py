"""A session ends by itself and at once when asked; a change that comes with it comes from our own pages."""

from collections.abc import Mapping

import pytest

from kernel.errors import PuenteError
from staff.enrolling import OPERATOR
from staff.people import People
from tests.journeys.world import Place
from tests.staff.coming import Browser, invited, signed_in


def test_a_session_is_over_after_a_quarter_of_an_hour_of_nothing_and_after_ten_hours(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    for _ in range(42):
        plain.clock.tick(14 * 60)
        assert browser.good("GET", "/staff/me")["endsAt"] == "2026-11-22T22:00:00Z"
    plain.clock.tick(12 * 60)
    assert browser.code("GET", "/staff/me") == (401, "not_signed_in")
    again = signed_in(plain, "otto", "officer")
    plain.clock.tick(15 * 60)
    assert again.code("GET", "/staff/me") == (401, "not_signed_in")


def test_a_page_that_asks_by_itself_keeps_no_session_awake(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    for _ in range(2):
        plain.clock.tick(7 * 60)
        told = browser.good("GET", "/staff/me", headers={"X-Puente": "quiet"})
        assert told["idleUntil"] == "2026-11-22T12:15:00Z"
    plain.clock.tick(60)
    assert browser.code("GET", "/staff/me") == (401, "not_signed_in")


def test_one_ends_ones_own_sessions_and_nobody_elses(plain: Place) -> None:
    here, other = signed_in(plain, "olga", "officer"), signed_in(plain, "otto", "officer")
    there = Browser(plain, devices=here.devices)
    assert there.sign_in().status_code == 200
    lines = here.good("GET", "/staff/sessions")["sessions"]
    assert sorted(line["isThis"] for line in lines) == [False, True]
    (name,) = [line["id"] for line in lines if not line["isThis"]]
    assert other.code("DELETE", f"/staff/sessions/{name}") == (404, "not_found")
    assert there.good("GET", "/staff/me")["person"] == "olga"
    assert here.ask("DELETE", f"/staff/sessions/{name}").status_code == 204
    assert there.code("GET", "/staff/me") == (401, "not_signed_in")
    assert here.good("GET", "/staff/me")["person"] == "olga"


def test_who_is_ended_is_nobody_at_once(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    with plain.world.doors()[People]() as people:
        people.end("OLGA", actor=OPERATOR)
    assert browser.code("GET", "/staff/me") == (401, "not_signed_in")
    assert browser.sign_in().json()["code"] == "passkey_refused"
    with pytest.raises(PuenteError) as caught:
        invited(plain, "Olga", "officer")
    assert caught.value.code == "person_known"


def test_a_step_up_lasts_five_minutes_and_is_tried_five_times(plain: Place) -> None:
    browser = signed_in(plain, "marta", "approver")
    there = "/issuer/batches/unknown/refusal"
    assert browser.code("POST", there) == (403, "step_up_needed")
    assert browser.step_up().status_code == 200
    assert browser.code("POST", there) == (404, "not_found")
    plain.clock.tick(301)
    assert browser.code("POST", there) == (403, "step_up_needed")
    for _ in range(5):
        assert browser.step_up().status_code == 200
    assert browser.step_up().json()["code"] == "too_many_requests"
    assert browser.good("GET", "/staff/me")["person"] == "marta"


def test_what_was_done_while_the_clock_was_ahead_is_no_act_of_just_now(plain: Place) -> None:
    plain.clock.tick(86_400)
    browser = signed_in(plain, "marta", "approver")
    assert browser.step_up().status_code == 200
    there = "/issuer/batches/unknown/refusal"
    plain.clock.tick(-20)  # another machine's clock is a little behind
    assert browser.code("POST", there) == (404, "not_found")
    plain.clock.tick(20 - 86_400)
    assert browser.code("POST", there) == (401, "not_signed_in")
    again = Browser(plain, devices=browser.devices)
    assert again.sign_in().status_code == 200
    assert again.code("POST", there) == (403, "step_up_needed")
    assert len(again.good("GET", "/staff/sessions")["sessions"]) == 1
    plain.clock.tick(86_400)
    assert browser.code("POST", there) == (401, "not_signed_in"), "it does not come back when its time comes"


CROSSING: Mapping[str, tuple[dict[str, str], bool]] = {
    "ours": ({"X-Puente": "1", "Sec-Fetch-Site": "same-origin"}, True),
    "typed by the person": ({"X-Puente": "1", "Sec-Fetch-Site": "none"}, True),
    "an old browser of ours": ({"X-Puente": "1", "Origin": "http://localhost:8710"}, True),
    "a form of another site": ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, False),
    "another site that knows the header": ({"X-Puente": "1", "Sec-Fetch-Site": "cross-site"}, False),
    "a neighbour below the same name": ({"X-Puente": "1", "Sec-Fetch-Site": "same-site"}, False),
    "ours without the header": ({"Sec-Fetch-Site": "same-origin"}, False),
    "an old browser elsewhere": ({"X-Puente": "1", "Origin": "http://localhost.evil.example"}, False),
    "no origin at all": ({"X-Puente": "1"}, False),
    "an origin that hides": ({"X-Puente": "1", "Origin": "null"}, False),
}


@pytest.mark.parametrize(("headers", "passes"), CROSSING.values(), ids=CROSSING)
def test_a_change_with_a_cookie_comes_from_our_own_pages(plain: Place, headers: dict[str, str], passes: bool) -> None:
    browser = signed_in(plain, "olga", "officer")
    told = []
    for method, path in (("DELETE", "/v1/staff/session"), ("POST", "/v1/staff/signins")):
        answer = browser.client.request(method, path, headers=headers)
        told.append(answer.json()["code"] if answer.status_code == 403 else answer.status_code)
    assert told == ([204, 201] if passes else ["cross_site", "cross_site"])
    # To read is safe: another site sees nothing of the answer, and no cookie comes along with its request.
    if not passes:
        assert browser.client.get("/v1/staff/me", headers=headers).status_code == 200


def test_where_all_may_act_a_cookie_says_nothing(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    judged = browser.client.post("/v1/verifier/verify", content="x", headers={"Content-Type": "text/plain"})
    assert judged.status_code == 200
