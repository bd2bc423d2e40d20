"""DataIntegrityProof as it travels (Data Integrity 1.0 section 2.1), read: a view of the JSON, never written back."""

from dataclasses import dataclass

from schemas.identifiers import DidUrl
from schemas.json import JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class DataIntegrityProof:
    """The members this project reads; `document` is the whole proof as it came."""

    document: JsonObject
    suite: str
    method: DidUrl
    purpose: str
    value: str
    created: str | None = None
    challenge: str | None = None
    domain: str | None = None
