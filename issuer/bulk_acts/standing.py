"""How the rows of a chunk stand, asked for all of them at once: what an act on them may be about."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from issuer.bulk_acts.store import among
from issuer.disputes.tables import DisputeRow
from issuer.reissues.tables import ReissueRow
from issuer.status.announcing import OPEN
from issuer.status.store import marks
from issuer.status.tables import ActRow, FlagRow
from issuer.tables import IntentRow, SealedRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the rows of a chunk stand: those with a pass of their own, and of these the marked and disputed ones."""

    sealed: frozenset[int]
    marked: frozenset[tuple[int, str]]
    """(row, purpose) of the bits that are set."""
    disputed: frozenset[int]
    of_bulk: frozenset[int]
    """Of these the rows that one act on many marked: what lifts that one lifts nothing else."""
    announced: frozenset[int]
    """Those whose revocation was announced and waits."""
    proposed: frozenset[int]
    """Those of which an act alone waits for a second person, or that somebody's other phone is to get."""


def standing(session: Session, first: int, size: int, others: Collection[int], *, bulk: str | None) -> Standing:
    """How the rows of a chunk and these others stand; `bulk` is the act on many whose marks count."""
    run = session.exec
    sealed = select(SealedRow.n).join(IntentRow, col(IntentRow.n) == col(SealedRow.n))
    disputed = select(DisputeRow.stands).where(among(DisputeRow.stands, first, size, others))
    announced = select(ActRow.n).where(col(ActRow.phase).in_(OPEN), col(ActRow.ended).is_(None))
    proposed = select(ActRow.n).where(ActRow.state == "proposed")
    reissued = select(ReissueRow.n)
    of_bulk = select(FlagRow.n).join(ActRow, col(ActRow.id) == col(FlagRow.act)).where(ActRow.bulk == bulk)
    return Standing(
        sealed=frozenset(run(sealed.where(among(SealedRow.n, first, size, others), col(IntentRow.origin).is_(None)))),
        marked=frozenset(marks(session, among(FlagRow.n, first, size, others))),
        disputed=frozenset(n for n in run(disputed) if n is not None),
        announced=frozenset(run(announced.where(among(ActRow.n, first, size, others)))),
        proposed=frozenset(
            (
                *run(proposed.where(among(ActRow.n, first, size, others))),
                *run(reissued.where(among(ReissueRow.stands, first, size, others))),
            )
        ),
        of_bulk=frozenset(run(of_bulk.where(among(FlagRow.n, first, size, others))) if bulk is not None else ()),
    )
