"""The norms that a cohort names, for who says their versions before its dry run. Nothing is judged or kept.

A file is read whole for it, as for the dry run, so it has the dry run's bound of room and a pace of its own.
"""

from typing import IO, BinaryIO, cast

from issuer.batches.service import Batches
from issuer.cohort import norms_in
from issuer.cohort_file import Form
from issuer.reading import require_pace
from kernel.access import Principal


def named(batches: Batches, source: IO[bytes], *, by: Principal, form: Form) -> list[str]:
    """Each code once, in the order of the file. Raises TooMany, Unavailable `disk_full`, and what the reader raises."""
    batches.require_room()
    require_pace(batches.store.session, "norms", by=by, clock=batches.clock)
    return norms_in(cast(BinaryIO, source), form=form)
