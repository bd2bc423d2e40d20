"""What reads a whole file of a batch for an answer: each step in a door of its own, so that nobody waits for a reading.

First the pace is counted and committed, also of what then fails; then is read, by who holds no writer; then is told
what was shown. Not here: which rows are shown (`issuer/batches/drawing.py`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, BinaryIO, Final, cast

from issuer import reading
from issuer.batches.service import Batches
from issuer.cohort import norms_in
from issuer.cohort_file import Form
from kernel.access import Principal
from kit.pace import Pace
from schemas.counter import BatchSample

SAMPLES: Final = Pace(most=10, window=timedelta(minutes=1))
"""Fewer than other readings: where the most rows were issued before, one look reads the whole file."""


@dataclass(frozen=True, kw_only=True)
class BatchDesk:
    """Opens the doors of batches; `batch_looks` on a session that only reads."""

    batches: Callable[[], AbstractContextManager[Batches]]
    batch_looks: Callable[[], AbstractContextManager[Batches]]

    def norms(self, source: IO[bytes], *, by: Principal, form: Form) -> list[str]:
        """The norms that a cohort names, each once, in the order of the file, for who says their versions before its
        dry run; nothing is judged or kept. Raises TooMany, Unavailable `disk_full`, and what the reader raises."""
        with self.batches() as opened:
            opened.require_room()
            reading.require_pace(opened.store.session, "norms", by=by, clock=opened.clock)
        return norms_in(cast(BinaryIO, source), form=form)

    def sample(self, batch: str, *, by: Principal) -> BatchSample:
        """Rows that will be signed, to compare with the papers, the same each time to her; none of an erased source.

        Raises NotFound, TooMany, Unavailable.
        """
        with self.batches() as opened:
            reading.require_pace(opened.store.session, "sample", by=by, clock=opened.clock, pace=SAMPLES)
        with self.batch_looks() as looking:
            shown = looking.drawn(batch, by=by)
        with self.batches() as opened:
            opened.tell_sampled(batch, by=by)
        return shown
