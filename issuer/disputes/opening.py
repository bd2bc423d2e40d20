"""How a dispute comes in: a challenge that nothing is kept for, the request's form, the ticket. Pure.

A challenge holds its own end and a keyed hash, so a stranger who asks for thousands fills no table (TRUST 16, P22).
It is good for one dispute: the dispute's row holds it under a unique key.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pydantic import ValidationError

from issuer.proving import Proved
from issuer.secrets import Secrets
from kernel import codec
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, NotBelieved, WrongShape
from schemas.bounds import DISPUTE
from schemas.disputes import DisputeOpened, DisputeRequest, says_no_other_name
from schemas.json import JsonObject, JsonValue
from schemas.problem import pointer_of

LIFE: Final = timedelta(minutes=10)
_END: Final = 5
_HEAD: Final = _END + 12
_CHALLENGE: Final = 43
"""No question of a verifier has this form, and a wallet signs none of another for a desk (`kernel/presentation.py`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a holder sent: the signed presentation as it came, and the words around it."""

    presentation: JsonObject
    request: DisputeRequest


def make(secrets: Secrets, *, now: datetime, drawn: bytes) -> DisputeOpened:
    """A challenge with 12 random bytes in it."""
    end = now + LIFE
    head = int(end.timestamp()).to_bytes(_END) + drawn
    return DisputeOpened(challenge=base64url_encode(head + _tag(secrets, head)), expires_at=end)


def require(secrets: Secrets, proved: Proved, *, issuer: JsonValue, now: datetime) -> None:
    """A proof for a challenge of ours that is not over, and for the issuer that the pass names.

    Raises NotBelieved `challenge_mismatch`, `domain_mismatch`, `stale_presentation`.
    """
    try:
        head = base64url_decode(proved.challenge, limit=_CHALLENGE)[:_HEAD]
    except Invalid as error:
        raise NotBelieved("challenge_mismatch", detail="a proof for no challenge of ours") from error
    proved.require_for(challenge=base64url_encode(head + _tag(secrets, head)), domain=str(issuer))
    if datetime.fromtimestamp(int.from_bytes(head[:_END]), UTC) <= now:
        raise NotBelieved("stale_presentation", detail="the opening has expired")


def read(raw: bytes) -> Said:
    """The request; raises what `codec.read` raises, and WrongShape `schema` with the member at fault."""
    document = codec.read(raw, bound=DISPUTE).document
    try:
        request = DisputeRequest.model_validate(document)
    except ValidationError as error:
        raise WrongShape("schema", detail="a member is not as declared", pointer=pointer_of(error.errors())) from None
    # As it was read, not as the model copied it: the signature is over this.
    presentation = document["presentation"]
    if not isinstance(presentation, dict):
        raise TypeError("the model holds an object")
    return Said(presentation=presentation, request=request)


def require_other_name(request: DisputeRequest, shown: JsonObject) -> None:
    """Raises WrongShape `same_name` where a name is misspelt and no other one than the pass has is told."""
    if says_no_other_name(request.kind, request.name, shown):
        raise WrongShape("same_name", detail="no other name than the pass has", pointer="/name")


def ticket(secrets: Secrets, challenge: str) -> str:
    """The same for the same challenge, so an answer that was lost on the way can be asked for again."""
    return base64url_encode(secrets.code(f"ticket {challenge}")[:16])


def ticket_hash(text: str) -> bytes:
    """What is kept of it: 128 random bits need no slow hash."""
    return hashlib.sha256(text.encode()).digest()


def _tag(secrets: Secrets, head: bytes) -> bytes:
    return secrets.code(f"dispute {head.hex()}")[:15]
