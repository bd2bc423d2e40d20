"""What goes over the signing process's socket: one JSON line each way, bounded. Signatures are base64url.

A request names what to sign, or a key; it carries bytes for the bundle's own roles alone, whose metadata the process
reads before it signs it (docs/decisions/0031).
"""

import json
import socket
from typing import Any, Final

from kernel.errors import Conflict, Forbidden, Invalid, NotFound, PuenteError, Unavailable

REQUEST: Final = 2 << 20
"""The largest role metadata is 1 MiB (TRUST section 11), in base64url."""
ANSWER: Final = 1 << 20
"""4,096 signatures."""
_KINDS: Final[tuple[type[PuenteError], ...]] = (Conflict, Forbidden, Invalid, NotFound)
_PIECE: Final = 1 << 16


def read(connection: socket.socket, bound: int) -> dict[str, Any]:
    """One whole line. Raises Unavailable where the other side says too much, too little, or nothing readable."""
    raw = bytearray()
    while not raw.endswith(b"\n"):
        piece = connection.recv(_PIECE)
        if not piece or len(raw) + len(piece) > bound:
            raise Unavailable("signer_unavailable", detail="the signing process's line was cut, or too long")
        raw += piece
    try:
        told = json.loads(raw)
    except ValueError as error:
        raise Unavailable("signer_unavailable", detail="the signing process's line is no JSON") from error
    if not isinstance(told, dict):
        raise Unavailable("signer_unavailable", detail="the signing process's line is no object")
    return told


def write(connection: socket.socket, told: dict[str, Any]) -> None:
    """One line."""
    connection.sendall(json.dumps(told).encode() + b"\n")


def refusal(error: PuenteError) -> dict[str, Any]:
    """An error of ours as it travels: its kind and its code, both from fixed tables."""
    kind = next((kind.__name__ for kind in _KINDS if isinstance(error, kind)), Unavailable.__name__)
    return {"error": kind, "code": error.code, "detail": error.detail}


def raise_refusal(told: dict[str, Any]) -> None:
    """The same error on this side."""
    kind = next((kind for kind in _KINDS if kind.__name__ == told["error"]), Unavailable)
    raise kind(str(told["code"]), detail=str(told["detail"]))
