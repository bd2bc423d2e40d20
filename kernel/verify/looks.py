"""What a text of another system looks like, for a sentence that helps. Nothing is opened, unwrapped or fetched."""

import re
from typing import Final

from schemas.verification import LooksLike

_BASE64URL: Final = r"[A-Za-z0-9_-]+"
# In this order: the first that matches names it. Each pattern is linear in the text.
_LOOKS: Final[tuple[tuple[re.Pattern[str], LooksLike], ...]] = (
    (re.compile(r"shc:/", re.IGNORECASE), "smart_health_card"),
    (re.compile(r"HC1:"), "eu_dcc"),
    (re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,31}://"), "url"),
    (
        re.compile(r"(?:https?|mailto|tel|sms|geo|wifi|otpauth|openid4vp|openid-credential-offer|haip|mdoc):", re.I),
        "url",
    ),
    (re.compile(rf"{_BASE64URL}\.{_BASE64URL}\.{_BASE64URL}(?:~[A-Za-z0-9_.~-]*)?\Z"), "jwt"),
    (re.compile(r"[ \t\r\n]*[{\[]"), "json"),
    (re.compile(r"VD1-"), "puente_update"),
    (re.compile(r"VR1-"), "puente_log_proof"),
    (re.compile(r"VQ1-"), "puente_request"),
    (re.compile(r"VO1-"), "puente_claim"),
    (re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){6}\Z"), "puente_sheet"),
    (re.compile(r"V[CP]1-(?!R)"), "other_credential"),
    (re.compile(r"[0-9A-Z $%*+./:-]{20,}\Z"), "base45"),
)


def looks_like(text: str) -> LooksLike | None:
    """A name for the text's system, or None."""
    for pattern, name in _LOOKS:
        if pattern.match(text):
            return name
    return None
