"""Files written whole: one that stands by itself, or many for which the disk is waited for once; and locks of them.

A country's log is thousands of tiles; a wait for each took ten times as long as all the rest of publishing.
"""

import ctypes
import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kernel.errors import Conflict


def put(path: Path, raw: bytes) -> None:
    """Whole under its name for who reads now; after a power cut only once `sync` has come back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _beside(path, raw).replace(path)


def put_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """All of them, named in this order, when each is on the disk; they are of one file system."""
    for path, _ in files:
        path.parent.mkdir(parents=True, exist_ok=True)
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


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Write one file whole or not at all: temp, fsync, rename, fsync of its folder, which is there."""
    _beside(path, content, mode=mode, synced=True).replace(path)
    sync_folder(path.parent)


def require_free(*paths: Path) -> None:
    """Nothing lies there: what is written whole would take its place. Raises Conflict `name_taken`."""
    if any(path.is_symlink() or path.exists() for path in paths):
        raise Conflict("name_taken", detail="a file stands there already and is left as it is")


def clear_begun(path: Path) -> None:
    """What writers of the file left of it that were killed on this machine."""
    for left in path.parent.glob(f"{escape(path.name)}.*.new"):
        try:
            os.kill(int(left.suffixes[-2][1:]), 0)
        except ProcessLookupError:
            left.unlink(missing_ok=True)
        except (ValueError, PermissionError):
            continue


def sync_folder(folder: Path) -> None:
    """What was renamed in it stays renamed after a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer of a folder at a time, of all processes and threads: others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder, waits=True):
        yield


@contextmanager
def held(place: Path, *, waits: bool) -> Iterator[bool]:
    """The lock of a file or folder, which the system ends with who holds it; gives whether it is ours."""
    opened = os.open(place, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)


def _beside(path: Path, raw: bytes, *, mode: int = 0o644, synced: bool = False) -> Path:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")  # another process may write the same file
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(raw)
        if synced:
            file.flush()
            os.fsync(file.fileno())
    return temporary
