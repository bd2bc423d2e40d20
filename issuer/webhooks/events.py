"""What is told to a system: ids and never a person's word, signed as Standard Webhooks 1.0 says. Pure.

`webhook-id` is the same at each try, so a system that was told twice knows it.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from issuer.working_days import Term
from schemas.json import JsonObject
from schemas.tables import data
from schemas.webhooks import EventName

ACTS: Final[Mapping[str, EventName]] = {
    "batch_done": "batch.done",
    "chunk_sealed": "credentials.issued",
    "revoke_announced": "credential.revocation_announced",
    "revoke_approved": "credential.revoked",
    "revoke_effective": "credential.revoked",
    "revoke_withdrawn": "credential.restored",
    "suspend_approved": "credential.suspended",
    "suspend_begun": "credential.suspended",
    "suspend_withdrawn": "credential.restored",
    "suspend_lapsed": "credential.restored",
    "lift_approved": "credential.restored",
    "bulk_revoke_announced": "credentials.revocation_announced",
    "bulk_revoke_done": "credentials.revoked",
    "bulk_revoke_undone": "credentials.restored",
    "bulk_replace_done": "credentials.revoked",
    "bulk_suspend_done": "credentials.suspended",
    "bulk_suspended": "credentials.suspension_notice",
    "bulk_lift_done": "credentials.restored",
    "status_published": "status.published",
}
"""Act of the audit chain -> what it is called outside."""
INSTEAD: Final[Mapping[str, EventName]] = {
    "suspend_approved": "credential.suspension_notice",
    "suspend_begun": "credential.suspension_notice",
}
"""What it is called for a system that tells the person of it."""
HOW_TO_ANSWER: Final = {
    "es": "Pida una corrección en su billetera de Puente, o vaya a su centro con su documento. Es gratis.",
    "en": "Ask for a correction in your Puente wallet, or go to your centre with your document. It is free.",
}
PREFIX: Final = "whsec_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One request to one place. `n` is the line of the chain it tells of; None for a test."""

    webhook: str
    issuer: str
    url: str
    n: int | None
    is_notice: bool
    """Whoever takes it tells the people that it is about."""
    id: str
    body: bytes
    secret: bytes
    tries: int
    """In vain, before this one."""

    def headers(self, now: datetime) -> dict[str, str]:
        """Of a try at this time (Standard Webhooks 1.0, "Signature scheme")."""
        at = str(int(now.timestamp()))
        signed = b".".join((self.id.encode(), at.encode(), self.body))
        mark = base64.b64encode(hmac.digest(self.secret, signed, hashlib.sha256)).decode()
        return {
            "webhook-id": self.id,
            "webhook-timestamp": at,
            "webhook-signature": f"v1,{mark}",
            "Content-Type": "application/json",
        }


def write(name: EventName | str, at: datetime, data: JsonObject) -> bytes:
    """The body."""
    return orjson.dumps({"type": name, "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "data": data})


def name_of(act: str, asked: Collection[str]) -> EventName | None:
    """What an act of the chain is called for a system that asked for these; None where for none of them."""
    names = (INSTEAD.get(act), ACTS.get(act))
    return next((name for name in names if name is not None and name in asked), None)


def notice(reason: str, term: Term | None) -> JsonObject:
    """What a system tells people: why, how they may answer, and of an announced revocation until when."""
    words = {row["code"]: row for row in data("codes")["revocationReasons"]}[reason]
    told: JsonObject = {
        "reason": reason,
        "reasonText": {"es": words["es"], "en": words["en"]},
        "howToAnswer": HOW_TO_ANSWER,
    }
    if term is None:
        return told
    return {
        **told,
        "answerBy": term.last.isoformat(),
        "effectiveFrom": term.end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "calendarKnown": term.is_known,
    }


def shown(secret: bytes) -> str:
    """A secret as it is handed over."""
    return PREFIX + base64.b64encode(secret).decode()
