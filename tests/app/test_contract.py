"""The API is what its document says: calls made from the reviewed OpenAPI file end in declared statuses, never in 5xx.

Bounded: some calls an operation, by people of every role, with names that exist among those that do not.
"""

import json
import random
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.app.test_openapi import REVIEWED
from tests.databases import SqliteFiles
from tests.journeys.conftest import copied
from tests.journeys.objecting import disputed, proposed, reissued
from tests.journeys.papers import cohort, holder, row
from tests.journeys.world import PEOPLE, Place
from tests.wallet import sync_world

CALLS: Final = 12
DOCUMENT: Final = json.loads(REVIEWED.read_text("utf-8"))
OPERATIONS: Final = [(verb, path) for path, verbs in DOCUMENT["paths"].items() for verb in verbs]
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA: Final = schemathesis.openapi.from_dict(DOCUMENT)
schemathesis.serializer.alias(["application/vc", "application/vp"], "application/json")
ABROAD: Final = "/v1/wallet/vaults/{vault}/pickups"
"""Asks a host that the call names; where there is none, 503 is the declared answer."""
FITTING: Final = {"issuer": ("olga", "oscar", "marta"), "wallet": ("ana",), "registry": ("camilo", "nelly", "irene")}
"""People who may do what a story is for; with them a call gets past the door."""


@pytest.fixture(scope="module")
def api(founded_sqlite: Place, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One world for all calls: what one of them changes, the next one meets."""
    yield from copied(founded_sqlite, sqlite_files.empty, tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def known(api: Place) -> dict[str, str]:
    """Names of things that exist: path parameter -> name."""
    return settled(api)


@pytest.mark.parametrize(("verb", "path"), OPERATIONS, ids=[f"{verb} {path}" for verb, path in OPERATIONS])
def test_an_operation_keeps_its_word(api: Place, known: dict[str, str], verb: str, path: str) -> None:
    chosen = random.Random(f"{verb} {path}")
    fitting = FITTING.get(path.split("/")[2] if path.startswith("/v1/") else "", (None,))

    @settings(
        max_examples=CALLS, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=SCHEMA[path][verb].as_strategy())
    def call(case: schemathesis.Case[Any]) -> None:
        for part, name in known.items():
            if part in case.path_parameters and chosen.random() < 0.7:
                case.path_parameters[part] = name
        who = chosen.choice(fitting) if chosen.random() < 0.6 else chosen.choice([None, *PEOPLE])
        checks = [check for check in CHECKS if check is not not_a_server_error] if path == ABROAD else CHECKS
        case.validate_response(send(api, case, who, known), checks=checks)

    call()


def send(place: Place, case: schemathesis.Case[Any], who: str | None, known: dict[str, str]) -> Any:
    """One call in process; a key of ours takes the place of the made-up one, and a token may open the wallet."""
    asked = case.as_transport_kwargs(base_url=str(place.client.base_url))
    headers = {name: value for name, value in asked["headers"].items() if name.lower() != "authorization"}
    headers |= {"X-Puente": "1", "Sec-Fetch-Site": "same-origin"} | ({} if who is None else place.entry(who))
    if "puente-wallet" in headers and who == "ana":
        headers["puente-wallet"] = known["token"]
    if "puente-sync" in headers and who == "ana":
        headers["puente-sync"] = known["sync"]
    content = json.dumps(asked["json"]) if "json" in asked else asked.get("data")
    return place.client.request(
        asked["method"], asked["url"], params=asked.get("params"), headers=headers, content=content
    )


def settled(place: Place) -> dict[str, str]:
    """One of each thing that a path can name."""
    batch = place.check(cohort(row()), "olga")
    place.release(batch, "olga", "marta")
    (name,) = place.names(batch, "olga")
    asked = {"json": {"act": "suspend", "reason": "fraud"}, "headers": {"Idempotency-Key": "an-act-of-hers"}}
    begun = place.good("POST", "/v1/wallet/vaults", "ana", json={"passphrase": "canela y panela en la mesa"})
    offer = place.offer(name)
    opened = place.good("POST", "/v1/issuer/pickups", json={"code": offer["code"], "pin": offer["pin"]})
    change = {"kind": "add_list", "issuer": "formacion", "number": 9}
    once = {"Idempotency-Key": "a-list-of-theirs"}
    act = place.good("POST", f"/v1/issuer/credentials/{name}/acts", "olga", **asked)
    listed = place.good("POST", "/v1/registry/changes", "camilo", json=change, headers=once)
    phone = sync_world.phone(1)
    drawn = place.good("POST", "/v1/wallet/sync/challenges", json={"vault": phone.vault_name})["challenge"]
    session = place.good("POST", "/v1/wallet/sync/sessions", json=phone.body(drawn))
    blob, sealed = phone.item()
    headers = {"Puente-Sync": session["token"], "Content-Type": "application/octet-stream"}
    place.good("PUT", f"/v1/wallet/sync/blobs/{blob.item}/{blob.hash}", content=sealed, headers=headers)
    (other,) = place.issued(row(name="Zoë", number="000000200002"))
    disputed(place, place.picked_up(place.offer(other), holder())[0]["credential"], holder(), text="Está mal")
    (dispute,) = place.good("GET", "/v1/issuer/disputes", "oscar")["items"]
    decision = proposed(place, dispute["id"], "reject")
    (lost,) = place.issued(row(name="Ana", number="000000200003"))
    place.picked_up(place.offer(lost), holder())
    return {
        "batch": batch["id"], "credential": name, "act": act["id"], "vault": begun["vault"], "token": begun["token"],
        "sync": session["token"], "device": session["device"], "item": blob.item, "hash": blob.hash,
        "pickup": opened["id"], "id": listed["id"], "issuer": "formacion",
        "dispute": dispute["id"], "decision": decision["id"], "reissue": reissued(place, lost)["id"],
    }  # fmt: skip


@pytest.mark.parametrize("number", [2**53, 2**63, 2**64, 10**30])
def test_a_number_of_any_size_is_within_its_bound_or_refused(api: Place, known: dict[str, str], number: int) -> None:
    batch = known["batch"]
    for path, who in (
        ("/v1/registry/events", "camilo"),
        (f"/v1/issuer/batches/{batch}/findings", "olga"),
        (f"/v1/issuer/batches/{batch}/credentials", "olga"),
    ):
        assert api.code("GET", path, who, params={"after": number}) == (422, "bad_request")
        assert api.good("GET", path, who, params={"after": 2**53 - 1})["items"] == []
    assert api.code("GET", f"/v1/issuer/status-lists/formacion/{number}") == (422, "bad_request")
    assert api.code("GET", "/v1/issuer/status-lists/formacion/4096") == (404, "not_found")
