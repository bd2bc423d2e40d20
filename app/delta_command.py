"""`puente delta`: two bundles of a counter -> the frames that bring a phone from one to the other, text and pictures.

What may travel so is `kernel/bundle/delta.py`'s. No signature is looked at: whoever takes the frames checks them all.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kernel import qr
from kernel.bundle import delta
from kernel.bundle.container import unpack
from schemas.bounds import CONTAINER

SCALE: Final = 10
"""Pixels a module: a frame of version 11 fills a phone's width of 720 (FORMAT 8.4)."""


def make_frames(old: Path, new: Path) -> tuple[str, ...]:
    """Raises Invalid `bundle_refused`, `delta_needs_file`, `delta_too_large`."""
    return delta.show(delta.make(unpack(_read(old)), unpack(_read(new))))


def draw_frames(frames: Sequence[str], folder: Path) -> None:
    """One PNG a frame, at the level that a screen needs."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, frame in enumerate(frames, 1):
        picture = qr.png(qr.symbol(frame, level="M"), SCALE)
        (folder / f"delta-{number}-{len(frames)}.png").write_bytes(picture)


def _read(file: Path) -> bytes:
    """No more than a container may have, and one byte, by which it is known to be too large."""
    with file.open("rb") as opened:
        return opened.read(CONTAINER.size + 1)
