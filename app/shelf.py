"""The shelf where this process keeps its bundle: DATA/bundle.puente, the pinned DATA/root.json, and the time floor.

Installing is `kernel/bundle`'s; here is when, from where, and what is remembered.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.ports import Clock


def install_file(container: Path, *, root: Path | None, now: datetime) -> InstalledBundle:
    """Install the bundle in one file under the pinned root; raises Invalid `bundle_refused`, FileNotFoundError."""
    pinned = (root or container.with_name("root.json")).read_bytes()
    return install(container.read_bytes(), trusted_root=pinned, now=now)


@dataclass(kw_only=True)
class Shelf:
    """The bundle of a data folder, installed again when its file changes; a bad newer file leaves the old one."""

    folder: Path
    clock: Clock
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stamp: tuple[int, int] | None = None
    _bundle: InstalledBundle | None = None

    def __call__(self) -> InstalledBundle | None:
        """The bundle in use, or None where none was ever published here."""
        file = self.folder / "bundle.puente"
        try:
            facts = file.stat()
        except FileNotFoundError:
            return self._bundle
        stamp = (facts.st_mtime_ns, facts.st_size)
        with self._lock:
            if stamp != self._stamp:
                former = self._bundle
                self._stamp = stamp
                self._bundle = install(
                    file.read_bytes(),
                    trusted_root=(self.folder / "root.json").read_bytes(),
                    now=self.clock.now(),
                    former=former,
                )
            return self._bundle
