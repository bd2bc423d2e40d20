"""Errors that tell their own case in both languages; the words stand where each is raised for its cause. And what to
do at a terminal, where a code's own words (`schemas/codes.py`) are of a page.
"""

from collections.abc import Mapping
from typing import Final

from kernel.errors import PuenteError


class Said(PuenteError):
    """`said`, in Spanish and English, is told at the command line (`app/cli.py`) in place of its code's sentences."""

    said: tuple[str, str]


TODO: Final[Mapping[str, tuple[str, str]]] = {
    "evidence_needed": (
        "Dé con --evidence el SHA-256 del archivo que lo prueba, 64 cifras hexadecimales (lo muestra sha256sum "
        "ARCHIVO): el archivo no se sube. No se necesita con --reason holder_request.",
        "Give by --evidence the SHA-256 of the file that proves it, 64 hexadecimal digits (sha256sum FILE shows it): "
        "the file is not sent. None is needed with --reason holder_request.",
    ),
}
"""By code: Spanish, English."""
