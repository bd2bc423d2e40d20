"""Reissue in person: an officer saw two proofs, an approver confirms, and after a wait the row is offered again.

When a new key picks it up, new rows take the places of the former ones, which are revoked. The wait leaves time to
object: a refusal or an open dispute stops it (DOMAIN P7, A34). Each method is one transaction of its door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from issuer.pickups.service import Offered, Pickups
from issuer.reissues.store import ReissueStore
from issuer.reissues.tables import ReissueRow
from issuer.secrets import Secrets
from issuer.service import Issuer, issuer_of
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict
from kernel.ports import Clock, Random
from kit.once import Once
from schemas.pickups import OfferView
from schemas.reissues import ReissuePage, ReissueRequest, ReissueView

_STANDING: Final = ("proposed", "approved")


@dataclass(frozen=True, kw_only=True)
class Reissues:
    """Reissues on one session; `wait` is the time between the confirmation and the offer."""

    store: ReissueStore
    issuer: Issuer
    pickups: Pickups
    clock: Clock
    random: Random
    wait: timedelta

    def propose(self, name: str, asked: ReissueRequest, *, by: Principal, once: Once) -> ReissueView:
        """For a row that was picked up, with the person present. Raises NotFound, Conflict."""
        session = self.store.session
        if (former := once.replay(session, by.person)) is not None:
            return ReissueView.model_validate_json(former)
        ledger, now = self.issuer.ledger, self.clock.now()
        n = ledger.origin_of(self.issuer.find(name, by=by))
        chunk = ledger.chunk_of(n)
        if not any(map(self.pickups.store.was_picked_up, self.pickups.superseding.former(n))):
            raise Conflict("not_possible_now", detail="the row was not picked up: an offer is enough")
        self.pickups.superseding.require_replaceable(n)
        row = ReissueRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            stands=n,
            seen=",".join(sorted(asked.seen)),
            state="proposed",
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep(row)
        view = self._view(row)
        once.keep(session, by.person, view.model_dump_json(by_alias=True).encode(), now)
        ledger.tell(now, by.person, "reissue_proposed", row.id, {"seen": row.seen})
        return view

    def approve(self, id_: str, *, by: Principal) -> ReissueView:
        """Another person confirms, and the wait begins; the same again changes nothing.

        Raises NotFound, Forbidden `same_hand`, Conflict.
        """
        row, now = self._reissue(id_, by), self.clock.now()
        if row.state == "approved" and row.decided_by == by.person:
            return self._view(row)
        by.require_other_hand(row.proposed_by)
        self.pickups.superseding.require_replaceable(row.n)
        ready = now + self.wait
        self.store.move(row, was=("proposed",), to="approved", decided_by=by.person, decided=now, ready=ready)
        self.issuer.ledger.tell(now, by.person, "reissue_approved", row.id)
        return self._view(row)

    def refuse(self, id_: str, *, by: Principal) -> ReissueView:
        """No, also after a confirmation, as long as nobody picked it up. Raises NotFound, Forbidden, Conflict."""
        row = self.store.reissue(id_, issuer=issuer_of(by), centre=by.centre, hold=True)
        now = self.clock.now()
        by.require_other_hand(row.proposed_by)
        if self.pickups.store.ending(row.id) is not None:
            raise Conflict("not_possible_now", detail="the reissue was picked up")
        self.store.move(row, was=_STANDING, to="refused", stands=None, decided_by=by.person, decided=now)
        self.issuer.ledger.tell(now, by.person, "reissue_refused", row.id)
        return self._view(row)

    def offer(self, id_: str, *, by: Principal, once: Once | None = None) -> OfferView:
        """The claim code and PIN after the wait; another ends the one before it, asked for with the same key the same.

        Raises NotFound, Conflict `reissue_waiting`, `under_dispute`, `offer_used` and `not_possible_now`.
        """
        row = self._reissue(id_, by)
        if row.state != "approved" or row.ready is None:
            raise Conflict("not_possible_now", detail="the reissue is not confirmed")
        if self.clock.now() < row.ready:
            raise Conflict("reissue_waiting", detail="the time to object is not over")
        return self.pickups.offer_again(row.n, reissue=row.id, by=by, once=once)

    def offer_slip(self, id_: str, *, by: Principal) -> Offered:
        """As `offer`, with what its slip says beside it."""
        return self.pickups.offered(self._reissue(id_, by).n, self.offer(id_, by=by))

    def list(self, *, by: Principal, state: str | None, after: str, limit: int) -> ReissuePage:
        """Those of the caller's issuer and centre."""
        found = self.store.reissues(issuer=issuer_of(by), centre=by.centre, state=state, after=after, limit=limit)
        secrets = self.issuer.secrets(issuer_of(by))
        return ReissuePage(
            items=[self._view(row, secrets) for row in found], next=found[-1].id if len(found) == limit else None
        )

    def of_rows(self, numbers: Sequence[int], secrets: Secrets) -> Sequence[ReissueView]:
        """All reissues of rows, for who serves their person."""
        return [self._view(row, secrets) for row in self.store.of_rows(numbers)]

    def look(self, id_: str, *, by: Principal) -> ReissueView:
        """One of them; raises NotFound."""
        return self._view(self._reissue(id_, by))

    def _reissue(self, id_: str, by: Principal) -> ReissueRow:
        return self.store.reissue(id_, issuer=issuer_of(by), centre=by.centre)

    def _view(self, row: ReissueRow, secrets: Secrets | None = None) -> ReissueView:
        secrets = secrets or self.issuer.secrets(row.issuer)
        first = self.pickups.store.ending(row.id) if row.state == "approved" else None
        is_done = first is not None and self.pickups.superseding.is_done(first)
        return ReissueView(
            id=row.id,
            credential=secrets.name(row.n),
            seen=row.seen.split(","),  # type: ignore[arg-type]  # written from a checked request
            state="done" if is_done else row.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            proposed_by=row.proposed_by,
            proposed=row.proposed,
            decided_by=row.decided_by,
            decided=row.decided,
            ready_at=row.ready,
            replacement=secrets.name(first) if first is not None and is_done else None,
        )
