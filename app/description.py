"""The OpenAPI document whole: what the framework writes of the routes, and what is true of all routes alike.

Keys and their routes, statuses that every route of a kind can answer, problems by their media type, examples. What a
route alone can say stands in its `responses`. The document is reviewed in `tests/openapi.json`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from kernel.access import Policy, is_open
from schemas.problem import MEDIA_TYPE, WORDS, answers
from staff.routes import COOKIE

Document = dict[str, Any]
_SCHEME: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "pte_ENV_ID_SECRET_CHECK",
    "description": "An API key of one person with her roles, made by `puente keys make`. It prepares; no key approves",
}
_SESSION: Final = {
    "type": "apiKey",
    "in": "cookie",
    "name": COOKIE,
    "description": "A session of the staff. Every change also carries `X-Puente`, and comes from our own pages",
}
_PROBLEM: Final = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_UNUSED: Final = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI, policies: Callable[[Any], list[Policy]]) -> None:
    """Make `app` tell the whole document; `policies` gives those of a route's dependant."""
    framework = app.openapi

    def openapi() -> Document:
        if app.openapi_schema is None:
            document = framework()
            _complete(document, dict(_policies(app, policies)))
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way


def _policies(app: FastAPI, policies: Callable[[Any], list[Policy]]) -> Iterator[tuple[tuple[str, str], Policy]]:
    for route in iter_route_contexts(app.routes):
        if getattr(route, "include_in_schema", False) and hasattr(route, "dependant"):
            for method in route.methods or ():
                yield (method.lower(), str(route.path_format)), policies(route.dependant)[0]


def _complete(document: Document, policies: Mapping[tuple[str, str], Policy]) -> None:
    components = document["components"]
    components["securitySchemes"] = {"key": _SCHEME, "session": _SESSION}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            is_public = is_open(policies[method, path])
            operation["security"] = [{}, {"key": []}] if is_public else [{"key": []}, {"session": []}]
            _answers(operation, is_public=is_public)
    shapes = components["schemas"]
    for name, example in json.loads(files("app").joinpath("examples.json").read_bytes()).items():
        shapes[name]["examples"] = [example]
    for name in _UNUSED:
        shapes.pop(name, None)


def _answers(operation: Document, *, is_public: bool) -> None:
    """A key that is sent is looked at everywhere; a body is bounded, of a known kind, and of a known form."""
    common = {401, 503} | (set() if is_public else {403})
    if "requestBody" in operation:
        common |= {400, 413, 415, 422}
    told: Document = operation["responses"]
    told |= {str(status): answer for status, answer in answers(*common).items() if str(status) not in told}
    for status, answer in told.items():
        if status >= "400" and _is_problem(answer):
            answer.pop("model", None)
            answer["content"] = dict(_PROBLEM)
            answer["description"] = WORDS[int(status)]
    operation["responses"] = dict(sorted(told.items()))


def _is_problem(answer: Document) -> bool:
    """Ours, or the framework's own shape of a wrong form, which never travels."""
    content = answer.get("content", {})
    return "model" in answer or MEDIA_TYPE in content or _UNUSED[0] in str(content)
