"""`once()`: a request's Idempotency-Key as the `Once` of its service. What is kept under it is `once.py`'s.

Apart from it since a command keeps acts too, and should not wait for a server's libraries.
"""

import hashlib
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from kit.once import Once


def _hash(request: Request, body: bytes) -> bytes:
    return hashlib.sha256(request.method.encode() + b" " + request.url.path.encode() + b"\n" + body).digest()


async def _once(
    request: Request,
    idempotency_key: Annotated[
        str, Header(min_length=8, max_length=128, pattern=r"^[A-Za-z0-9_-]+$", description="Repeat the request safely")
    ],
) -> Once:
    # Starlette keeps the body after the first reading, so the handler's own model reads the same bytes.
    return Once(key=idempotency_key, digest=_hash(request, await request.body()))


def once() -> Any:
    """The dependency: `Annotated[Once, once()]`. The route needs a bounded body (app-wide bound)."""
    return Depends(_once)
