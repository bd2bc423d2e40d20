"""Each issuer's log as public files: `log/ISSUER/tile/…` and, last, `log/ISSUER/checkpoint` (C2SP tlog-tiles)."""

import re
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from app.files import is_so, put, sync, write_whole
from issuer.logbook import STEP, LogBook
from kernel.errors import Conflict, NotFound
from kernel.log_tiles import Read, tree_root

FOLDER: Final = "log"
CHECKPOINT: Final = "checkpoint"
FILE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}/(checkpoint|tile/[0-5]/(x[0-9]{3}/){0,3}[0-9]{3}(\.p/[0-9]{1,3})?)")
"""Exactly the names that a log has."""


def reader(data: Path) -> Callable[[str], Read]:
    """How the files of an issuer's log are read."""

    def of(issuer: str) -> Read:
        def read(name: str) -> bytes | None:
            path = data / FOLDER / issuer / name
            return path.read_bytes() if path.is_file() else None

        return read

    return of


def publish_log(data: Path, issuer: str, note: str, size: int, book: LogBook) -> None:
    """Lay out what is new of a log up to its checkpoint; where a tile that the new ones go on from is damaged or gone,
    all are laid out anew, once the leaves themselves are seen to lead to both checkpoints.

    Tiles can be made again, so all are written before the disk is waited for; the checkpoint that covers them is last.
    Raises Conflict `record_broken` where the log does not go on from the checkpoint that is there, which then stays.
    """
    folder, read, grow = data / FOLDER / issuer, reader(data)(issuer), partial(book.grow, issuer)
    former = _told(folder / CHECKPOINT)
    told = size_of(former)
    if told > size or (told == size and root_of(former) != root_of(note)):
        raise Conflict("record_broken", detail="the log does not go on from its published checkpoint")
    if told < size:
        try:
            _grow(folder, (told, size), grow)
            _require_roots(read, former, note)
        except (NotFound, Conflict):
            if not told:
                raise
            for each in (former, note):  # damage is mended; in a fork the tiles stay, since somebody saw them
                book.require_root(issuer, size_of(each), root_of(each))
            _grow(folder, (0, told, size), grow)
            _require_roots(read, former, note)
    if not is_so(folder / CHECKPOINT, note.encode()):
        folder.mkdir(parents=True, exist_ok=True)
        sync(folder)
        write_whole(folder / CHECKPOINT, note.encode(), mode=0o644)


def _grow(folder: Path, sizes: tuple[int, ...], grow: Callable[[int, int], dict[str, bytes]]) -> None:
    """The tiles from each size to the next, so that the tree of each can be read out of them."""
    for at, size in pairwise(sizes):
        for start in range(at, size, STEP):
            for name, raw in grow(start, min(size, start + STEP)).items():
                if not is_so(folder / name, raw):
                    put(folder / name, raw)


def _require_roots(read: Read, *notes: str) -> None:
    for note in filter(size_of, notes):
        if tree_root(read, size=size_of(note)) != root_of(note):
            raise Conflict("record_broken", detail="the log does not go on from its published checkpoint")


def told_size(data: Path, issuer: str) -> int:
    """How many leaves of an issuer's log this folder has told outside."""
    return published(data / FOLDER / issuer / CHECKPOINT)


def published(file: Path) -> int:
    """The size that a published checkpoint tells; 0 where there is none."""
    return size_of(_told(file))


def _told(file: Path) -> str:
    return file.read_text("utf-8") if file.is_file() else ""


def size_of(note: str) -> int:
    """The size that a checkpoint tells; 0 where it is none."""
    lines = note.split("\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else 0


def root_of(note: str) -> bytes:
    """The root that a checkpoint tells."""
    return b64decode(note.split("\n")[2])
