"""How far a batch is: from rows of the ledger alone, so that any process can tell, also after a restart. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Final

from issuer.batches.tables import BatchRow, ProgressRow
from issuer.rows import CHUNK
from schemas.issuance import BatchProgress, ChunkLine, ChunkState

WINDOW: Final = timedelta(minutes=1)
LEAST: Final = timedelta(seconds=1)
"""Nothing is told of a shorter time: a rate would be a guess."""


def progress_view(
    batch: BatchRow,
    progress: ProgressRow,
    chunks: Sequence[tuple[int, bool]],
    *,
    faults: int,
    recent: tuple[int, timedelta],
) -> BatchProgress:
    """`chunks` are (size, is sealed) in their order; `recent` is how many rows were sealed last and in which time:
    WINDOW, or less where it has not gone on for so long."""
    # Repeats inside the file are known to the ledger too, so what is left is never more than what was not read yet.
    unread = batch.issue + batch.skip + batch.error - progress.cursor
    to_do = max(0, min(batch.issue - progress.promised, unread))
    sealed = sum(size for size, is_sealed in chunks if is_sealed)
    rows, lasted = recent
    rate = rows / lasted.total_seconds() if lasted >= LEAST else 0
    left = to_do + progress.promised - sealed
    lines: list[ChunkLine] = []
    first = 1
    for size, is_sealed in chunks:
        lines.append(_line(first, size, "sealed" if is_sealed else "promised"))
        first += size
    while to_do > 0 and batch.state != "done":
        lines.append(_line(first, min(CHUNK, to_do), "waiting"))
        first, to_do = first + CHUNK, to_do - CHUNK
    is_done = batch.state == "done"
    return BatchProgress(
        rows=batch.issue,
        promised=progress.promised,
        sealed=sealed,
        faults=faults,
        rate=round(rate, 1),
        seconds_left=0 if is_done else ceil(left / rate) if rate else None,
        paused=progress.paused is not None,
        chunks=lines,
    )


def _line(first: int, size: int, state: ChunkState) -> ChunkLine:
    return ChunkLine(first=first, size=size, state=state)
