"""Has this row been seen in this file? A set on temporary disk, so that memory is bounded whatever the file.

Not here: what makes two rows the same (`issuer/cohort.py`), and rows of other files (the ledger's unique key).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_CACHE_KIB = 48 * 1024
"""What the set takes at most: nearly a country, so its last rows cost no more than its first (measured)."""


class Repeats:
    """Keys of 16 bytes with the row that brought them first."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def first_rows(self, keys: Sequence[bytes], rows: Sequence[int]) -> dict[int, int]:
        """Remember the keys; for each row that repeats an earlier one: row -> that first row."""
        before = self._store.total_changes
        self._store.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", zip(keys, rows, strict=True))
        if self._store.total_changes - before == len(keys):
            return {}
        ask = "SELECT row FROM seen WHERE key = ?"
        first = ((row, self._store.execute(ask, (key,)).fetchone()[0]) for key, row in zip(keys, rows, strict=True))
        return {row: at for row, at in first if at != row}


@contextmanager
def open_repeats() -> Iterator[Repeats]:
    """An empty set; SQLite's own temporary file (the name "") holds what the cache cannot, and goes with it."""
    store = sqlite3.connect("", isolation_level=None)
    try:
        store.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        store.execute("PRAGMA journal_mode = OFF")
        store.execute("PRAGMA synchronous = OFF")
        store.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")
        store.execute("BEGIN")
        yield Repeats(store)
    finally:
        store.close()
