"""Make the index of words for rows that were issued before there was one; a chunk a door, as often as wanted.

New rows are indexed where they are promised (`issuer/service.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlmodel import Session, col, select

from issuer import kinds, words
from issuer.service import Issuer
from issuer.tables import ChunkRow, IntentRow, WordRow


@dataclass(frozen=True, kw_only=True)
class Indexing:
    """Indexing on one session."""

    session: Session
    issuer: Issuer

    def left(self) -> Sequence[int]:
        """The chunks without an index, oldest first; those of holders' copies alone need none and come again."""
        indexed = select(WordRow.first).where(col(WordRow.first) == col(ChunkRow.first)).exists()
        return self.session.exec(select(ChunkRow.first).where(~indexed).order_by(col(ChunkRow.first))).all()

    def index(self, first: int) -> int:
        """Make that of one chunk; gives for how many rows, 0 where another did it. Who erases a person waits."""
        chunk = self.session.get_one(ChunkRow, first, with_for_update=True)
        if self.session.exec(select(WordRow.shelf).where(WordRow.first == first).limit(1)).first() is not None:
            return 0
        rows = list(self._rows(chunk))
        self.issuer.ledger.keep_words(first, words.shelve(rows, self.issuer.secrets(chunk.issuer).word))
        return len(rows)

    def _rows(self, chunk: ChunkRow) -> Iterator[tuple[int, frozenset[str]]]:
        """Each row's place with its words; a copy is found by its origin, an erased row by nothing."""
        kind, inside = kinds.find(chunk.family), (IntentRow.n >= chunk.first, IntentRow.n < chunk.first + chunk.size)
        ask = select(IntentRow.n, IntentRow.payload).where(*inside, col(IntentRow.origin).is_(None))
        for n, raw in self.session.exec(ask.order_by(col(IntentRow.n))):
            if len(payload := orjson.loads(raw)) > 0:
                yield n - chunk.first, words.of_row(kind, payload)
