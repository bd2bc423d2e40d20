"""The marks of one made-up person and every form in which they could get out: as they are, escaped, in base64 or hex.

What the journeys are looked through for; the journeys themselves stand beside this.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

NAMES: Final = "Zacarílda Úrsulina"
SURNAMES: Final = "Quetzalópez"
NUMBER: Final = "771234509811"
PHONE: Final = "3017712345"
MAIL: Final = "zurs.quetz@colibri.example"
PARTS: Final = ("Zacarílda", "Úrsulina", SURNAMES, "Zacarilda", "Quetzalopez", NUMBER, PHONE, MAIL)
"""Each word apart, and as one who folds accents writes it."""
LEAST: Final = 6
"""Signs of a value that is looked for in other forms too: a shorter one's base64 is in many a text."""


@lru_cache(maxsize=10_000)
def forms(value: str) -> frozenset[bytes]:
    """How a value may stand in bytes; one that is empty stands nowhere."""
    found = {value.encode()} if value else set()
    if len(value) >= LEAST:
        for cased in {value, value.lower(), value.upper(), value.casefold()}:
            found |= set(_forms(cased))
    return frozenset(found)


def _forms(value: str) -> Iterator[bytes]:
    plain = value.encode()
    yield plain
    for codec in ("cp1252", "utf-16-le", "utf-16-be"):
        yield value.encode(codec, "replace")
    yield from (quote(value).encode(), quote_plus(value).encode(), json.dumps(value)[1:-1].encode())
    yield from (plain.hex().encode(), plain.hex().upper().encode())
    for before in range(3):  # of three bytes it may be the first, the second or the third
        told = b64encode(b"\0" * before + plain)[(0, 2, 3)[before] :]
        sure = told[: (before + len(plain)) * 8 // 6 - (0, 2, 3)[before]]
        yield from (sure, sure.translate(bytes.maketrans(b"+/", b"-_")))


def found_in(raw: bytes, values: Iterable[str] = PARTS) -> list[str]:
    """Which of the values stand in it, in any form."""
    return [value for value in values if any(form in raw for form in forms(value))]
