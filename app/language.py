"""The language of the command line, and the settings it is read from: once, for all of its files."""

import sys
from typing import Final

from pydantic import ValidationError

from app.settings import Settings


def _read() -> Settings:
    """The settings. Where one cannot be read nothing runs by a guess: a line for each names it, and never its value."""
    try:
        return Settings()
    except ValidationError as wrong:
        for fault in wrong.errors(include_input=False, include_url=False, include_context=True):
            name = "_".join(("PUENTE", *map(str, fault["loc"]))).upper()
            may = str(fault.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
            es = f"puede ser {may}" if may else "no la puedo leer"
            en = f"it may be {may}" if may else fault["msg"]
            sys.stderr.write(f"puente: {name}: {es}. No hice nada; corríjala o quítela.\n")
            sys.stderr.write(f"puente: {name}: {en}. Nothing was done; correct it or take it away.\n")
        raise SystemExit(2) from None


SETTINGS: Final = _read()
NAMES: Final = {"ignore_unknown_options": True}
"""For commands that take a name of ours: it may begin with a hyphen (RFC 4648 section 5), and is no option then."""


def told(es: str, en: str) -> str:
    """Spanish first; English with `PUENTE_LANG=en`."""
    return es if SETTINGS.lang == "es" else en
