"""`create_app`: no route without a policy, no page of the framework, bodies bounded, one log line a request."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.logs import set_up_logs
from app.main import policies, require_policies
from kit.caller import caller
from schemas.bounds import CSV, JSON_BODY, PICTURE, PRESENTATION
from tests.journeys.papers import ASK
from tests.journeys.world import Place

JSON = {"Content-Type": "application/json"}


def test_every_route_of_the_app_says_who_may_call_it(plain: Place) -> None:
    routes = [one for one in iter_route_contexts(plain.app.routes) if isinstance(one.original_route, APIRoute)]
    assert len(routes) > 40
    assert [one.path for one in routes if len(policies(one.dependant)) != 1] == []


def test_a_route_without_a_policy_does_not_start() -> None:
    inner, outer = APIRouter(prefix="/inner"), APIRouter(prefix="/outer")

    @inner.get("/open", dependencies=[caller("bundle", "read")])
    def declared() -> None:
        """Says who may call."""

    @inner.get("/forgotten")
    def forgotten() -> None:
        """Says nothing."""

    outer.include_router(inner)
    app = FastAPI()
    app.include_router(outer)
    with pytest.raises(RuntimeError, match="/outer/inner/forgotten"):
        require_policies(app)


def test_no_page_of_the_framework_is_served(plain: Place) -> None:
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert plain.code("GET", path) == (404, "not_found")


def test_a_log_line_holds_the_template_and_never_the_path(plain: Place) -> None:
    log = io.StringIO()
    set_up_logs(log)
    plain.ask("GET", "/v1/issuer/credentials/a-name-that-nobody-may-see", "oscar")
    plain.ask("GET", "/nowhere/at-all?secret=1")
    structlog.reset_defaults()
    named, unknown = (json.loads(line) for line in log.getvalue().splitlines())
    assert (named["route"], named["status"], named["code"]) == (
        "/v1/issuer/credentials/{credential}",
        404,
        "not_found",
    )
    assert (unknown["route"], unknown["status"]) == ("-", 404)
    assert set(named) <= {"event", "level", "timestamp", "route", "method", "status", "code", "request", "ms"}


def test_json_is_bounded_before_it_is_parsed_and_before_anybody_is_asked_who_they_are(plain: Place) -> None:
    at, over = (b"{" + b" " * (JSON_BODY.bytes - 2 + more) + b"}" for more in (0, 1))
    for path in ("/v1/issuer/pickups", "/v1/registry/changes"):
        assert plain.code("POST", path, content=over, headers=JSON) == (413, "too_large")
        assert plain.ask("POST", path, content=at, headers=JSON).status_code in (401, 422)
    deep = b"[" * 60_000
    assert plain.code("POST", "/v1/issuer/pickups", content=deep, headers=JSON) == (400, "bad_request")


def test_another_media_type_is_told_from_a_wrong_form(plain: Place) -> None:
    text = {"Content-Type": "text/plain"}
    assert plain.code("POST", "/v1/issuer/pickups", content=b"{}", headers=text) == (415, "unsupported_media_type")
    assert plain.code("POST", "/v1/issuer/pickups", content=b"{}", headers=JSON) == (422, "bad_request")


@pytest.mark.parametrize(
    ("path", "media", "limit"),
    [
        ("/v1/verifier/verify", "image/png", PICTURE.size),
        ("/v1/verifier/verify", "application/vp", PRESENTATION.bytes),
        ("/v1/issuer/pickups/x/present", "application/vp", PRESENTATION.bytes),
        ("/v1/issuer/batches", "text/csv", CSV.size),
    ],
)
def test_each_body_has_its_own_bound(plain: Place, path: str, media: str, limit: int) -> None:
    def parts(size: int) -> Iterator[bytes]:
        for start in range(0, size, 1 << 20):
            yield b"x" * min(1 << 20, size - start)

    asked = {"params": ASK, "headers": {"Content-Type": media}}
    who = "oscar" if media == "text/csv" else None
    over = "file_too_large" if media == "text/csv" else "too_large"
    assert plain.code("POST", path, who, content=parts(limit + 1), **asked) == (413, over)
    assert plain.ask("POST", path, who, content=parts(limit), **asked).status_code != 413
