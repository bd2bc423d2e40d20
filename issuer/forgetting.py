"""What was promised and sealed of rows goes: what they were made of, what they are found by, their passes. Their
numbers, their places and their leaves stay, so the log and the lists stay whole.

Who may ask is others': a person is erased (`erasing.py`), or what was to take a row's place never will
(`superseding/`).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table, bindparam, delete, select, update

from issuer import words
from issuer.store import Ledger
from issuer.tables import ERASED, IntentRow, SealedRow, VoidRow, WordRow
from kernel.ports import Random

_INTENT: Final[Table] = IntentRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_SEALED: Final[Table] = SealedRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_WORD: Final[Table] = WordRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass


@dataclass(frozen=True, kw_only=True)
class Forgetting:
    """Forgetting on one session."""

    ledger: Ledger
    random: Random

    def forget(self, rows: Collection[int]) -> None:
        """All that stands there of these rows; what is void already stays so for its own reason."""
        if not rows:
            return
        self.forget_words(rows)
        session = self.ledger.session
        blank = update(_INTENT).where(_INTENT.c.n == bindparam("row"))
        blank = blank.values(payload=b"[]", subject=None, idem=bindparam("name"))
        session.execute(blank, [{"row": n, "name": self.random(16)} for n in sorted(rows)])
        session.execute(delete(_SEALED).where(_SEALED.c.n.in_(rows)))
        session.add_all(VoidRow(n=n, code=ERASED) for n in sorted(set(rows) - self.ledger.voids(rows)))

    def forget_words(self, rows: Collection[int]) -> None:
        """Take rows out of the index; what was promised and sealed is not touched. Their chunks are held."""
        places = defaultdict[int, set[int]](set)
        for n in rows:
            first = self.ledger.chunk_of(n).first
            places[first].add(n - first)
        self.ledger.hold_chunks(places)
        for first, gone in sorted(places.items()):
            for shelf, entries in self._shelves_of(first):
                left = words.without(entries, gone)
                if left != entries:
                    self._put(first, shelf, left)

    def _shelves_of(self, first: int) -> list[tuple[int, bytes]]:
        """All shelves of a chunk, held until the door commits."""
        ask = select(_WORD.c.shelf, _WORD.c.entries).where(_WORD.c.first == first).with_for_update()
        return [(shelf, bytes(entries)) for shelf, entries in self.ledger.session.execute(ask)]

    def _put(self, first: int, shelf: int, entries: bytes) -> None:
        """In the place of the one before; an empty one goes."""
        here = (_WORD.c.first == first, _WORD.c.shelf == shelf)
        if entries:
            self.ledger.session.execute(update(_WORD).where(*here).values(entries=entries))
        else:
            self.ledger.session.execute(delete(_WORD).where(*here))
