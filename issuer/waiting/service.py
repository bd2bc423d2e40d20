"""How much waits for a person's hand: to decide for approvers, to tell and to answer for officers. One statement.

What she prepared or proposed herself waits for somebody else (TRUST 10), so it is not hers to count. Counts alone, of
her own issuer and centre; nothing here reads a row of a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, func
from sqlalchemy import select as select_some
from sqlmodel import Session, col, select

from issuer.amending.tables import AmendmentRow
from issuer.batches.tables import BatchRow
from issuer.bulk_acts.tables import BulkRow
from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.reissues.tables import ReissueRow
from issuer.service import issuer_of
from issuer.status.store import told_alone, untold
from issuer.status.tables import ActRow
from kernel.access import Principal
from schemas.counter import WaitingView

_DECIDED: Final[Mapping[str, type[Any]]] = {
    "acts": ActRow,
    "bulk_acts": BulkRow,
    "amendments": AmendmentRow,
    "reissues": ReissueRow,
}
"""What another person decides than who proposed it."""
_HANDS: Final = (col(BatchRow.prepared_by), col(BatchRow.proposed_by))
"""Of a batch two people may have had their hands in it."""
_Counts = dict[str, ColumnElement[int]]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Waiting on one session."""

    session: Session

    def count(self, *, by: Principal) -> WaitingView:
        """What waits for the caller, by kind; none of what is not her work."""
        asked: _Counts = {}
        if "approver" in by.roles:
            asked |= _to_decide(by)
        if "officer" in by.roles:
            asked |= _to_do(by)
        if not asked:
            return WaitingView()
        counts = self.session.execute(select_some(*(each.label(kind) for kind, each in asked.items()))).one()
        return WaitingView(**counts._mapping)


def _to_decide(by: Principal) -> _Counts:
    proposed = {
        kind: _many(table, by, table.state == "proposed", table.proposed_by != by.person)
        for kind, table in _DECIDED.items()
    }
    batches = _many(BatchRow, by, BatchRow.state == "proposed", *(hand != by.person for hand in _HANDS))
    decisions = (
        select(func.count()).select_from(DecisionRow).join(DisputeRow, col(DisputeRow.id) == DecisionRow.dispute)
    )
    theirs = (*_whose(DisputeRow, by), DecisionRow.state == "proposed", DecisionRow.proposed_by != by.person)
    return proposed | {"batches": batches, "decisions": decisions.where(*theirs).scalar_subquery()}


def _to_do(by: Principal) -> _Counts:
    """To be told, one by one or many in one go; and objections that nobody has proposed an answer to."""
    theirs = select(ActRow.id).where(ActRow.issuer == BulkRow.issuer, ActRow.bulk == BulkRow.id, untold())
    apart, with_ended = (_many(ActRow, by, untold(), each) for each in told_alone())
    answered = select(DecisionRow.id).where(DecisionRow.dispute == DisputeRow.id, DecisionRow.state == "proposed")
    return {
        "untold": apart + with_ended,
        "untold_many": _many(
            BulkRow, by, BulkRow.state == "done", (BulkRow.phase == "untold") | _stands(theirs.correlate(BulkRow))
        ),
        "disputes": _many(DisputeRow, by, DisputeRow.state == "open", ~answered.exists()),
    }


def _stands(theirs: Any) -> Any:
    """Of an act on many that waits for nobody: whether somebody must still be told of it."""
    return and_(col(BulkRow.phase).is_(None), theirs.exists())


def _many(table: type[Any], by: Principal, *where: Any) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*_whose(table, by), *where).scalar_subquery()


def _whose(table: type[Any], by: Principal) -> tuple[Any, ...]:
    own = table.issuer == issuer_of(by)
    return (own,) if by.centre is None else (own, table.centre == by.centre)
