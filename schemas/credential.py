"""A verifiable credential as read (VC Data Model 2.0 section 4): a view of the JSON, never signed or written back."""

from dataclasses import dataclass

from schemas.identifiers import Did
from schemas.json import JsonObject
from schemas.status import StatusEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """What the steps ask for; `document` is the whole credential as it came. Times are text, not yet judged."""

    document: JsonObject
    contexts: tuple[str, ...]
    types: tuple[str, ...]
    issuer: Did
    subject: JsonObject
    subject_id: str | None
    valid_from: str | None
    valid_until: str | None
    status: tuple[StatusEntry, ...]

    @property
    def type(self) -> str | None:
        """The type beside VerifiableCredential, when there are exactly these two, in this order."""
        return self.types[1] if len(self.types) == 2 else None

    @property
    def scheme(self) -> str | None:
        """The scheme that the subject names (FORMAT section 4)."""
        scheme = self.subject.get("scheme")
        return scheme if isinstance(scheme, str) else None
