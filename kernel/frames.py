"""Texts too long for one symbol, cut into frames that are shown in turn, and joined again (FORMAT section 9).

The set id only keeps sets apart: safety is the signature's. Nothing is shown or scanned here; drawing is `qr.py`'s.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from kernel.encoding import base45_encode
from kernel.errors import Invalid, Malformed
from schemas import bounds

PREFIX: Final = "VF1-"
FRAME_CHARS: Final = 366
"""The longest frame that is shown: 11-M."""

_CHUNK: Final = FRAME_CHARS - len(PREFIX) - 6 - 2
_SHAPE: Final = re.compile(r"VF1-([0-9A-Z $%*+\-./:]{6})([1-9])([2-9])([0-9A-Z $%*+\-./:]+)", re.ASCII)
_MOST: Final = bounds.FRAMES.count or 0
_MOST_JOINED: Final = bounds.FRAMES.out or 0


def split(text: str) -> tuple[str, ...]:
    """A QR text as 2 to 9 frames of one size but the last. Raises too_large_for_qr; one that fits a symbol needs none.

    The text is a prefix of FORMAT 1.2 and base45; anything else is a plain error.
    """
    if len(text) < 2 or text.startswith(PREFIX):
        raise ValueError("nothing to cut into frames")
    total = max(2, -(-len(text) // _CHUNK))
    if total > _MOST:
        raise Invalid("too_large_for_qr", detail="more characters than nine frames hold")
    size = -(-len(text) // total)
    name = PREFIX + _set_id(text)
    return tuple(f"{name}{place + 1}{total}{text[place * size : (place + 1) * size]}" for place in range(total))


def join(frames: Sequence[str]) -> str:
    """Frames of one set, in any order, some perhaps twice -> the text. Nothing is trimmed.

    Raises (V4) frames_mismatch (no frame, of two sets, two for one place, another hash, frames within frames),
    frames_incomplete (some are missing), limits_exceeded (longer than any symbol when joined).
    """
    found = [_read(frame) for frame in dict.fromkeys(frames)]
    if not found:
        raise Malformed("frames_incomplete", detail="no frame", step="V4")
    set_id, total = found[0].set_id, found[0].total
    chunks = {frame.place: frame.chunk for frame in found}
    if len(chunks) != len(found) or any((frame.set_id, frame.total) != (set_id, total) for frame in found):
        raise _mismatch("frames of several sets, or two for one place")
    if len(chunks) < total:
        raise Malformed("frames_incomplete", detail="not all frames are there", step="V4")
    text = "".join(chunks[place] for place in range(1, total + 1))
    if len(text) > _MOST_JOINED:
        raise Malformed("limits_exceeded", detail="more characters than a symbol holds", step="V4")
    if _set_id(text) != set_id or text.startswith(PREFIX):
        raise _mismatch("the joined text has another hash, or is a frame again")
    return text


class _Frame(NamedTuple):
    set_id: str
    place: int
    total: int
    chunk: str


def _read(frame: str) -> _Frame:
    match = _SHAPE.fullmatch(frame) if len(frame) <= bounds.FRAMES.size else None
    if match is None or match[2] > match[3]:
        raise _mismatch("no frame of the form")
    return _Frame(match[1], int(match[2]), int(match[3]), match[4])


def _set_id(text: str) -> str:
    return base45_encode(sha256(text.encode("ascii")).digest()[:4])


def _mismatch(detail: str) -> Malformed:
    return Malformed("frames_mismatch", detail=detail, step="V4")
