"""The shelf where this process keeps its bundle: DATA/bundle.puente, the pinned DATA/root.json, and what it remembers.

Installing is `kernel/bundle`'s; here is when, from where, and that versions, floors and sticky bits outlive a restart.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

from app.files import write_whole
from kernel.bundle import memory
from kernel.bundle.install import install, restore
from kernel.bundle.installed import InstalledBundle, Remembered
from kernel.errors import Invalid, PuenteError
from kernel.ports import Clock

CONTAINER = "bundle.puente"
ROOT = "root.json"
REMEMBERED = "remembered.json"
FOLLOWED: Final = 5.0
"""Seconds between two looks at whether others published."""
_log = structlog.get_logger()


def take(container: bytes, *, root: bytes, former: Remembered | None, now: datetime) -> InstalledBundle:
    """What was installed before is taken up again, also when it has expired meanwhile; anything else is new.

    Raises Invalid `bundle_refused`; then whoever has a former bundle keeps it.
    """
    if former is None:
        return install(container, trusted_root=root, now=now)
    try:
        return restore(container, trusted_root=root, remembered=former)
    except Invalid:
        return install(container, trusted_root=root, now=now, former=former)


def recall(folder: Path) -> Remembered | None:
    """What a folder remembers of the bundles it had: versions, floors, bits that were seen."""
    file = folder / REMEMBERED
    return memory.read(file.read_bytes()) if file.is_file() else None


@dataclass(kw_only=True)
class Shelf:
    """The bundle of a data folder, installed again when its file changes; a bad newer file leaves the old one."""

    folder: Path
    clock: Clock
    follow: Callable[[int], None] | None = None
    """Lays out a bundle that is newer than this version, where other processes publish too. Raises Unavailable."""
    _asked: float = -FOLLOWED
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stamp: tuple[int, int] | None = None
    _bundle: InstalledBundle | None = None

    def __call__(self) -> InstalledBundle | None:
        """The bundle in use, or None where none could ever be installed here."""
        self._look()  # first, so that what is here already is not asked for again
        now = time.monotonic()
        if self.follow is not None and now - self._asked >= FOLLOWED:
            self._asked = now
            try:
                self.follow(0 if self._bundle is None else self._bundle.version)
            except PuenteError as error:
                _log.warning("bundle_not_followed", code=error.code)
            self._look()
        return self._bundle

    def _look(self) -> None:
        file = self.folder / CONTAINER
        try:
            facts = file.stat()
        except FileNotFoundError:
            return
        stamp = (facts.st_mtime_ns, facts.st_size)
        with self._lock:
            if stamp != self._stamp:
                self._stamp = stamp
                self._take(file.read_bytes(), (self.folder / ROOT).read_bytes())

    def _take(self, container: bytes, root: bytes) -> None:
        former = recall(self.folder) if self._bundle is None else self._bundle.remembered
        try:
            self._bundle = take(container, root=root, former=former, now=self.clock.now())
        except Invalid as refused:
            _log.warning("bundle_refused", code=refused.code)
            return
        if self._bundle.remembered is not None and self._bundle.remembered != former:
            write_whole(self.folder / REMEMBERED, memory.write(self._bundle.remembered), mode=0o600)
