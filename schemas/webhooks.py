"""Webhooks as they travel: where a system listens, for what, and how it goes."""

from datetime import datetime
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints

from schemas.registration import Wire

EventName = Literal[
    "batch.done", "credentials.issued", "credential.revoked", "credential.suspended", "credential.restored",
    "credentials.revoked", "credentials.suspended", "credentials.restored", "status.published",
    "credential.revocation_announced", "credentials.revocation_announced",
    "credential.suspension_notice", "credentials.suspension_notice",
]  # fmt: skip
EVENTS: Final[tuple[EventName, ...]] = get_args(EventName)
NOTICES: Final[frozenset[EventName]] = frozenset(
    {
        "credential.revocation_announced",
        "credentials.revocation_announced",
        "credential.suspension_notice",
        "credentials.suspension_notice",
    }
)
"""A system that takes one of these tells the people that it is about, so it gets them only where it asks for them."""
_USUAL: Final = [name for name in EVENTS if name not in NOTICES]
Failed = Annotated[
    str, StringConstraints(pattern=r"^(timeout|refused|name_unknown|not_public|tls|no_answer|status_[0-9]{3})$")
]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,290}$", max_length=300)]


class WebhookAsk(Wire):
    """Where a system of the issuer listens. No address of a private network is ever asked."""

    url: Address
    events: list[EventName] = Field(
        default=_USUAL,
        min_length=1,
        max_length=len(EVENTS),
        description="Sin decirlos, todos menos los avisos: quien recibe uno avisa a la persona, y sus días empiezan. "
        "Un `credential.suspension_notice` va en lugar de `credential.suspended`",
    )


class WebhookMade(Wire):
    """The secret that each message is signed with, told once."""

    id: str
    secret: str = Field(description="whsec_ and 32 bytes as base64 (Standard Webhooks 1.0)")


class WebhookLine(Wire):
    """One place that listens."""

    id: str
    url: str
    events: list[EventName]
    created: datetime
    answered: datetime | None = Field(description="when it last took a message")
    tries: int = Field(description="in vain since then")
    failed: Failed | None = Field(description="why the last try was in vain; what came as an answer is never kept")
    stopped: datetime | None = Field(
        description="it never answered for days, or somebody paused it: it is told no more"
    )
    paused: bool = Field(description="somebody paused it; what happens meanwhile is told once it is resumed")


class WebhookPage(Wire):
    """All of an issuer."""

    items: list[WebhookLine]
