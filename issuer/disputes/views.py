"""What people see of a dispute and its decisions: rows of the database -> shapes of the wire. Pure."""

from collections.abc import Mapping, Sequence

from issuer.disputes.tables import DecisionRow, DisputeRow
from issuer.working_days import WorkingDays
from schemas.disputes import (
    Correction,
    DecisionState,
    DecisionView,
    DisputeStanding,
    DisputeState,
    DisputeView,
    Present,
)


def dispute_view(
    row: DisputeRow,
    decisions: Sequence[DecisionRow],
    *,
    credential: str,
    replacement: str | None,
    days: WorkingDays,
    present: Mapping[str, Present],
) -> DisputeView:
    """A dispute as the issuer's people see it; `present` by the decision that waits."""
    return DisputeView(
        id=row.id,
        credential=credential,
        state=state_of(row),
        kind=row.kind,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        text=row.text,
        name=row.name,
        opened=row.opened,
        answer_by=days.to_be_answered(row.opened).end if row.state == "open" else None,
        answered_at=row.closed,
        decisions=[decision_view(each, present.get(each.id)) for each in decisions],
        replacement=replacement,
    )


def standing_of(row: DisputeRow) -> DisputeStanding:
    """What its holder is told of it where she asks for something else."""
    return DisputeStanding(kind=row.kind, opened=row.opened)  # type: ignore[arg-type]  # the table's CHECK


def state_of(row: DisputeRow) -> DisputeState:
    """How it stands: what she took back is closed, and nobody answered it."""
    return "withdrawn" if row.withdrawn is not None else row.state  # type: ignore[return-value]  # the table's CHECK


def decision_view(row: DecisionRow, present: Present | None = None) -> DecisionView:
    """A decision as it stands."""
    return DecisionView(
        id=row.id,
        decision=row.decision,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        sentence=row.sentence,
        correction=correction_of(row),
        present=present,
        state=_decision_state(row),
        proposed_by=row.proposed_by,
        proposed=row.proposed,
        decided_by=row.decided_by,
        decided=row.decided,
    )


def _decision_state(row: DecisionRow) -> DecisionState:
    """One that ended with its dispute was decided by nobody."""
    ended = row.state == "refused" and row.decided_by is None
    return "withdrawn" if ended else row.state  # type: ignore[return-value]  # the table's CHECK holds the same words


def correction_of(row: DecisionRow) -> Correction | None:
    """What a decision corrects."""
    return None if row.correction is None else Correction.model_validate_json(row.correction)
