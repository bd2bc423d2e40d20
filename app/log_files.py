"""Each issuer's log as public files: `log/ISSUER/tile/…` and, last, `log/ISSUER/checkpoint` (C2SP tlog-tiles)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.files import is_so, put, sync, write_whole
from kernel.errors import NotFound
from kernel.log_tiles import Read

FOLDER: Final = "log"
CHECKPOINT: Final = "checkpoint"
FILE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}/(checkpoint|tile/[0-5]/(x[0-9]{3}/){0,3}[0-9]{3}(\.p/[0-9]{1,3})?)")
"""Exactly the names that a log has."""
STEP: Final = 1 << 16
"""Leaves taken at a time: so a country's first publication stays small in memory."""


def reader(data: Path) -> Callable[[str], Read]:
    """How the files of an issuer's log are read."""

    def of(issuer: str) -> Read:
        def read(name: str) -> bytes | None:
            path = data / FOLDER / issuer / name
            return path.read_bytes() if path.is_file() else None

        return read

    return of


def publish_log(data: Path, issuer: str, note: str, size: int, grow: Callable[[int, int], dict[str, bytes]]) -> None:
    """Lay out what is new of a log up to its checkpoint; what is damaged or gone is laid out anew from the start.

    Tiles can be made again, so all are written before the disk is waited for; the checkpoint that covers them is last.
    """
    folder = data / FOLDER / issuer
    at = published(folder / CHECKPOINT)
    while at < size:
        upto = min(size, at + STEP)
        try:
            made = grow(at, upto)
        except NotFound:
            if not at:
                raise
            at = 0
            continue
        for name, raw in made.items():
            if not is_so(folder / name, raw):
                put(folder / name, raw)
        at = upto
    if not is_so(folder / CHECKPOINT, note.encode()):
        folder.mkdir(parents=True, exist_ok=True)
        sync(folder)
        write_whole(folder / CHECKPOINT, note.encode(), mode=0o644)


def published(file: Path) -> int:
    """The size that a published checkpoint tells; 0 where there is none."""
    return size_of(file.read_text("utf-8")) if file.is_file() else 0


def size_of(note: str) -> int:
    """The size that a checkpoint tells; 0 where it is none."""
    lines = note.split("\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else 0
