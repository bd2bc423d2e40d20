"""The few answers that every story gives: stored bytes, what was created, a QR picture."""

from typing import Final

from fastapi import Response

VC: Final = "application/vc"
VP: Final = "application/vp"
NO_STORE: Final = {"Cache-Control": "no-store"}


def stored(raw: bytes, *, media_type: str, status: int = 200, location: str | None = None) -> Response:
    """The very bytes that are kept, never made again from an index."""
    headers = dict(NO_STORE)
    if location is not None:
        headers["Location"] = location
    return Response(raw, status_code=status, media_type=media_type, headers=headers)


def picture(raw: bytes, *, media_type: str) -> Response:
    """A QR picture; it holds personal data, so nobody on the way keeps it."""
    return Response(raw, media_type=media_type, headers=NO_STORE)
