"""verifier/routes.py: 200 and a report whatever came; 4xx for a request that is none; the report keeps its shape."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from kernel import frames
from tests import makers, worlds
from tests.verifier.conftest import Desk
from verifier.openapi import REPORT

VERIFY = "/v1/verifier/verify"
HOLDER = makers.holder()
MINE = makers.competence(subject=HOLDER.did)
GOOD = worlds.text(makers.competence())


def report_of(client: TestClient, body: bytes | str, media: str, **headers: str) -> Any:
    """The 200 answer, whose shape is the one that the OpenAPI document says."""
    answer = client.post(VERIFY, content=body, headers={"Content-Type": media, **headers})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    Draft202012Validator(REPORT).validate(answer.json())
    return answer.json()


def test_a_qr_text_is_judged(client: TestClient) -> None:
    report = report_of(client, GOOD, "text/plain; charset=utf-8")
    assert (report["verdict"], report["level"]) == ("valid", "copy")
    assert report["passes"][0]["claims"]["norm"] == 220201501


def test_frames_stand_one_a_line(client: TestClient) -> None:
    live = worlds.text(makers.presented([MINE, makers.permit(subject=HOLDER.did)], HOLDER))
    report = report_of(client, "\n".join(frames.split(live)) + "\n", "text/plain")
    assert (report["verdict"], report["level"], report["sameHolder"]) == ("valid", "live", True)


def test_credentials_and_presentations_are_judged_as_they_came(client: TestClient) -> None:
    assert report_of(client, json.dumps(makers.competence()), "application/vc")["verdict"] == "valid"
    shown = json.dumps(makers.presented([MINE], HOLDER))
    assert report_of(client, shown, "application/vp")["level"] == "live"


def test_texts_may_come_in_json_with_the_challenge(client: TestClient) -> None:
    question = client.post("/v1/verifier/challenges", json={"name": "CAFE"}).json()
    shown = makers.presented([MINE], HOLDER, challenge=question["challenge"], domain="CAFE")
    wrapped = {"text": worlds.text(shown), "challenge": question["challenge"]}
    assert report_of(client, json.dumps(wrapped), "application/json")["level"] == "live_challenge"
    assert (
        report_of(client, json.dumps({"texts": ["https://x.example", GOOD]}), "application/json")["verdict"] == "valid"
    )


def test_a_challenge_may_stand_in_a_header(client: TestClient) -> None:
    question = client.post("/v1/verifier/challenges").json()
    shown = makers.presented([MINE], HOLDER, challenge=question["challenge"])
    report = report_of(client, json.dumps(shown), "application/vp", **{"Puente-Challenge": question["challenge"]})
    assert report["level"] == "live_challenge"


def test_a_photo_is_read(client: TestClient, desk: Desk) -> None:
    desk.picture.photos[b"\x89PNG"] = (GOOD,)
    assert report_of(client, b"\x89PNG", "image/png")["verdict"] == "valid"


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"hola", "ñandú".encode(), b"VC1-R", b"https://x.example", b"\x00" * 60_000]
)
@pytest.mark.parametrize("media", ["text/plain", "application/vc", "application/vp"])
def test_garbage_is_a_report(client: TestClient, body: bytes, media: str) -> None:
    report = report_of(client, body, media)
    assert report["verdict"] == "cannot_verify"
    assert len(report["reasons"]) == 1


@pytest.mark.parametrize(
    ("body", "media", "status", "code"),
    [
        (b"{}", "application/json", 400, "bad_request"),
        (b"[]", "application/json", 400, "bad_request"),
        (b'{"text":1}', "application/json", 400, "bad_request"),
        (b'{"texts":[]}', "application/json", 400, "bad_request"),
        (b'{"texts":["a",1]}', "application/json", 400, "bad_request"),
        (b'{"text":"a","texts":["a"]}', "application/json", 400, "bad_request"),
        (b'{"text":"a","more":1}', "application/json", 400, "bad_request"),
        (b'{"text":"a","challenge":7}', "application/json", 400, "bad_request"),
        (b"a", "application/xml", 415, "unsupported_media_type"),
        (b"a", "", 415, "unsupported_media_type"),
        (b"a" * 65_537, "text/plain", 413, "too_large"),
        (b"a" * 131_073, "application/vp", 413, "too_large"),
        (b"a" * (8 * 1024 * 1024 + 1), "image/png", 413, "too_large"),
        (b"no picture", "image/jpeg", 422, "picture_unreadable"),
    ],
)
def test_a_request_that_is_none_is_a_problem(
    client: TestClient, body: bytes, media: str, status: int, code: str
) -> None:
    answer = client.post(VERIFY, content=body, headers={"Content-Type": media})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_question_is_created(client: TestClient) -> None:
    answer = client.post("/v1/verifier/challenges", json={"profile": "interview", "name": "CAFE"})
    assert answer.status_code == 201
    question = answer.json()
    assert list(question) == ["challenge", "domain", "expiresAt", "request"]
    assert question["expiresAt"] == "2026-11-22T00:32:20Z"
    assert question["request"] == f"VQ1-I{question['challenge']}.CAFE"


@pytest.mark.parametrize("asked", [{"name": "café"}, {"name": ""}, {"name": "A" * 25}, {"profile": "health"}, {"x": 1}])
def test_a_question_keeps_to_its_form(client: TestClient, asked: dict[str, Any]) -> None:
    assert client.post("/v1/verifier/challenges", json=asked).status_code == 422
