"""The OpenAPI document is a reviewed file: whoever changes a route sees here what changes for clients.

Renew it with `PUENTE_RENEW=1 .venv/bin/python -m pytest tests/app/test_openapi.py`, and read the difference.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema  # type: ignore[import-untyped]  # has no types of its own
import pytest

from schemas.problem import MEDIA_TYPE, Problem
from tests.journeys.world import Place

REVIEWED: Final = Path(__file__).resolve().parents[1] / "openapi.json"
Document = dict[str, Any]


@pytest.fixture
def document(plain: Place) -> Document:
    return plain.app.openapi()


def operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            yield f"{verb.upper()} {path}", operation


def test_it_is_the_reviewed_one(document: Document) -> None:
    told = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("PUENTE_RENEW"):
        REVIEWED.write_text(told, "utf-8")
    assert REVIEWED.is_file(), "make it with PUENTE_RENEW=1, and review it"
    assert told == REVIEWED.read_text("utf-8"), "renew it with PUENTE_RENEW=1, and review the difference"


def test_the_served_one_is_the_same(plain: Place) -> None:
    assert plain.good("GET", "/openapi.json") == json.loads(REVIEWED.read_text("utf-8"))


def test_every_operation_says_what_it_is_and_what_it_answers(document: Document) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation["summary"], name
        assert set(operation["tags"]) <= tags, name
        assert {"401", "503"} <= set(operation["responses"]), name
        assert any(status.startswith("2") for status in operation["responses"]), name
        assert "500" not in operation["responses"], name
        # 403 is for a known caller: one with a key or session, a vault's device with its session; and for a way in
        # that is asked for from another site.
        headers = {parameter["name"] for parameter in operation.get("parameters", ())}
        known = {"session": []} in operation["security"] or "puente-sync" in headers or operation["tags"] == ["staff"]
        assert ("403" in operation["responses"]) == known, name
        if "requestBody" in operation:
            assert {"400", "413", "415", "422"} <= set(operation["responses"]), name
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
            if status >= "400" and (name, status) != ("GET /readyz", "503"):
                assert answer["content"] == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}, name


def test_every_shape_has_an_example_that_fits_it(document: Document) -> None:
    shapes = document["components"]["schemas"]
    resolver = {"components": {"schemas": shapes}}
    contents = [
        content
        for _, operation in operations(document)
        for answer in (operation.get("requestBody", {}), *operation["responses"].values())
        for content in answer.get("content", {}).values()
    ]
    wanted = {shape["$ref"].rpartition("/")[2] for each in contents if "$ref" in (shape := each.get("schema", {}))}
    assert len(wanted) > 25
    for name in wanted:
        examples = [
            *shapes[name].get("examples", []),
            *([shapes[name]["example"]] if "example" in shapes[name] else []),
        ]
        assert examples, name
        for example in examples:
            jsonschema.validate(example, {**shapes[name], **resolver})


def test_no_shape_is_left_over(document: Document) -> None:
    told = json.dumps(document)
    left = [name for name in document["components"]["schemas"] if f'"#/components/schemas/{name}"' not in told]
    assert left == []


def test_a_problem_travels_as_it_is_described(plain: Place, document: Document) -> None:
    shape = document["components"]["schemas"]["Problem"]
    answer = plain.ask("GET", "/v1/issuer/acts")
    jsonschema.validate(answer.json(), shape)
    assert Problem.model_validate(answer.json()).type == "https://w3id.org/puente/problems#not_signed_in"


def test_it_is_made_once_and_kept(plain: Place) -> None:
    assert plain.app.openapi() is plain.app.openapi()
