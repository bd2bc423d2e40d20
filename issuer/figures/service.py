"""Figures: groups of fewer than ten are hidden and the rest is rounded to five (TRUST 14).

Each count is rounded alone, so a total less the groups beside it tells of a hidden one no more than that it is small.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from issuer import kinds
from issuer.figures.store import FigureStore
from issuer.kinds import BOGOTA
from issuer.service import Issuer, issuer_of
from issuer.working_days import WorkingDays
from kernel.access import Principal
from schemas.counter import FigureLine, NumbersView, TypeLine
from schemas.terms import REVOCATION, SUSPENSION

FEWEST: Final = 10
_STEP: Final = 5


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures on one session."""

    store: FigureStore
    issuer: Issuer
    days: WorkingDays

    def look(self, *, by: Principal) -> NumbersView:
        """The numbers of the caller's issuer, all centres. Raises NotFound, Forbidden."""
        row = self.issuer.ledger.issuer(issuer_of(by))
        days, centres, types = Counter[str](), Counter[str](), Counter[str]()
        for at, centre, family, size in self.store.issued(row.id):
            days[at.astimezone(BOGOTA).date().isoformat()] += size
            centres[centre or ""] += size
            types[family] += size
        flagged, disputes = self.store.flagged(row.number), self.store.disputes(row.id)
        return NumbersView(
            issued=rounded(types.total()),
            revoked=rounded(flagged.get(REVOCATION, 0)),
            suspended=rounded(flagged.get(SUSPENSION, 0)),
            disputes_open=rounded(disputes.get("open", 0)),
            disputes_answered=rounded(sum(disputes.values()) - disputes.get("open", 0)),
            is_overdue=self.store.is_waiting(row.id, since=self.days.overdue_before(self.issuer.clock.now())),
            by_day=_lines(days),
            by_centre=_lines(centres),
            by_type=[_type_line(line) for line in _lines(types)],
        )


def rounded(count: int) -> int | None:
    """To five; None where so few that somebody could be picked out."""
    return None if count < FEWEST else _STEP * round(count / _STEP)


def _type_line(line: FigureLine) -> TypeLine:
    kind = kinds.KINDS[line.group].type
    return TypeLine(group=line.group, issued=line.issued, title=kind.title_es, title_en=kind.title_en)


def _lines(counts: Mapping[str, int]) -> list[FigureLine]:
    return [FigureLine(group=group, issued=rounded(count)) for group, count in sorted(counts.items())]
