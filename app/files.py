"""Many public files at once: each is written whole, and the disk is waited for once and not for each of them.

A country's log is thousands of tiles; a wait for each took ten times as long as all the rest of publishing. One file
that must stand by itself is `write_whole`'s (`app/keystore.py`).
"""

import ctypes
import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def put(path: Path, raw: bytes) -> None:
    """Whole under its name for who reads now; after a power cut only once `sync` has come back."""
    _beside(path, raw).replace(path)


def put_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """All of them, named in this order, when each is on the disk; they are of one file system."""
    written = [(_beside(path, raw), path) for path, raw in files]
    if not written:
        return
    folder = written[-1][1].parent
    sync(folder)
    for temporary, path in written:
        temporary.replace(path)
    sync(folder)


def is_so(path: Path, raw: bytes) -> bool:
    """Whether the file holds exactly that."""
    return path.is_file() and path.read_bytes() == raw


def sync(folder: Path) -> None:
    """Wait until everything that was written to the folder's file system is on the disk. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):  # not Linux
        os.sync()
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        if library.syncfs(opened):
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(opened)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer of a folder at a time, of all processes and threads: others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _beside(path: Path, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")  # another process may write the same file
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as file:
        file.write(raw)
    return temporary
