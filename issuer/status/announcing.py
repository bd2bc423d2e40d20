"""Which acts wait after they were decided, and for what (TRUST section 6, decision 0044). Pure."""

from typing import Final

from issuer.status.tables import HURRY
from schemas.issuance import AT_ONCE

OPEN: Final = ("untold", "told")
"""Phases of an announced revocation that has not come to its end: its credential is under review."""
HOLDING: Final = (*OPEN, "effective")
"""Phases in which an announced revocation holds the suspension bits, whoever set them: also once it is in effect."""


def is_announced(act: str, reason: str) -> bool:
    """Whether an act's person is told and may answer before it takes effect."""
    return act == "revoke" and reason not in AT_ONCE


def is_told_as_it_stands(act: str, reason: str) -> bool:
    """Whether an act stands from its approval and its person is told of it from then on (decision 0054): not of what
    she asked for herself."""
    return act == "suspend" or (act == "revoke" and reason in HURRY)


def sets_revocation(act: str, phase: str | None) -> bool:
    """Whether an act's bits stand in the revocation list: an announced one's do once it takes effect."""
    return act == "revoke" and phase not in OPEN
