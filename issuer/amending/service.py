"""Amending: an officer says what is misspelt, another person confirms, a new credential takes the old one's place.

The old one and all its copies are revoked as `superseded` once the new one is sealed. A holder who had copies gets a
new slip, handed over in person: no way leads to her wallet but the one she opened herself (a dispute).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer import reading
from issuer.amending.store import AmendingStore
from issuer.amending.tables import AmendmentRow
from issuer.secrets import Secrets
from issuer.service import Issuer, issuer_of
from issuer.status.service import Status
from issuer.superseding.service import Superseding
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, WrongShape
from kernel.ports import Clock, Random
from kit.once import Once
from schemas.amending import AmendmentPage, AmendmentRequest, AmendmentView
from schemas.disputes import Correction


@dataclass(frozen=True, kw_only=True)
class Amending:
    """Corrections on one session."""

    store: AmendingStore
    issuer: Issuer
    status: Status
    superseding: Superseding
    clock: Clock
    random: Random

    def propose(self, name: str, asked: AmendmentRequest, *, by: Principal, once: Once) -> AmendmentView:
        """An officer says what it should read; it is tried out first. Raises NotFound, WrongShape, and Conflict
        `under_dispute`, `reissue_open`, or `not_possible_now` where it is not good now, or another correction waits."""
        session = self.store.session
        if (former := once.replay(session, by.person)) is not None:
            return self.decided(former.decode(), by=by)
        ledger, now = self.issuer.ledger, self.clock.now()
        n = ledger.origin_of(self.issuer.find(name, by=by))
        chunk = ledger.chunk_of(n)
        self._payload(n, asked.correction)
        row = AmendmentRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            stands=n,
            correction=asked.correction.model_dump_json(exclude_none=True).encode(),
            state="proposed",
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep(row)
        once.keep(session, by.person, row.id.encode(), now)
        ledger.tell(now, by.person, "amendment_proposed", row.id, {"fields": sorted(_changes(asked.correction))})
        return self._view(row)

    def approve(self, id_: str, *, by: Principal) -> int:
        """Another person confirms: gives the new row to seal. The same person again gives the same.

        Raises NotFound, Forbidden `same_hand`, Conflict.
        """
        row, now = self._amendment(id_, by), self.clock.now()
        if row.first is not None and row.decided_by == by.person:
            return row.first
        by.require_other_hand(row.proposed_by)
        if row.correction is None:
            raise Conflict("decided_already", detail="the correction was decided already")
        payload = self._payload(row.n, Correction.model_validate_json(row.correction))
        first = self.superseding.begin(row.n, payload, (), proposed_by=row.proposed_by, approved_by=by.person)
        self.store.decide(row, to="approved", by=by.person, at=now, first=first)
        self.issuer.ledger.tell(now, by.person, "amendment_approved", id_, {"first": str(first)})
        return first

    def refuse(self, id_: str, *, by: Principal) -> AmendmentView:
        """Another person says no; the credential stays as it is. Raises NotFound, Forbidden `same_hand`, Conflict."""
        row, now = self._amendment(id_, by), self.clock.now()
        by.require_other_hand(row.proposed_by)
        self.store.decide(row, to="refused", by=by.person, at=now)
        self.issuer.ledger.tell(now, by.person, "amendment_refused", id_)
        return self._view(row)

    def look(self, id_: str, *, by: Principal) -> AmendmentView:
        """One of them, for who reads it: so often and no more. Raises NotFound, TooMany."""
        reading.require_pace(self.store.session, "row", by=by, clock=self.clock)
        return self.decided(id_, by=by)

    def decided(self, id_: str, *, by: Principal) -> AmendmentView:
        """One that she just took part in, with what is said now while it waits; who saw that is told. Raises
        NotFound."""
        view = self._view(self._amendment(id_, by))
        if view.present is not None:
            self.issuer.ledger.tell(self.clock.now(), by.person, "amendment_read", id_)
        return view

    def page(self, *, by: Principal, after: str, limit: int) -> AmendmentPage:
        """`list` over the network, so often and no more. Raises TooMany."""
        reading.require_pace(self.store.session, "list", by=by, clock=self.clock)
        return self.list(by=by, after=after, limit=limit)

    def list(self, *, by: Principal, after: str, limit: int) -> AmendmentPage:
        """Those of the caller's issuer and centre; as `look` does, it tells who saw what waiting ones say now."""
        found = self.store.amendments(issuer=issuer_of(by), centre=by.centre, after=after, limit=limit)
        secrets = self.issuer.secrets(issuer_of(by))
        items = [self._view(row, secrets) for row in found]
        seen = [item for item in items if item.present is not None]
        reading.tell_page(self.issuer.ledger, "amendments_read", seen, by=by, clock=self.clock)
        return AmendmentPage(items=items, next=found[-1].id if len(found) == limit else None)

    def of_rows(self, numbers: Sequence[int], secrets: Secrets) -> Sequence[AmendmentView]:
        """All corrections of rows, for who serves their person."""
        return [self._view(row, secrets) for row in self.store.of_rows(numbers)]

    def _payload(self, n: int, correction: Correction) -> bytes:
        """What the new row is made from, where it may be made."""
        intent = self.issuer.ledger.intent(n)
        self.issuer.ledger.pass_bytes(n)
        self.superseding.require_replaceable(n)
        if self.store.is_reissued(n):
            raise Conflict("reissue_open", detail="another phone is to get the credential as it is")
        payload, _ = self.superseding.corrected(n, correction)
        if payload == intent.payload:
            raise WrongShape("schema", detail=reading.NO_CHANGE, pointer="/correction")
        self.superseding.require_sealable(n, payload, ())
        return payload

    def _view(self, row: AmendmentRow, secrets: Secrets | None = None) -> AmendmentView:
        secrets = secrets or self.issuer.secrets(row.issuer)
        correction = None if row.correction is None else Correction.model_validate_json(row.correction)
        is_there = row.first is not None and self.superseding.is_done(row.first)
        return AmendmentView(
            id=row.id,
            credential=secrets.name(row.n),
            state=row.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
            correction=correction,
            present=None if correction is None else self.superseding.present(row.n, correction),
            replacement=secrets.name(row.first) if row.first is not None and is_there else None,
            proposed_by=row.proposed_by,
            proposed=row.proposed,
            decided_by=row.decided_by,
            decided=row.decided,
        )

    def _amendment(self, id_: str, by: Principal) -> AmendmentRow:
        return self.store.amendment(id_, issuer=issuer_of(by), centre=by.centre)


def _changes(correction: Correction) -> dict[str, object]:
    return correction.model_dump(exclude_none=True)
