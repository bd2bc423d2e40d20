"""A reset of whoever approves waits, whatever her roles were made meanwhile. Other resets are in `test_people.py`."""

from datetime import timedelta

from tests.journeys.world import Place
from tests.staff.coming import Browser, signed_in
from tests.staff.test_people import admin, asked, line


def test_lowered_for_a_moment_an_approver_is_still_not_reset_at_once(place: Place) -> None:
    """Else one administrator comes in as her in that second: what the roles were, her two passkeys still say."""
    irene, marta = admin(place), signed_in(place, "marta", "approver")
    there = f"/staff/people/{line(irene, 'marta')['id']}"
    irene.good("PATCH", there, {"roles": ["analyst"]})
    made = irene.good("POST", f"{there}/resets", {})
    place.private.add(made["code"])
    assert made["opens"] == (place.clock.at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    irene.good("PATCH", there, {"roles": ["approver"]})
    thief = Browser(place)
    assert thief.code("POST", "/staff/enrolments", {"code": made["code"]})[0] == 422
    assert marta.sign_in().status_code == 200
    place.clock.tick(86_400)
    assert thief.code("POST", "/staff/enrolments", {"code": made["code"]}) == (422, "invitation_refused")


def test_a_change_of_roles_ends_an_open_reset_and_no_first_invitation(plain: Place) -> None:
    irene, oscar = admin(plain), signed_in(plain, "oscar", "officer")
    there = f"/staff/people/{line(irene, 'oscar')['id']}"
    made = irene.good("POST", f"{there}/resets", {})
    irene.good("PATCH", there, {"roles": ["officer"], "centre": None})
    thief = Browser(plain)
    begun = thief.good("POST", "/staff/enrolments", {"code": made["code"]})
    irene.good("PATCH", there, {"roles": ["approver"]})
    assert thief.code("POST", "/staff/enrolments", {"code": made["code"]}) == (422, "invitation_refused")
    passkey = {"credential": {}, "label": "x"}
    assert thief.code("POST", f"/staff/enrolments/{begun['id']}/passkeys", passkey)[0] == 404
    assert oscar.sign_in().json()["code"] == "passkey_refused"
    fresh = irene.good("POST", "/staff/people", asked("olga", "officer"))
    irene.good("PATCH", f"/staff/people/{fresh['id']}", {"roles": ["approver"]})
    assert Browser(plain).enrol(fresh["code"], 2)["complete"]
