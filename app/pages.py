"""The built pages and the public bundle as files over HTTP, with the headers of TRUST section 15.

Building the pages is `pwa/`'s, making the bundle is `registry/`'s; here is only how they are handed out.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import log_files
from kernel.errors import NotFound
from kit.caller import caller
from schemas.problem import answers
from schemas.terms import BUNDLE_MEDIA

PAGES: Final = ("/verifier/", "/wallet/", "/issuer/")
_PUBLIC: Final = re.compile(rf"/$|/bundle/|/v1/issuer/status-lists/|{'|'.join(PAGES)}")
FOLDER: Final = Path(__file__).parent / "pages"
CSP: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # the QR reader is WebAssembly
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types puente",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000",
}
_NAMED_BY_HASH = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.(js|css|wasm|woff2|svg|png)$")
# Exactly the names that TUF uses; nothing else of the data folder can be asked for.
_BUNDLE_FILE = re.compile(
    r"(metadata/([0-9]{1,9}\.)?[a-z][a-z0-9-]{0,63}\.json|targets/([a-z][a-z0-9-]{0,31}/){0,2}[0-9a-f]{64}\.[a-z0-9.-]{1,40})"
)

bundle_router = APIRouter(prefix="/bundle", tags=["bundle"], dependencies=[caller("bundle", "read")])


_GZIP, _JSON, _RAW = BUNDLE_MEDIA, "application/json", "application/octet-stream"


def _file_of(*media: str) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {each: {} for each in media}
    return {200: {"content": content, "description": "The file"}, **answers(404)}


@bundle_router.get(
    "/bundle.puente", summary="The trust bundle in one file", response_class=FileResponse, responses=_file_of(_GZIP)
)
def bundle_file(request: Request) -> FileResponse:
    """The signed bundle as one file; what it says is believed for its signatures only."""
    return _of_bundle(request, "bundle.puente", _GZIP)


@bundle_router.get(
    "/root.json",
    summary="The first root, which a verifier pins",
    response_class=FileResponse,
    responses=_file_of(_JSON),
)
def root_file(request: Request) -> FileResponse:
    """The TUF root that this deployment starts from."""
    return _of_bundle(request, "root.json", _JSON)


@bundle_router.get(
    "/log/{name:path}", summary="One file of an issuer's log, as tlog-tiles lays it out",
    response_class=FileResponse, responses=_file_of("text/plain", _RAW),
)  # fmt: skip
def log_part(name: str, request: Request) -> FileResponse:
    """`ISSUER/checkpoint` and `ISSUER/tile/…`."""
    if log_files.FILE.fullmatch(name) is None:
        raise NotFound("not_found", detail="no such file in the log")
    is_note = name.endswith(log_files.CHECKPOINT)
    return _public(request.app.state.data / log_files.FOLDER / name, "text/plain; charset=utf-8" if is_note else _RAW)


@bundle_router.get(
    "/{name:path}",
    summary="One file of the bundle, as TUF lays it out",
    response_class=FileResponse,
    responses=_file_of(_JSON, _RAW),
)
def bundle_part(name: str, request: Request) -> FileResponse:
    """`metadata/…` and `targets/…`, consistent-snapshot names."""
    if _BUNDLE_FILE.fullmatch(name) is None:
        raise NotFound("not_found", detail="no such file in the bundle")
    return _of_bundle(request, f"bundle/{name}", _JSON if name.endswith(".json") else _RAW)


def _of_bundle(request: Request, name: str, media_type: str) -> FileResponse:
    request.app.state.follow()  # where another process published, its files come here with it
    return _public(request.app.state.data / name, media_type)


def _public(path: Path, media_type: str) -> FileResponse:
    if not path.is_file():
        raise NotFound("not_found", detail="no bundle has been published here")
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": "public, no-cache"})


async def _headers(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    path = request.url.path
    if path.startswith(PAGES) and response.status_code == 200:
        forever = _NAMED_BY_HASH.search(path) is not None
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
    return response


class Heads:
    """Where a public file is asked for by HEAD: what GET would say of it, without the file (RFC 9110 section 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Any other request goes by as it came."""

        async def heads(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD" and _PUBLIC.match(scope["path"]):
            await self.app({**scope, "method": "GET"}, receive, heads)
        else:
            await self.app(scope, receive, send)


def _home() -> RedirectResponse:
    return RedirectResponse("/verifier/")


def install_pages(
    app: FastAPI, *, data: Path, pages: Path = FOLDER, follow: Callable[[], object] = lambda: None
) -> None:
    """Serve the built `pages` and the bundle in `data`; `follow` brings in what another process published."""
    app.state.data = data
    app.state.follow = follow
    app.include_router(bundle_router)
    app.add_api_route("/", _home, include_in_schema=False, dependencies=[caller("bundle", "read")])
    for page in PAGES:
        if (folder := pages / page.strip("/")).is_dir():
            app.mount(page.rstrip("/"), StaticFiles(directory=folder, html=True), name=folder.name)
    # At level 9 a whole page takes half as long again, for 0.3 % fewer bytes (measured).
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Heads)


def install_headers(app: FastAPI) -> None:
    """The headers on every answer. Called last: also the answer to what nobody foresaw has them."""
    app.middleware("http")(_headers)
