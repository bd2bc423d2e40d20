"""`registry/routes.py`: closed by default, each role within the table, changes over HTTP once and by two people."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.auth import make_gate
from app.db import transaction
from app.problems import install_problems
from kit.api_keys import KeyRequest, make_key
from kit.site import Site
from registry.routes import router
from registry.service import Registry
from schemas.access import Role
from tests.registry.world import KID, REGISTER, Place
from tests.signing_in import signed_in

CHANGE = json.loads(REGISTER.model_dump_json(by_alias=True))
PEOPLE: Mapping[str, tuple[Role, str | None]] = {
    "karen": ("keeper", None),
    "kofi": ("keeper", None),
    "ivan": ("issuer_admin", "formacion"),
    "uma": ("auditor", None),
    "oscar": ("officer", "formacion"),
}


class Face:
    """The registry over HTTP, and a key for each person."""

    def __init__(self, engine: Engine) -> None:
        self.place = Place(engine)
        app = FastAPI()
        app.include_router(router, prefix="/v1")
        app.state.gate = make_gate(engine, self.place.clock, Site(origin=None, local=True))
        app.state.doors = {Registry: self.place.registry}
        install_problems(app)
        self.client = TestClient(app)
        self.keys = {person: self._key(person, *told) for person, told in PEOPLE.items()}
        self.asked = 0

    def _key(self, person: str, role: Role, issuer: str | None) -> str:
        wanted = KeyRequest(person=person, roles=frozenset({role}), issuer=issuer, centre=None, life=timedelta(days=30))
        with transaction(self.place.engine) as session:
            return make_key(session, wanted, env="test", now=self.place.clock.now(), random=self.place.random)

    def _entry(self, who: str) -> dict[str, str]:
        """A keeper signs in, since no key approves; the others have keys."""
        role, issuer = PEOPLE[who]
        if role != "keeper":
            return {"Authorization": f"Bearer {self.keys[who]}"}
        return signed_in(self.place.engine, self.place.clock.now(), who, [role], issuer=issuer, centre=None)

    def ask(self, verb: str, path: str, who: str | None, body: Any = None, repeat: str | None = None) -> Any:
        """Status and JSON of one request."""
        self.asked += 1
        headers = {} if who is None else self._entry(who)
        if verb == "POST":
            headers["Idempotency-Key"] = repeat or f"request-{self.asked}"
        answer = self.client.request(verb, f"/v1/registry{path}", json=body, headers=headers)
        return answer.status_code, answer.json(), answer.headers


@pytest.fixture
def face(database: Engine) -> Face:
    return Face(database)


def test_a_change_goes_from_one_keeper_to_another(face: Face) -> None:
    code, made, headers = face.ask("POST", "/changes", "karen", CHANGE)
    assert (code, made["stage"], headers["location"]) == (201, "proposed", f"/v1/registry/changes/{made['id']}")
    assert face.ask("POST", f"/changes/{made['id']}/approvals", "karen")[:1] == (403,)
    for who, agreed in (("karen", True), ("kofi", False), ("uma", False)):
        (waits,) = face.ask("GET", "/changes", who)[1]["items"]
        told = (waits["change"]["kind"], waits["proposedBy"], waits["approvals"], waits["needed"], waits["agreed"])
        assert told == ("register_issuer", "karen", 1, 2, agreed)
    assert face.ask("GET", "/changes", "ivan")[:1] == (403,)
    code, done, _ = face.ask("POST", f"/changes/{made['id']}/approvals", "kofi")
    assert (code, done["stage"], done["event"]) == (200, "done", 1)
    assert face.ask("GET", "/changes", "kofi")[1] == {"items": [], "next": None}
    assert face.ask("GET", f"/changes/{made['id']}", "uma")[1]["change"]["nameEs"] == REGISTER.name_es
    assert face.ask("GET", "/issuers", "uma")[1]["items"][0]["id"] == "formacion"
    events = face.ask("GET", "/events?limit=1", "uma")[1]
    assert (events["items"][0]["kind"], events["next"]) == ("register_issuer", 1)
    assert face.ask("GET", "/events?after=1", "uma")[1] == {"items": [], "next": None}


def test_the_same_request_twice_acts_once(face: Face) -> None:
    first = face.ask("POST", "/changes", "karen", CHANGE, "same-key")
    assert face.ask("POST", "/changes", "karen", CHANGE, "same-key")[:2] == first[:2]
    assert face.ask("POST", "/changes", "karen", CHANGE | {"tier": "T2"}, "same-key")[0] == 409


def test_the_button(face: Face) -> None:
    face.place.settle()
    code, key, _ = face.ask("POST", "/suspensions", "ivan", {"key": KID})
    assert (code, key["paused"], key["state"]) == (200, True, "active")


@pytest.mark.parametrize(
    ("verb", "path", "body", "allowed"),
    [
        ("GET", "/issuers", None, {"karen", "uma"}),
        ("GET", "/events", None, {"karen", "uma"}),
        ("GET", "/changes/none", None, {"karen", "uma"}),
        ("POST", "/changes", CHANGE, {"karen", "ivan"}),
        ("POST", "/changes/none/approvals", None, {"karen"}),
        ("POST", "/suspensions", {"key": "did:web:x.example#k1"}, {"karen", "ivan"}),
    ],
)
def test_each_role_within_the_table(face: Face, verb: str, path: str, body: Any, allowed: set[str]) -> None:
    assert face.ask(verb, path, None, body)[0] == 401
    for who in ("karen", "ivan", "uma", "oscar"):
        code, said, _ = face.ask(verb, path, who, body)
        kept_out = code == 403 and said["code"] == "not_allowed" and said["technical"].startswith("no role")
        assert kept_out == (who not in allowed), (who, code)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"kind": "other"},
        CHANGE | {"did": "did:key:z6Mk"},
        CHANGE | {"id": "../x"},
        CHANGE | {"tier": "T9"},
        CHANGE | {"more": 1},
        {"kind": "set_key_state", "id": KID, "state": "fine"},
    ],
)
def test_a_change_that_is_none_is_refused(face: Face, change: Any) -> None:
    code, said, headers = face.ask("POST", "/changes", "karen", change)
    assert code in (400, 422)
    assert headers["content-type"] == "application/problem+json"
    assert "fine" not in json.dumps(cast(Any, said))
