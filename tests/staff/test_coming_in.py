"""The staff comes in over HTTP: by a code and passkeys, with a session that other routes know; how each part fails."""

from typing import Any

import pytest

from kernel.encoding import base64url_encode
from tests.journeys.papers import ASK, CSV, cohort, row
from tests.journeys.world import Place
from tests.staff.authenticator import PRESENT, VERIFIED, Authenticator, Lie
from tests.staff.coming import Browser, invited, signed_in


@pytest.mark.parametrize("kind", ["ed25519", "es256"])
def test_a_code_and_a_passkey_let_an_officer_in_and_out(place: Place, kind: str) -> None:
    browser = Browser(place)
    made = invited(place, "Olga Ruiz", "officer", centre="D101")
    begun = browser.good("POST", "/staff/enrolments", {"code": made.code.lower().replace("-", " ")})
    assert (begun["person"], begun["roles"]) == ("olga ruiz", ["officer"])
    assert begun["needs"] == {"passkeys": 1, "password": True, "confirming": False}
    chosen = begun["options"]["authenticatorSelection"]
    assert chosen == {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert browser.enrol(made.code, 1, kind=kind) == {"passkeys": 1, "complete": True, "next": None}
    assert browser.code("GET", "/staff/me") == (401, "not_signed_in")

    answer = browser.sign_in()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-s=")
    assert cookie.partition("; ")[2].split("; ") == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"]
    me = browser.good("GET", "/staff/me")
    assert answer.json() == me
    assert (me["person"], me["roles"], me["issuer"], me["centre"]) == ("olga ruiz", ["officer"], "formacion", "D101")
    assert (me["passkeys"], me["stepUpUntil"]) == (1, None)
    assert (me["idleUntil"], me["endsAt"]) == ("2026-11-22T12:15:00Z", "2026-11-22T22:00:00Z")

    assert browser.ask("DELETE", "/staff/session").status_code == 204
    assert browser.code("GET", "/staff/me") == (401, "not_signed_in")
    assert browser.code("POST", "/staff/enrolments", {"code": made.code}) == (422, "invitation_refused")


def test_a_session_is_a_caller_like_a_key(place: Place) -> None:
    """An officer uploads and proposes, an approver in her own browser steps up and releases."""
    officer = signed_in(place, "olga ruiz", "officer")
    approver = signed_in(place, "marta gil", "approver", "officer")
    raw = cohort(row())
    place.private |= {cell for line in raw.decode().splitlines()[1:] for cell in line.split(",")[3:6]}
    sent = officer.client.post(
        "/v1/issuer/batches", params=ASK, content=raw, headers={**CSV, "X-Puente": "1", "Sec-Fetch-Site": "same-origin"}
    )
    batch = sent.json()
    assert (sent.status_code, batch["preparedBy"]) == (201, "olga ruiz")
    there = f"/issuer/batches/{batch['id']}"
    officer.good("POST", f"{there}/proposal")
    asked = {"digest": batch["digest"]}
    assert officer.code("POST", f"{there}/release", asked) == (403, "not_allowed")
    assert approver.code("POST", f"{there}/release", asked) == (403, "step_up_needed")
    before = approver.client.cookies["__Host-s"]
    assert approver.step_up(1).json()["stepUpUntil"] == "2026-11-22T12:05:00Z"
    assert approver.client.cookies["__Host-s"] != before
    assert approver.good("POST", f"{there}/release", asked)["releasedBy"] == "marta gil"
    place.work(batch)
    assert officer.good("GET", there)["sealed"] == 1
    approver.client.cookies.clear()
    assert approver.code("GET", "/staff/me", headers={"Cookie": f"__Host-s={before}"}) == (401, "not_signed_in")


def test_an_approver_needs_two_passkeys(plain: Place) -> None:
    browser = Browser(plain)
    made = invited(plain, "marta", "approver")
    kept = browser.enrol(made.code, 1)
    assert (kept["passkeys"], kept["complete"]) == (1, False)
    assert [one["id"] for one in kept["next"]["excludeCredentials"]] == [browser.devices[0].id]
    assert browser.sign_in().json()["code"] == "passkey_refused"
    # Whoever finishes with the code begins anew: what a stranger with it had made is nothing.
    assert browser.enrol(made.code, 2, seed="hers")["complete"]
    assert browser.sign_in(0).json()["code"] == "passkey_refused"
    assert browser.sign_in(1).status_code == browser.sign_in(2).status_code == 200


LIES: dict[str, Lie] = {
    "another origin": Lie(origin="https://puente.example"),
    "an origin that begins like ours": Lie(origin="http://localhost:8710.evil.example"),
    "another relying party": Lie(host="evil.example"),
    "nobody verified": Lie(flags=PRESENT),
    "nobody present": Lie(flags=VERIFIED),
    "another challenge": Lie(challenge=base64url_encode(bytes(32))),
    "an empty challenge": Lie(challenge="="),
    "another ceremony": Lie(kind="webauthn.other"),
    "in another site's frame": Lie(framed=True),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_in_any_part_makes_no_passkey_and_no_session(plain: Place, lie: Lie) -> None:
    browser = Browser(plain)
    made = invited(plain, "olga", "officer")
    begun = browser.good("POST", "/staff/enrolments", {"code": made.code})
    there = f"/staff/enrolments/{begun['id']}/passkeys"
    device = Authenticator()
    assert browser.code("POST", there, {"credential": device.make(begun["options"], lie), "label": "x"}) == (
        422,
        "passkey_refused",
    )
    # The challenge is used up: the truth comes too late.
    assert browser.code("POST", there, {"credential": device.make(begun["options"]), "label": "x"}) == (
        422,
        "passkey_refused",
    )
    browser.enrol(made.code, 1)
    assert browser.sign_in(lie=lie).json()["code"] == "passkey_refused"
    assert browser.sign_in().status_code == 200
    assert browser.step_up(lie=lie).json()["code"] == "passkey_refused"


def test_an_answer_works_once_and_for_its_own_question(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    other = signed_in(plain, "otto", "officer")
    first, second = (browser.good("POST", "/staff/signins", {}) for _ in range(2))
    shown = {"credential": browser.devices[0].show(first["options"])}
    assert browser.code("POST", f"/staff/signins/{second['id']}", shown) == (422, "passkey_refused")
    assert browser.ask("POST", f"/staff/signins/{first['id']}", shown).status_code == 200
    assert browser.code("POST", f"/staff/signins/{first['id']}", shown) == (422, "passkey_refused")
    late = browser.good("POST", "/staff/signins", {})
    plain.clock.tick(301)
    shown = {"credential": browser.devices[0].show(late["options"])}
    assert browser.code("POST", f"/staff/signins/{late['id']}", shown) == (422, "passkey_refused")
    # A step up is not a sign-in, is its own session's alone, and takes no other person's passkey.
    asked = browser.good("POST", "/staff/stepups", {})
    shown = {"credential": browser.devices[0].show(asked["options"])}
    assert browser.code("POST", f"/staff/signins/{asked['id']}", shown) == (422, "passkey_refused")
    asked = browser.good("POST", "/staff/stepups", {})
    shown = {"credential": browser.devices[0].show(asked["options"])}
    assert other.code("POST", f"/staff/stepups/{asked['id']}", shown) == (422, "passkey_refused")
    browser.devices.append(other.devices[0])
    assert browser.step_up(1).json()["code"] == "passkey_refused"


def test_a_cloned_device_is_noticed_and_a_strangers_name_is_refused(plain: Place) -> None:
    browser = signed_in(plain, "olga", "officer")
    assert browser.sign_in(lie=Lie(count=9)).status_code == 200
    assert browser.sign_in(lie=Lie(count=9)).json()["code"] == "passkey_refused"
    assert browser.sign_in(lie=Lie(count=3)).json()["code"] == "passkey_refused"
    assert browser.sign_in(lie=Lie(count=10)).status_code == 200
    assert browser.sign_in(lie=Lie(count=11, handle=base64url_encode(bytes(16)))).json()["code"] == "passkey_refused"
    assert browser.sign_in(lie=Lie(count=11, handle="")).json()["code"] == "passkey_refused"


SPOILED: list[Any] = [
    {}, {"rawId": 7}, {"rawId": "AAAA"}, {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}},
    {"rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}},
    {"rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "W10", "attestationObject": "gA"}},
    {"response": {"clientDataJSON": base64url_encode(b"[" * 5000)}},
]  # fmt: skip


@pytest.mark.parametrize("spoiled", SPOILED)
def test_what_is_no_passkey_is_refused_and_never_breaks(plain: Place, spoiled: Any) -> None:
    browser = Browser(plain)
    begun = browser.good("POST", "/staff/enrolments", {"code": invited(plain, "olga", "officer").code})
    made = {"credential": spoiled, "label": "x"}
    assert browser.code("POST", f"/staff/enrolments/{begun['id']}/passkeys", made) == (422, "passkey_refused")
    asked = browser.good("POST", "/staff/signins", {})
    assert browser.code("POST", f"/staff/signins/{asked['id']}", {"credential": spoiled}) == (422, "passkey_refused")
