"""Which acts wait after they were decided, and for what (TRUST section 6, decision 0044). Pure."""

from typing import Final

from issuer.status.tables import HURRY, ActRow
from kernel.errors import WrongShape
from schemas.issuance import AT_ONCE, WITHOUT_EVIDENCE

OPEN: Final = ("untold", "told")
"""Phases of an announced revocation that has not come to its end: its credential is under review."""
HOLDING: Final = (*OPEN, "effective")
"""Phases in which an announced revocation holds the suspension bits, whoever set them: also once it is in effect."""


def is_announced(act: str, reason: str) -> bool:
    """Whether an act's person is told and may answer before it takes effect."""
    return act == "revoke" and reason not in AT_ONCE


def require_evidence(act: str, reason: str, evidence: str | None) -> None:
    """Raises WrongShape `evidence_needed` for a revocation without the hash of what shows that its reason holds."""
    if act == "revoke" and reason not in WITHOUT_EVIDENCE and evidence is None:
        raise WrongShape("evidence_needed", detail="a revocation for this reason needs evidence", pointer="/evidence")


def is_told_as_it_stands(act: str, reason: str) -> bool:
    """Whether an act stands from its approval and its person is told of it from then on (decision 0054): not of what
    she asked for herself."""
    return act in ("suspend", "replace") or (act == "revoke" and reason in HURRY)


def is_replaced(act: ActRow) -> bool:
    """Whether it ended a credential that an act on many replaced: what is corrected alone is told as it is handed
    over (decision 0060)."""
    return act.reason == "superseded" and act.bulk is not None and act.phase is None


def stands_told(act: ActRow) -> bool:
    """As `is_told_as_it_stands`, of an act on one credential."""
    return is_told_as_it_stands(act.act, act.reason) or is_replaced(act)


def sets_revocation(act: str, phase: str | None) -> bool:
    """Whether an act's bits stand in the revocation list: an announced one's do once it takes effect."""
    return act == "revoke" and phase not in OPEN
