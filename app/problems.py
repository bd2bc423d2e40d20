"""PuenteError -> problem details (RFC 9457). Anything unforeseen -> 500 without a word of detail.

The only file that catches every exception.
"""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint

from app.entering import NotSignedIn
from app.logs import fault_of
from kernel.errors import Conflict, Forbidden, Invalid, NotFound, PuenteError, TooMany, Unavailable
from schemas import codes
from schemas.problem import MEDIA_TYPE, Problem, pointer_of

_STATUS: tuple[tuple[type[PuenteError], int], ...] = (
    (NotSignedIn, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
    (Invalid, 422),
)
_BY_CODE = {"too_large": 413, "file_too_large": 413, "unsupported_media_type": 415, "bad_request": 400}
_BY_STATUS = {404: "not_found", 405: "bad_request", 413: "too_large", 415: "unsupported_media_type"}
_log = structlog.get_logger()


def _answer(
    request: Request, *, code: str, status: int, detail: str, pointer: str | None, step: str | None
) -> Response:
    english = request.headers.get("accept-language", "").lower().startswith("en")
    row = codes.CODES[code]
    title, todo = (row.refused if step is None else row.told)("en" if english else "es")
    problem = Problem(
        type=f"https://w3id.org/puente/problems#{code}",
        title=title,
        status=status,
        code=code,
        detail=todo,
        technical=detail,
        instance=f"urn:puente:request:{request.state.name}",
        pointer=pointer,
        step=step,
    )
    headers = {"Cache-Control": "no-store", "Content-Language": "en" if english else "es"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = "30"
    request.state.code = code
    return JSONResponse(problem.model_dump(exclude_none=True), status, headers, MEDIA_TYPE)


def _status_of(error: PuenteError) -> int:
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, PuenteError)  # noqa: S101 - registered for this class alone
    answer = _answer(
        request, code=error.code, status=_status_of(error), detail=error.detail, pointer=error.pointer, step=error.step
    )
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _wrong_form(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    where = pointer_of(error.errors())
    return _answer(
        request, code="bad_request", status=422, detail="a field is not as declared", pointer=where, step=None
    )


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    code = _BY_STATUS.get(error.status_code, "bad_request")
    answer = _answer(
        request,
        code=code,
        status=error.status_code,
        detail=HTTPStatus(error.status_code).phrase,
        pointer=None,
        step=None,
    )
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


async def _named(request: Request, call_next: RequestResponseEndpoint) -> Response:
    request.state.name = secrets.token_hex(8)
    request.state.code = None
    started = time.perf_counter()
    try:
        response = await call_next(request)
    except Exception as fault:  # the outermost frame: a problem (RFC 9457) and a log line are owed, whatever broke
        _log.error("unforeseen", code="internal", request=request.state.name, **fault_of(fault))
        response = _answer(request, code="internal", status=500, detail="unforeseen", pointer=None, step=None)
    seconds = time.perf_counter() - started
    route = request.app.state.templates.get(request.scope.get("endpoint"), "-")
    request.app.state.count(route=route, method=request.method, status=response.status_code, seconds=seconds)
    _log.info(
        "request",
        route=route,
        method=request.method,
        status=response.status_code,
        code=request.state.code,
        request=request.state.name,
        ms=round(seconds * 1000),
    )
    return response


def _nowhere(**_told: str | int | float) -> None:
    """Where nobody counts requests."""


def install_problems(app: FastAPI, *, count: Callable[..., None] = _nowhere) -> None:
    """Every failure of `app` becomes a problem, and every request one log line with its route's template, and counts.

    Called last: a route that comes later is logged without a name.
    """
    app.state.templates = {route.endpoint: route.path for route in iter_route_contexts(app.routes) if route.endpoint}
    app.state.count = count
    app.add_exception_handler(PuenteError, _ours)
    app.add_exception_handler(RequestValidationError, _wrong_form)
    app.add_exception_handler(HTTPException, _http)
    app.middleware("http")(_named)
