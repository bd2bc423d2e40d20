"""Reading what names a person: at most thirty times a minute, and one line of the audit chain that says who and what.

Who may see it is asked before, by the rooms; never a word of what was read is told (TRUST 1 T3, 10, 13). Searches and a
person's file say their own lines (`issuer/people`).
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, TypeVar

from sqlmodel import Session

from issuer.service import Issuer, issuer_of
from issuer.store import Ledger
from kernel.access import Principal
from kernel.ports import Clock
from kit.pace import Pace

NO_CHANGE: Final = "the correction changes nothing"
READS: Final = Pace(most=30, window=timedelta(minutes=1))
_T = TypeVar("_T")


def require_pace(session: Session, what: str, *, by: Principal, clock: Clock, pace: Pace = READS) -> None:
    """One more reading of that kind by her; by a hash, because a name can be longer than a bucket's. Raises TooMany."""
    person = hashlib.sha256(by.person.encode()).hexdigest()[:32]
    pace.count(session, f"{what} {person}", clock.now())


def row(issuer: Issuer, name: str, made: Callable[[int], _T], *, by: Principal) -> _T:
    """What `made` makes of a credential of hers (`Issuer.find`). Raises NotFound, TooMany.

    Written after it is made: the lines of others wait for no picture.
    """
    told = made(issuer.find(name, by=by))
    require_pace(issuer.ledger.session, "row", by=by, clock=issuer.clock)
    issuer.ledger.tell(issuer.clock.now(), by.person, "credential_read", name)
    return told


def tell_page(ledger: Ledger, act: str, shown: Sequence[object], *, by: Principal, clock: Clock) -> None:
    """That she was shown a page of a list; of an empty one there is nothing to tell."""
    if shown:
        ledger.tell(clock.now(), by.person, act, issuer_of(by), {"count": len(shown)})
