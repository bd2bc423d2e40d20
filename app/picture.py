"""A photo -> the QR texts in it, read in a bounded child process: a picture is the most hostile thing that comes in.

Bounds of TRUST section 11: 8 MiB, 25 million pixels by the header, the first frame only, 3 s, 512 MiB. What the child
(`picture_child.py`) says is believed only in the form of an answer. Frames and verdicts are the caller's affair.
"""

import json
import subprocess  # the point of this file; arguments are numbers and our own path, never from outside
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from app import picture_child
from kernel.errors import Malformed
from schemas import bounds

PICTURE_STARTS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"BM")
"""How a file begins that is sent here: the formats that the child reads."""
_CHILD: Final = Path(picture_child.__file__)
_START: Final = 15.0
"""Seconds that the child may take to start on a busy machine, beside the time for the picture."""
_ANSWER: Final = 1 << 20
_AT_ONCE: Final = 2


class PictureReader:
    """The port `Picture` (`kernel/ports.py`); at most two pictures are read at the same time."""

    def __init__(self) -> None:
        self._turn = BoundedSemaphore(_AT_ONCE)

    def texts(self, photo: bytes, /) -> tuple[str, ...]:
        """The texts of the QR symbols, rows from the top and each from the left; () where there is none.

        Raises Malformed: limits_exceeded (size, pixels, time, memory), picture_unreadable.
        """
        if len(photo) > bounds.PICTURE.size:
            raise Malformed("limits_exceeded", detail="a picture of more than 8 MiB")
        with self._turn:
            answer = _ask(photo)
        return _texts(answer)


def read_picture(photo: bytes) -> tuple[str, ...]:
    """What the child reads, in this process: for pictures that we drew ourselves, never for one from outside."""
    return tuple(picture_child.read(photo, bounds.PICTURE.out or 0))


def _ask(photo: bytes) -> bytes:
    seconds = int(bounds.PICTURE.seconds or 0)
    limits = (bounds.PICTURE_MEMORY.size, seconds, bounds.PICTURE.out)
    # Isolated mode: no environment, no current folder and no user's site-packages on the child's path.
    command = [sys.executable, "-I", str(_CHILD), *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and no argument from outside)
            command, input=photo, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, check=False,
            timeout=_START + seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Malformed("limits_exceeded", detail="a picture that takes too long") from None
    if done.returncode < 0:  # ended by a signal: the alarm, or a decoder that broke
        raise Malformed("limits_exceeded", detail="a picture that takes too long or too much memory")
    return done.stdout


def _texts(answer: bytes) -> tuple[str, ...]:
    try:
        said = json.loads(answer) if len(answer) <= _ANSWER else None
    except ValueError:
        said = None
    match said:
        case {"texts": [*texts]} if all(isinstance(text, str) for text in texts):
            return tuple(str(text) for text in texts)
        case {"code": "limits_exceeded"}:
            raise Malformed("limits_exceeded", detail="a picture with too many pixels")
        case _:
            raise Malformed("picture_unreadable", detail="no picture of a kind that is read, or a damaged one")
