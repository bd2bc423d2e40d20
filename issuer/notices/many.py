"""Notices of an announced revocation of many, or of what was done to them without waiting: told by papers, part by
part, or by the issuer's own means at once; an announced one is withdrawn as a whole, and begun to take effect on its
day. What is done to each chunk is `bulk_acts`'."""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.bulk_acts.service import BulkActs, require_known
from issuer.bulk_acts.tables import BulkRow
from issuer.bulk_acts.views import parts
from issuer.notices.service import Notices, Printed
from issuer.service import HOUSE, issuer_of
from issuer.status.announcing import OPEN, is_told_as_it_stands
from kernel.access import Principal
from kernel.errors import Conflict, NotFound
from schemas.bulk_acts import BulkView
from schemas.issuance import Way
from schemas.papers import PART


@dataclass(frozen=True, kw_only=True)
class ManyNotices:
    """Notices of acts on many, on one session."""

    notices: Notices
    acts: BulkActs

    def tell(self, id_: str, way: Way, *, by: Principal) -> BulkView:
        """The issuer told all who had not been told, by its own means. Raises NotFound, Conflict where none is told."""
        row = self._to_tell(id_, by)
        self._tell_all(row, way, by.person)
        return self.acts.look(id_, by=by)

    def told_by_system(self, id_: str) -> None:
        """The issuer's own system took the notice, and tells all of them. Nothing where it is over."""
        row = self.acts.store.bulk(id_, issuer=None, centre=None)
        if _is_told(row):
            self._tell_all(row, "system", HOUSE)

    def letters(self, id_: str, part: int, *, by: Principal) -> Printed:
        """One part of the notices to print, of those of its people who are told. Raises NotFound, Conflict where none
        is told."""
        row = self._to_tell(id_, by)
        if part > parts(row):
            raise NotFound("not_found", detail="the act on many has no such part")
        found = self.notices.store.to_tell(row.id, after=(part - 1) * PART, limit=PART)
        return self.notices.printed(found, of=row.id, by=by)

    def withdraw(self, id_: str, *, by: Principal) -> BulkView:
        """All that still waits is taken back by another person than proposed it; it is done behind, chunk by chunk.

        Raises NotFound, Forbidden `same_hand`, Conflict where none waits.
        """
        row = self._announced(id_, by)
        by.require_other_hand(row.proposed_by)
        self._end(row, "withdrawn", by.person)
        return self.acts.look(id_, by=by)

    def due(self) -> Sequence[str]:
        """Those whose people have had their days, and what a stop left of others."""
        store = self.notices.store
        return [*store.begun(), *store.due_bulks(self.notices.clock.now())]

    def begin(self, id_: str) -> None:
        """From here on it takes effect, chunk by chunk; what of a list must wait for the registry's word is said now.

        Once; what was begun stays begun.
        """
        row = self.acts.store.bulk(id_, issuer=None, centre=None)
        if row.ended is None:
            self._end(row, "effective", HOUSE)

    def _end(self, row: BulkRow, phase: str, by: str) -> None:
        now, store = self.notices.clock.now(), self.acts.store
        require_known(row)
        store.decide(row, was="done", to="approved", phase=phase, ended=now, ended_by=by)
        store.take_up_again(row.id)
        if phase == "effective":
            self.acts.hold_lists(row)
        self.acts.issuer.ledger.tell(now, by, f"bulk_revoke_{phase}", row.id)

    def _tell_all(self, row: BulkRow, way: Way, by: str) -> None:
        now, store = self.notices.clock.now(), self.notices.store
        told = store.tell_all(row.id, way=way, at=now, due=self.notices.status.days.to_answer(now).end)
        store.settle(row.id)
        if told:
            self.acts.issuer.ledger.tell(now, by, "bulk_notice_told", row.id, {"way": way, "count": told})

    def _to_tell(self, id_: str, by: Principal) -> BulkRow:
        row = self.acts.store.bulk(id_, issuer=issuer_of(by), centre=by.centre)
        return row if _is_told(row) else _require_announced(row)

    def _announced(self, id_: str, by: Principal) -> BulkRow:
        return _require_announced(self.acts.store.bulk(id_, issuer=issuer_of(by), centre=by.centre))


def _require_announced(row: BulkRow) -> BulkRow:
    if row.state != "done" or row.phase not in OPEN:
        code = "not_possible_now" if row.ended is None else "decided_already"
        raise Conflict(code, detail="no announced revocation of many that waits")
    return row


def _is_told(row: BulkRow) -> bool:
    """Whether its people are told: it announced a revocation and is open, or it stands without waiting."""
    return row.state == "done" and (row.phase in OPEN or is_told_as_it_stands(row.does, row.reason))
