"""The few answers that every story gives: stored bytes, what was created, paper, a file, a QR picture."""

from collections.abc import Iterator
from typing import IO, Any, Final

from fastapi import Response
from fastapi.responses import StreamingResponse

PDF: Final = "application/pdf"
PRINTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "PDF/UA-1, A4"},
    204: {"description": "Nothing of this part can be printed now"},
}
"""What a route that prints says of its answers."""
VC: Final = "application/vc"
VP: Final = "application/vp"
_BLOCK: Final = 1 << 16
NO_STORE: Final = {"Cache-Control": "no-store"}


def stored(raw: bytes, *, media_type: str, status: int = 200, location: str | None = None) -> Response:
    """The very bytes that are kept, never made again from an index."""
    headers = dict(NO_STORE)
    if location is not None:
        headers["Location"] = location
    return Response(raw, status_code=status, media_type=media_type, headers=headers)


def printed(sheet: bytes | None) -> Response:
    """Paper; it holds personal data. 204 where there is nothing to print."""
    if sheet is None:
        return Response(status_code=204, headers=NO_STORE)
    return Response(sheet, media_type=PDF, headers=NO_STORE)


def filed(file: IO[bytes], *, media_type: str) -> Response:
    """A file of people's rows, block by block; it is closed with the answer."""

    def blocks() -> Iterator[bytes]:
        with file:
            while block := file.read(_BLOCK):
                yield block

    return StreamingResponse(blocks(), media_type=media_type, headers=NO_STORE)


def picture(raw: bytes, *, media_type: str) -> Response:
    """A QR picture; it holds personal data, so nobody on the way keeps it."""
    return Response(raw, media_type=media_type, headers=NO_STORE)
