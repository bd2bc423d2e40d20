"""Erase a person from what was issued: her row, its copies, what was asked and said of them (TRUST 14).

What stays says nothing of her: random numbers, the burnt places and their bits, the leaves of the log and the hashes of
the audit chain; so both stay whole. The passes that she holds stay hers, and verify as before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, delete, update
from sqlmodel import col, select

from issuer.batches.tables import BatchRow, FindingRow, SourceRow
from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.people.service import Persons
from issuer.pickups.tables import OfferRow, PickupRow
from issuer.superseding.tables import SupersedingRow
from issuer.tables import IntentRow, SealedRow, VoidRow
from kernel.access import Principal
from kernel.errors import Conflict
from kernel.ports import Random

_TABLES: Final[dict[str, Table]] = {
    kind.__name__: kind.__table__  # type: ignore[union-attr]  # SQLModel's metaclass
    for kind in (IntentRow, SealedRow, SourceRow, FindingRow, DisputeRow, DecisionRow, OfferRow, PickupRow)
}
ERASED: Final = "erased"
"""The code of a row whose pass is gone."""


@dataclass(frozen=True, kw_only=True)
class Erasing:
    """Erasing on one session."""

    persons: Persons
    random: Random

    def erase(self, name: str, *, reason: str, by: Principal) -> int:
        """Erase the credential of that name with all its copies; gives how many rows. Raises NotFound, Conflict."""
        issuer = self.persons.issuer
        n = issuer.find(name, by=by)
        rows = self._all_of(issuer.ledger.origin_of(n))
        for batch in {issuer.ledger.chunk_of(each).batch for each in rows}:
            self._forget_source(batch)
        for each in rows:
            self.persons.forget(each)
        self._forget_words(rows)
        self._forget_asked(rows)
        told = {"rows": len(rows), "reason": reason}
        issuer.ledger.tell(issuer.clock.now(), by.person, "person_erased", name, told)
        return len(rows)

    def _all_of(self, origin: int) -> list[int]:
        """The row, its copies, and what it superseded or was superseded by, with theirs."""
        ledger, session = self.persons.issuer.ledger, self.persons.store.session
        found: dict[int, None] = {}
        waiting = [origin]
        while waiting:
            family = [row.n for row in ledger.family_of(waiting.pop())]
            found |= dict.fromkeys(family)
            ask = select(SupersedingRow).where(
                col(SupersedingRow.old).in_(family) | col(SupersedingRow.first).in_(family)
            )
            waiting += {each for row in session.exec(ask) for each in (row.old, row.first)} - found.keys()
        return list(found)

    def _forget_source(self, batch: str | None) -> None:
        """The file as it came holds her too, and goes whole, before its day."""
        session = self.persons.store.session
        row = None if batch is None else session.get(BatchRow, batch)
        if row is None:
            return
        if row.state == "released":
            raise Conflict("stale_version", detail="the batch is being issued: erase when it is done")
        for name in ("SourceRow", "FindingRow"):
            table = _TABLES[name]
            session.execute(delete(table).where(table.c.batch == batch))

    def _forget_words(self, rows: Sequence[int]) -> None:
        """The rows keep their numbers and places; what they were made of goes, and so does the pass."""
        session, intents, sealed = self.persons.store.session, _TABLES["IntentRow"], _TABLES["SealedRow"]
        for n in rows:
            blank = {"payload": b"[]", "subject": None, "idem": self.random(16)}
            session.execute(update(intents).where(intents.c.n == n).values(**blank))
        session.execute(delete(sealed).where(sealed.c.n.in_(rows)))
        session.add_all(VoidRow(n=n, code=ERASED) for n in rows if session.get(VoidRow, n) is None)

    def _forget_asked(self, rows: Sequence[int]) -> None:
        session = self.persons.store.session
        disputes, decisions = _TABLES["DisputeRow"], _TABLES["DecisionRow"]
        hers = session.exec(select(DisputeRow.id).where(disputes.c.n.in_(rows))).all()
        blank = {"text": "", "name": None, "holder": "", "sentence": ""}
        session.execute(update(disputes).where(disputes.c.id.in_(hers)).values(**blank))
        session.execute(update(decisions).where(decisions.c.dispute.in_(hers)).values(sentence="", correction=None))
        offers, pickups = _TABLES["OfferRow"], _TABLES["PickupRow"]
        made = session.exec(select(OfferRow.id).where(offers.c.n.in_(rows))).all()
        session.execute(update(pickups).where(pickups.c.offer.in_(made)).values(subject=None))
        session.expire_all()
