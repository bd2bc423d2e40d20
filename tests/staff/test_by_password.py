"""Officers may come in by password and code: each code once, one answer to all that is wrong, nobody ever locked."""

import re
from base64 import b32decode
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from app.db import transaction
from kernel.errors import Unavailable
from staff.by_password import STRANGE
from staff.passwords import NOBODY, Hasher, step_of
from staff.sessions import digest
from tests.fakes import NOON
from tests.journeys.world import Place
from tests.staff.coming import Browser, invited, signed_in

PASSWORD = "siete mulas verdes al alba"
RFC_SECRET = b"12345678901234567890"


def code(told: Any, place: Place, *, steps: int = 0) -> str:
    """What an app shows, now or some steps away."""
    at = int(place.clock.now().timestamp()) + 30 * steps
    return TOTP(b32decode(told["totpSecret"]), 6, SHA1(), 30).generate(at).decode()


def enrolled(place: Place, person: str = "olga") -> tuple[Browser, Any]:
    """An officer with a password, and what was told once."""
    browser = Browser(place)
    begun = browser.good("POST", "/staff/enrolments", {"code": invited(place, person, "officer").code})
    there = f"/staff/enrolments/{begun['id']}"
    told = browser.good("POST", f"{there}/password", {"password": PASSWORD})
    place.private |= {PASSWORD, told["totpSecret"], *told["recoveryCodes"]}
    assert browser.good("POST", f"{there}/totp", {"code": code(told, place)}) == {"complete": True}
    place.clock.tick(30)
    return browser, told


def asked(told: Any, place: Place, name: str = "olga", **changes: str) -> dict[str, str]:
    return {"name": name, "password": PASSWORD, "totp": code(told, place), **changes}


def test_an_officer_chooses_a_password_and_comes_in_with_a_code(place: Place) -> None:
    browser, told = enrolled(place)
    assert re.fullmatch(
        r"otpauth://totp/Puente:olga\?secret=[A-Z2-7]{32}&issuer=Puente&digits=6&period=30", told["totpUri"]
    )
    assert len(set(told["recoveryCodes"])) == 10
    me = browser.good("POST", "/staff/signins/password", asked(told, place, " Olga "))
    assert (me["person"], me["passkeys"]) == ("olga", 0)
    assert browser.good("GET", "/staff/me")["person"] == "olga"
    assert browser.code("POST", "/staff/stepups/password", {"password": PASSWORD, "totp": "000000"}) == (
        422,
        "signin_refused",
    )
    place.clock.tick(30)
    stepped = browser.good("POST", "/staff/stepups/password", {"password": PASSWORD, "totp": code(told, place)})
    assert stepped["stepUpUntil"] is not None


def test_a_code_works_once_and_a_neighbour_step_is_near_enough(plain: Place) -> None:
    browser, told = enrolled(plain)
    plain.clock.tick(300)
    assert browser.good("POST", "/staff/signins/password", asked(told, plain))
    assert browser.code("POST", "/staff/signins/password", asked(told, plain)) == (422, "signin_refused")
    old = asked(told, plain, totp=code(told, plain, steps=-1))
    assert browser.code("POST", "/staff/signins/password", old) == (422, "signin_refused")
    assert browser.good("POST", "/staff/signins/password", asked(told, plain, totp=code(told, plain, steps=1)))
    far = asked(told, plain, totp=code(told, plain, steps=2))
    assert browser.code("POST", "/staff/signins/password", far) == (422, "signin_refused")
    spare = told["recoveryCodes"][3].lower()
    assert browser.good("POST", "/staff/signins/password", asked(told, plain, totp=f"{spare[:5]} {spare[5:]}"))
    assert browser.code("POST", "/staff/signins/password", asked(told, plain, totp=spare)) == (422, "signin_refused")


def test_who_is_wrong_is_told_the_same_whatever_it_is(plain: Place) -> None:
    browser, told = enrolled(plain)
    plain.clock.tick(300)
    answers = set()
    for wrong in ({"name": "nadie"}, {"name": "x" * 90}, {"password": "otra cosa muy distinta"}, {"totp": "000000"}):
        answer = browser.ask("POST", "/staff/signins/password", asked(told, plain) | wrong)
        problem = answer.json()
        answers.add((answer.status_code, *(problem[part] for part in ("code", "title", "detail", "technical"))))
        assert answer.headers.get("set-cookie") is None
    assert len(answers) == 1
    # None of it used the code up.
    assert browser.good("POST", "/staff/signins/password", asked(told, plain))


def test_strangers_slow_a_stranger_and_never_the_browser_she_came_in_by(plain: Place) -> None:
    hers, told = enrolled(plain)
    assert hers.good("POST", "/staff/signins/password", asked(told, plain))
    stranger = Browser(plain)
    wrong = asked(told, plain, password="una de muchas que prueba")
    for _ in range(9):  # and the first one was hers, before her browser was known
        assert stranger.code("POST", "/staff/signins/password", wrong) == (422, "signin_refused")
    slowed = stranger.ask("POST", "/staff/signins/password", wrong)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(slowed.headers["retry-after"]) <= 300
    plain.clock.tick(30)
    assert hers.good("POST", "/staff/signins/password", asked(told, plain))
    # A new browser of hers waits as strangers do, and then is let in: nothing was locked.
    plain.clock.tick(300)
    assert Browser(plain).good("POST", "/staff/signins/password", asked(told, plain))
    # Her own browser is slowed by its own tries alone; it had one.
    for _ in range(2):
        assert hers.code("POST", "/staff/signins/password", wrong) == (422, "signin_refused")


def test_another_spelling_of_her_name_has_no_tries_of_its_own(plain: Place) -> None:
    _, told = enrolled(plain)
    spelt = ("olga", "\uff4flga", "o\uff4cga", "OLGA ", "olg\uff41")
    wrong = [asked(told, plain, name, password="otra clave, la que no es") for name in spelt]
    for turn in range(10):
        assert Browser(plain).code("POST", "/staff/signins/password", wrong[turn % 5]) == (422, "signin_refused")
    for each in (*wrong, asked(told, plain, "\uff4flga")):
        assert Browser(plain).code("POST", "/staff/signins/password", each) == (429, "too_many_requests")


def test_a_clock_that_went_back_slows_nobody(plain: Place) -> None:
    _, told = enrolled(plain)
    plain.clock.tick(86_400)
    wrong = asked(told, plain, password="otra clave, la que no es")
    for status in (*[422] * 10, 429):
        assert Browser(plain).ask("POST", "/staff/signins/password", wrong).status_code == status
    plain.clock.tick(-86_400)
    assert Browser(plain).good("POST", "/staff/signins/password", asked(told, plain))["person"] == "olga"


def test_a_passkey_never_waits_for_passwords(plain: Place) -> None:
    browser = signed_in(plain, "marta", "officer")
    wrong = {"name": "marta", "password": "una de muchas que prueba", "totp": "000000"}
    with transaction(plain.world.engine) as session:
        for _ in range(10):
            STRANGE.count(session, f"staff-name:{digest('marta')}", plain.clock.now())
    assert browser.code("POST", "/staff/signins/password", wrong) == (429, "too_many_requests")
    assert browser.sign_in().status_code == 200


def test_a_password_is_strong_and_not_for_who_approves(plain: Place) -> None:
    browser = Browser(plain)
    begun = browser.good("POST", "/staff/enrolments", {"code": invited(plain, "olga", "officer").code})
    there = f"/staff/enrolments/{begun['id']}"
    for weak in ("corta", "contraseña1234", "123456789012"):
        assert browser.code("POST", f"{there}/password", {"password": weak}) == (422, "weak_passphrase")
    assert browser.code("POST", f"{there}/totp", {"code": "000000"}) == (422, "signin_refused")
    begun = browser.good("POST", "/staff/enrolments", {"code": invited(plain, "marta", "approver").code})
    assert browser.code("POST", f"/staff/enrolments/{begun['id']}/password", {"password": PASSWORD}) == (
        403,
        "not_allowed",
    )


def test_who_is_made_an_approver_comes_in_by_no_password(plain: Place) -> None:
    browser, told = enrolled(plain)
    irene = signed_in(plain, "irene", "issuer_admin")
    assert irene.step_up().status_code == 200
    (olga,) = [each for each in irene.good("GET", "/staff/people")["items"] if each["person"] == "olga"]
    assert browser.ask("POST", "/staff/signins/password", asked(told, plain)).status_code == 200
    irene.good("PATCH", f"/staff/people/{olga['id']}", {"roles": ["approver"]})
    plain.clock.tick(30)
    assert browser.code("POST", "/staff/signins/password", asked(told, plain)) == (422, "signin_refused")


@pytest.mark.parametrize(("at", "told"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")])
def test_codes_are_those_of_the_specification(at: int, told: str) -> None:
    """RFC 6238 appendix B, the last six figures."""
    now = NOON.fromtimestamp(at, NOON.tzinfo)
    assert step_of(RFC_SECRET, told, now) == at // 30
    assert step_of(RFC_SECRET, "000000", now) is None


def test_of_many_at_once_two_hash_and_twenty_wait() -> None:
    hasher = Hasher()
    for _ in range(22):
        assert hasher._places.acquire(blocking=False)
    with pytest.raises(Unavailable) as caught:
        hasher.stretch(PASSWORD, NOBODY[:16])
    assert caught.value.code == "too_busy"
    hasher._places.release()
    assert len(hasher.stretch(PASSWORD, NOBODY[:16])) == 52
