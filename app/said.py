"""Errors that tell their own case in both languages; the words stand where each is raised for its cause."""

from kernel.errors import PuenteError


class Said(PuenteError):
    """`said`, in Spanish and English, is told at the command line (`app/cli.py`) in place of its code's sentences."""

    said: tuple[str, str]
