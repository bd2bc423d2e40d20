"""Which rows of a batch would be signed, to draw from: none in error, none that repeats another one of its file, none
that was promised otherwise. Each of them may be drawn, wherever it stands.

Not here: how they are drawn (`issuer/batches/sampling.py`).
"""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import IO

import orjson

from issuer import known
from issuer.batches import sampling, sources
from issuer.batches.sources import Said
from issuer.batches.store import BatchStore
from issuer.batches.tables import BatchRow
from issuer.marks import START, Mark, Runs
from issuer.repeats import Repeats, print_of
from issuer.rows import Wanted
from issuer.secrets import Secrets


def drawn(batch: BatchRow, *, person: str, store: BatchStore, secrets: Secrets) -> list[Wanted]:
    """Up to ten rows for her to compare, in the order of the source; none of one that was erased."""
    if not store.has_source(batch.id):
        return []
    marks, issuing = marks_of(batch)
    return sampling.drawn(
        partial(signed_of, batch, store.open_source(batch.id)),
        marks,
        issuing=issuing,
        fresh=partial(_fresh, batch, store, secrets),
        random=sampling.chance(secrets, batch.digest, person),
    )


def marks_of(batch: BatchRow) -> tuple[Sequence[Mark], int]:
    """From where `signed_of` may read, its start first, and how many rows it gives of all."""
    facts = orjson.loads(batch.detected)
    if facts.get("repeats") is None:
        return (START,), batch.issue
    return (START, *(Mark(*each) for each in facts["marks"])), facts["issuing"]


def signed_of(batch: BatchRow, source: IO[bytes], start: Mark = START) -> Said:
    """The rows of a batch from a mark of its own on, a row that repeats another one as one that does not issue.

    Where its repeats were not kept (rows as JSON, too many, checked before they were) only its start is a mark.
    """
    repeats = orjson.loads(batch.detected).get("repeats")
    rows = sources.rows_of(batch, source, start)
    return _seen(rows) if repeats is None else _without(rows, Runs(repeats))


def _without(rows: Said, repeats: Runs) -> Said:
    with closing(rows):
        for number, row in rows:
            yield number, None if number in repeats else row


def _seen(rows: Said) -> Said:
    seen = Repeats()
    with closing(rows):
        for number, row in rows:
            is_again = row is not None and seen.first_rows({number: print_of(row.same or row.payload)})
            yield number, None if is_again else row


def _fresh(batch: BatchRow, store: BatchStore, secrets: Secrets, rows: Sequence[Wanted]) -> list[Wanted]:
    return list(known.fresh(secrets, batch.type, rows, partial(store.promised_elsewhere, batch.id)).values())
