"""The bits of one act: on a row, on its copies, and on what takes the row's place. Who may act is `service.py`'s.

An act follows its row: what was issued in its place gets an act of its own, by the same hands, so that nothing that
two people decided is escaped by a new number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from issuer.status.announcing import sets_revocation
from issuer.status.releasing import release
from issuer.status.store import StatusStore
from issuer.status.tables import ActRow, FlagRow
from issuer.store import Ledger
from issuer.superseding.following import Following
from issuer.superseding.store import SupersedingStore
from issuer.tables import IntentRow
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.ports import Clock, Random
from schemas.terms import REVOCATION, SUSPENSION

_BEGUN: Final = {"untold": "announced", "unconfirmed": "begun"}
"""What is told of an act that sets bits and waits."""


@dataclass(frozen=True, kw_only=True)
class Flipping:
    """Bits on one session."""

    store: StatusStore
    ledger: Ledger
    clock: Clock
    random: Random

    def held(self, n: int) -> list[int]:
        """The row and what takes its place, in order, held until this transaction ends."""
        return self._following.chains([n], hold=True)[n]

    def standing_for(self, n: int) -> list[int]:
        """The row and those whose places it took, newest first."""
        return self._following.former(n)

    @property
    def _following(self) -> Following:
        return Following(store=SupersedingStore(session=self.store.session), ledger=self.ledger)

    def is_revoked(self, intent: IntentRow) -> bool:
        return (intent.n, REVOCATION) in self.store.marked([intent.n])

    def is_suspended(self, intent: IntentRow) -> bool:
        return (intent.n, SUSPENSION) in self.store.marked([intent.n])

    def require_possible(self, act: str, intent: IntentRow) -> None:
        """Raises Conflict: nothing follows a revocation, no suspension is doubled, only a suspension is lifted."""
        is_suspended = self.is_suspended(intent)
        if self.is_revoked(intent) or (act == "suspend" and is_suspended) or (act == "lift" and not is_suspended):
            raise Conflict("not_possible_now", detail="the credential's status does not allow this act")

    def flip(self, act: ActRow, rows: Sequence[int], by: str) -> None:
        """An approved act on its row, and on what took its place; a row that ended when it was replaced stays so."""
        for n in rows:
            if n == rows[-1] or not self.is_revoked(self.ledger.intent(n)):
                self._flip(act if n == act.n else self._carried(act, n), by)

    def _carried(self, act: ActRow, n: int) -> ActRow:
        carried = ActRow(**{**act.model_dump(), "id": base64url_encode(self.random(16)), "n": n})
        self.store.keep(carried)
        return carried

    def _flip(self, act: ActRow, by: str) -> None:
        copies = self.ledger.family_of(act.n)
        if act.act == "lift":
            for begun in self.store.alone(act.n):
                self.say_no(begun, by=by)
            release(self.store.session, {act.n: [copy.n for copy in copies]})
        else:
            self._set(act, copies)
        done = _BEGUN.get(act.phase or "", "approved")
        self.ledger.tell(self.clock.now(), by, f"{act.act}_{done}", act.id, {"copies": len(copies)})

    def take_effect(self, act: ActRow, by: str) -> bool:
        """An announced revocation comes to its end: its bits flip. Gives whether it was this call; it is done once."""
        if not self.store.end(act, phase="effective", by=by, at=self.clock.now()):
            return False
        copies = self.ledger.family_of(act.n)
        self._set(act, copies)
        self.ledger.tell(self.clock.now(), by, "revoke_effective", act.id, {"copies": len(copies)})
        return True

    def take_back(self, act: ActRow, by: str, *, phase: str = "withdrawn") -> bool:
        """What waited is no more: its bits are lifted, but for what another act holds too. As `take_effect`, once."""
        if not self.store.end(act, phase=phase, by=by, at=self.clock.now()):
            return False
        family = self.ledger.family_of(act.n)
        release(self.store.session, {act.n: [copy.n for copy in family]}, {act.n: act.id})
        held = "_held" if self.is_suspended(family[0]) else ""  # nobody is told that it is good again
        self.ledger.tell(self.clock.now(), by, f"{act.act}_{phase}{held}", act.id)
        return True

    def say_no(self, act: ActRow, *, by: str, phase: str = "withdrawn") -> None:
        """A proposed act is refused; what one person began alone is taken back. Raises Conflict."""
        self.store.decide(act, to="refused", by=by, at=self.clock.now())
        self.take_back(act, by, phase=phase)

    def _set(self, act: ActRow, copies: Sequence[IntentRow]) -> None:
        self.store.set([flag for flag in self._flags(act, copies) if not self.store.is_set(flag.list, flag.place)])

    def _flags(self, act: ActRow, copies: Sequence[IntentRow]) -> Sequence[FlagRow]:
        """One bit a copy, in the list of the act's purpose."""
        purpose = REVOCATION if sets_revocation(act.act, act.phase) else SUSPENSION
        flags = []
        for copy in copies:
            place = copy.revocation if purpose == REVOCATION else copy.suspension
            list_ = self.store.lists_of(copy.pair)[purpose]
            flags.append(FlagRow(list=list_, place=place, n=copy.n, act=act.id))
        return flags
