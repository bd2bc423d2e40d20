"""How much of a body is read, route by route, and of which kind: the framework reads JSON before it asks who calls.

A route that reads its body itself (`kit/body.py`) has its own bound; every other takes JSON within TRUST section 11.
"""

from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schemas.bounds import JSON_BODY
from schemas.terms import JSON_MEDIA


class Limits:
    """Innermost middleware; `own` are the endpoints that bound their bodies themselves."""

    def __init__(self, app: ASGIApp, *, own: Mapping[object, int]) -> None:
        self.app = app
        self.own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises, where the handler reads, 413 over the bound and 415 for another kind than JSON."""
        size = 0

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            # Which route it is stands in the scope by now: nothing reads a body before one was found.
            if size and scope.get("endpoint") not in self.own:
                _require(size, scope)
            return message

        await self.app(scope, bounded if scope["type"] == "http" else receive, send)


def _require(size: int, scope: Scope) -> None:
    if size > JSON_BODY.bytes:
        raise HTTPException(413)
    kind = Headers(scope=scope).get("content-type", JSON_MEDIA)
    if kind.partition(";")[0].strip().lower() != JSON_MEDIA:
        raise HTTPException(415)
