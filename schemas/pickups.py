"""Claim codes, and what a holder fetches with one: the pick-up's requests and answers as they travel."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from schemas.issuance import Wire


class OfferView(Wire):
    """A claim code and its PIN: shown once, handed over apart."""

    code: str = Field(examples=["7KQ2M8XW4T"])
    pin: str = Field(examples=["402913"])
    expires_at: datetime


class PickupRequest(Wire):
    """What the holder types."""

    code: Annotated[str, StringConstraints(min_length=10, max_length=16)]
    pin: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class PickupSummary(Wire):
    """One pass that waits."""

    type: str
    scheme: str
    profile: str
    title: str
    claims: dict[str, Any]


class PickupView(Wire):
    """An opened pick-up: prove your key for this challenge and domain."""

    id: str
    challenge: str
    domain: str
    expires_at: datetime
    summary: list[PickupSummary]


class PickedUp(Wire):
    """A holder's own copy."""

    id: str
    credential: dict[str, Any]
    text: str


class FullCredential(Wire):
    """The Open Badges 3.0 credential beside a pass: for wallets and verifiers of others, never in a QR."""

    id: str
    credential: dict[str, Any]


class PickedUpAll(Wire):
    """All copies of the pick-up, and the full credential of the row, where it was issued with one."""

    credentials: list[PickedUp]
    badge: FullCredential | None = None
