"""Administrators bring in, change and end the people and keys of their own issuer, never themselves."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from issuer import audit
from issuer.tables import AuditRow
from kernel.access import Principal
from kernel.errors import PuenteError
from staff.people import People
from tests.journeys.papers import ASK, CSV, cohort, row
from tests.journeys.world import Place
from tests.staff.coming import Browser, invited, signed_in


def admin(place: Place, person: str = "irene", issuer: str = "formacion", *more: Any) -> Browser:
    """In, and stepped up."""
    browser = signed_in(place, person, "issuer_admin", *more, issuer=issuer)
    assert browser.step_up().status_code == 200
    return browser


def asked(person: str, *roles: str, issuer: str = "formacion") -> dict[str, Any]:
    return {"person": person, "roles": list(roles), "issuer": issuer, "centre": "D101"}


def confirm(id_: str) -> str:
    return f"/staff/people/{id_}/confirmation"


def line(browser: Browser, person: str) -> Any:
    (found,) = [each for each in browser.good("GET", "/staff/people")["items"] if each["person"] == person]
    return found


def test_somebody_is_invited_changed_and_ended(place: Place) -> None:
    irene = admin(place)
    made = irene.good("POST", "/staff/people", asked("Marta Gil", "officer"))
    place.private.add(made["code"])
    assert line(irene, "marta gil")["state"] == "invited"
    marta = Browser(place)
    marta.enrol(made["code"], 1)
    assert line(irene, "marta gil")["state"] == "waiting"
    assert admin(place, "ines").good("POST", confirm(made["id"]))["state"] == "active"
    assert marta.sign_in().json()["centre"] == "D101"
    assert (line(irene, "marta gil")["state"], line(irene, "marta gil")["passkeys"]) == ("active", 1)
    there = f"/staff/people/{made['id']}"
    changed = irene.good("PATCH", there, {"roles": ["officer", "analyst"], "centre": None})
    assert (changed["roles"], changed["centre"]) == (["analyst", "officer"], None)
    assert marta.code("GET", "/staff/me") == (401, "not_signed_in")
    assert marta.sign_in().json()["roles"] == ["analyst", "officer"]
    assert irene.good("PATCH", there, {"ended": True})["state"] == "ended"
    assert marta.code("GET", "/staff/me") == (401, "not_signed_in")
    assert marta.sign_in().json()["code"] == "passkey_refused"
    assert irene.code("PATCH", there, {"centre": "D101"}) == (404, "not_found")
    assert irene.code("POST", "/staff/people", asked("MARTA GIL", "officer")) == (409, "person_known")


def test_an_administrator_needs_a_step_up_and_stays_within_her_issuer(plain: Place) -> None:
    irene = signed_in(plain, "irene", "issuer_admin")
    assert irene.code("POST", "/staff/people", asked("marta", "officer")) == (403, "step_up_needed")
    assert irene.step_up().status_code == 200
    assert irene.code("POST", "/staff/people", asked("marta", "officer", issuer="permisos")) == (404, "not_found")
    for roles in (["keeper"], ["auditor"], ["holder"], []):
        assert irene.code("POST", "/staff/people", asked("marta", *roles))[0] == 422
    other = admin(plain, "paula", "permisos")
    (hers,) = irene.good("GET", "/staff/people")["items"]
    (theirs,) = other.good("GET", "/staff/people")["items"]
    assert (hers["person"], theirs["person"]) == ("irene", "paula")
    for method, part, body in (("PATCH", "", {"ended": True}), ("POST", "/resets", {})):
        assert irene.code(method, f"/staff/people/{theirs['id']}{part}", body) == (404, "not_found")
        assert irene.code(method, f"/staff/people/{hers['id']}{part}", body) == (403, "own_role")
    seen = signed_in(plain, "uma", "auditor", issuer=None).good("GET", "/staff/people")["items"]
    assert {each["person"] for each in seen} == {"irene", "paula", "uma"}


@pytest.mark.parametrize("roles", [("keeper", "issuer_admin"), ("holder",), ("public",), ()])
def test_some_roles_are_never_together_and_some_never_of_the_staff(plain: Place, roles: Any) -> None:
    with pytest.raises(PuenteError) as caught:
        invited(plain, "camilo", *roles)
    assert caught.value.code == "bad_request"


def test_a_reset_waits_a_day_for_who_approves_and_ends_when_she_comes_in(plain: Place) -> None:
    irene, marta = admin(plain), signed_in(plain, "marta", "approver")
    there = f"/staff/people/{line(irene, 'marta')['id']}/resets"
    made = irene.good("POST", there, {})
    assert marta.code("GET", "/staff/me") == (401, "not_signed_in")
    thief = Browser(plain)
    assert thief.code("POST", "/staff/enrolments", {"code": made["code"]}) == (422, "invitation_waiting")
    assert marta.sign_in().status_code == 200
    plain.clock.tick(86_400)
    assert thief.code("POST", "/staff/enrolments", {"code": made["code"]}) == (422, "invitation_refused")
    assert irene.sign_in().status_code == irene.step_up().status_code == 200
    made = irene.good("POST", there, {})
    plain.clock.tick(86_400)
    again = Browser(plain)
    assert again.enrol(made["code"], 2, seed="new")["complete"]
    admin(plain, "ines").good("POST", confirm(made["id"]))
    assert again.sign_in().status_code == 200
    assert marta.sign_in().json()["code"] == "passkey_refused"


def test_nobody_comes_in_at_once_as_another_whose_work_she_approves(plain: Place) -> None:
    irene, _ = admin(plain), signed_in(plain, "oscar", "officer")
    there = f"/staff/people/{line(irene, 'oscar')['id']}/resets"
    assert irene.good("POST", there, {})["opens"] == plain.clock.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    with plain.world.doors()[People]() as people:
        by = Principal(person="irene", roles=frozenset({"issuer_admin", "approver"}), issuer="formacion")
        made = people.reset(line(irene, "oscar")["id"], by=by)
    assert made.opens == plain.clock.at + timedelta(days=1)


def test_who_is_made_an_approver_enrols_as_one_before_she_comes_in_again(plain: Place) -> None:
    irene, olga = admin(plain), signed_in(plain, "olga", "officer")
    there = f"/staff/people/{line(irene, 'olga')['id']}"
    assert irene.good("PATCH", there, {"roles": ["approver"]})["passkeys"] == 1
    assert olga.sign_in().json()["code"] == "passkey_refused"
    made = irene.good("POST", f"{there}/resets", {})
    plain.clock.tick(86_400)
    again = Browser(plain)
    assert again.enrol(made["code"], 2, seed="again")["complete"]
    admin(plain, "ines").good("POST", confirm(made["id"]))
    assert again.sign_in().json()["roles"] == ["approver"]


def test_whom_one_hand_lets_in_another_confirms(plain: Place) -> None:
    """Else an administrator who approves makes up an officer, and is four eyes alone."""
    irene = admin(plain, "irene", "formacion", "approver")
    shadows = []
    for person, role, keys in (("sombra", "officer", 1), ("sombra dos", "issuer_admin", 2)):
        made = irene.good("POST", "/staff/people", asked(person, role))
        shadow = Browser(plain)
        assert shadow.good("POST", "/staff/enrolments", {"code": made["code"]})["needs"]["confirming"]
        assert shadow.enrol(made["code"], keys, seed=person)["complete"]
        assert shadow.sign_in().json()["code"] == "person_unconfirmed"
        assert irene.code("POST", confirm(made["id"])) == (403, "same_hand")
        shadows.append((shadow, made["id"]))
    assert irene.good("GET", "/staff/confirmations") == {"items": []}
    others = admin(plain, "paula", "permisos")
    assert others.good("GET", "/staff/confirmations") == {"items": []}
    assert others.code("POST", confirm(shadows[0][1])) == (404, "not_found")
    keeper = signed_in(plain, "camilo", "keeper", issuer=None)
    assert keeper.good("GET", "/staff/people")["items"] == [], "a keeper sees who waits, and nobody else"
    waiting = keeper.good("GET", "/staff/confirmations")["items"]
    assert [(each["person"], each["letInBy"]) for each in waiting] == [("sombra", "irene"), ("sombra dos", "irene")]
    assert keeper.code("POST", confirm(shadows[0][1])) == (403, "step_up_needed")
    assert keeper.step_up().status_code == 200
    for _ in range(2):  # again it changes nothing
        assert keeper.good("POST", confirm(shadows[0][1]))["state"] == "active"
    assert shadows[0][0].sign_in().status_code == 200
    assert shadows[1][0].sign_in().json()["code"] == "person_unconfirmed"
    assert [each["person"] for each in keeper.good("GET", "/staff/confirmations")["items"]] == ["sombra dos"]


def test_who_came_in_anew_is_confirmed_anew(plain: Place) -> None:
    irene, oscar, ines = admin(plain), signed_in(plain, "oscar", "officer"), admin(plain, "ines")
    id_ = line(irene, "oscar")["id"]
    made = irene.good("POST", f"/staff/people/{id_}/resets", {})
    assert oscar.sign_in().status_code == 200, "what she has works until she comes in by the other"
    made = irene.good("POST", f"/staff/people/{id_}/resets", {})
    assert ines.good("POST", confirm(id_))["state"] == "active", "she who is confirmed already waits for nothing"
    thief = Browser(plain)
    assert thief.enrol(made["code"], 1, seed="thief")["complete"]
    assert thief.sign_in().json()["code"] == "person_unconfirmed"
    assert irene.code("POST", confirm(id_)) == (403, "same_hand")
    fresh = irene.good("POST", "/staff/people", asked("marta", "officer"))
    assert ines.code("POST", confirm(fresh["id"])) == (409, "not_possible_now"), "nobody has enrolled by it"
    assert ines.good("POST", confirm(id_))["state"] == "active"
    assert thief.sign_in().status_code == 200


def test_the_operator_confirms_where_nobody_else_is(plain: Place) -> None:
    irene = admin(plain)
    made = irene.good("POST", "/staff/people", asked("marta", "officer"))
    marta = Browser(plain)
    assert marta.enrol(made["code"], 1)["complete"]
    with plain.world.doors()[People]() as people:
        people.confirm_named("Marta")
    assert marta.sign_in().status_code == 200
    with pytest.raises(PuenteError), plain.world.doors()[People]() as people:
        people.confirm_named("nobody")


def test_a_key_of_a_system_does_its_scopes_and_no_more_and_prepares_in_its_makers_name(place: Place) -> None:
    irene = admin(place, "irene", "formacion", "approver")
    ask = {"label": "Sistema académico", "scopes": ["batch:create", "batch:read"], "days": 30}
    first, second = (irene.good("POST", "/staff/keys", ask) for _ in range(2))
    place.private |= {first["key"], second["key"]}
    assert irene.code("POST", "/staff/keys", ask) == (409, "two_keys")
    assert irene.code("POST", "/staff/keys", {**ask, "scopes": ["batch_release:approve"]}) == (400, "bad_request")
    bearer = {"Authorization": f"Bearer {first['key']}"}
    raw = cohort(row())
    place.private |= {cell for each in raw.decode().splitlines()[1:] for cell in each.split(",")[3:6]}
    batch = place.good("POST", "/v1/issuer/batches", params=ASK, content=raw, headers=CSV | bearer)
    there = f"/v1/issuer/batches/{batch['id']}"
    assert place.code("POST", f"{there}/proposal", headers=bearer) == (403, "not_allowed")
    assert place.code("GET", "/v1/issuer/credentials/x", headers=bearer) == (403, "not_allowed")
    assert batch["preparedBy"] == "irene"
    place.good("POST", f"{there}/proposal", "oscar")
    released = irene.code("POST", f"{there}/release".removeprefix("/v1"), {"digest": batch["digest"]})
    assert released == (403, "same_hand")
    told = irene.good("GET", "/staff/keys")["items"]
    assert {each["id"] for each in told if each["label"]} == {first["id"], second["id"]}
    assert first["key"] not in str(told)
    (may,) = {(*each["roles"], *(each["scopes"] or ())) for each in told if each["label"]}
    assert may == ("officer", "batch:create", "batch:read")
    assert irene.ask("DELETE", f"/staff/keys/{first['id']}").status_code == 204
    assert irene.code("DELETE", f"/staff/keys/{first['id']}") == (404, "not_found")
    assert place.code("GET", there, headers=bearer) == (401, "not_signed_in")
    third = irene.good("POST", "/staff/keys", ask)
    assert admin(place, "paula", "permisos").code("DELETE", f"/staff/keys/{third['id']}") == (404, "not_found")
    # Whoever made it is ended: so are her keys.
    other = admin(place, "ines")
    assert other.good("PATCH", f"/staff/people/{line(other, 'irene')['id']}", {"ended": True})["state"] == "ended"
    for made in (second, third):
        place.private.add(made["key"])
        assert place.code("GET", there, headers={"Authorization": f"Bearer {made['key']}"}) == (401, "not_signed_in")


def test_a_key_ends_where_its_maker_may_not_make_it_any_more(plain: Place) -> None:
    irene, ines = admin(plain, "irene", "formacion", "approver"), admin(plain, "ines")
    ask = {"label": "Sistema", "scopes": ["credential:read", "pickup:create"], "days": 300}
    key = irene.good("POST", "/staff/keys", ask)["key"]
    name, bearer = plain.numbered(1), {"Authorization": f"Bearer {key}"}
    plain.private.add(key)
    there = f"/staff/people/{line(ines, 'irene')['id']}"
    ines.good("PATCH", there, {"roles": ["issuer_admin"]})
    assert plain.good("GET", f"/v1/issuer/credentials/{name}", headers=bearer)
    ines.good("PATCH", there, {"roles": ["officer"], "centre": "D102"})
    assert plain.code("GET", f"/v1/issuer/credentials/{name}", headers=bearer) == (401, "not_signed_in")
    assert plain.code("POST", f"/v1/issuer/credentials/{name}/offers", headers=bearer) == (401, "not_signed_in")
    with Session(plain.world.engine) as session:
        acts = [each.act for each in session.exec(select(AuditRow).order_by(AuditRow.n))]  # type: ignore[arg-type]  # a column
    assert acts.count("end_key") == 1


@pytest.mark.parametrize(
    ("changed", "lives"),
    [
        ({"centre": "D101"}, True),
        ({"centre": "D102"}, False),
        ({"roles": ["approver"]}, False),
        ({"centre": None}, True),
    ],
)
def test_a_key_made_at_the_machine_is_no_wider_than_its_person(
    plain: Place, changed: dict[str, object], lives: bool
) -> None:
    ines = admin(plain, "ines")
    signed_in(plain, "olga", "officer", centre="D101")
    there = f"/staff/people/{line(ines, 'olga')['id']}"
    assert plain.good("GET", "/v1/issuer/batches", "olga")["items"] == []  # her key is made: an officer's at D101
    ines.good("PATCH", there, changed)
    assert (plain.ask("GET", "/v1/issuer/batches", "olga").status_code == 200) == lives


def test_every_act_of_it_stands_in_the_audit_chain(plain: Place) -> None:
    irene = admin(plain)
    made = irene.good("POST", "/staff/people", asked("marta", "officer"))
    irene.good("PATCH", f"/staff/people/{made['id']}", {"ended": True})
    irene.good("DELETE", "/staff/session")
    with Session(plain.world.engine) as session:
        lines = [(each.actor, each.act) for each in session.exec(select(AuditRow).order_by(AuditRow.n))]  # type: ignore[arg-type]  # a column
        audit.recompute(session)
    assert lines[-7:] == [
        ("operator", "invite"), ("irene", "enrol"), ("irene", "sign_in"), ("irene", "step_up"), ("irene", "invite"),
        ("irene", "end_person"), ("irene", "sign_out"),
    ]  # fmt: skip
