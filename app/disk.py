"""Room on the disk: no new work is begun when it is nearly full, so that what was begun can end (TRUST section 12)."""

import shutil
from pathlib import Path
from typing import Final

from kernel.errors import Unavailable

LEAST: Final = 1 << 30
SHARE: Final = 20
"""A twentieth of the disk, but never more than 1 GiB is asked for."""


def has_room(folder: Path, times: int = 1) -> bool:
    """Whether new work may begin; so many `times` the least is asked for."""
    usage = shutil.disk_usage(folder if folder.exists() else Path())
    return usage.free >= times * min(LEAST, usage.total // SHARE)


def require_room(folder: Path, times: int = 1) -> None:
    """Raises Unavailable `disk_full`."""
    if not has_room(folder, times):
        raise Unavailable("disk_full", detail="the disk is nearly full; what was begun goes on")
