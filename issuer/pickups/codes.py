"""Claim codes and their PINs: made of an offer's name under the issuer's key, and read as people type them. Pure."""

from typing import Final

from issuer.secrets import Secrets
from schemas.question import CROCKFORD, MISREAD

_CODE: Final = 10
_PINS: Final = 10**6


def secrets_of(offer: str, secrets: Secrets) -> tuple[str, str]:
    """The code and the PIN of an offer by its name."""
    drawn = secrets.code(f"offer {offer}")
    return "".join(CROCKFORD[byte % 32] for byte in drawn[:_CODE]), f"{int.from_bytes(drawn[_CODE:]) % _PINS:06d}"


def typed(code: str) -> str:
    """As people type it: blanks and hyphens do not count, and letters that look like digits are those (Crockford)."""
    return "".join(code.split()).replace("-", "").upper().translate(MISREAD)
