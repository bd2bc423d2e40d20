"""Erase a person from what was issued: her row, its copies, what was asked and said of them (TRUST 14).

What stays says nothing of her: random numbers, the burnt places and their bits, the leaves of the log and the hashes of
the audit chain; so both stay whole. The passes that she holds stay hers, and verify as before.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, delete, update
from sqlmodel import col, select

from issuer.amending.tables import AmendmentRow
from issuer.batches.tables import BatchRow, FindingRow, SourceRow
from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.forgetting import Forgetting
from issuer.mending.tables import CorrectionRow
from issuer.people.service import Persons
from issuer.pickups.tables import OfferRow, PickupRow
from issuer.superseding.following import Following
from issuer.superseding.store import SupersedingStore
from kernel.access import Principal
from kernel.errors import Conflict
from kernel.ports import Random

_SOURCE: Final[Table] = SourceRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_FINDING: Final[Table] = FindingRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_DISPUTE: Final[Table] = DisputeRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_DECISION: Final[Table] = DecisionRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_AMENDMENT: Final[Table] = AmendmentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_OFFER: Final[Table] = OfferRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_PICKUP: Final[Table] = PickupRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_ENDED: Final = ("done", "refused")


@dataclass(frozen=True, kw_only=True)
class Erasing:
    """Erasing on one session."""

    persons: Persons
    random: Random

    def erase(self, name: str, *, reason: str, by: Principal, approved_by: Principal) -> int:
        """Erase the credential of that name with all its copies; gives how many rows. It cannot be undone: two ask.

        Raises Forbidden `same_hand`, NotFound, Conflict.
        """
        issuer = self.persons.issuer
        approved_by.require_other_hand(by.person)
        issuer.find(name, by=approved_by)
        n = issuer.find(name, by=by)
        rows = self._all_of(issuer.ledger.origin_of(n))
        self._forget_sources({issuer.ledger.chunk_of(each).batch for each in rows})
        Forgetting(ledger=issuer.ledger, random=self.random).forget(rows)
        self._forget_asked(rows)
        now = issuer.clock.now()
        issuer.ledger.tell(now, by.person, "erasure_asked", name, {"reason": reason})
        issuer.ledger.tell(now, approved_by.person, "person_erased", name, {"rows": len(rows), "reason": reason})
        return len(rows)

    def _all_of(self, origin: int) -> list[int]:
        """The row, its copies, and what it superseded or was superseded by, with theirs.

        All are held: who copied, replaced or sealed any of them before has committed, so that what it made is among
        them; who comes after waits, and finds them erased.
        """
        ledger = self.persons.issuer.ledger
        following = Following(store=SupersedingStore(session=self.persons.store.session), ledger=ledger)
        (chain,) = following.chains([following.former(origin)[-1]], hold=True).values()
        found = [row.n for n in chain for row in ledger.family_of(n)]
        ledger.hold_chunks({ledger.chunk_of(n).first for n in found})
        return found

    def _forget_sources(self, named: Set[str | None]) -> None:
        """The files as they came hold her too, and go whole, before their day; so do those that correct them."""
        session = self.persons.store.session
        batches = self._with_corrections({each for each in named if each is not None})
        for batch in sorted(batches):
            row = session.get(BatchRow, batch)
            if row is not None and row.state not in _ENDED:
                raise Conflict("not_possible_now", detail=f"end batch {batch} first: its file holds the person too")
        for table in (_SOURCE, _FINDING):
            session.execute(delete(table).where(table.c.batch.in_(batches)))

    def _with_corrections(self, batches: Set[str]) -> Set[str]:
        """And what corrects them or is corrected by them, however often."""
        session = self.persons.store.session
        found, fresh = set(batches), set(batches)
        while fresh:
            ask = select(CorrectionRow).where(
                col(CorrectionRow.child).in_(fresh) | col(CorrectionRow.parent).in_(fresh)
            )
            fresh = {each for row in session.exec(ask) for each in (row.child, row.parent)} - found
            found |= fresh
        return found

    def _forget_asked(self, rows: Sequence[int]) -> None:
        session = self.persons.store.session
        hers = session.exec(select(DisputeRow.id).where(_DISPUTE.c.n.in_(rows))).all()
        blank = {"text": "", "name": None, "holder": "", "sentence": ""}
        session.execute(update(_DISPUTE).where(_DISPUTE.c.id.in_(hers)).values(**blank))
        session.execute(update(_DECISION).where(_DECISION.c.dispute.in_(hers)).values(sentence="", correction=None))
        session.execute(update(_AMENDMENT).where(_AMENDMENT.c.n.in_(rows)).values(correction=None))
        made = session.exec(select(OfferRow.id).where(_OFFER.c.n.in_(rows))).all()
        session.execute(update(_OFFER).where(_OFFER.c.n.in_(rows), _OFFER.c.used.is_(None)).values(stands=None))
        session.execute(update(_PICKUP).where(_PICKUP.c.offer.in_(made)).values(subject=None))
        session.expire_all()
