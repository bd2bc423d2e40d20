"""The language of the command line, and the settings it is read from: once, for all of its files."""

from typing import Final

from app.settings import Settings

SETTINGS: Final = Settings()


def told(es: str, en: str) -> str:
    """Spanish first; English with `PUENTE_LANG=en`."""
    return es if SETTINGS.lang == "es" else en
