"""Mending: take in a corrected file for a batch, and say what it mends.

What comes of it is a batch like any other: proposed by one person and released by another. Rows that the first batch
issues, or issued, stay out of it, so that whoever releases it releases what she saw and nothing is issued twice.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

import orjson

from issuer import cohort
from issuer.batches import sources
from issuer.batches.service import Batches
from issuer.batches.sources import COHORT_TYPE, MOST_FINDINGS, Checked
from issuer.batches.tables import BatchRow
from issuer.cohort import Row, Totals
from issuer.cohort_file import UPLOAD, FileBound, Form
from issuer.cohort_reading import detect
from issuer.mending import matching
from issuer.mending.matching import ALREADY
from issuer.mending.store import MendingStore
from issuer.repeats import open_repeats
from issuer.service import issuer_of
from kernel.access import Principal
from kernel.errors import Conflict, Malformed
from schemas.counter import CorrectionView, MendingView
from schemas.issuance import CohortChoices

_IN_MEMORY: Final = 1 << 20
MOST: Final = 100_000
"""New rows of one correction: their numbers are kept with the batch."""
_CHECKED: Final = FileBound(bytes=1 << 62, rows=1 << 62)
"""The first file was checked within its bound when it came."""


@dataclass(frozen=True, kw_only=True)
class Mending:
    """Corrections on one session."""

    store: MendingStore
    batches: Batches

    def take_in(
        self, parent: str, source: IO[bytes], *, by: Principal, form: Form | None, bound: FileBound = UPLOAD
    ) -> str:
        """The batch of what a corrected file issues beside its parent; the same file again is the same batch.

        Raises NotFound, Conflict `stale_version` where the first file is not a cohort or was erased, and what the
        cohort reader raises.
        """
        self.batches.require_room()
        row = self._batch(parent, by)
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as first:
            self.batches.store.copy_source(parent, first)
            if row.source != "cohort" or not first.read(1):
                raise Conflict("stale_version", detail="the batch has no file that could be corrected")
            checked, mended = _check(source, cast(BinaryIO, first), row, form=form, bound=bound)
        child = self.batches.keep(COHORT_TYPE, "cohort", checked, source, by)
        self.store.keep(child, parent, mended)
        return child

    def look(self, batch: str, *, by: Principal) -> MendingView:
        """Which batch it corrects, and which correct it. Raises NotFound."""
        self._batch(batch, by)
        children = [
            CorrectionView(batch=child, mended=list(self.store.mended(child))) for child in self.store.children(batch)
        ]
        return MendingView(parent=self.store.parent(batch), corrections=children)

    def _batch(self, id_: str, by: Principal) -> BatchRow:
        return self.batches.store.batch(id_, issuer=issuer_of(by), centre=by.centre)


def _check(
    source: IO[bytes], first: BinaryIO, parent: BatchRow, *, form: Form | None, bound: FileBound
) -> tuple[Checked, Sequence[int]]:
    """Judge the corrected file with the choices of the first one, beside the rows of the first one."""
    setup = sources.setup_of(CohortChoices.model_validate_json(parent.setup))
    found = detect(cast(BinaryIO, source), bound=bound, form=form, encoding=None, separator=None)
    totals, findings, only = Totals(), list[Row](), list[int]()
    with open_repeats() as known, open_repeats() as repeats:
        former = sources.detected_of(orjson.loads(parent.detected))
        errors = matching.remember(first, former, setup, known, bound=_CHECKED)
        judged = cohort.rows(cast(BinaryIO, source), found, setup, repeats, bound=bound)
        for row in matching.beside(judged, known, errors):
            totals.add(row)
            if row.outcome == "issue":
                only.append(row.row)
            if row.code != ALREADY and (row.outcome != "issue" or row.warnings) and len(findings) < MOST_FINDINGS:
                findings.append(row)
            if len(only) > MOST:
                raise Malformed("limits_exceeded", detail="more new rows than a correction may have")
    facts = {**sources.facts_of(found, totals), "only": only}
    digest = hashlib.sha256(parent.digest + found.sha256).digest()
    told = {"issue": totals.issue, "skip": totals.skip, "error": totals.error}
    return Checked(digest=digest, setup=parent.setup, facts=facts, findings=findings, **told), errors.mended()
