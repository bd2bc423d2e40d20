"""How much of a body is read, route by route, and of which kind: the framework reads JSON before it asks who calls.

A route that reads its body itself (`kit/body.py`) has its own bound; every other takes JSON within TRUST section 11.
No text that comes in, in a body or an address, holds what no database keeps and no answer can say: a NUL, half of a
surrogate pair.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schemas.bounds import JSON_BODY
from schemas.terms import JSON_MEDIA

_ESCAPE: Final = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_NOTHING: Final = "\N{REPLACEMENT CHARACTER}"
"""Takes a NUL's place in an address: nothing of ours is named so."""


class Limits:
    """Innermost middleware; `own` are the endpoints that bound their bodies themselves."""

    def __init__(self, app: ASGIApp, *, own: Mapping[object, int]) -> None:
        self.app = app
        self.own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises, where the handler reads, 413 over the bound, 415 for another kind than JSON, 422 for no text."""
        body = bytearray()

        async def bounded() -> Message:
            message = await receive()
            # Which route it is stands in the scope by now: nothing reads a body before one was found.
            if message["type"] == "http.request" and scope.get("endpoint") not in self.own:
                if piece := message.get("body", b""):
                    body.extend(piece)
                    _require(len(body), scope)
                if not message.get("more_body", False):  # the last piece may be empty: the body before it is not
                    _require_text(bytes(body))
            return message

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["path"] = scope["path"].replace("\0", _NOTHING)
        scope["query_string"] = scope["query_string"].replace(b"%00", quote(_NOTHING).encode())
        await self.app(scope, bounded, send)


def _require(size: int, scope: Scope) -> None:
    if size > JSON_BODY.bytes:
        raise HTTPException(413)
    kind = Headers(scope=scope).get("content-type", JSON_MEDIA)
    if kind.partition(";")[0].strip().lower() != JSON_MEDIA:
        raise HTTPException(415)


def _require_text(body: bytes) -> None:
    """JSON is UTF-8 (RFC 8259 section 8.1); of its escapes none may be a NUL or a surrogate without its other half."""
    try:
        body.decode()
    except UnicodeDecodeError as fault:
        raise HTTPException(422) from fault
    half = -1  # where the other half of a pair has to begin
    for escape in _ESCAPE.finditer(body):
        code = int(escape[1] or b"20", 16)
        if (half >= 0) != (half == escape.start() and 0xDC00 <= code < 0xE000) or code == 0:
            raise HTTPException(422)
        if half < 0 and 0xDC00 <= code < 0xE000:
            raise HTTPException(422)
        half = escape.end() if 0xD800 <= code < 0xDC00 else -1
    if half >= 0 or b"\0" in body:
        raise HTTPException(422)
