"""What a holder's ticket opens: what became of her dispute, and taking it back. All else is `service.py`'s."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from issuer.disputes import opening
from issuer.disputes.store import DisputeStore
from issuer.disputes.views import state_of
from issuer.service import Issuer
from issuer.superseding.service import Superseding
from kernel.ports import Clock
from schemas.disputes import DisputeAnswer, SupersedingCopy

HOLDER: Final = "holder"
"""The actor of what a holder did: her key stands in the dispute's row, never in the audit chain."""


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Answers to tickets on one session."""

    store: DisputeStore
    issuer: Issuer
    superseding: Superseding
    clock: Clock

    def answer(self, ticket: str) -> DisputeAnswer:
        """What became of it, as often as asked; open until the superseding credential is there. Raises NotFound."""
        row = self.store.by_ticket(opening.ticket_hash(ticket))
        if row.state == "open" or (row.first is not None and not self.superseding.is_done(row.first)):
            return DisputeAnswer(state="open", text="", answered_at=None, credentials=[])
        return DisputeAnswer(
            state=state_of(row),
            text=row.sentence,
            answered_at=row.closed,
            credentials=[] if row.first is None else list(self._copies(row.first, row.holder)),
        )

    def withdraw(self, ticket: str) -> DisputeAnswer:
        """She takes it back: nobody has to answer it, and a decision that waits for another person ends with it.

        What was answered before stays so and is told, as is what was taken back already. What her dispute held up (a
        revocation that was told) goes on. Raises NotFound, Conflict `stale_version`.
        """
        row, now = self.store.by_ticket(opening.ticket_hash(ticket), hold=True), self.clock.now()
        if row.state == "open":
            self.store.end_decisions(row.id, at=now)
            self.store.close(row, state="rejected", closed=now, withdrawn=now)
            self.issuer.ledger.tell(now, HOLDER, "dispute_withdrawn", row.id)
        return self.answer(ticket)

    def _copies(self, first: int, holder: str) -> Sequence[SupersedingCopy]:
        """The holder's new copies, each with the place of the one that it supersedes; not the paper, the first."""
        pairs = zip(self.superseding.rows(first), self.superseding.former_places(first), strict=True)
        return [
            SupersedingCopy(
                id=self.issuer.name(row.n),
                credential=self.issuer.credential(row.n),
                text=self.issuer.text(row.n),
                supersedes=place,
            )
            for row, place in pairs
            if row.n != first and row.subject in (None, holder)
        ]
