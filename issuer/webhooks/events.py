"""What is told to a system: ids and never a person's word, signed as Standard Webhooks 1.0 says. Pure.

`webhook-id` is the same at each try, so a system that was told twice knows it.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from schemas.json import JsonObject
from schemas.webhooks import EventName

ACTS: Final[Mapping[str, EventName]] = {
    "batch_done": "batch.done",
    "chunk_sealed": "credentials.issued",
    "revoke_approved": "credential.revoked",
    "suspend_approved": "credential.suspended",
    "lift_approved": "credential.restored",
    "bulk_revoke_done": "credentials.revoked",
    "bulk_suspend_done": "credentials.suspended",
    "bulk_lift_done": "credentials.restored",
    "status_published": "status.published",
}
"""Act of the audit chain -> what it is called outside."""
PREFIX: Final = "whsec_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One request to one place. `n` is the line of the chain it tells of; None for a test."""

    webhook: str
    url: str
    n: int | None
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


def shown(secret: bytes) -> str:
    """A secret as it is handed over."""
    return PREFIX + base64.b64encode(secret).decode()
