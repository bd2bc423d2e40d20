"""What an act on chosen rows comes to: what took their place, how that stands, and why a row is left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from issuer.bulk_acts.standing import Standing, standing
from issuer.bulk_acts.store import BulkStore, Copy
from issuer.status.announcing import is_announced
from issuer.superseding.following import Following
from issuer.tables import ChunkRow
from schemas.terms import REVOCATION, SUSPENSION


@dataclass(frozen=True, kw_only=True, slots=True)
class What:
    """An act, why, and the act on many that it is about, if it is about one."""

    act: str
    reason: str
    bulk: str | None


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What an act on rows of one chunk comes to: `good` were chosen, `rows` get the act, `others` took their places."""

    good: set[int]
    others: set[int]
    rows: set[int]
    copies: Sequence[Copy]
    left: Counter[str]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Meaning on one session."""

    store: BulkStore
    following: Following

    def of(self, chunk: ChunkRow, numbers: Sequence[int], what: What, *, hold: bool = False) -> Meant:
        """What an act on rows of a chunk is about now: these, or what took their place."""
        chains = self.following.chains(numbers, hold=hold)
        others = {n for rows in chains.values() for n in rows[1:]}
        stands = standing(self.store.session, chunk.first, chunk.size, others, bulk=what.bulk)
        hinders = _keeps_its_place if what.act == "replace" else _hindrance
        hindered = {n: hinders(rows, stands, what) for n, rows in chains.items()}
        good = {n for n, why in hindered.items() if why is None}
        rows = {
            n for begin in good for n in chains[begin] if n == chains[begin][-1] or (n, REVOCATION) not in stands.marked
        }
        copies = [copy for copy in self.store.copies(chunk.first, chunk.size, others) if copy.of in rows]
        left = Counter(why for why in hindered.values() if why is not None)
        return Meant(good=good, others=others, rows=rows, copies=copies, left=left)


def _hindrance(rows: Sequence[int], standing: Standing, what: What) -> str | None:
    """Why a row is left out, as `Status.approve` would refuse it alone; the last of `rows` stands for it now."""
    if rows[0] not in standing.sealed:
        return "unsealed"
    act = what.act
    if rows[-1] in standing.announced and (act == "lift" or is_announced(act, what.reason)):
        return "already"  # what was announced is withdrawn and not lifted, and not announced again
    is_suspended = (rows[-1], SUSPENSION) in standing.marked
    is_ended = (rows[-1], REVOCATION) in standing.marked or (what.bulk is not None and rows[-1] not in standing.of_bulk)
    if is_ended or (act == "suspend" and is_suspended) or (act == "lift" and not is_suspended):
        return "already"
    return "disputed" if act != "suspend" and not standing.disputed.isdisjoint(rows) else None


def _keeps_its_place(rows: Sequence[int], standing: Standing, what: What) -> str | None:
    """Why nothing takes the place of a row, as `Superseding.require_replaceable` would refuse it alone. What stands in
    a replaced one's place is not replaced through it: so the same act again replaces nothing twice."""
    n = rows[0]
    if n not in standing.sealed:
        return "unsealed"
    if len(rows) > 1:
        return "superseded"
    if (n, REVOCATION) in standing.marked or (what.bulk is not None and n not in standing.of_bulk):
        return "already"
    if (n, SUSPENSION) in standing.marked:
        return "suspended"
    if n in standing.proposed:
        return "waits"
    return "disputed" if n in standing.disputed else None
