"""Promise: closed by default. Every route of the OpenAPI document x every role answers as the table of access says."""

from typing import Any, Final, get_args

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from app.main import policies
from kernel.access import PUBLIC, Policy, allow
from kernel.errors import Forbidden
from schemas.access import TABLE, Role
from tests.journeys.objecting import disputed, proposed, reissued
from tests.journeys.papers import cohort, holder, row
from tests.journeys.world import EVIDENCE, Place

ROLES: Final = get_args(Role)
OPEN: Final = {
    ("bundle", "read"), ("health", "read"), ("verify", "execute"), ("pickup", "execute"),
    ("dispute", "create"), ("dispute", "execute"),
    ("sign_in", "execute"),
    ("sync", "read"), ("sync", "change"), ("sync", "execute"), ("device", "read"), ("device", "execute"),
}  # fmt: skip
"""All that a stranger may do (TRUST section 10). Of sync no more than to come in: the rest needs a vault's session."""


TOKENS: Final = {
    "X-Puente": "1",
    "Sec-Fetch-Site": "same-origin",
    "Puente-Wallet": "x",
    "Puente-Sync": "A" * 43,
    "If-Match": '"0"',
}


def routes(place: Place) -> dict[tuple[str, str], Policy]:
    """(method, path) of every route of the OpenAPI document, with its policy."""
    found = {
        (method, str(route.path_format)): policies(route.dependant)[0]
        for route in iter_route_contexts(place.app.routes)
        if isinstance(route.original_route, APIRoute) and route.include_in_schema
        for method in route.methods or ()
    }
    told = {(verb.upper(), path) for path, verbs in place.app.openapi()["paths"].items() for verb in verbs}
    assert set(found) == told
    return found


def ask(place: Place, method: str, path: str, who: str | None, **names: str) -> tuple[int, str]:
    """Status and code, with names that nobody knows where none are given."""
    for part in (
        "credential",
        "batch",
        "act",
        "pickup",
        "vault",
        "name",
        "id",
        "issuer",
        "dispute",
        "decision",
        "reissue",
        "person",
        "bulk",
        "slips",
        "amendment",
    ):
        path = path.replace(f"{{{part}}}", names.get(part, "unknown"))
    path = (
        path.replace("{part}", "1")
        .replace("{item}", "A" * 22)
        .replace("{hash}", "A" * 43)
        .replace("{device}", "A" * 22)
    )
    is_file = path.endswith(("/batches", "/norms", "/forms", "/corrections"))
    headers = TOKENS | {"Content-Type": "text/csv"} if is_file else TOKENS
    headers = headers | {"Idempotency-Key": "an-offer-of-hers"} if path.endswith("/offers") else headers
    answer = place.ask(method, path.replace("{number}", "1"), who, headers=headers)
    return answer.status_code, answer.json().get("code", "") if answer.status_code >= 400 else ""


def test_a_stranger_is_asked_for_a_key_everywhere_but_where_all_may_go(plain: Place) -> None:
    for (method, path), policy in routes(plain).items():
        told = ask(plain, method, path, None)
        is_open = (policy.resource, policy.verb) in OPEN
        assert (told == (401, "not_signed_in")) != is_open, (method, path, told)
        assert is_open == ("public" in PUBLIC.roles and _public(policy)), (method, path)
        headers = {"Authorization": "Bearer pte_demo_AAAAAAAA_x_000000", "Content-Type": "text/csv"}
        spoiled = plain.ask(method, path, headers=headers)
        assert (spoiled.status_code, spoiled.headers["www-authenticate"]) == (401, "Bearer"), (method, path)


def _public(policy: Policy) -> bool:
    try:
        allow(PUBLIC, policy)
    except Forbidden:
        return False
    return True


def test_the_tables_resources_that_are_served_are_all_walked(plain: Place) -> None:
    served = {policy.resource for policy in routes(plain).values()}
    assert set(TABLE) - served == {"api", "erasure"}  # at the machine alone


STAFF_PATHS: Final = (
    ("GET", "/v1/issuer/credentials/{credential}", "officer"),
    ("GET", "/v1/issuer/credentials/{credential}/text", "officer"),
    ("GET", "/v1/issuer/credentials/{credential}/qr.png", "officer"),
    ("GET", "/v1/issuer/credentials/{credential}/qr.svg", "officer"),
    ("GET", "/v1/issuer/batches/{batch}", "officer"),
    ("GET", "/v1/issuer/batches/{batch}/findings", "officer"),
    ("GET", "/v1/issuer/batches/{batch}/corrections", "officer"),
    ("GET", "/v1/issuer/batches/{batch}/wrong-rows", "officer"),
    ("DELETE", "/v1/issuer/batches/{batch}", "officer"),
    ("GET", "/v1/issuer/batches/{batch}/credentials", "officer"),
    ("POST", "/v1/issuer/batches/{batch}/proposal", "officer"),
    ("POST", "/v1/issuer/batches/{batch}/refusal", "approver"),
    ("POST", "/v1/issuer/batches/{batch}/pause", "approver"),
    ("POST", "/v1/issuer/batches/{batch}/resume", "approver"),
    ("POST", "/v1/issuer/acts/{act}/approval", "approver"),
    ("POST", "/v1/issuer/acts/{act}/refusal", "approver"),
    ("POST", "/v1/issuer/acts/{act}/notice", "officer"),
    ("POST", "/v1/issuer/acts/{act}/withdrawal", "approver"),
    ("POST", "/v1/issuer/bulk-acts/{bulk}/notices/{part}", "officer"),
    ("POST", "/v1/issuer/bulk-acts/{bulk}/withdrawal", "approver"),
    ("POST", "/v1/issuer/bulk-acts/{bulk}/stop", "approver"),
    ("GET", "/v1/issuer/bulk-acts/{bulk}", "officer"),
    ("POST", "/v1/issuer/bulk-acts/{bulk}/cards/{part}", "officer"),
    ("GET", "/v1/issuer/bulk-acts/{bulk}/members", "officer"),
    ("GET", "/v1/issuer/bulk-acts/{bulk}/sample", "officer"),
    ("POST", "/v1/issuer/bulk-acts/{bulk}/refusal", "approver"),
    ("GET", "/v1/issuer/amendments/{amendment}", "officer"),
    ("POST", "/v1/issuer/amendments/{amendment}/approval", "approver"),
    ("POST", "/v1/issuer/amendments/{amendment}/refusal", "approver"),
    ("GET", "/v1/issuer/slips/{slips}", "officer"),
    ("POST", "/v1/issuer/slips/{slips}/claims/{part}", "officer"),
    ("POST", "/v1/issuer/slips/{slips}/messages/{part}", "officer"),
    ("POST", "/v1/issuer/batches/{batch}/cards/{part}", "officer"),
    ("POST", "/v1/issuer/credentials/{credential}/card", "officer"),
    ("POST", "/v1/issuer/credentials/{credential}/offers", "officer"),
    ("POST", "/v1/issuer/people/{person}", "officer"),
    ("GET", "/v1/issuer/disputes/{dispute}", "officer"),
    ("POST", "/v1/issuer/decisions/{decision}/approval", "approver"),
    ("POST", "/v1/issuer/decisions/{decision}/refusal", "approver"),
    ("GET", "/v1/issuer/reissues/{reissue}", "officer"),
    ("POST", "/v1/issuer/reissues/{reissue}/offers", "officer"),
    ("POST", "/v1/issuer/reissues/{reissue}/approval", "approver"),
    ("POST", "/v1/issuer/reissues/{reissue}/refusal", "approver"),
)


def settle(place: Place) -> dict[str, Any]:
    """A batch, a credential, acts on one and on many, a reissue, a dispute and a decision of one centre."""
    batch = place.check(cohort(row()), "olga")
    place.release(batch, "olga", "marta")
    (name,) = place.names(batch, "olga")
    many: dict[str, Any] = {
        "act": "suspend", "reason": "fraud", "chosen": {"way": "batch", "batch": batch["id"]}
    }  # fmt: skip
    tried = place.good("POST", "/v1/issuer/bulk-acts/checks", "olga", json=many)
    asked: dict[str, Any] = {
        "json": {**many, "digest": tried["digest"]},
        "headers": {"Idempotency-Key": "an-act-on-many"},
    }
    bulk = place.good("POST", "/v1/issuer/bulk-acts", "olga", **asked)
    amended: dict[str, Any] = {
        "json": {"correction": {"names": "Yuleysi"}}, "headers": {"Idempotency-Key": "a-name-of-hers"}
    }  # fmt: skip
    amendment = place.good("POST", f"/v1/issuer/credentials/{name}/amendments", "olga", **amended)
    asked = {"json": {"credential": name}, "headers": {"Idempotency-Key": "slips-of-hers"}}
    slips = place.good("POST", "/v1/issuer/slips", "olga", **asked)
    copies = place.picked_up(place.offer(name, "olga"), holder())
    reissue = reissued(place, name, "olga")["id"]
    asked = {"json": {"act": "suspend", "reason": "fraud"}, "headers": {"Idempotency-Key": "an-act-of-hers"}}
    act = place.good("POST", f"/v1/issuer/credentials/{name}/acts", "olga", **asked)  # last: nothing replaces it now
    disputed(place, copies[0]["credential"], holder(), text="Está mal")
    (dispute,) = place.good("GET", "/v1/issuer/disputes", "olga")["items"]
    decision = proposed(place, dispute["id"], "reject", "olga")["id"]
    (person,) = place.good("POST", "/v1/issuer/searches", "olga", json={"text": name})["people"]
    names = {
        "bulk": bulk["id"],
        "slips": slips["id"],
        "amendment": amendment["id"],
        "dispute": dispute["id"],
        "decision": decision,
        "reissue": reissue,
        "person": person["id"],
    }
    return {"batch": batch["id"], "credential": name, "act": act["id"], **names}


@pytest.fixture
def theirs(place: Place) -> dict[str, Any]:
    return settle(place)


def test_anothers_row_is_not_found_and_never_forbidden(place: Place, theirs: dict[str, Any]) -> None:
    other = {"officer": ("lucia", "otto"), "approver": ("pablo",)}
    for method, path, role in STAFF_PATHS:
        for who in other[role]:
            assert ask(place, method, path, who, **theirs) == (404, "not_found"), (method, path, who)
        release = {"json": {"digest": "0" * 64}}
    assert place.code("POST", f"/v1/issuer/batches/{theirs['batch']}/release", "pablo", **release)[0] == 404
    act = {
        "json": {"act": "revoke", "reason": "fraud", "evidence": EVIDENCE},
        "headers": {"Idempotency-Key": "not-their-row"},
    }
    for who in ("lucia", "otto"):
        path = f"/v1/issuer/credentials/{theirs['credential']}/acts"
        assert place.code("POST", path, who, **act) == (404, "not_found")
        for told in (f"acts/{theirs['act']}", f"bulk-acts/{theirs['bulk']}"):
            assert place.code("POST", f"/v1/issuer/{told}/telling", who, json={"way": "post"}) == (404, "not_found")
        decision = {"json": {"decision": "reject", "sentence": "No."}, "headers": {"Idempotency-Key": "not-theirs"}}
        path = f"/v1/issuer/disputes/{theirs['dispute']}/decisions"
        assert place.code("POST", path, who, **decision) == (404, "not_found")
        seen = {"json": {"seen": ["document", "witness"]}, "headers": {"Idempotency-Key": "not-theirs-either"}}
        path = f"/v1/issuer/credentials/{theirs['credential']}/reissues"
        assert place.code("POST", path, who, **seen) == (404, "not_found")
        for path in ("/v1/issuer/batches", "/v1/issuer/acts", "/v1/issuer/disputes", "/v1/issuer/reissues"):
            assert place.good("GET", path, who)["items"] == []
        assert place.good("POST", "/v1/issuer/searches", who, json={"text": theirs["credential"]})["people"] == []
        named = {"json": {"credentials": [theirs["credential"]]}}
        assert place.good("POST", "/v1/issuer/people", who, **named)["people"] == []
    for who in ("olga", "oscar"):
        assert place.good("GET", f"/v1/issuer/credentials/{theirs['credential']}", who)["type"][1] == "CompetencePass"
        assert len(place.good("GET", "/v1/issuer/batches", who)["items"]) == 1


def test_a_holders_wallet_is_not_found_by_another(place: Place) -> None:
    begun = place.good("POST", "/v1/wallet/vaults", "ana", json={"passphrase": "canela y panela en la mesa"})
    token = {"Puente-Wallet": begun["token"]}
    for method, path in routes(place):
        if "{vault}" in path and method in {"GET", "DELETE"}:
            there = path.replace("{vault}", begun["vault"]).replace("{name}", "x")
            assert place.code(method, there, "beto", headers=token) == (404, "not_found")
            assert place.code(method, there, "ana", headers={"Puente-Wallet": "x"}) == (404, "not_found")
    assert place.good("GET", "/v1/wallet/vaults", "beto") == {"vaults": []}


def test_a_vault_needs_its_own_session_for_everything_but_coming_in(plain: Place) -> None:
    walked = 0
    sheet = {"locator": "A" * 43, "wrap": "AAAA"}
    for (method, path), policy in routes(plain).items():
        if policy.resource == "device" or (policy.resource == "sync" and policy.verb != "execute"):
            there = path.replace("{item}", "A" * 22).replace("{hash}", "A" * 43).replace("{device}", "A" * 22)
            how: dict[str, Any] = {"params": {"now": "true"}} if path.endswith("/vault") else {}
            how |= {"json": sheet} if path.endswith("/recovery") else {}
            assert plain.code(method, there, headers=TOKENS, **how) == (404, "session_ended"), path
            without = {name: value for name, value in TOKENS.items() if name != "Puente-Sync"}
            assert plain.code(method, there, headers=without, **how) == (422, "bad_request"), path
            walked += 1
    assert walked == 10


def test_an_issuers_admin_presses_the_button_for_her_own_keys_alone(place: Place) -> None:
    def press(who: str, issuer: str) -> tuple[int, str]:
        headers = {"Idempotency-Key": f"press-{who}-{issuer}"}
        asked = {"key": f"did:web:{issuer}.demo.puente.example#k1"}
        answer = place.ask("POST", "/v1/registry/suspensions", who, json=asked, headers=headers)
        return answer.status_code, answer.json().get("code", "")

    def paused(who: str) -> dict[str, bool]:
        return {key["issuer"]: key["paused"] for key in place.good("GET", "/v1/registry/keys", who)["items"]}

    assert paused("irene") == {"formacion": False}
    assert press("irene", "permisos") == (404, "not_found")
    assert press("irene", "formacion") == (200, "")
    assert press("camilo", "permisos") == (200, "")
    assert paused("irene") == {"formacion": True}
    everybodys = paused("camilo")
    assert len(everybodys) > 2
    assert {issuer for issuer, is_paused in everybodys.items() if is_paused} == {"formacion", "permisos"}
    assert place.code("GET", "/v1/registry/keys", "olga") == (403, "not_allowed")
