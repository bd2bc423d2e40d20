"""The language of the command line, and the settings it is read from: once, for all of its files."""

import sys
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pydantic import ValidationError

from app.settings import Settings

_ADDRESSES: Final = {
    "PUENTE_ORIGIN": (
        "es https:// y el nombre de la casa, sin barra al final: https://puente.entidad.example; http no sirve, y para "
        "probar en esta máquina no se pone",
        "it is https:// and the house's name, with no slash at its end: https://puente.issuer.example; http will not "
        "do, and to try on this machine it is not set",
    ),
    "PUENTE_ADDRESS": (
        "es como la escribe una persona, sin https:// ni barra: puente.entidad.example",
        "it is as a person types it, without https:// or a slash: puente.issuer.example",
    ),
}
"""What an address must be, where a pattern would be told."""


def _read() -> Settings:
    """The settings. Where one cannot be read nothing runs by a guess: a line for each names it, and never its value."""
    try:
        return Settings()
    except ValidationError as wrong:
        for fault in wrong.errors(include_input=False, include_url=False, include_context=True):
            name = "_".join(("PUENTE", *map(str, fault["loc"]))).upper()
            may = str(fault.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
            es, en = _ADDRESSES.get(name, ("no la puedo leer", fault["msg"]))
            if may:
                es, en = f"puede ser {may}", f"it may be {may}"
            sys.stderr.write(f"puente: {name}: {es}. No hice nada; corríjala o quítela.\n")
            sys.stderr.write(f"puente: {name}: {en}. Nothing was done; correct it or take it away.\n")
        raise SystemExit(2) from None


SETTINGS: Final = _read()
_TURNED: Final = str.maketrans(",.", ".,")
NAMES: Final = {"ignore_unknown_options": True}
"""For commands that take a name of ours: it may begin with a hyphen (RFC 4648 section 5), and is no option then."""


def told(es: str, en: str) -> str:
    """Spanish first; English with `PUENTE_LANG=en`."""
    return es if SETTINGS.lang == "es" else en


def figure(number: float, places: int = 0) -> str:
    """`4.096` and `61,04`; in English `4,096` and `61.04`. A half is rounded up, as in the console."""
    english = f"{Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
    return told(english.translate(_TURNED), english)


def choices(words: Mapping[str, str]) -> str:
    """What may be typed, and what each is in words: for an option's help."""
    return "; ".join(f"{name}: {said}" for name, said in words.items())
