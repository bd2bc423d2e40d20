"""DID document and verification method as they travel (Controlled Identifiers 1.0), read; never written back."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.identifiers import Did, DidUrl
from schemas.json import JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationMethod:
    """One key under its name; the key is still text (Multikey)."""

    id: DidUrl
    controller: Did
    multikey: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DidDocument:
    """Whose document, its methods by name, and which of them may make assertions or authenticate."""

    document: JsonObject
    id: Did
    methods: Mapping[DidUrl, VerificationMethod]
    assertion: tuple[DidUrl, ...]
    authentication: tuple[DidUrl, ...]
