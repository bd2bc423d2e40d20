"""V20-V22: how the pass stands with its issuer, by the lists in the bundle. No answer is a mark, never a pass.

Every entry is looked at. Revocation is read from the sticky list (a cancellation known once stays one), suspension from
the newest (TRUST section 5). Nobody is asked about one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kernel import status
from kernel.bundle.installed import Rule, StatusList
from kernel.verify.believing import INDEX
from kernel.verify.ground import Ground
from kernel.verify.marks import Mark
from schemas.credential import Credential
from schemas.status import StatusEntry
from schemas.terms import REVOCATION, STATUS_ENTRY, SUSPENSION

_DAY: Final = timedelta(days=1)
_SET_MARK: Final = {REVOCATION: Mark("V21", "revoked"), SUSPENSION: Mark("V21", "suspended")}
_MISSING: Final = Mark("V20", "status_missing")
_MISMATCH: Final = Mark("V20", "status_mismatch")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The marks of V20-V22, and the date of the oldest list that was read: what is known is known as of then."""

    marks: tuple[Mark, ...]
    as_of: datetime | None

    def age_in_days(self, t: datetime) -> int | None:
        """Whole days from `as_of` to t; 0 for a list from the future."""
        return None if self.as_of is None else max(0, (t - self.as_of) // _DAY)


def look_at_status(reading: Credential, *, rule: Rule, asked: Sequence[str], ground: Ground) -> Standing:
    """V20-V22. `asked` are the purposes that policy wants an entry for."""
    marks: list[Mark] = []
    as_of: datetime | None = None
    for entry in reading.status:
        found, index = _find_place(entry, reading=reading, ground=ground)  # V20
        if isinstance(found, Mark):
            marks.append(found)
            continue
        bits = found.sticky if found.purpose == REVOCATION else found.signed
        if status.bit(bits, index):  # V21
            marks.append(_SET_MARK[found.purpose])
        marks += _look_at_age(found, rule=rule, t=ground.frame.t)  # V22
        as_of = found.signed_at if as_of is None else min(as_of, found.signed_at)
    carried = {entry.purpose for entry in reading.status}
    if any(purpose not in carried for purpose in asked):
        marks.append(_MISSING)
    return Standing(marks=tuple(marks), as_of=as_of)


def _find_place(entry: StatusEntry, *, reading: Credential, ground: Ground) -> tuple[StatusList | Mark, int]:
    """V20 for one entry: the list and the index in it, or the mark that says why there is none."""
    if entry.type != STATUS_ENTRY or entry.purpose not in _SET_MARK or entry.list is None:
        return _MISMATCH, 0
    if entry.index is None or INDEX.fullmatch(entry.index) is None:
        return _MISMATCH, 0
    found = ground.bundle.lists.get(entry.list)
    if found is None:
        return _MISSING, 0
    index = int(entry.index)
    if found.issuer != reading.issuer or found.purpose != entry.purpose or index >= found.size:
        return _MISMATCH, 0
    return found, index


def _look_at_age(found: StatusList, *, rule: Rule, t: datetime) -> tuple[Mark, ...]:
    age = t - found.signed_at
    if age <= rule.fresh:
        return ()
    return (Mark("V22", "stale" if age <= rule.max_age else "status_too_old"),)
