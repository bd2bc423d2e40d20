"""Text that people type, and text of others that is shown: NFC, no sign that nobody sees (TRUST 11, DOMAIN A40).

The twin of `pwa/src/kernel/typed.ts`; tests/vectors/shown.json holds the two together.
"""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from schemas.bounds import TYPED_TEXT

UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, bidirectional overrides, and what Unicode draws as nothing (Default_Ignorable_Code_Point)."""
_BLANKS: Final = re.compile("[\t-\r\x85\u2028\u2029 \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_MOST_MARKS: Final = 3
"""Over one letter, after NFC: what living scripts write; more are heaped up to paint over what stands above."""


def tidy(text: str) -> str:
    """In NFC, without blanks at the ends, runs of blanks as one. Raises ValueError: an unseen sign, or too long."""
    told = unicodedata.normalize("NFC", " ".join(text.split()))
    if UNSEEN.search(told) or len(told) > TYPED_TEXT.size:
        raise ValueError("signs that nobody sees, or too long")
    return told


def shown(text: str) -> str:
    """Text of others as shown: nothing unseen, single blanks, at most three marks over a letter, none without one."""
    seen = _BLANKS.sub(" ", UNSEEN.sub("", _BLANKS.sub(" ", text)))
    kept: list[str] = []
    marks = _MOST_MARKS  # before the first letter none is kept
    for sign in unicodedata.normalize("NFC", seen.strip(" ")):
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def folded(name: str) -> str:
    """A name without case and marks, which documents write now so and now so: they tell no two people apart."""
    apart = unicodedata.normalize("NFD", shown(name))
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M")).lower()


Typed = Annotated[str, Field(max_length=TYPED_TEXT.size), AfterValidator(tidy)]
"""May be empty. Blanks at the ends go, runs of blanks and line ends become one."""


def _some(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


TypedSome = Annotated[Typed, Field(min_length=1), AfterValidator(_some)]
"""Not empty."""
