"""The language of the command line, and the settings it is read from: once, for all of its files."""

from typing import Final

from app.settings import Settings

SETTINGS: Final = Settings()
NAMES: Final = {"ignore_unknown_options": True}
"""For commands that take a name of ours: it may begin with a hyphen (RFC 4648 section 5), and is no option then."""


def told(es: str, en: str) -> str:
    """Spanish first; English with `PUENTE_LANG=en`."""
    return es if SETTINGS.lang == "es" else en
