"""Reads and writes of webhooks, and reads of the audit chain after a line; never commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, func, update
from sqlmodel import Session, col, select

from issuer.batches.tables import BatchRow
from issuer.bulk_acts.tables import BulkRow
from issuer.status.tables import ActRow
from issuer.tables import AuditHeadRow, AuditRow, ChunkRow, IntentRow, SealedRow
from issuer.webhooks.tables import WebhookRow
from kernel.errors import NotFound

_HOOK: Final[Table] = WebhookRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
LINES: Final = 500


@dataclass(frozen=True, kw_only=True)
class WebhookStore:
    """The store of webhooks."""

    session: Session

    def of(self, issuer: str) -> Sequence[WebhookRow]:
        """In the order in which they came."""
        ask = (
            select(WebhookRow).where(WebhookRow.issuer == issuer).order_by(col(WebhookRow.created), col(WebhookRow.id))
        )
        return self.session.exec(ask).all()

    def every(self) -> Sequence[WebhookRow]:
        """Of all issuers: at most ten each."""
        return self.session.exec(select(WebhookRow)).all()

    def find(self, id_: str, issuer: str) -> WebhookRow:
        """Raises NotFound, also for another issuer's."""
        row = self.session.get(WebhookRow, id_)
        if row is None or row.issuer != issuer:
            raise NotFound("not_found", detail="the issuer has no such webhook")
        return row

    def keep(self, row: WebhookRow) -> None:
        """Add or change it; two that take one slot meet at its unique key."""
        self.session.add(row)
        self.session.flush()

    def drop(self, row: WebhookRow) -> None:
        self.session.delete(row)
        self.session.flush()

    def end(self) -> int:
        """The number of the chain's last line."""
        return int(self.session.exec(select(func.max(AuditHeadRow.n))).one() or 0)

    def due(self, now: datetime, *, but: Collection[str]) -> WebhookRow | None:
        """The one that waits longest, but for those issuers'."""
        waits = (col(WebhookRow.due) <= now, col(WebhookRow.stopped).is_(None), col(WebhookRow.issuer).not_in(but))
        return self.session.exec(select(WebhookRow).where(*waits).order_by(col(WebhookRow.due)).limit(1)).first()

    def claim(self, row: WebhookRow, until: datetime) -> bool:
        """Once: whoever came second gets False."""
        moved = self.session.execute(
            update(_HOOK).where(_HOOK.c.id == row.id, _HOOK.c.due == row.due).values(due=until)
        )
        return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # an update's result has it

    def settle(self, id_: str, **values: Any) -> None:
        """How it went; nothing where it was removed meanwhile."""
        self.session.execute(update(_HOOK).where(_HOOK.c.id == id_).values(**values))

    def lines(self, after: int) -> Sequence[AuditRow]:
        """Of the chain, in its order."""
        ask = select(AuditRow).where(AuditRow.n > after).order_by(col(AuditRow.n)).limit(LINES)
        return self.session.exec(ask).all()

    def line(self, n: int) -> AuditRow:
        """One of the chain; it never goes."""
        return self.session.get_one(AuditRow, n)

    def batch(self, id_: str) -> BatchRow | None:
        return self.session.get(BatchRow, id_)

    def act(self, id_: str) -> ActRow | None:
        return self.session.get(ActRow, id_)

    def bulk(self, id_: str) -> BulkRow | None:
        return self.session.get(BulkRow, id_)

    def chunk(self, first: int) -> ChunkRow | None:
        return self.session.get(ChunkRow, first)

    def issued(self, chunk: ChunkRow) -> Sequence[int]:
        """The rows of a chunk that were sealed and are no copies, neither a holder's nor the full ones beside them."""
        inside = (col(IntentRow.n) >= chunk.passes.start, col(IntentRow.n) < chunk.passes.stop)
        ask = select(IntentRow.n).join(SealedRow, col(SealedRow.n) == col(IntentRow.n))
        return self.session.exec(ask.where(*inside, col(IntentRow.origin).is_(None)).order_by(col(IntentRow.n))).all()
