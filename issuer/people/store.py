"""Reads of the index of words and of what stands beside rows, through the door's session; never commits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from sqlalchemy import Select, Table, select
from sqlmodel import Session, col

from issuer.batches.tables import BatchRow
from issuer.kinds import BADGE
from issuer.pickups.tables import OfferRow
from issuer.rows import LEAF_BITS
from issuer.superseding.tables import SupersedingRow
from issuer.tables import ChunkRow, IntentRow, SealedRow, WordRow

_WORD: Final[Table] = WordRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_CHUNK: Final[Table] = ChunkRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_INTENT: Final[Table] = IntentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_SEALED: Final[Table] = SealedRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_SUPERSEDING: Final[Table] = SupersedingRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_AT_ONCE: Final = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Rows of one issuer, by its number, and of one centre where the caller belongs to one."""

    number: int
    centre: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A sealed row as a search needs it."""

    n: int
    family: str
    batch: str | None
    issued: datetime
    payload: bytes


@dataclass(frozen=True, kw_only=True)
class PeopleStore:
    """The store of people."""

    session: Session

    def shelves(self, whose: Whose, shelves: Sequence[int], *, until: int) -> Iterator[tuple[int, dict[int, bytes]]]:
        """(first, shelf -> entries) of each chunk that has one of the shelves, newest first, from row `until` down."""
        ask = (
            self._chunks(select(_WORD.c.first, _WORD.c.shelf, _WORD.c.entries), whose, until)
            .join(_WORD, _WORD.c.first == _CHUNK.c.first)
            .where(_WORD.c.shelf.in_(shelves))
            .order_by(_WORD.c.first.desc())
        )
        rows = self.session.execute(ask.execution_options(yield_per=_AT_ONCE))
        for first, told in groupby(rows, key=lambda row: int(row[0])):
            yield first, {shelf: entries for _, shelf, entries in told}

    def of_batch(self, whose: Whose, batch: str, *, until: int) -> Iterator[int]:
        """The rows of a batch, newest first, from row `until` down."""
        ask = self._chunks(select(_CHUNK.c.first, _CHUNK.c.size - _CHUNK.c.twins), whose, until).where(
            _CHUNK.c.batch == batch
        )
        for first, size in self.session.execute(ask.order_by(_CHUNK.c.first.desc())):
            yield from range(min(first + size - 1, until), first - 1, -1)

    def is_batch(self, name: str) -> bool:
        return self.session.get(BatchRow, name) is not None

    def found(self, whose: Whose, numbers: Sequence[int]) -> list[Found]:
        """Those of the rows that are sealed and the caller's, newest first; a holder's copy is not one of them."""
        ask = (
            self._chunks(
                select(_INTENT.c.n, _CHUNK.c.family, _CHUNK.c.batch, _CHUNK.c.at, _INTENT.c.payload),
                whose,
                max(numbers, default=0),
            )
            .join(_INTENT, (_INTENT.c.n >= _CHUNK.c.first) & (_INTENT.c.n < _CHUNK.c.first + _CHUNK.c.size))
            .join(_SEALED, _SEALED.c.n == _INTENT.c.n)
            .where(_INTENT.c.n.in_(numbers), _INTENT.c.origin.is_(None))
            .order_by(_INTENT.c.n.desc())
        )
        return [
            Found(n=n, family=family, batch=batch, issued=at, payload=bytes(payload))
            for n, family, batch, at, payload in self.session.execute(ask)
        ]

    def replaced(self, numbers: Sequence[int]) -> set[int]:
        """Those in whose place another row stands."""
        c = _SUPERSEDING.c
        return set(self.session.execute(select(c.old).where(c.old.in_(numbers), c.done.is_not(None))).scalars())

    def twins(self, numbers: Sequence[int]) -> dict[int, int]:
        """Row -> its full credential, where it has one."""
        c = _INTENT.c
        ask = select(c.origin, c.n).where(c.origin.in_(numbers), c.profile == BADGE)
        return {int(origin): int(n) for origin, n in self.session.execute(ask)}

    def offers(self, numbers: Sequence[int]) -> Sequence[OfferRow]:
        """All offers of the rows, newest first."""
        ask = select(OfferRow).where(col(OfferRow.n).in_(numbers)).order_by(col(OfferRow.expires).desc())
        return self.session.execute(ask).scalars().all()

    def _chunks(self, ask: Select[*tuple[object, ...]], whose: Whose, until: int) -> Select[*tuple[object, ...]]:
        """Chunks of the caller's that begin at row `until` or before it."""
        low = whose.number << LEAF_BITS
        ask = ask.select_from(_CHUNK).where(_CHUNK.c.first >= low, _CHUNK.c.first <= until)
        return ask if whose.centre is None else ask.where(_CHUNK.c.centre == whose.centre)
