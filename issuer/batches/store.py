"""Reads and writes of batches, their sources and findings, through the door's session; never commits."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import IO, Any, Final, Unpack

from sqlalchemy import Table, delete, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from issuer import bulk
from issuer.batches.tables import BatchRow, FindingRow, ProgressRow, SourceRow
from issuer.cohort import TIDIED, Row
from issuer.mending.tables import CorrectionRow
from issuer.owned import Paged, Theirs, find, page
from issuer.store import unsealed_chunks
from issuer.tables import ERASED, AuditRow, ChunkRow, IntentRow, LogChunkRow, SealedRow, VoidRow
from kernel.errors import Conflict

PART: Final = 1 << 20
_FINDING: Final[Table] = FindingRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_INTENT: Final[Table] = IntentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_BATCH: Final[Table] = BatchRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_PROGRESS: Final[Table] = ProgressRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_TIDIED: Final = [",".join(some) for many in range(len(TIDIED)) for some in combinations(TIDIED, many + 1)]
"""Warnings of a row that ask nobody to look, as they are kept."""
_RELEASED: Final = frozenset({"released", "done"})
_LINES: Final = 512
"""How many lines of the chain are looked at for a rate: more chunks than a minute holds."""
FINDING_COLUMNS: Final = ("batch", "row", "line", "outcome", "code", "column_name", "first", "warnings")


def _sealed(lines: Iterable[tuple[str, str, datetime]], since: datetime) -> list[int]:
    """Chunks that these lines of the audit chain tell were sealed since then."""
    return [int(name) for act, name, at in lines if act == "chunk_sealed" and at > since]


def faulty_rows() -> SelectOfScalar[int]:
    """The first number of its chunk for each row that could not be sealed, not for its twin or what was erased."""
    end = col(ChunkRow.first) + col(ChunkRow.size) - col(ChunkRow.twins)
    inside = (col(VoidRow.n) >= col(ChunkRow.first)) & (col(VoidRow.n) < end)
    return select(ChunkRow.first).join(VoidRow, inside).where(VoidRow.code != ERASED)


@dataclass(frozen=True, kw_only=True)
class BatchStore:
    """The store of batches."""

    session: Session

    def by_digest(self, issuer: str, digest: bytes) -> BatchRow | None:
        """The batch of the same source and set-up, if it came before."""
        return self.session.exec(select(BatchRow).where(BatchRow.issuer == issuer, BatchRow.digest == digest)).first()

    def batch(self, id_: str, **whose: Unpack[Theirs]) -> BatchRow:
        return find(self.session, BatchRow, id_, what="batch", **whose)

    def batches(self, **asked: Unpack[Paged]) -> Sequence[BatchRow]:
        return page(self.session, BatchRow, "prepared", **asked)

    def named(self, ids: Iterable[str | None]) -> dict[str, BatchRow]:
        """Those of these that there are, whosever they be."""
        wanted = {id_ for id_ in ids if id_ is not None}
        return {row.id: row for row in self.session.exec(select(BatchRow).where(col(BatchRow.id).in_(wanted)))}

    def parents(self, ids: Iterable[str]) -> dict[str, str]:
        """Which of these correct which other one."""
        c = CorrectionRow
        return dict(self.session.exec(select(c.child, c.parent).where(col(c.child).in_(list(ids)))).all())

    def keep(self, batch: BatchRow, source: IO[bytes], findings: Sequence[Row]) -> bool:
        """The batch, its source in parts, and what was found in it; gives whether this call kept it: another request
        may have brought the same source a moment before, and is waited for."""
        writer = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        ask = writer.insert(_BATCH).values(**batch.model_dump()).returning(_BATCH.c.id)
        same = ask.on_conflict_do_nothing(index_elements=[_BATCH.c.issuer, _BATCH.c.digest])
        if self.session.execute(same).one_or_none() is None:
            return False
        self.session.add(ProgressRow(batch=batch.id, cursor=0, promised=0, known=0))
        source.seek(0)
        part = 0
        while content := source.read(PART):
            self.session.add(SourceRow(batch=batch.id, part=part, content=content))
            self.session.flush()
            self.session.expire_all()
            part += 1
        lines = [
            (batch.id, row.row, row.line, row.outcome, row.code, row.column, row.first, ",".join(row.warnings))
            for row in findings
        ]
        bulk.insert(self.session, _FINDING, FINDING_COLUMNS, lines)
        return True

    def step(self, batch: BatchRow, *, was: tuple[str, ...], to: str, **values: Any) -> bool:
        """One step of its life; gives whether this call took it: another may have been faster."""
        moved = self.session.execute(
            update(_BATCH).where(_BATCH.c.id == batch.id, _BATCH.c.state.in_(was)).values(state=to, **values)
        )
        return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # an update's result has it

    def move(self, batch: BatchRow, *, was: tuple[str, ...], to: str, **values: Any) -> None:
        """As `step`; raises Conflict `already_released`, or where another was faster or its state is none of `was`."""
        if not self.step(batch, was=was, to=to, **values):
            if batch.state in _RELEASED:
                raise Conflict("already_released", detail="the batch was released already")
            if batch.state in was:
                raise Conflict("stale_version", detail="another request made the step first")
            raise Conflict("not_possible_now", detail="the batch's state does not allow this step")

    def progress(self, batch: str, *, lock: bool = False) -> ProgressRow:
        """Where a batch stands; with `lock` nobody else goes on with it meanwhile."""
        ask = select(ProgressRow).where(ProgressRow.batch == batch)
        return self.session.exec(ask.with_for_update() if lock else ask).one()

    def advance(self, batch: str, *, cursor: int, promised: int, known: int) -> None:
        """After a block of the source."""
        c = _PROGRESS.c
        self.session.execute(
            update(_PROGRESS)
            .where(c.batch == batch)
            .values(cursor=cursor, promised=c.promised + promised, known=c.known + known)
        )

    def sealed(self, batch: str) -> int:
        """Rows of the batch whose chunk is sealed."""
        ask = (
            select(ChunkRow.size - ChunkRow.twins)
            .join(LogChunkRow, ChunkRow.first == LogChunkRow.first)  # type: ignore[arg-type]  # a column
            .where(ChunkRow.batch == batch)
        )
        return sum(self.session.exec(ask).all())

    def waiting(self, batch: str, *, limit: int | None = None) -> Sequence[int]:
        """The chunks of the batch that are promised and not sealed, by their first numbers."""
        ask = unsealed_chunks().where(ChunkRow.batch == batch).order_by(col(ChunkRow.first))
        return self.session.exec(ask.limit(limit)).all()

    def chunks(self, batch: str) -> Sequence[ChunkRow]:
        """In the order of their numbers."""
        ask = select(ChunkRow).where(ChunkRow.batch == batch).order_by(ChunkRow.first)  # type: ignore[arg-type]  # a column
        return self.session.exec(ask).all()

    def promised_elsewhere(self, batch: str, idems: Sequence[bytes]) -> set[bytes]:
        """Which of these rows were promised, but for those that this batch promised itself."""
        known = bulk.present(self.session, _INTENT, "idem", idems)
        inside = (col(IntentRow.n) >= col(ChunkRow.first)) & (
            col(IntentRow.n) < col(ChunkRow.first) + col(ChunkRow.size)
        )
        own = (
            select(IntentRow.idem).join(ChunkRow, inside).where(ChunkRow.batch == batch, col(IntentRow.idem).in_(known))
        )
        return known.difference(self.session.exec(own).all()) if known else known

    def sealed_rows(self, numbers: Sequence[int]) -> Sequence[tuple[int, int, int]]:
        """(number, line, profile) of those that are sealed, in order."""
        c, sealed = IntentRow, SealedRow
        ask = select(c.n, c.line, c.profile).join(sealed, sealed.n == c.n).where(c.n.in_(numbers)).order_by(c.n)  # type: ignore[attr-defined, arg-type]  # columns
        return self.session.exec(ask).all()

    def pause(self, batch: str, at: datetime | None) -> None:
        """Whoever promises the next block waits for this row, and sees it."""
        self.session.execute(update(_PROGRESS).where(_PROGRESS.c.batch == batch).values(paused=at))
        self.session.expire_all()

    def chunk_states(self, batch: str) -> list[tuple[int, bool]]:
        """(size, is sealed) of each chunk, in order."""
        ask = (
            select(ChunkRow.size - ChunkRow.twins, LogChunkRow.first)
            .join(LogChunkRow, LogChunkRow.first == ChunkRow.first, isouter=True)  # type: ignore[arg-type]  # a column
            .where(ChunkRow.batch == batch)
            .order_by(col(ChunkRow.first))
        )
        return [(size, sealed is not None) for size, sealed in self.session.exec(ask)]

    def faults(self, batch: str) -> int:
        """Rows of the batch that could not be sealed."""
        ask = faulty_rows().where(ChunkRow.batch == batch).with_only_columns(func.count())
        return int(self.session.execute(ask).scalar_one())

    def sealed_lately(self, batch: BatchRow, window: timedelta, *, now: datetime) -> tuple[int, timedelta]:
        """Rows of a released batch that were sealed last, and in which time: in the window, or since it goes on."""
        lines = self._lines_since(now - window)
        begins = [at for act, name, at in lines if (act, name) == ("batch_resumed", batch.id)]
        since = max(now - window, batch.released or now, *begins)
        ask = select(func.coalesce(func.sum(ChunkRow.size - ChunkRow.twins), 0)).where(ChunkRow.batch == batch.id)
        return int(self.session.exec(ask.where(col(ChunkRow.first).in_(_sealed(lines, since)))).one()), now - since

    def _lines_since(self, moment: datetime) -> list[tuple[str, str, datetime]]:
        """(act, object, moment) of the last lines of the audit chain, as far as they tell of what was since then."""
        last = select(AuditRow.act, AuditRow.object, AuditRow.at).order_by(col(AuditRow.n).desc()).limit(_LINES)
        return [(act, name, at) for act, name, at in self.session.exec(last) if at > moment]

    def idle(self, moment: datetime) -> Sequence[str]:
        """Batches that were released before then, are not done, and nothing of which was sealed since."""
        recent = select(ChunkRow.batch).where(col(ChunkRow.first).in_(_sealed(self._lines_since(moment), moment)))
        ask = select(BatchRow.id).where(BatchRow.state == "released", col(BatchRow.released) < moment)
        return self.session.exec(
            ask.where(col(BatchRow.id).not_in(recent.where(col(ChunkRow.batch).is_not(None))))
        ).all()

    def released(self) -> Sequence[str]:
        """Batches that were released, are not done and not paused: what a start goes on with."""
        ask = select(BatchRow.id).join(ProgressRow, col(ProgressRow.batch) == col(BatchRow.id))
        return self.session.exec(ask.where(BatchRow.state == "released", col(ProgressRow.paused).is_(None))).all()

    def unfinished_before(self, issuer: str, at: datetime) -> bool:
        """Whether a batch that was released before that moment is not done, also a paused one."""
        ask = select(BatchRow.id).where(BatchRow.issuer == issuer, BatchRow.state == "released")
        return self.session.exec(ask.where(col(BatchRow.released) < at).limit(1)).first() is not None

    def forget(self, today: date) -> int:
        """Erase sources and findings whose day has come; gives how many batches had any. The batch's counts stay."""
        due = select(BatchRow.id).where(col(BatchRow.forget) <= today)
        self.session.execute(delete(FindingRow).where(col(FindingRow.batch).in_(due)))
        gone = self.session.execute(
            delete(SourceRow).where(col(SourceRow.batch).in_(due)).returning(col(SourceRow.batch))
        )
        return len(set(gone.scalars()))

    def findings(
        self, batch: str, *, after: int, limit: int, outcome: str | None = None, is_warned: bool = False
    ) -> Sequence[FindingRow]:
        """In the order of rows; of one outcome where one is named; of those that issue the ones to look at alone."""
        ask = select(FindingRow).where(FindingRow.batch == batch, FindingRow.row > after)
        if outcome is not None:
            ask = ask.where(FindingRow.outcome == outcome)
        if is_warned:
            ask = ask.where(FindingRow.outcome == "issue", col(FindingRow.warnings).not_in(_TIDIED))
        return self.session.exec(ask.order_by(FindingRow.row).limit(limit)).all()  # type: ignore[arg-type]  # a column

    def to_mend(self, batch: str) -> int:
        """How many rows in error are known one by one; none once its file is erased."""
        ask = select(func.count()).where(FindingRow.batch == batch, FindingRow.outcome == "error")
        return int(self.session.exec(ask).one())

    def has_source(self, batch: str) -> bool:
        """Whether its file is still here."""
        return self.session.exec(select(SourceRow.part).where(SourceRow.batch == batch).limit(1)).first() is not None

    def open_source(self, batch: str) -> IO[bytes]:
        """The source where it lies: each part is fetched when something of it is read."""
        ask = select(SourceRow.content).where(SourceRow.batch == batch)
        count = self.session.exec(select(func.count()).where(SourceRow.batch == batch)).one()
        return io.BufferedReader(_Parts(count, lambda part: self.session.exec(ask.where(SourceRow.part == part)).one()))

    def copy_source(self, batch: str, into: IO[bytes]) -> IO[bytes]:
        """Write the source to `into`, part by part; gives it back at its start."""
        part = 0
        ask = select(SourceRow.content).where(SourceRow.batch == batch)
        while (content := self.session.exec(ask.where(SourceRow.part == part)).first()) is not None:
            into.write(content)
            part += 1
        into.seek(0, io.SEEK_SET)
        return into


class _Parts(io.RawIOBase):
    """Parts of PART bytes, the last one shorter, as a file to read; one part is held at a time."""

    def __init__(self, count: int, fetch: Callable[[int], bytes]) -> None:
        super().__init__()
        self._fetch = fetch
        self._held = max(0, count - 1)
        self._content = fetch(self._held) if count else b""
        self._size = self._held * PART + len(self._content)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:  # whatever can be written into: the type has no name before 3.12
        if self._at >= self._size:
            return 0
        part, at = divmod(self._at, PART)
        if part != self._held:
            self._held, self._content = part, self._fetch(part)
        view = memoryview(buffer).cast("B")
        piece = self._content[at : at + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
