"""Reads and writes of disputes and decisions, through the door's session; never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Unpack

from sqlalchemy import Table, func, update
from sqlmodel import Session, col, select

from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.owned import Paged, Theirs, find, page
from issuer.steps import late
from kernel.errors import NotFound

_DISPUTE: Final[Table] = DisputeRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_DECISION: Final[Table] = DecisionRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class DisputeStore:
    """The store of disputes."""

    session: Session

    def by_challenge(self, challenge: str) -> DisputeRow | None:
        """The dispute that was opened with it, as long as it is known whose it is."""
        ask = select(DisputeRow).where(DisputeRow.challenge == challenge, DisputeRow.holder != "")
        return self.session.exec(ask).first()

    def by_ticket(self, ticket: bytes, *, hold: bool = False) -> DisputeRow:
        """Raises NotFound; with `hold` nobody answers it meanwhile."""
        ask = select(DisputeRow).where(DisputeRow.ticket == ticket)
        row = self.session.exec(ask.with_for_update() if hold else ask).first()
        if row is None:
            raise NotFound("not_found", detail="no dispute with that ticket")
        return row

    def standing(self, n: int) -> DisputeRow | None:
        """The one of a row that waits for an answer."""
        return self.session.exec(select(DisputeRow).where(DisputeRow.stands == n)).first()

    def opened_at(self, n: int, nth: int) -> datetime | None:
        """When a row's `nth` last dispute was opened."""
        ask = select(DisputeRow.opened).where(DisputeRow.n == n).order_by(col(DisputeRow.opened).desc())
        return self.session.exec(ask.offset(nth - 1)).first()

    def count_waiting(self, since: datetime | None = None) -> int:
        """How many of all issuers wait for an answer, or have since before then."""
        ask = select(func.count()).select_from(DisputeRow).where(DisputeRow.state == "open")
        return int(self.session.exec(ask if since is None else ask.where(DisputeRow.opened < since)).one())

    def keep(self, dispute: DisputeRow) -> None:
        """Who comes at the same moment for the same row or challenge meets a unique key."""
        self.session.add(dispute)
        self.session.flush()

    def dispute(self, id_: str, *, hold: bool = False, **whose: Unpack[Theirs]) -> DisputeRow:
        return find(self.session, DisputeRow, id_, what="dispute", hold=hold, **whose)

    def disputes(self, **asked: Unpack[Paged]) -> Sequence[DisputeRow]:
        """What was taken back is a state of its own here."""
        withdrawn, state = col(DisputeRow.withdrawn), asked.get("state")
        if state == "withdrawn":
            asked["state"] = None
            return page(self.session, DisputeRow, "opened", withdrawn.is_not(None), **asked)
        where = () if state is None else (withdrawn.is_(None),)
        return page(self.session, DisputeRow, "opened", *where, **asked)

    def of_rows(self, numbers: Sequence[int]) -> Sequence[DisputeRow]:
        """All of some rows, newest first."""
        ask = select(DisputeRow).where(col(DisputeRow.n).in_(numbers))
        return self.session.exec(ask.order_by(col(DisputeRow.opened).desc())).all()

    def close(self, dispute: DisputeRow, **values: Any) -> None:
        """Once; raises Conflict as `late` says."""
        c = _DISPUTE.c
        moved = self.session.execute(
            update(_DISPUTE).where(c.id == dispute.id, c.state == "open").values(stands=None, **values)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(dispute.state, was=("open",))
        self.session.refresh(dispute)

    def forget_before(self, moment: datetime) -> int:
        """Erase what people said and were told in disputes that ended before then; gives how many."""
        ended = (_DISPUTE.c.closed < moment, _DISPUTE.c.holder != "")
        gone = self.session.execute(select(_DISPUTE.c.id).where(*ended)).scalars().all()
        blank = {"text": "", "name": None, "holder": "", "sentence": ""}
        self.session.execute(update(_DISPUTE).where(_DISPUTE.c.id.in_(gone)).values(**blank))
        self.session.execute(
            update(_DECISION).where(_DECISION.c.dispute.in_(gone)).values(sentence="", correction=None)
        )
        return len(gone)

    def keep_decision(self, decision: DecisionRow) -> None:
        """Who comes second while one stands meets the unique key."""
        self.session.add(decision)
        self.session.flush()

    def decision(self, id_: str) -> DecisionRow:
        """Raises NotFound."""
        row = self.session.get(DecisionRow, id_)
        if row is None:
            raise NotFound("not_found", detail="no decision of that name")
        return row

    def decisions(self, dispute: str) -> Sequence[DecisionRow]:
        """All of a dispute, oldest first."""
        ask = select(DecisionRow).where(DecisionRow.dispute == dispute)
        return self.session.exec(ask.order_by(col(DecisionRow.proposed), col(DecisionRow.id))).all()

    def end_decisions(self, dispute: str, *, at: datetime) -> None:
        """What waits for another person waits no more, and nobody refused it."""
        c = _DECISION.c
        waits = update(_DECISION).where(c.dispute == dispute, c.state == "proposed")
        self.session.execute(waits.values(state="refused", stands=None, decided=at))

    def decide(self, decision: DecisionRow, *, to: str, by: str, at: datetime) -> None:
        """Once; raises Conflict as `late` says."""
        c = _DECISION.c
        moved = self.session.execute(
            update(_DECISION)
            .where(c.id == decision.id, c.state == "proposed")
            .values(state=to, stands=None, decided_by=by, decided=at)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
            raise late(decision.state, was=("proposed",))
        self.session.refresh(decision)
