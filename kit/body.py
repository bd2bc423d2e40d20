"""The request body as the bytes that came, bounded while reading.

For signed documents, which no model may parse first, and for files too large for memory.
"""

import tempfile
from collections.abc import AsyncIterator
from typing import IO, Any

from fastapi import Depends, Request

from kernel.errors import Malformed

_IN_MEMORY = 1 << 20


def raw_body(limit: int) -> Any:
    """The whole body, at most `limit` bytes: `Annotated[bytes, raw_body(32_768)]`; raises Malformed `too_large`."""

    async def read(request: Request) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise Malformed("too_large", detail="the body is over its bound")
            parts.append(part)
        return b"".join(parts)

    read.limit = limit  # type: ignore[attr-defined]  # read by app/main.py, which bounds all other routes
    return Depends(read)


def spooled_body(limit: int, *, code: str = "too_large") -> Any:
    """A large body as a file opened at its start, at most `limit` bytes; gone when the request ends.

    Raises Malformed `code`.
    """

    async def read(request: Request) -> AsyncIterator[IO[bytes]]:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            size = 0
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise Malformed(code, detail="the body is over its bound")
                file.write(part)
            file.seek(0)
            yield file

    read.limit = limit  # type: ignore[attr-defined]  # read by app/main.py, which bounds all other routes
    return Depends(read)
