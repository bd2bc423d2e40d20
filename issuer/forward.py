"""Whether an issuer's rows go on from what was told outside of its log: a database that went back gives nothing new.

Its next places and leaves were given already, to others. Where what was told lies is `app/`'s.
"""

from collections.abc import Callable

from sqlmodel import Session, select

from issuer.tables import IssuerRow
from kernel.errors import Unavailable

Told = Callable[[str], int]
"""Issuer -> how many leaves its published checkpoint covers; 0 where none is known here."""


def nothing(_issuer: str) -> int:
    """Where nothing is told outside."""
    return 0


def require_forward(session: Session, issuer: str, told: Told) -> None:
    """Raise Unavailable `database_went_back`. What was told is read first: others may tell more meanwhile."""
    size = told(issuer)
    if session.exec(select(IssuerRow.next_leaf).where(IssuerRow.id == issuer)).one_or_none() in range(size):
        raise Unavailable("database_went_back", detail="the log is behind its published checkpoint")


def require_untold(issuer: str, leaf: int, told: Told) -> None:
    """Raise Unavailable `database_went_back` where a leaf that is not sealed here was told outside: it can get no
    other words than it had."""
    if leaf < told(issuer):
        raise Unavailable("database_went_back", detail="the leaf is in the published log: it can only be sealed")
