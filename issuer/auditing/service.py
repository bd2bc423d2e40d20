"""Auditing: pages of the audit chain, newest first. A line tells who did what to what, never about whom."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from issuer.tables import AuditRow
from schemas.counter import AuditLine, AuditPage


@dataclass(frozen=True, kw_only=True)
class Auditing:
    """The chain on one session."""

    session: Session

    def page(self, *, after: int | None, limit: int) -> AuditPage:
        """The lines before number `after`, or the newest; each with the hash that the next one holds."""
        ask = select(AuditRow).order_by(col(AuditRow.n).desc()).limit(limit + 1)
        rows = self.session.exec(ask if after is None else ask.where(col(AuditRow.n) < after)).all()
        lines = [
            AuditLine(n=row.n, at=row.at, actor=row.actor, act=row.act, object=row.object, hash=row.hash.hex())
            for row in rows[:limit]
        ]
        return AuditPage(items=lines, next=str(lines[-1].n) if len(rows) > limit else None)
