"""BitstringStatusListEntry (Bitstring Status List 1.0 section 2.1), read; never written back."""

from dataclasses import dataclass

from schemas.identifiers import Url
from schemas.json import JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusEntry:
    """One place in a list. A member that is absent or no text is None: what that means is step V20's to say."""

    document: JsonObject
    type: str | None
    purpose: str | None
    index: str | None
    list: Url | None
