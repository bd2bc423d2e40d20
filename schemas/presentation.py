"""A verifiable presentation as read (VC Data Model 2.0 section 4.13): a view of the JSON, never written back."""

from dataclasses import dataclass

from schemas.json import JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class Presentation:
    """What the steps ask for; `document` is the whole presentation as it came, passes inside."""

    document: JsonObject
    contexts: tuple[str, ...]
    types: tuple[str, ...]
    holder: str | None
    credentials: tuple[JsonObject, ...]
