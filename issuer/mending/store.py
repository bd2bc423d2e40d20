"""Reads and writes of corrections, through the door's session; never commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, delete
from sqlmodel import Session, col, select

from issuer import bulk
from issuer.batches.tables import BatchRow, FindingRow, ProgressRow, SourceRow
from issuer.mending.tables import CorrectionRow, MendedRow

_HELD: Final[tuple[tuple[Table, str], ...]] = tuple(
    (kind.__table__, name)  # type: ignore[union-attr]  # SQLModel's metaclass
    for kind, name in (
        *((MendedRow, "child"), (CorrectionRow, "child")),
        *((FindingRow, "batch"), (SourceRow, "batch"), (ProgressRow, "batch"), (BatchRow, "id")),
    )
)
"""What stands of a batch before anything of it is promised, the batch last."""
_MENDED: Final[Table] = MendedRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class MendingStore:
    """The store of corrections."""

    session: Session

    def keep(self, child: str, parent: str, rows: Iterable[int]) -> None:
        """What corrects what; the same correction again changes nothing."""
        if self.session.get(CorrectionRow, child) is None:
            self.session.add(CorrectionRow(child=child, parent=parent))
            self.session.flush()
            bulk.insert(self.session, _MENDED, ("child", "row"), [(child, row) for row in rows])

    def drop(self, batch: str) -> None:
        """A batch of which nothing was promised goes whole, also as what corrected another one."""
        for table, name in _HELD:
            self.session.execute(delete(table).where(table.c[name] == batch))
        self.session.expire_all()

    def parent(self, child: str) -> str | None:
        row = self.session.get(CorrectionRow, child)
        return None if row is None else row.parent

    def children(self, parent: str) -> Sequence[str]:
        """Oldest first."""
        ask = select(CorrectionRow.child).join(BatchRow, col(BatchRow.id) == col(CorrectionRow.child))
        ask = ask.where(CorrectionRow.parent == parent).order_by(col(BatchRow.prepared), col(BatchRow.id))
        return self.session.exec(ask).all()

    def taken(self, parent: str, *, but: str = "") -> set[int]:
        """Rows of the parent that another correction mends, one that was not refused. Nobody keeps one meanwhile."""
        self.session.exec(select(BatchRow.id).where(BatchRow.id == parent).with_for_update()).one()
        ask = (
            select(MendedRow.row)
            .join(CorrectionRow, col(CorrectionRow.child) == col(MendedRow.child))
            .join(BatchRow, col(BatchRow.id) == col(MendedRow.child))
            .where(CorrectionRow.parent == parent, CorrectionRow.child != but, BatchRow.state != "refused")
        )
        return set(self.session.exec(ask))

    def mended(self, child: str) -> Sequence[int]:
        """Rows of the parent that are right in this batch, in order."""
        return self.session.exec(
            select(MendedRow.row).where(MendedRow.child == child).order_by(col(MendedRow.row))
        ).all()

    def lines(self, parent: str, rows: Iterable[int]) -> list[int]:
        """The lines of these rows in error, as people were told them. Of findings that were erased: below a header."""
        ask = select(FindingRow.row, FindingRow.line).where(FindingRow.batch == parent, FindingRow.outcome == "error")
        known = dict(self.session.exec(ask).all())
        return [known.get(row, row + 1) for row in rows]
