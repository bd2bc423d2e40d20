"""Promise: what somebody may is what the table says. Every endpoint x role x {own, other centre, other issuer, none}.

A row of a centre is named in every path that takes one, with a body that fits. Who may, and whose it is, finds it;
who may, and whose it is not, is told that there is none; who may not is told so, whatever stands there.
No key approves: who does shows her passkey.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, get_args

import pytest

from app.db import transaction
from issuer.webhooks.service import Webhooks
from kernel.access import Policy, Principal, allow
from kernel.errors import Forbidden
from kit.api_keys import KeyRequest, make_key
from schemas.access import STAFF, Role, Scope
from schemas.staff import KeyAsk
from schemas.webhooks import WebhookAsk
from staff.keys import Keys
from tests.journeys.test_closed_by_default import TOKENS, routes, settle
from tests.journeys.world import EVIDENCE, Place
from tests.signing_in import signed_in
from tests.staff.coming import invited

RELATIONS: Final = {
    "own": ("formacion", "D101"), "other centre": ("formacion", "D102"), "other issuer": ("permisos", "D101"),
    "none": (None, None),
}  # fmt: skip
"""Whose the caller is; the rows are those of the first."""
LONG: Final = bool(os.environ.get("PUENTE_LONG"))
"""Else, who is granted nothing, or what all are, is asked as the own one alone: whose somebody is plays no part."""
CENTRES: Final = "/v1/issuer/"
"""Here a row is its centre's: who has a centre sees that one alone, whatever her role. Below HOUSES it is the
issuer's. Elsewhere no row belongs to either: those of a vault, a session or a question have tests of their own."""
HOUSES: Final = ("/v1/staff/people", "/v1/staff/keys", "/v1/issuer/webhooks")


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A place with a row of each kind."""

    place: Place
    names: dict[str, str]
    entries: dict[tuple[str, str, str], dict[str, str]]
    """By role, relation, and what is shown: a key or a passkey."""
    document: dict[str, Any]

    def ask(self, method: str, path: str, role: str, relation: str, shown: str = "key") -> tuple[int, str]:
        """Status and code of one request."""
        there = path
        for part, name in self.names.items():
            there = there.replace(f"{{{part}}}", name)
        room = next((room for room in HOUSES if path.startswith(room)), "")
        there = (
            there.replace("{id}", self.names.get(f"{room} {relation}", "unknown"))
            .replace("{number}", "1")
            .replace("{part}", "1")
        )
        for part, size in (("{item}", 22), ("{hash}", 43), ("{device}", 22)):
            there = there.replace(part, "A" * size)
        assert "{" not in there, f"a row for the walk is missing: {path}"
        once = {"Idempotency-Key": f"walk-{len(self.place.urls):06}"}
        body = self._body(method, path)
        headers = TOKENS | once | self.entries[role, relation, shown] | body.pop("headers", {})
        answer = self.place.client.request(method, there, headers=headers, **body)
        self.place.urls.append(there)
        return answer.status_code, answer.json().get("code", "") if answer.status_code >= 400 else ""

    def _body(self, method: str, path: str) -> dict[str, Any]:
        """The document's own example of what is sent there."""
        content = self.document["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return {"content": b"x", "headers": {"Content-Type": next(iter(content))}} if content else {}
        shape = content["application/json"]["schema"].get("$ref", "").rpartition("/")[2]
        found = self.document["components"]["schemas"].get(shape, {})
        example = found.get("example", (found.get("examples") or [None])[0])
        return {} if example is None else {"json": BODIES.get(shape, example)}


BODIES: Final[dict[str, Any]] = {
    "ActRequest": {"act": "revoke", "reason": "fraud", "evidence": EVIDENCE},
    "PersonChange": {"centre": "D101"},
}


@pytest.fixture
def walk(plain: Place) -> Walk:
    names = settle(plain)
    invited_person = invited(plain, "somebody", "officer").id
    by = Principal(person="irene", roles=frozenset({"issuer_admin"}), issuer="formacion")
    with plain.world.doors()[Keys]() as keys:
        made = {
            f"{HOUSES[1]} {relation}": keys.make(KeyAsk(label=relation, scopes=["batch:read"]), by=by).id
            for relation in RELATIONS
        }
    with plain.world.doors()[Webhooks]() as webhooks:
        for n, relation in enumerate(RELATIONS):
            listening = WebhookAsk(url=f"https://sistema.example/{n}")
            made[f"{HOUSES[2]} {relation}"] = webhooks.add(listening, by=by).id
    entries = {}
    with transaction(plain.world.engine) as session:
        for role in get_args(Role):
            for relation, (issuer, centre) in RELATIONS.items():
                ask = KeyRequest(
                    person=f"walk {role} {relation}", roles=frozenset({role}), issuer=issuer, centre=centre,
                    life=timedelta(days=9),
                )  # fmt: skip
                text = make_key(session, ask, env="demo", now=plain.clock.now(), random=plain.random)
                entries[role, relation, "key"] = {"Authorization": f"Bearer {text}"}
    for role in STAFF:
        for relation, (issuer, centre) in RELATIONS.items():
            entries[role, relation, "passkey"] = signed_in(
                plain.world.engine, plain.clock.now(), f"walks {role} {relation}", [role], issuer=issuer, centre=centre
            )
    houses = made | {f"{HOUSES[0]} {relation}": invited_person for relation in RELATIONS}
    fixed = {"vault": "unknown", "name": "unknown", "issuer": "formacion", "pickup": "unknown"}
    return Walk(place=plain, names=fixed | names | houses, entries=entries, document=plain.app.openapi())


def scope(role: Role, policy: Policy) -> Scope | None:
    """What the table grants; None for nothing."""
    try:
        return allow(Principal(person="x", roles=frozenset({role, "public"})), policy)
    except Forbidden:
        return None


def is_seen(path: str, policy: Policy, granted: Scope | None, relation: str) -> bool | None:
    """Whether the row in a path is the caller's; None where no row belongs to a centre or an issuer.

    Where all may go, what is asked is public or proven by a secret.
    """
    if "{" not in path or scope("public", policy):
        return None
    if path.startswith(HOUSES):
        return granted == "any" or relation in {"own", "other centre"}
    return relation == "own" if path.startswith(CENTRES) else None


def fault(told: tuple[int, str], granted: Scope | None, seen: bool | None, relation: str) -> bool:
    """Whether an answer is another than the table's."""
    is_refused = told == (403, "not_allowed")
    if told[0] in (401, 500) or granted is None:
        return granted is not None or not is_refused
    if seen is None:
        return is_refused and relation != "none"
    if not seen:
        # Somebody of no issuer at all is told that she has none.
        return told[0] != 404 and not (relation == "none" and is_refused)
    return is_refused or told[0] == 404


def test_every_endpoint_by_every_role_and_relation(walk: Walk) -> None:
    """Those whose row it is come last: what they do to it, the others must not have seen."""
    wrong, walked = [], set()
    for relation in reversed(RELATIONS):
        for (method, path), policy in routes(walk.place).items():
            for role in get_args(Role):
                granted = scope(role, policy)
                if (granted is None or scope("public", policy)) and relation != "own" and not LONG:
                    continue
                told = walk.ask(method, path, role, relation)
                if policy.verb == "approve" and granted is not None:
                    if told != (403, "person_needed"):
                        wrong.append((method, path, role, relation, told))
                    told = walk.ask(method, path, role, relation, "passkey")
                walked.add((method, path, role))
                if fault(told, granted, is_seen(path, policy, granted, relation), relation):
                    wrong.append((method, path, role, relation, told))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(walked) == len(routes(walk.place)) * len(get_args(Role))
