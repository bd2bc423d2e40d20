"""Text that people type: bounded, in NFC, and without signs that nobody sees (TRUST section 11, DOMAIN A40)."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from schemas.bounds import TYPED_TEXT

UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Controls, bidirectional overrides, zero-width and soft-hyphen characters."""


def tidy(text: str) -> str:
    """In NFC, without blanks at the ends, runs of blanks as one. Raises ValueError: an unseen sign, or too long."""
    told = unicodedata.normalize("NFC", " ".join(text.split()))
    if UNSEEN.search(told) or len(told) > TYPED_TEXT.size:
        raise ValueError("signs that nobody sees, or too long")
    return told


Typed = Annotated[str, Field(max_length=TYPED_TEXT.size), AfterValidator(tidy)]
"""May be empty. Blanks at the ends go, runs of blanks and line ends become one."""


def _some(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


TypedSome = Annotated[Typed, Field(min_length=1), AfterValidator(_some)]
"""Not empty."""
