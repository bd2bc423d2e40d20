"""Which released batch was made from the very same file, and how many rows would go out a second time all the same.

A row is the same row where it says the same (`Secrets.row`): of equal bytes it does unless what was chosen with them
changes what is signed. Not here: the rows themselves, which the ledger passes over one by one when they are promised.
"""

from typing import Any, Final, NamedTuple

import orjson
from sqlmodel import Session, col, select

from issuer.batches.sources import norms_of
from issuer.batches.tables import BatchRow

_READ: Final = ("encoding", "separator")
"""What is chosen of how a file is read, as its batch keeps it; the order of its columns follows from the file."""


class Former(NamedTuple):
    """A released batch of the same file; `again` is how many rows at most would be signed a second time, or 0."""

    batch: BatchRow
    again: int


def former_of(session: Session, batch: BatchRow, *, centre: str | None) -> Former | None:
    """The first that was released whose choices sign the same, else the first; of a centre, its own alone.

    Rows that came as JSON are no file.
    """
    c = BatchRow
    if batch.sha256 is None:
        return None
    ask = select(c).where(c.issuer == batch.issuer, c.sha256 == batch.sha256, c.type == batch.type, c.id != batch.id)
    ask = ask.where(c.source == batch.source, col(c.released).is_not(None))
    if centre is not None:
        ask = ask.where(c.centre == centre)
    found = session.exec(ask.order_by(col(c.released), col(c.id))).all()
    if not found:
        return None
    alike = next((row for row in found if _signs_alike(row, batch)), None)
    return Former(found[0], batch.issue) if alike is None else Former(alike, 0)


def _signs_alike(one: BatchRow, other: BatchRow) -> bool:
    """Whether equal rows of both say the same: read alike, and no norm of both in two versions."""
    first, second = norms_of(one), norms_of(other)
    return _read_as(one) == _read_as(other) and all(
        first[code] == second[code] for code in first.keys() & second.keys()
    )


def _read_as(batch: BatchRow) -> list[Any]:
    facts: dict[str, Any] = orjson.loads(batch.detected)
    return [facts.get(name) for name in _READ]
