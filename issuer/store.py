"""The ledger's reads and writes, through the session of the door; it never commits. Nothing is decided here.

Two writes take places and leaf numbers: one UPDATE each a chunk, whose row lock orders the takers, with the unique
keys of the tables as the belt (TRUST section 12).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from issuer import audit, bulk, secrets
from issuer.kinds import BADGE
from issuer.rows import LEAF_BITS, Intent, Pair
from issuer.tables import (
    ERASED,
    CheckpointRow,
    ChunkRow,
    CounterRow,
    IntentRow,
    IssuerRow,
    ListRow,
    LogChunkRow,
    SealedRow,
    VoidRow,
    WordRow,
)
from kernel.errors import NotFound, Unavailable
from schemas.identifiers import Url
from schemas.terms import REVOCATION

_INTENT: Final[Table] = IntentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_SEALED: Final[Table] = SealedRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_VOID: Final[Table] = VoidRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_WORD: Final[Table] = WordRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_LOG: Final[Table] = LogChunkRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_LIST: Final[Table] = ListRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_ISSUER: Final[Table] = IssuerRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_COUNTER: Final[Table] = CounterRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_AT_ONCE: Final = 64
"""Chunks of leaves in memory at a time."""
INTENT_COLUMNS: Final = (
    "n", "idem", "pair", "revocation", "suspension", "line", "profile", "origin", "subject", "payload"
)  # fmt: skip


def unsealed_chunks() -> SelectOfScalar[int]:
    """The first numbers of chunks that were promised and not sealed."""
    ask = select(ChunkRow.first).join(LogChunkRow, col(LogChunkRow.first) == col(ChunkRow.first), isouter=True)
    return ask.where(col(LogChunkRow.first).is_(None))


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The store of what is promised and sealed."""

    session: Session

    def issuer(self, issuer: str) -> IssuerRow:
        """Raises NotFound."""
        row = self.session.get(IssuerRow, issuer)
        if row is None:
            raise NotFound("not_found", detail="no issuer of that name in this house")
        return row

    def issuers(self) -> Sequence[str]:
        """All issuers of this house, by number."""
        return self.session.exec(select(IssuerRow.id).order_by(col(IssuerRow.number))).all()

    def lengths(self) -> Sequence[tuple[str, int]]:
        """Each issuer of this house, by number, and how many leaves its log has given."""
        return self.session.exec(select(IssuerRow.id, IssuerRow.next_leaf).order_by(col(IssuerRow.number))).all()

    def pairs(self, issuer: str, family: str) -> tuple[Pair, ...]:
        """The pairs of a family in the order in which they fill."""
        c = _LIST.c  # not the whole rows: each holds its list twice
        asked = select(c.pair, c.purpose, c.id, c.url).where(c.issuer == issuer, c.family == family)
        by_pair: dict[int, dict[str, tuple[int, str]]] = {}
        for pair, purpose, id_, url in self.session.execute(asked.order_by(c.number)):
            by_pair.setdefault(pair, {})[purpose] = id_, url
        return tuple(
            Pair(
                number=number,
                revocation=both["revocation"][0],
                suspension=both["suspension"][0],
                revocation_url=Url(both["revocation"][1]),
                suspension_url=Url(both["suspension"][1]),
            )
            for number, both in by_pair.items()
        )

    def take_leaves(self, issuer: str, count: int) -> int:
        """The first of `count` leaf numbers in a row."""
        taken = self.session.execute(
            update(_ISSUER)
            .where(_ISSUER.c.id == issuer)
            .values(next_leaf=_ISSUER.c.next_leaf + count)
            .returning(_ISSUER.c.next_leaf)
        ).scalar_one()
        return int(taken) - count

    def take_places(self, issuer: str, family: str, count: int) -> int:
        """The first of `count` places of a family; which list and index they mean is the permutation's."""
        taken = self.session.execute(
            update(_COUNTER)
            .where(_COUNTER.c.issuer == issuer, _COUNTER.c.family == family)
            .values(next_place=_COUNTER.c.next_place + count)
            .returning(_COUNTER.c.next_place)
        ).scalar_one_or_none()
        if taken is None:
            raise Unavailable("lists_full", detail="the issuer has no status list for this type")
        return int(taken) - count

    def known(self, idems: Sequence[bytes]) -> set[bytes]:
        """Which of these rows were promised before."""
        return bulk.present(self.session, _INTENT, "idem", idems)

    def keep_promised(self, chunk: ChunkRow, intents: Sequence[tuple[Any, ...]]) -> None:
        """The rows in the order of INTENT_COLUMNS, and their chunk."""
        bulk.insert(self.session, _INTENT, INTENT_COLUMNS, intents)
        self.session.add(chunk)

    def keep_words(self, first: int, shelves: Sequence[tuple[int, bytes]]) -> None:
        """What the rows of a chunk are found by."""
        bulk.insert(
            self.session, _WORD, ("shelf", "first", "entries"), [(shelf, first, told) for shelf, told in shelves]
        )

    def chunk(self, first: int) -> ChunkRow:
        """Raises NotFound."""
        row = self.session.get(ChunkRow, first)
        if row is None:
            raise NotFound("not_found", detail="no chunk begins there")
        return row

    def chunk_of(self, n: int) -> ChunkRow:
        """The chunk that row `n` was promised in; raises NotFound."""
        row = self.session.exec(
            select(ChunkRow).where(ChunkRow.first <= n).order_by(ChunkRow.first.desc()).limit(1)  # type: ignore[attr-defined]  # a column
        ).first()
        if row is None or n >= row.first + row.size:
            raise NotFound("not_found", detail="no such row")
        return row

    def is_sealed(self, first: int) -> bool:
        return self.session.get(LogChunkRow, first) is not None

    def unsealed(self, *, before: datetime | None = None) -> tuple[int, ...]:
        """Chunks that were promised and not sealed, oldest number first: what a crash left behind.

        With `before` only those of no batch that were promised before that: the others wait for a worker, or somebody
        is at them.
        """
        ask = unsealed_chunks().order_by(col(ChunkRow.first))
        if before is not None:
            ask = ask.where(col(ChunkRow.batch).is_(None), col(ChunkRow.at) < before)
        return tuple(self.session.exec(ask).all())

    def waits_for_key(self, method: str) -> bool:
        """Whether a promised chunk is still to be signed with a key."""
        return self.session.exec(unsealed_chunks().where(ChunkRow.method == method).limit(1)).first() is not None

    def intents(self, first: int, size: int) -> list[Intent]:
        """The promised rows of a chunk, in leaf order."""
        found = bulk.select(self.session, _INTENT, Intent._fields, "n", first, first + size)
        return list(map(Intent._make, found))

    def keep_sealed(self, first: int, leaves: bytes, sealed: Sequence[tuple[int, bytes]], voids: Sequence[Any]) -> None:
        """The passes, what could not be one, and the leaves, together; the log's key is the guard against twice."""
        bulk.insert(self.session, _SEALED, ("n", "cborld"), sealed)
        bulk.insert(self.session, _VOID, ("n", "code"), voids)
        self.session.add(LogChunkRow(first=first, size=len(leaves) // 32, leaves=leaves))

    def voids(self, numbers: Collection[int]) -> set[int]:
        """Those of them that could not be sealed, or were erased."""
        return set(self.session.exec(select(VoidRow.n).where(col(VoidRow.n).in_(numbers))))

    def hold_chunks(self, firsts: Collection[int]) -> None:
        """Until this transaction ends nobody else keeps what was sealed of these chunks, indexes or erases it."""
        ask = select(ChunkRow.first).where(col(ChunkRow.first).in_(firsts)).order_by(col(ChunkRow.first))
        self.session.exec(ask.with_for_update()).all()

    def erased_in(self, chunk: ChunkRow) -> set[int]:
        """The rows of a chunk whose person was erased."""
        n = col(VoidRow.n)
        inside = (n >= chunk.first) & (n < chunk.first + chunk.size)
        return set(self.session.exec(select(n).where(inside, VoidRow.code == ERASED)))

    def intent(self, n: int) -> IntentRow:
        """Raises NotFound."""
        row = self.session.get(IntentRow, n)
        if row is None:
            raise NotFound("not_found", detail="no such row")
        return row

    def pass_bytes(self, n: int) -> bytes:
        """The CBOR-LD of a sealed row; raises NotFound."""
        row = self.session.get(SealedRow, n)
        if row is None:
            raise NotFound("not_found", detail=secrets.NO_CREDENTIAL)
        return row.cborld

    def origin_of(self, n: int) -> int:
        """The row that a copy was made from, itself where it is none; the very first row has the number 0."""
        origin = self.intent(n).origin
        return n if origin is None else origin

    def hold(self, numbers: Collection[int]) -> None:
        """Until this transaction ends nobody else copies, replaces or flips these rows; SQLite has one writer anyway.

        Whoever waited for it asks only then how they stand. In rising order, so that no two wait for each other.
        """
        ask = select(IntentRow.n).where(col(IntentRow.n).in_(numbers)).order_by(col(IntentRow.n))
        self.session.exec(ask.with_for_update(key_share=True)).all()

    def family_of(self, n: int) -> list[IntentRow]:
        """The row and every copy of its origin, in their order: what one act flips."""
        origin = self.origin_of(n)
        copies = self.session.exec(select(IntentRow).where(IntentRow.origin == origin).order_by(col(IntentRow.n))).all()
        return [self.intent(origin), *copies]

    def passes_of(self, n: int) -> list[IntentRow]:
        """The row and the holder's copies of its origin, in their order: all that can be shown in a QR."""
        return [row for row in self.family_of(n) if row.profile != BADGE]

    def twin_of(self, n: int) -> int | None:
        """The full credential beside a row or its copies; None where it was issued without one."""
        return next((row.n for row in self.family_of(n) if row.profile == BADGE), None)

    def standing_at(self, url: str, index: int) -> IntentRow:
        """The row whose pass stands at this place of a revocation list; raises NotFound."""
        row = self.session.exec(
            select(IntentRow)
            .join(ListRow, col(ListRow.pair) == col(IntentRow.pair))
            .where(ListRow.url == url, ListRow.purpose == REVOCATION, IntentRow.revocation == index)
        ).first()
        if row is None:
            raise NotFound("not_found", detail="no row of this house stands there")
        return row

    def sealed_count(self) -> int:
        return int(self.session.exec(select(func.count()).select_from(SealedRow)).one())

    def leaves_after(self, issuer_number: int, leaf: int) -> Iterator[bytes]:
        """The leaves of an issuer from one on, chunk by chunk, up to the first gap: the longest sealed prefix goes on.

        Streamed: a country's are 70 MB.
        """
        base, c = issuer_number << LEAF_BITS, _LOG.c
        ask = (
            select(c.first, c.leaves)
            .where(c.first >= base + leaf, c.first < base + (1 << LEAF_BITS))
            .order_by(c.first)
            .execution_options(yield_per=_AT_ONCE)
        )
        with self.session.execute(ask) as found:
            for first, leaves in found:
                if first != base + leaf:
                    return
                yield leaves
                leaf += len(leaves) // 32

    def leaves(self, issuer_number: int, start: int, stop: int) -> bytes:
        """The leaves of an issuer from one to before another, as far as they are sealed without a gap."""
        base, c = issuer_number << LEAF_BITS, _LOG.c
        ask = (
            select(LogChunkRow)
            .where(c.first < base + stop, c.first + c.size > base + start, c.first >= base)
            .order_by(c.first)
        )
        joined = bytearray()
        for row in self.session.exec(ask):
            begin = base + start + len(joined) // 32
            if row.first > begin:
                break
            joined += row.leaves[(begin - row.first) * 32 :]
        return bytes(joined[: (stop - start) * 32])

    def checkpoint_of(self, issuer: str, size: int) -> CheckpointRow | None:
        """The one of that size."""
        return self.session.get(CheckpointRow, (issuer, size))

    def checkpoint(self, issuer: str) -> CheckpointRow | None:
        """The latest one."""
        ask = select(CheckpointRow).where(CheckpointRow.issuer == issuer).order_by(col(CheckpointRow.size).desc())
        return self.session.exec(ask.limit(1)).first()

    def untold(self, first: int) -> int:
        """How many leaves the log has, up to this chunk's end, that its last checkpoint does not cover."""
        chunk = self.chunk(first)
        point = self.checkpoint(chunk.issuer)
        return (first & (1 << LEAF_BITS) - 1) + chunk.size - (0 if point is None else point.size)

    def tell(self, at: datetime, actor: str, act: str, object_: str, details: Any = None) -> None:
        """One line of the audit chain; last in a transaction."""
        audit.append(self.session, audit.Act(at=at, actor=actor, act=act, object=object_, details=details))
