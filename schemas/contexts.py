"""Pinned JSON-LD contexts by URL with their SHA-256; none is ever fetched. Which of them a pass has is `terms.py`'s.

The VC 2.0 context is the map that W3C publishes at its URL, whose own file has the SHA-256 `W3C_FILE` (FORMAT section
4); here it stands re-indented, two spaces a level, so its bytes and therefore its pin differ while the map is the same.
Inserting a term into a context renumbers every later one, so a file here never changes: what is new goes to a new URL.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast

from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.terms import PUENTE_CONTEXT, VC_CONTEXT

W3C_FILE: Final = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
"""SHA-256 of the file that W3C publishes for the VC 2.0 context."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pinned:
    """A file of `data/contexts/` and the SHA-256 of its bytes."""

    file: str
    sha256: str


PINNED: Final = {
    VC_CONTEXT: Pinned(
        file="credentials-v2.json", sha256="8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"
    ),
    PUENTE_CONTEXT: Pinned(
        file="puente-v1.json", sha256="84b4a9c9d87699ce65576fc4ba5276e9f511364daf00934eb13c871c9fc1479a"
    ),
}


@cache
def documents() -> dict[Url, JsonObject]:
    """Every pinned context by its URL, as a dictionary of CBOR-LD wants them. A file that was changed is a plain error:
    the installation is damaged."""
    return {url: _read(pinned) for url, pinned in PINNED.items()}


def _read(pinned: Pinned) -> JsonObject:
    raw = files("schemas").joinpath("data", "contexts", pinned.file).read_bytes()
    if hashlib.sha256(raw).hexdigest() != pinned.sha256:
        raise RuntimeError(f"not the pinned context: {pinned.file}")
    return cast("JsonObject", json.loads(raw))
