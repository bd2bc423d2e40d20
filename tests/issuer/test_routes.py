"""The issuer over HTTP: closed by default, two people, a cohort to a picture, bad files each with their own answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.problems import install_problems
from issuer.batches.service import Batches
from issuer.desk import Desk
from issuer.disputes.service import Disputes
from issuer.pickups.service import Pickups
from issuer.reissues.service import Reissues
from issuer.routes import router
from issuer.service import Issuer
from issuer.status.service import Status
from kernel.access import PUBLIC, Policy, Principal, allow
from schemas.pickups import PickupView
from tests.issuer.test_pickups import holder, prove
from tests.issuer.world import DEMO, MARTA, NORMS, OSCAR, House

PEOPLE = {
    "oscar": OSCAR,
    "marta": MARTA,
    "eva": Principal(person="eva", roles=OSCAR.roles, issuer="otra"),
    "ines": Principal(person="ines", roles=OSCAR.roles, issuer="norma", centre="D1"),
    "rita": Principal(person="rita", roles=OSCAR.roles, issuer="norma", centre="D9"),
}
PERMIT = {
    "name": "Yuleisy Rojas", "documentNumber": "000123457", "country": "VEN", "permitStatus": "vigente",
    "workAllowed": True, "cardValidUntil": "2031-12-31",
}  # fmt: skip
ASK = {"asOf": "2025-11-20", "normVersion": [f"{code}:{version}" for code, version in NORMS.items()]}
OFFICER = {"Authorization": "oscar"}
APPROVER = {"Authorization": "marta"}
CSV = {"Content-Type": "text/csv", **OFFICER}
COHORT = (DEMO / "cohort-demo.csv").read_bytes()


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """The issuer's routes; the header says who, as a key would."""

    def gate(request: Request, policy: Policy) -> Principal:
        principal = PEOPLE.get(request.headers.get("authorization", ""), PUBLIC)
        allow(principal, policy)
        return principal

    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.state.gate = gate
    app.state.doors = {
        Issuer: house.issuer,
        Batches: house.batches,
        Status: house.status,
        Pickups: house.pickups,
        Disputes: house.disputes,
        Reissues: house.reissues,
        Desk: house.at_desk,
    }
    install_problems(app)
    with TestClient(app) as opened:
        yield opened


def check(client: TestClient, raw: bytes = COHORT, **changes: Any) -> Any:
    return client.post("/v1/issuer/batches", params={**ASK, **changes}, content=raw, headers=CSV)


def release(client: TestClient, batch: Any) -> Any:
    path = f"/v1/issuer/batches/{batch['id']}"
    assert client.post(f"{path}/proposal", headers=OFFICER).status_code == 200
    asked = {"digest": batch["digest"], "acceptErrors": True}
    return client.post(f"{path}/release", json=asked, headers=APPROVER)


def names(client: TestClient, batch: Any) -> list[str]:
    path = f"/v1/issuer/batches/{batch['id']}/credentials"
    found: list[str] = []
    after: Any = "0"
    while after is not None:
        page = client.get(path, params={"after": after, "limit": 50}, headers=APPROVER).json()
        found += [each["id"] for each in page["items"]]
        after = page["next"]
    return found


def test_a_cohort_goes_from_the_file_to_a_picture(client: TestClient) -> None:
    answer = check(client)
    assert answer.status_code == 201
    batch = answer.json()
    assert (batch["issue"], batch["skip"], batch["error"], batch["state"]) == (162, 31, 7, "checked")
    assert batch["file"]["encoding"] == "utf-8"
    assert client.get(answer.headers["location"], headers=OFFICER).json() == batch
    assert release(client, batch).status_code == 202
    done = client.get(answer.headers["location"], headers=APPROVER).json()
    assert (done["state"], done["promised"], done["sealed"]) == ("done", 162, 162)
    all_names = names(client, batch)
    assert len(set(all_names)) == 162
    path = f"/v1/issuer/credentials/{all_names[0]}"
    credential = client.get(path, headers=OFFICER)
    assert credential.headers["content-type"] == "application/vc"
    assert credential.json()["credentialSubject"]["name"] == "Julián Rincón Yépez"
    assert client.get(f"{path}/text", headers=OFFICER).text.startswith("VC1-R")
    assert client.get(f"{path}/qr.png", headers=OFFICER).content.startswith(b"\x89PNG")
    assert client.get(f"{path}/qr.svg", headers=OFFICER).text.startswith("<svg")


def test_findings_come_with_a_sentence_and_no_value(client: TestClient) -> None:
    batch = check(client).json()
    path = f"/v1/issuer/batches/{batch['id']}/findings"
    spanish = {each["row"]: each for each in client.get(path, headers=OFFICER).json()["items"]}
    assert spanish[38]["sentence"] == "Esta fila repite la fila 37."
    assert spanish[122]["column"] == "Nombre"
    assert spanish[2] == {
        "row": 2, "outcome": "skip", "code": "not_evaluated", "column": None, "warnings": [],
        "sentence": "Sin evaluar: no se emite.", "mend": "",
    }  # fmt: skip
    english = client.get(path, headers={**OFFICER, "Accept-Language": "en"}).json()["items"]
    assert next(each for each in english if each["row"] == 96)["sentence"] == "The document is missing."
    assert "cmd" not in json.dumps(list(spanish.values()))
    first = client.get(path, params={"limit": 10}, headers=OFFICER).json()
    second = client.get(path, params={"limit": 100, "after": first["next"]}, headers=OFFICER).json()
    assert len(first["items"]) + len(second["items"]) == len(spanish)


def test_a_repeated_row_names_the_first_one(client: TestClient) -> None:
    """It concerns a whole row, so no column is named; the row that it repeats is, in both languages."""
    cohort = check(client).json()
    other = {**PERMIT, "name": "Rosa"}
    asked = {"reason": "prueba", "rows": [other, PERMIT, other, PERMIT]}
    permits = client.post("/v1/issuer/batches/permits", json=asked, headers=OFFICER).json()
    repeats = {}
    for batch in (cohort, permits):
        for language in ("es", "en"):
            headers = {**OFFICER, "Accept-Language": language}
            items = client.get(f"/v1/issuer/batches/{batch['id']}/findings", headers=headers).json()["items"]
            found = [each for each in items if each["code"] == "DUPLICATE_ROW"]
            assert all(each["column"] is None for each in found)
            repeats[batch["type"], language] = [(each["row"], each["sentence"]) for each in found]
    assert repeats == {
        ("C06", "es"): [(38, "Esta fila repite la fila 37.")],
        ("C06", "en"): [(38, "This row repeats row 37.")],
        ("C01", "es"): [(3, "Esta fila repite la fila 1."), (4, "Esta fila repite la fila 2.")],
        ("C01", "en"): [(3, "This row repeats row 1."), (4, "This row repeats row 2.")],
    }


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 422, "file_empty"),
        (b"PK\x03\x04xlsx", 422, "cohort_not_csv"),
        (b"\xff\xfe" + COHORT[:-1], 422, "cohort_encoding"),
        (COHORT.replace(b"Grupo", b"Otra"), 422, "cohort_columns"),
    ],
)
def test_a_bad_file_is_a_problem_with_its_own_code(client: TestClient, raw: bytes, status: int, code: str) -> None:
    answer = check(client, raw)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/v1/issuer/batches", headers=OFFICER).json()["items"] == []


def test_another_media_type_and_a_wrong_choice_are_refused(client: TestClient) -> None:
    answer = client.post("/v1/issuer/batches", params=ASK, content=COHORT, headers={**CSV, "Content-Type": "a/b"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert check(client, asOf="ayer").status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/batches"), ("GET", "/batches"), ("POST", "/batches/permits"), ("GET", "/batches/x"),
        ("POST", "/batches/x/release"), ("GET", "/credentials/x"), ("POST", "/credentials/x/acts"), ("GET", "/acts"),
        ("POST", "/acts/x/approval"), ("POST", "/credentials/x/offers"),
    ],
)  # fmt: skip
def test_closed_to_the_public(client: TestClient, method: str, path: str) -> None:
    answer = client.request(
        method, f"/v1/issuer{path}", params=ASK, content=COHORT, headers={"Content-Type": "text/csv"}
    )
    assert answer.status_code == 403


def test_another_issuers_staff_find_nothing(client: TestClient) -> None:
    batch = check(client).json()
    eva = {"Authorization": "eva"}
    assert client.get(f"/v1/issuer/batches/{batch['id']}", headers=eva).status_code == 404
    assert client.get("/v1/issuer/batches", headers=eva).json()["items"] == []


def test_the_same_source_from_another_centre_is_said_and_not_shown(client: TestClient) -> None:
    """A conflict of her own: neither a batch that she may not see, nor the words for something that is not there."""
    how = {"params": ASK, "content": COHORT}
    permits = {"json": {"reason": "prueba", "rows": [PERMIT]}}
    for path, more in (("", how), ("/permits", permits)):
        kind = {"Content-Type": "text/csv"} if "content" in more else {}
        first = client.post(f"/v1/issuer/batches{path}", headers={**kind, "Authorization": "ines"}, **more)
        assert first.status_code == 201
        second = client.post(f"/v1/issuer/batches{path}", headers={**kind, "Authorization": "rita"}, **more)
        assert (second.status_code, second.json()["code"]) == (409, "batch_elsewhere")
        for told in (first.json()["id"], "ines", "D1"):
            assert told not in second.text
        assert "location" not in second.headers
    assert client.get("/v1/issuer/batches", headers={"Authorization": "rita"}).json()["items"] == []


def test_acts_by_two_people_over_http(client: TestClient, house: House) -> None:
    rows = {"reason": "prueba", "rows": [PERMIT]}
    batch = client.post("/v1/issuer/batches/permits", json=rows, headers=OFFICER).json()
    assert release(client, batch).status_code == 202
    (name,) = names(client, batch)
    asked = {"act": "suspend", "reason": "issued_in_error"}
    once = {**OFFICER, "Idempotency-Key": "first-act-1"}
    path = f"/v1/issuer/credentials/{name}/acts"
    act = client.post(path, json=asked, headers=once)
    assert act.status_code == 201
    assert client.post(path, json=asked, headers=once).json() == act.json()
    assert client.post(path, json={**asked, "act": "revoke"}, headers=once).status_code == 409
    identity = act.json()["id"]
    assert [each["id"] for each in client.get("/v1/issuer/acts", headers=APPROVER).json()["items"]] == [identity]
    done = client.post(f"/v1/issuer/acts/{identity}/approval", headers=APPROVER)
    assert (done.status_code, done.json()["state"], done.json()["decidedBy"]) == (200, "approved", "marta")
    with house.status() as status:
        status.set_out("norma")
        status.publish("norma")
    public = client.get("/v1/issuer/status-lists/norma/4")
    assert public.json()["credentialSubject"]["statusPurpose"] == "suspension"
    assert client.get("/v1/issuer/status-lists/norma/99").status_code == 404


def test_an_officer_of_another_centre_finds_no_credential(client: TestClient) -> None:
    cohort = (DEMO / "cohort-demo-excel.csv").read_bytes()
    hers = {"Authorization": "ines"}
    batch = client.post("/v1/issuer/batches", params=ASK, content=cohort, headers={**CSV, **hers}).json()
    path = f"/v1/issuer/batches/{batch['id']}"
    assert client.post(f"{path}/proposal", headers=hers).status_code == 200
    asked = {"digest": batch["digest"], "acceptErrors": True}
    assert client.post(f"{path}/release", json=asked, headers=APPROVER).status_code == 202
    credential = f"/v1/issuer/credentials/{names(client, batch)[0]}"
    act = {"act": "suspend", "reason": "issued_in_error"}
    for who, status in (("rita", 404), ("eva", 404), ("ines", 200), ("oscar", 200)):
        headers = {"Authorization": who, "Idempotency-Key": f"one-act-of-{who}"}
        for tail in ("", "/text", "/qr.png", "/qr.svg"):
            assert client.get(f"{credential}{tail}", headers=headers).status_code == status, (who, tail)
        if status == 404:
            assert client.get(credential, headers=headers).json()["code"] == "not_found"
            assert (
                client.post(
                    f"{credential}/offers", headers={**headers, "Idempotency-Key": "an-offer-of-hers"}
                ).status_code
                == status
            )
            assert client.post(f"{credential}/acts", json=act, headers=headers).status_code == status


def test_a_pick_up_over_http(client: TestClient) -> None:
    batch = check(client, (DEMO / "cohort-demo-excel.csv").read_bytes()).json()
    release(client, batch)
    offer = client.post(
        f"/v1/issuer/credentials/{names(client, batch)[0]}/offers",
        headers={**OFFICER, "Idempotency-Key": "an-offer-of-hers"},
    )
    assert offer.status_code == 201
    wrong = client.post("/v1/issuer/pickups", json={"code": offer.json()["code"], "pin": "000000"})
    assert wrong.json()["code"] in {"wrong_secret"}
    opened = client.post("/v1/issuer/pickups", json={"code": offer.json()["code"], "pin": offer.json()["pin"]})
    assert opened.status_code == 201
    view = PickupView.model_validate(opened.json())
    proof = prove(view, holder())
    given = client.post(
        f"/v1/issuer/pickups/{view.id}/present", content=proof, headers={"Content-Type": "application/vp"}
    )
    assert given.status_code == 201
    assert given.headers["cache-control"] == "no-store"
    assert [each["text"][:5] for each in given.json()["credentials"]] == ["VC1-R", "VC1-R"]


def test_ten_rows_are_drawn_to_compare_and_who_looks_is_written_down(client: TestClient) -> None:
    batch = check(client).json()
    path = f"/v1/issuer/batches/{batch['id']}/sample"
    rows = client.get(path, headers=APPROVER).json()["rows"]
    assert len({each["row"] for each in rows}) == 10
    assert all(each["claims"]["name"] and len(each["claims"]["idTail"]) == 4 for each in rows)
    again = client.get(path, headers=APPROVER).json()["rows"]
    assert again == rows  # the same to her each time (decision 40)
