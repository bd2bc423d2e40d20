"""What two people agreed on, carried out: by an act of status, in a dispute, or because another row takes a place.

Who may agree is the callers'; what bits are set is `flipping.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.status.announcing import is_announced
from issuer.status.flipping import Flipping
from issuer.status.tables import ActRow
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from schemas.issuance import ActName, Reason


@dataclass(frozen=True, kw_only=True)
class Agreeing:
    """Agreeing on one session."""

    flipping: Flipping

    def agree(self, act: ActRow, rows: Sequence[int], *, by: str) -> None:
        """An act is approved and its bits flip; an announced revocation begins to wait instead. Raises Conflict."""
        store, now = self.flipping.store, self.flipping.clock.now()
        store.decide(act, to="approved", by=by, at=now, phase="untold" if is_announced(act.act, act.reason) else None)
        self.flipping.flip(act, rows, by)
        if act.act == "revoke" and act.phase is None:
            self._overtake(rows, by)

    def confirm(self, act: ActRow, *, by: str) -> ActRow:
        """Another person confirms what one began alone. Raises Conflict where its day is over, or its bits are gone."""
        store, now = self.flipping.store, self.flipping.clock.now()
        if not self.flipping.is_suspended(self.flipping.ledger.intent(act.n)):
            raise Conflict("not_possible_now", detail="the suspension does not stand any more")
        if act.due is None or act.due <= now:
            raise Conflict("not_possible_now", detail="nobody confirmed the suspension in time: it lapses")
        store.decide(act, to="approved", by=by, at=now)
        store.end(act, phase="confirmed", by=by, at=now)
        self.flipping.ledger.tell(now, by, "suspend_confirmed", act.id)
        return act

    def act_at_once(self, n: int, act: ActName, reason: Reason, *, proposed_by: str, approved_by: str) -> None:
        """An act that two people agreed on in a dispute; what waited for the row ends with it."""
        rows = self.flipping.held(n)
        self.end_waiting(n, by=approved_by)
        self.flipping.flip(self._agreed(n, act, reason, proposed_by, approved_by), rows, approved_by)

    def end_superseded(self, n: int, *, proposed_by: str, approved_by: str) -> None:
        """Another row took the place of this one: nobody loses a right, so nobody is asked. What was proposed meanwhile
        stays, and is about the other row."""
        self.flipping.flip(self._agreed(n, "revoke", "superseded", proposed_by, approved_by), [n], approved_by)
        for act in self.flipping.store.announced(n):
            self.flipping.store.end(act, phase="effective", by=approved_by, at=self.flipping.clock.now())

    def end_waiting(self, n: int, *, by: str) -> None:
        """What is proposed for a row that was decided about otherwise is refused, by who decided; an announced
        revocation is withdrawn. Raises Conflict."""
        store = self.flipping.store
        for act in store.proposed(n):
            self.flipping.say_no(act, by=by)
        for act in store.announced(n):
            self.flipping.take_back(act, by)

    def require_none_waits(self, n: int) -> None:
        """Raises Conflict where an act on the row waits for a second person: she decides first."""
        if self.flipping.store.proposed(n):
            raise Conflict("not_possible_now", detail="an act on the credential waits for a second person")

    def confirm_revocation(self, n: int, *, by: Principal) -> None:
        """Its dispute was decided so: an announced revocation takes effect, since its person was heard; one that was
        only proposed is approved, and announced first where it must be. Raises Forbidden `same_hand`."""
        store, rows = self.flipping.store, self.flipping.held(n)
        announced, proposed = store.announced(n), [act for act in store.proposed(n) if act.act == "revoke"]
        for act in announced:
            by.require_other_hand(act.proposed_by)
            self.flipping.take_effect(act, by.person)
        for at, act in enumerate(proposed):
            if announced or at:
                self.flipping.say_no(act, by=by.person)
            else:
                by.require_other_hand(act.proposed_by)
                self.agree(act, rows, by=by.person)

    def _overtake(self, rows: Sequence[int], by: str) -> None:
        """What was revoked at once waits for no answer any more."""
        for act in self.flipping.store.announced(*rows):
            self.flipping.take_effect(act, by)

    def _agreed(self, n: int, act: ActName, reason: Reason, proposed_by: str, approved_by: str) -> ActRow:
        flipping = self.flipping
        now, chunk = flipping.clock.now(), flipping.ledger.chunk_of(n)
        row = ActRow(
            id=base64url_encode(flipping.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            act=act,
            reason=reason,
            state="approved",
            proposed_by=proposed_by,
            proposed=now,
            decided_by=approved_by,
            decided=now,
        )
        flipping.store.keep(row)
        return row
