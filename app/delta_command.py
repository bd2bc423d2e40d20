"""`puente delta`: two bundles of a counter -> the frames that bring a phone from one to the other, text and pictures.

What may travel so is `kernel/bundle/delta.py`'s. No signature is looked at: whoever takes the frames checks them all.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from app.command_line import Commands, stop
from app.language import told as _t
from kernel import qr
from kernel.bundle import delta
from kernel.bundle.container import unpack
from schemas.bounds import CONTAINER

SCALE: Final = 10
"""Pixels a module: a frame of version 11 fills a phone's width of 720 (FORMAT 8.4)."""


delta_app = Commands()


@delta_app.command("delta", epilog="puente delta --from vieja.puente --to nueva.puente --out codigos")
def delta_frames(
    old: Annotated[Path, typer.Option("--from", help=_t("La lista que el teléfono tiene.", "The phone's bundle."))],
    new: Annotated[Path, typer.Option("--to", help=_t("La lista nueva (.puente).", "The new bundle (.puente)."))],
    out: Annotated[Path | None, typer.Option(help=_t("Carpeta para las imágenes.", "Folder for pictures."))] = None,
) -> None:
    """Print the frames, one a line; with `--out` draw them too."""
    for file in (old, new):
        if not file.is_file():
            stop(f"no existe el archivo {file}", f"there is no file {file}")
    frames = make_frames(old, new)
    if out is not None:
        draw_frames(frames, out)
    typer.echo("\n".join(frames))


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
