"""What a change may do: the lives of keys, who must agree, what contradicts what stands (TRUST sections 7 and 10).

Pure: rows come in, nothing is written. Who may call is `schemas/access.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from kernel.errors import Conflict, Invalid, NotFound, Unavailable, WrongShape
from kernel.keys import read_multikey
from registry.tables import KeyRow
from schemas.registration import AddKey, Change, SetKeyState

Row = TypeVar("Row")

NEXT: Final[dict[str, frozenset[str]]] = {
    "announced": frozenset({"active", "retired", "suspended", "compromised"}),
    "active": frozenset({"retired", "suspended", "compromised"}),
    "retired": frozenset({"destroyed", "suspended", "compromised"}),
    "destroyed": frozenset({"compromised"}),
    "suspended": frozenset({"active", "retired", "compromised"}),
    "compromised": frozenset(),
}
"""A key's life; a suspended one can be lifted, a compromised one never."""


LONGEST: Final = timedelta(days=366)
"""How long a key signs (TRUST section 7: twelve months)."""
OVERLAP: Final = timedelta(days=30)
"""How long two keys of an issuer sign side by side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How many keepers must agree, how many to waive a wait, and how long a key is announced before its first use."""

    approvals: int
    waiving: int
    announced: timedelta


PRODUCTION: Final = Rules(approvals=2, waiving=3, announced=timedelta(days=14))
"""TRUST sections 5 and 7."""
DEMO: Final = Rules(approvals=2, waiving=2, announced=timedelta(0))
"""Two keepers all the same; keys are used at once, since nothing real hangs on them."""


def needed(change: Change, *, key: KeyRow | None, now: datetime, rules: Rules) -> int:
    """How many keepers it takes: one more to use a key before it was long enough announced."""
    early = (
        isinstance(change, SetKeyState)
        and key is not None
        and (key.state, change.state) == ("announced", "active")
        and now < key.announced + rules.announced
    )
    return rules.waiving if early else rules.approvals


def require_sound_key(change: AddKey, *, did: str) -> None:
    """E1 and E3-E5 at the ceremony, and the id under the issuer's DID; raises Invalid, WrongShape."""
    if change.id.partition("#")[0] != did:
        raise WrongShape("issuer_mismatch", detail="the key's id is not under the issuer's DID", pointer="/id")
    try:
        read_multikey(change.public_key_multibase).require_sound()
    except Invalid as fault:
        raise WrongShape(fault.code, detail="not a sound Ed25519 key", pointer="/publicKeyMultibase") from fault


def end_of_window(change: AddKey, *, now: datetime) -> datetime:
    """Until when a key may sign: a year from its first day at the most. Raises WrongShape."""
    start = change.not_before or now
    end = change.not_after or start + LONGEST
    if not start < end <= start + LONGEST:
        raise WrongShape("schema", detail="a key is used for a year at the most", pointer="/notAfter")
    return end


def require_step(change: SetKeyState, key: KeyRow, active: Sequence[KeyRow]) -> None:
    """A step of the key's life; raises Conflict, WrongShape where a compromised key lacks its checkpoint.

    `active` are its issuer's keys in use: two may be, while one takes the other's place.
    """
    if change.state not in NEXT[key.state]:
        raise Conflict("not_possible_now", detail="the key's life has no such step")
    if (key.state, change.state) == ("announced", "active") and len(active) > 1:
        raise Conflict("not_possible_now", detail="two keys of the issuer are in use already")
    whole = change.frozen_size is not None and change.frozen_root is not None
    if (change.state == "compromised") != whole:
        raise WrongShape("schema", detail="a frozen checkpoint, and only for a compromised key", pointer="/frozenRoot")


def require_signing(key: KeyRow | None, *, at: datetime) -> None:
    """An active key that nobody paused, within its window; raises Unavailable: what waits for it is not lost."""
    outside = key is not None and (
        (key.not_before is not None and at < key.not_before) or (key.not_after is not None and at > key.not_after)
    )
    if key is None or key.state != "active" or key.paused or outside:
        raise Unavailable("key_not_in_force", detail="the registry does not let this key sign now")


def found(row: Row | None) -> Row:
    """The row, or NotFound."""
    if row is None:
        raise NotFound("not_found", detail="the registry has nothing under that name")
    return row
