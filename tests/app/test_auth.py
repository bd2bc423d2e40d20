"""API keys: shown once, stored as a hash, ended and expired ones refused, and nothing told about why."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.auth import make_gate
from app.db import open_engine, transaction
from app.problems import install_problems
from kernel.access import Principal
from kernel.errors import Invalid
from kit.api_keys import ApiKey, KeyRequest, make_key
from kit.caller import caller
from kit.site import Site
from tests.fakes import FixedClock, SeededRandom

WHO = KeyRequest(
    person="oscar", roles=frozenset({"officer"}), issuer="formacion", centre="D101", life=timedelta(days=30)
)


class Place:
    """An app with one closed route, its clock and its database."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(f"sqlite:///{folder / 'auth.db'}")
        ApiKey.metadata.tables["kit_api_key"].create(self.engine)
        self.clock = FixedClock()
        app = FastAPI()
        app.state.gate = make_gate(self.engine, self.clock, Site(origin=None, local=True))
        install_problems(app)

        @app.get("/batches")
        def batches(by: Annotated[Principal, caller("batch", "read")]) -> str:
            return f"{by.person} {by.centre}"

        @app.get("/registry")
        def registry(by: Annotated[Principal, caller("registry", "approve")]) -> str:
            return by.person

        self.client = TestClient(app)

    def key(self, person: str = WHO.person, *, seed: str = "one") -> str:
        with transaction(self.engine) as session:
            ask = replace(WHO, person=person)
            return make_key(session, ask, env="test", now=self.clock.now(), random=SeededRandom(seed))

    def ask(self, path: str, key: str | None) -> tuple[int, str]:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        answer = self.client.get(path, headers=headers)
        return answer.status_code, answer.json() if answer.status_code == 200 else answer.json()["code"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_key_opens_what_its_roles_allow_and_nothing_else(place: Place) -> None:
    key = place.key()
    assert place.ask("/batches", key) == (200, "oscar D101")
    assert place.ask("/registry", key) == (403, "not_allowed")
    assert place.ask("/batches", None) == (401, "not_signed_in")


def test_only_a_hash_is_stored(place: Place) -> None:
    key = place.key()
    secret = key.split("_", 3)[3].rsplit("_", 1)[0]
    with Session(place.engine) as session:
        row = session.exec(select(ApiKey)).one()
    assert secret.encode() not in row.secret_hash
    assert secret not in row.model_dump_json(exclude={"secret_hash"})


@pytest.mark.parametrize(
    "spoil", [lambda k: k[:-1] + "x", lambda k: k.replace("test", "live"), lambda _: "pte", lambda k: k * 9]
)
def test_a_spoiled_key_is_nobody(place: Place, spoil) -> None:  # type: ignore[no-untyped-def]
    assert place.ask("/batches", spoil(place.key())) == (401, "not_signed_in")


def test_an_expired_or_ended_key_is_nobody(place: Place) -> None:
    key = place.key()
    place.clock.tick(31 * 86_400)
    assert place.ask("/batches", key) == (401, "not_signed_in")
    place.clock.tick(-31 * 86_400)
    with transaction(place.engine) as session:
        row = session.exec(select(ApiKey)).one()
        row.ended = place.clock.now()
        session.add(row)
    assert place.ask("/batches", key) == (401, "not_signed_in")


@pytest.mark.parametrize("spelt", ["OSCAR ", "\tOscar", "ｏｓｃａｒ", "oSCAR\u00a0"])
def test_another_spelling_is_no_other_person(place: Place, spelt: str) -> None:
    """Or one human would hold two keys, propose with the one and approve with the other."""
    assert (
        place.ask("/batches", place.key()) == place.ask("/batches", place.key(spelt, seed="two")) == (200, "oscar D101")
    )


@pytest.mark.parametrize(("one", "other"), [("José", "JOSE\u0301"), ("Ana  Ruiz", " ana ruiz"), ("Weiß", "WEISS")])
def test_accents_blanks_and_case_make_no_second_person(place: Place, one: str, other: str) -> None:
    assert place.ask("/batches", place.key(one)) == place.ask("/batches", place.key(other, seed="two"))


@pytest.mark.parametrize("name", ["", "  ", "oscar\u200b", "os\u00adcar", "x" * 65])
def test_a_name_that_is_none_or_hides_signs_gets_no_key(place: Place, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        place.key(name)
    assert refused.value.code == "bad_request"
