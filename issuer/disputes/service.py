"""Disputes: a holder says that a pass is wrong, an officer proposes what to do, another person decides (TRUST 6).

The holder's key proves whose pass it is, and her ticket brings the answer; no account is needed. While a dispute is
open, nothing else revokes the pass or lifts its suspension. A method is a transaction; a correction is several (Desk).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from issuer import reading
from issuer.disputes import opening
from issuer.disputes.answering import HOLDER, Answering
from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.disputes.views import correction_of, decision_view, dispute_view, standing_of
from issuer.proving import Proved, pass_of
from issuer.secrets import Secrets
from issuer.service import issuer_of
from issuer.status.service import Status
from kernel import codec
from kernel.access import Principal
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, NotFound, TooMany, WrongShape
from kernel.ports import Random
from kit.once import Once
from schemas.disputes import (
    Correction,
    DecisionRequest,
    DecisionView,
    DisputeOpened,
    DisputePage,
    DisputeStanding,
    DisputeTicket,
    DisputeView,
    Present,
)
from schemas.json import JsonObject
from schemas.terms import REVOCATION

MOST: Final = 5
WITHIN: Final = timedelta(days=30)
KEPT: Final = timedelta(days=730)
_ENDS: Final = {"correct": "corrected", "lift": "lifted", "uphold": "upheld", "reject": "rejected"}


@dataclass(frozen=True, kw_only=True)
class Disputes(Answering):
    """Disputes on one session."""

    status: Status
    random: Random

    def begin(self) -> DisputeOpened:
        """A challenge to sign; nothing is kept for it. Raises NotFound in a house without an issuer."""
        return opening.make(self._house(), now=self.clock.now(), drawn=self.random(12))

    def open(self, raw: bytes) -> DisputeTicket:
        """A holder's dispute of a pass that her key holds. The same proof and words give the same ticket whenever they
        come; a new proof of the key whose dispute stands gives that one's, and opens no other.

        Raises what the proof raises, NotFound for a pass that is not ours, TooMany `disputed_often`, `same_name`,
        Conflict `dispute_open`, `idempotency_key`, and `not_possible_now` where another takes its place already.
        """
        said, now = opening.read(raw), self.clock.now()
        proved, shown = pass_of(said.presentation)
        if (former := self.store.by_challenge(proved.challenge)) is not None:
            proved.require_for(challenge=former.challenge, domain=str(shown.get("issuer")))
            return self._again(former, said, proved)
        opening.require(self._house(), proved, issuer=shown.get("issuer"), now=now)
        n = self.issuer.ledger.origin_of(self._row_of(shown))
        if (standing := self.store.standing(n)) is not None:
            return self._standing(standing, said, proved)
        opening.require_other_name(said.request, shown)
        self.superseding.require_first(n)
        if (last := self.store.opened_at(n, MOST)) is not None and (wait := last + WITHIN - now) > timedelta():
            raise TooMany(
                "disputed_often", detail="disputed as often as may be", retry_after=ceil(wait.total_seconds())
            )
        chunk = self.issuer.ledger.chunk_of(n)
        ticket = opening.ticket(self.issuer.secrets(chunk.issuer), proved.challenge)
        dispute = DisputeRow(
            id=base64url_encode(self.random(16)),
            issuer=chunk.issuer,
            centre=chunk.centre,
            n=n,
            stands=n,
            challenge=proved.challenge,
            ticket=opening.ticket_hash(ticket),
            holder=proved.holder,
            kind=said.request.kind,
            text=said.request.text,
            name=said.request.name,
            state="open",
            opened=now,
        )
        self.store.keep(dispute)
        self.issuer.ledger.tell(now, HOLDER, "dispute_opened", dispute.id, {"kind": dispute.kind})
        return DisputeTicket(ticket=ticket)

    def page(self, *, by: Principal, state: str | None, after: str, limit: int) -> DisputePage:
        """`list` over the network, so often and no more. Raises TooMany."""
        reading.require_pace(self.store.session, "list", by=by, clock=self.clock)
        return self.list(by=by, state=state, after=after, limit=limit)

    def list(self, *, by: Principal, state: str | None, after: str, limit: int) -> DisputePage:
        """Those of the caller's issuer and centre; who reads them is told."""
        found = self.store.disputes(issuer=issuer_of(by), centre=by.centre, state=state, after=after, limit=limit)
        secrets = self.issuer.secrets(issuer_of(by))
        items = [self._view(row, secrets) for row in found]
        reading.tell_page(self.issuer.ledger, "disputes_read", items, by=by, clock=self.clock)
        return DisputePage(items=items, next=found[-1].id if len(found) == limit else None)

    def look(self, id_: str, *, by: Principal) -> DisputeView:
        """One, with what is said now where a correction waits; who reads it is told. Raises NotFound, TooMany."""
        reading.require_pace(self.store.session, "row", by=by, clock=self.clock)
        view = self._view(self._dispute(id_, by), tells_present=True)
        self.issuer.ledger.tell(self.clock.now(), by.person, "dispute_read", id_)
        return view

    def of_rows(self, numbers: Sequence[int], secrets: Secrets) -> Sequence[DisputeView]:
        """All disputes of rows, for who serves their person."""
        return [self._view(row, secrets) for row in self.store.of_rows(numbers)]

    def propose(self, id_: str, asked: DecisionRequest, *, by: Principal, once: Once) -> DecisionView:
        """An officer says what should be done; a correction is tried out first, so that it can be kept.

        Raises NotFound, WrongShape, Conflict `decided_already` where it was answered, waits for a second person, or is
        no longer possible.
        """
        session = self.store.session
        if (former := once.replay(session, by.person)) is not None:
            return decision_view(self.store.decision(former.decode()))
        dispute, now = self._dispute(id_, by, hold=True), self.clock.now()
        if dispute.state != "open":
            raise Conflict("decided_already", detail="the dispute was answered already")
        self._require_possible(dispute, asked.decision, asked.correction)
        row = DecisionRow(
            id=base64url_encode(self.random(16)),
            dispute=dispute.id,
            stands=dispute.id,
            decision=asked.decision,
            sentence=asked.sentence,
            correction=None if asked.correction is None else asked.correction.model_dump_json().encode(),
            state="proposed",
            proposed_by=by.person,
            proposed=now,
        )
        self.store.keep_decision(row)
        once.keep(session, by.person, row.id.encode(), now)  # its name alone: what people say stands in its own table
        self.issuer.ledger.tell(now, by.person, f"{row.decision}_proposed", row.id, {"dispute": dispute.id})
        return decision_view(row)

    def approve(self, id_: str, *, by: Principal) -> int | None:
        """Another person decides, who took no part; gives the new row to seal where it corrects.

        The same person again gives the same: what a stop left half done goes on. Raises NotFound, Forbidden
        `same_hand`, Conflict.
        """
        decision, dispute = self._decision(id_, by, hold=True)
        if decision.state == "approved" and decision.decided_by == by.person:
            return dispute.first
        for person in (decision.proposed_by, *self._hands(dispute.n)):
            by.require_other_hand(person)
        correction, now = correction_of(decision), self.clock.now()
        self.store.decide(decision, to="approved", by=by.person, at=now)
        self._require_possible(dispute, decision.decision, correction)
        first = self._carry_out(decision, dispute, correction, by)
        self.store.close(dispute, state=_ENDS[decision.decision], closed=now, sentence=decision.sentence, first=first)
        self.issuer.ledger.tell(now, by.person, f"{decision.decision}_approved", id_, {"dispute": dispute.id})
        return first

    def refuse(self, id_: str, *, by: Principal) -> DisputeView:
        """Another person says no: the dispute stays open. Raises NotFound, Forbidden `same_hand`, Conflict."""
        decision, dispute = self._decision(id_, by, hold=True)
        by.require_other_hand(decision.proposed_by)
        now = self.clock.now()
        self.store.decide(decision, to="refused", by=by.person, at=now)
        self.issuer.ledger.tell(now, by.person, f"{decision.decision}_refused", id_, {"dispute": dispute.id})
        return self._view(dispute)

    def of_decision(self, id_: str, *, by: Principal) -> DisputeView:
        """The dispute that a decision is about; raises NotFound."""
        return self._view(self._decision(id_, by)[1])

    def forget_old(self) -> int:
        """Erase the words of disputes that ended two years ago (TRUST 14). Each publishing calls it."""
        return self.store.forget_before(self.clock.now() - KEPT)

    def _carry_out(
        self, decision: DecisionRow, dispute: DisputeRow, correction: Correction | None, by: Principal
    ) -> int | None:
        hands = {"proposed_by": decision.proposed_by, "approved_by": by.person}
        match decision.decision:
            case "correct":
                payload, copies = self.superseding.corrected(dispute.n, correction)
                self.status.agreeing.end_waiting(dispute.n, by=by.person)
                return self.superseding.begin(dispute.n, payload, copies, **hands)
            case "lift":
                self.status.agreeing.act_at_once(dispute.n, "lift", "holder_request", **hands)
            case "uphold":
                self.status.agreeing.confirm_revocation(dispute.n, by=by)
        return None

    def _require_possible(self, dispute: DisputeRow, decision: str, correction: Correction | None) -> None:
        if decision != "correct" and correction is not None:
            raise WrongShape("schema", detail="only `correct` takes a correction", pointer="/correction")
        intent = self.issuer.ledger.intent(dispute.n)
        if decision == "lift":
            self.status.flipping.require_possible("lift", intent)
        if decision == "correct":
            self.superseding.require_first(dispute.n)
            payload, copies = self.superseding.corrected(dispute.n, correction)
            if payload == intent.payload and self.status.is_usable(intent):
                raise WrongShape("schema", detail=reading.NO_CHANGE, pointer="/correction")
            self.superseding.require_sealable(dispute.n, payload, copies)

    def _again(self, former: DisputeRow, said: opening.Said, proved: Proved) -> DisputeTicket:
        if former.holder != proved.holder or not _says(former, said):
            raise Conflict("idempotency_key", detail="the challenge was used for another dispute")
        return self._ticket(former)

    def _standing(self, row: DisputeRow, said: opening.Said, proved: Proved) -> DisputeTicket:
        """The way back to what waits for its answer, for the key that asked; raises Conflict for any other."""
        if row.holder != proved.holder:
            raise Conflict("dispute_open", detail="the credential has a dispute that waits for its answer")
        return self._ticket(row, None if _says(row, said) else standing_of(row))

    def _ticket(self, row: DisputeRow, standing: DisputeStanding | None = None) -> DisputeTicket:
        ticket = opening.ticket(self.issuer.secrets(row.issuer), row.challenge)
        return DisputeTicket(ticket=ticket, standing=standing)

    def _row_of(self, shown: JsonObject) -> int:
        """The row of a pass, by its place; and it is the very pass that we issued. Raises NotFound."""
        places = [(entry.list, entry.index) for entry in codec.credential(shown).status if entry.purpose == REVOCATION]
        for url, index in places:
            if url is not None and index is not None and index.isdecimal() and len(index) < 7:
                n = self.issuer.ledger.standing_at(url, int(index)).n
                if self.issuer.credential(n) == shown:
                    return n
        raise NotFound("not_found", detail="not a pass that this house issued")

    def _hands(self, n: int) -> set[str]:
        """Who took part in an act on the row."""
        return {who for act in self.status.store.acts_on(n) for who in (act.proposed_by, act.decided_by) if who}

    def _present(self, n: int, decisions: Sequence[DecisionRow]) -> dict[str, Present]:
        """What the credential says now of what a decision that waits would correct, by its name."""
        corrections = ((each.id, correction_of(each)) for each in decisions if each.state == "proposed")
        return {id_: self.superseding.present(n, said) for id_, said in corrections if said is not None}

    def _view(self, row: DisputeRow, secrets: Secrets | None = None, *, tells_present: bool = False) -> DisputeView:
        secrets, decisions = secrets or self.issuer.secrets(row.issuer), self.store.decisions(row.id)
        is_there = row.first is not None and self.superseding.is_done(row.first)
        return dispute_view(
            row,
            decisions,
            days=self.status.days,
            present=self._present(row.n, decisions) if tells_present else {},
            credential=secrets.name(row.n),
            replacement=secrets.name(row.first) if row.first is not None and is_there else None,
        )

    def _dispute(self, id_: str, by: Principal, *, hold: bool = False) -> DisputeRow:
        """With `hold` nobody answers it or takes it back meanwhile."""
        return self.store.dispute(id_, hold=hold, issuer=issuer_of(by), centre=by.centre)

    def _decision(self, id_: str, by: Principal, *, hold: bool = False) -> tuple[DecisionRow, DisputeRow]:
        decision = self.store.decision(id_)
        return decision, self._dispute(decision.dispute, by, hold=hold)

    def _house(self) -> Secrets:
        """The keyed secrets that challenges are made with: those of the house's first issuer."""
        issuers = self.issuer.ledger.issuers()
        if not issuers:
            raise NotFound("not_found", detail="no issuer in this house")
        return self.issuer.secrets(issuers[0])


def _says(row: DisputeRow, said: opening.Said) -> bool:
    """Whether it was asked for in these words."""
    asked = said.request
    return (row.kind, row.text, row.name) == (asked.kind, asked.text, asked.name)
