"""Compose an unsigned pass (VC Data Model 2.0 section 4; FORMAT section 5). No proof, no policy, no storage here.

The writer's form is one and fixed: order of members, contexts, whole seconds in Z, no `id`, no name of the credential.
Whether the claims suit the type is `kernel/claims.py`'s; that they fit in a QR is `kernel/cborld`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from kernel.errors import WrongShape
from schemas.credential_types import CredentialType
from schemas.identifiers import Did, Url
from schemas.json import JsonObject, JsonValue
from schemas.terms import PASS_CONTEXTS, STATUS_ENTRY, VERIFIABLE_CREDENTIAL

CLAIM_ORDER: Final = (
    "name",
    "idType",
    "idTail",
    "scheme",
    "norm",
    "normVersion",
    "level",
    "workAllowed",
    "country",
    "permitStatus",
    "occupation",
    "municipality",
    "hours",
    "skills",
    "certificate",
    "birthYear",
)
"""The context's own terms (FORMAT section 4) as people read them; on the wire and under the signature order is moot."""
PERMIT_ORDER: Final = ("name", "scheme", "workAllowed", "idType", "idTail", "country", "permitStatus", "birthYear")
_ORDERS: Final = {"PermitPass": PERMIT_ORDER}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusPlace:
    """Where the issuer will flip a bit: one place in one list for one purpose."""

    purpose: str
    index: int
    url: Url


def compose(
    *,
    kind: CredentialType,
    issuer: Did,
    claims: JsonObject,
    valid_from: datetime,
    valid_until: datetime | None,
    status: Sequence[StatusPlace],
    subject: Did | None,
) -> dict[str, Any]:
    """The credential without its proof; a new dict, members in FORMAT's order.

    `claims` are the subject's without `id` and `scheme`, which come from `subject` (the holder's did:key, None on
    paper) and from `kind`. `status` in the order policy names the purposes: one place becomes an object, more an array.
    Raises `schema` for a type that has no pass or a claim that the pass's context does not define.
    """
    if kind.shown_as is None:
        raise WrongShape("schema", detail="this credential type is never a pass")
    document: dict[str, Any] = {
        "@context": list(PASS_CONTEXTS),
        "type": [VERIFIABLE_CREDENTIAL, kind.shown_as.type],
        "issuer": issuer,
        "validFrom": whole_seconds(valid_from),
    }
    if valid_until is not None:
        document["validUntil"] = whole_seconds(valid_until)
    if status:
        entries = [status_entry(place) for place in status]
        document["credentialStatus"] = entries[0] if len(entries) == 1 else entries
    document["credentialSubject"] = _subject(kind.shown_as.type, kind.shown_as.scheme, claims, subject)
    return document


def whole_seconds(at: datetime) -> str:
    """`YYYY-MM-DDThh:mm:ssZ`; raises ValueError for a time without zone, which is a programmer's mistake."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}Z" if at.year >= 1000 else f"{at.year:04d}{at:-%m-%dT%H:%M:%S}Z"


def status_entry(place: StatusPlace) -> dict[str, str]:
    """The member of `credentialStatus` for one place (Bitstring Status List 1.0 section 2.1)."""
    return {
        "type": STATUS_ENTRY,
        "statusPurpose": place.purpose,
        "statusListIndex": str(place.index),
        "statusListCredential": place.url,
    }


def _subject(pass_type: str, scheme: str, claims: JsonObject, subject: Did | None) -> dict[str, JsonValue]:
    written: dict[str, JsonValue] = {} if subject is None else {"id": subject}
    for name in _ORDERS.get(pass_type, CLAIM_ORDER):
        if name == "scheme":
            written[name] = scheme
        elif name in claims:
            written[name] = claims[name]
    if len(written) - (1 if subject is None else 2) != len(claims):
        # A claim was left over (or `scheme` and `id` came along, which are not the caller's to say).
        raise WrongShape("schema", detail="a claim that this pass type does not hold", pointer="/credentialSubject")
    return written
