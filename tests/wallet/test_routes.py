"""wallet/routes.py: a holder's key and a token for every wallet, no secret in a URL, refusals with their codes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.problems import install_problems
from kernel.access import Policy, Principal, allow
from tests import makers, worlds
from tests.wallet.test_pickup import ASK, BASE, OPENED, row
from tests.wallet.test_service import OTHER, House
from tests.wallet.world import HIRING, PHRASE, competence, permit
from wallet.errand import Errand
from wallet.routes import router
from wallet.service import Wallet

VAULTS = "/v1/wallet/vaults"


@pytest.fixture
def house(database: Engine) -> House:
    return House(engine=database)


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """The wallet's routes alone; the person comes in as a header, in the product as an API key."""

    def gate(request: Request, policy: Policy) -> Principal:
        person = Principal(person=request.headers.get("x-person", "ana"), roles=frozenset({"holder", "public"}))
        allow(person, policy)
        return person

    @contextmanager
    def door() -> Iterator[Wallet]:
        with house.door() as opened:
            yield opened

    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.state.doors = {Wallet: door, Errand: lambda: nullcontext(house.errand)}
    app.state.gate = gate
    install_problems(app)
    with TestClient(app) as client:
        yield client


def begin(client: TestClient) -> tuple[str, dict[str, str], dict[str, Any]]:
    """A new wallet: its URL, the header that opens it, and the whole answer."""
    answer = client.post(VAULTS, json={"passphrase": PHRASE})
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    return f"{VAULTS}/{body['vault']}", {"Puente-Wallet": body["token"]}, body


def add(client: TestClient, url: str, token: dict[str, str], document: Any) -> Any:
    answer = client.post(
        f"{url}/passes", content=json.dumps(document), headers={**token, "Content-Type": "application/vc"}
    )
    assert answer.status_code == 200
    return answer.json()["arrivals"]


def test_a_wallet_is_made_and_its_sheet_shown_once(client: TestClient) -> None:
    url, token, body = begin(client)
    assert len(body["sheet"].split("-")) == 7
    assert body["did"].startswith("did:key:z6Mk")
    assert client.get(VAULTS).json() == {"vaults": [body["vault"]]}
    assert "sheet" not in client.post(f"{url}/sessions", json={"passphrase": PHRASE}).json()
    assert client.get(f"{url}/passes", headers=token).json() == {"passes": []}


def test_a_text_and_a_file_are_received_and_listed_in_words(client: TestClient) -> None:
    url, token, body = begin(client)
    text = {"Content-Type": "text/plain", **token}
    answer = client.post(f"{url}/passes", content=worlds.text(competence()), headers=text)
    assert [arrival["verdict"] for arrival in answer.json()["arrivals"]] == ["valid"]
    (arrival,) = add(client, url, token, permit(body["did"]))
    lines = client.get(f"{url}/passes", headers=token).json()["passes"]
    assert [line["bound"] for line in lines] == [False, True]
    assert lines[0]["holder"] == "Ana María Pérez Gómez"
    assert lines[1]["name"] == arrival["name"]
    one = client.get(f"{url}/passes/{arrival['name']}", headers=token).json()
    assert one["credential"] == permit(body["did"])


def test_what_fails_is_explained_with_200_and_not_kept(client: TestClient) -> None:
    url, token, _body = begin(client)
    forged = makers.spoiled(competence(), "/credentialSubject/level", "avanzado")
    assert add(client, url, token, forged) == [
        {"verdict": "cannot_verify", "reasons": ["invalid_signature"], "name": None, "replaces": None}
    ]
    assert client.get(f"{url}/passes", headers=token).json() == {"passes": []}


def test_a_pick_up_proves_the_key(client: TestClient, house: House) -> None:
    url, token, body = begin(client)
    house.web.pages = {
        ASK: json.dumps(OPENED).encode(),
        f"{ASK}/{OPENED['id']}/present": json.dumps({"credentials": [row(competence(body["did"]))]}).encode(),
    }
    asked = {"issuer": BASE, "code": "7KQ4M-2XW9T", "pin": "402 917"}
    answer = client.post(f"{url}/pickups", json=asked, headers=token)
    assert [arrival["verdict"] for arrival in answer.json()["arrivals"]] == ["valid"]


def test_showing_live_still_and_as_an_answer(client: TestClient) -> None:
    url, token, body = begin(client)
    add(client, url, token, competence(body["did"]))
    add(client, url, token, competence(index=31))
    for manner, level in (("static", "M"), ("live", "L"), ("answer", "L")):
        asked = {"manner": manner, "profile": "interview", "request": "7K3M9QWX"}
        answer = client.post(f"{url}/presentations", json=asked, headers=token)
        assert answer.status_code == 201
        assert (answer.json()["level"], len(answer.json()["passes"])) == (level, 1)


def test_asking_for_more_is_refused_with_its_own_code(client: TestClient) -> None:
    """A17."""
    url, token, body = begin(client)
    (arrival,) = add(client, url, token, permit(body["did"], claims=HIRING))
    asked = {"manner": "live", "profile": "interview", "passes": [arrival["name"]]}
    answer = client.post(f"{url}/presentations", json=asked, headers=token)
    assert (answer.status_code, answer.json()["code"]) == (422, "over_asking")
    assert answer.json()["title"] == "Piden datos de más. No se enviaron."
    assert "VEN" not in answer.text


@pytest.mark.parametrize("path", ["/passes", "/passes/x", "/file"])
def test_without_a_token_or_with_another_s_nothing_is_found(client: TestClient, path: str) -> None:
    url, token, _body = begin(client)
    assert client.get(url + path).status_code == 422
    for headers in ({"Puente-Wallet": "A" * 43}, {**token, "X-Person": "rosa"}):
        answer = client.get(url + path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.headers["cache-control"] == "no-store"


def test_the_way_back_is_by_the_sheet(client: TestClient) -> None:
    url, token, body = begin(client)
    add(client, url, token, competence())
    entrance = client.post(f"{url}/sessions", json={"sheet": body["sheet"]}).json()
    by_sheet = {"Puente-Wallet": entrance["token"]}
    assert client.put(f"{url}/passphrase", json={"passphrase": OTHER}, headers=by_sheet).status_code == 204
    assert client.get(f"{url}/passes", headers=by_sheet).status_code == 404
    refused = client.post(f"{url}/sessions", json={"passphrase": PHRASE})
    assert (refused.status_code, refused.json()["code"]) == (422, "vault_unreadable")
    assert client.post(f"{url}/sessions", json={"passphrase": OTHER}).status_code == 201


def test_a_wallet_leaves_and_comes_back_sealed(client: TestClient) -> None:
    url, token, body = begin(client)
    name = add(client, url, token, competence())[0]["name"]
    taken = client.get(f"{url}/file", headers=token)
    assert taken.headers["content-type"] == "application/octet-stream"
    assert b"Ana" not in taken.content
    brought = {"Content-Type": "application/octet-stream"}
    assert client.post("/v1/wallet/files", content=taken.content, headers=brought).status_code == 409
    assert client.post("/v1/wallet/files", content=b"x" * 99, headers=brought).json()["code"] == "vault_unreadable"
    assert client.post("/v1/wallet/files", content=taken.content).json()["code"] == "unsupported_media_type"
    assert client.delete(f"{url}/passes/{name}", headers=token).status_code == 204
    assert client.delete(f"{url}/sessions", headers=token).status_code == 204
    assert body["vault"] in url


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("", {"passphrase": "corta"}, "weak_passphrase"),
        ("", {}, "bad_request"),
        ("", {"passphrase": PHRASE, "extra": 1}, "bad_request"),
        ("/AAAA/sessions", {}, "bad_request"),
        ("/AAAA/sessions", {"passphrase": PHRASE}, "not_found"),
    ],
)
def test_requests_that_are_none(client: TestClient, path: str, body: Any, code: str) -> None:
    answer = client.post(VAULTS + path, json=body)
    assert answer.json()["code"] == code
    assert PHRASE not in answer.text


def test_another_media_type_and_a_large_body_are_not_read(client: TestClient) -> None:
    url, token, _body = begin(client)
    other = client.post(f"{url}/passes", content=b"x", headers={**token, "Content-Type": "image/png"})
    assert other.status_code == 415
    large = client.post(f"{url}/passes", content=b"x" * 40_000, headers={**token, "Content-Type": "application/vc"})
    assert large.status_code == 413
