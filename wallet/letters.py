"""Letters and figures as a holder types or scans them: a verifier's eight, a claim slip's ten, a PIN's six.

TRUST sections 9 and 10. Whether they are the right ones is for those to say who gave them.
"""

from typing import Final

from kernel.errors import Malformed
from schemas.question import CHALLENGE_LENGTH, CLAIM, CLAIM_LENGTH, CROCKFORD, MISREAD, PIN_LENGTH

_LONGEST: Final = 64
_BLANKS: Final = dict.fromkeys(map(ord, "- \t\r\n"))


def read_challenge(text: str) -> str:
    """A verifier's eight letters, as typed. Raises Malformed `bad_request`."""
    return _letters(text, CHALLENGE_LENGTH, "/request")


def read_claim(text: str) -> str:
    """A claim slip's ten letters, typed, or scanned as `VO1-` and the letters. Raises Malformed `bad_request`."""
    return _letters(text.removeprefix(CLAIM), CLAIM_LENGTH, "/code")


def read_pin(text: str) -> str:
    """The six figures that came apart from the slip. Raises Malformed `bad_request`."""
    figures = _bare(text)
    if len(figures) != PIN_LENGTH or not set(figures) <= set("0123456789"):
        raise Malformed("bad_request", detail="a PIN has six figures", pointer="/pin")
    return figures


def _letters(text: str, length: int, pointer: str) -> str:
    """Crockford letters; case, blanks, hyphens and look-alikes do not matter."""
    letters = _bare(text).upper().translate(MISREAD)
    if len(letters) != length or not set(letters) <= set(CROCKFORD):
        raise Malformed("bad_request", detail="a code of another length or with another letter", pointer=pointer)
    return letters


def _bare(text: str) -> str:
    return text.translate(_BLANKS) if len(text) <= _LONGEST else ""
