"""Mending: take in a corrected file for a batch, and say what it mends.

What comes of it is a batch like any other: proposed by one person and released by another. Rows that the first batch
issues, or issued, stay out of it, so that whoever releases it releases what she saw and nothing is issued twice.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

import orjson

from issuer import cohort, forms
from issuer.batches import sources
from issuer.batches.found import MOST_FINDINGS, Findings
from issuer.batches.service import Batches
from issuer.batches.sources import COHORT_TYPE, Checked
from issuer.batches.tables import BatchRow, FindingRow
from issuer.batches.views import batch_name, finding_view
from issuer.cohort import Totals
from issuer.cohort_file import SECCL, UPLOAD, FileBound, Form, no_rows
from issuer.cohort_reading import detect
from issuer.marks import Marks, add_to_runs
from issuer.mending import matching
from issuer.mending.matching import ALREADY
from issuer.mending.store import MendingStore
from issuer.repeats import Repeats
from issuer.service import issuer_of
from issuer.wrong_rows import Told, write_wrong
from kernel.access import Principal
from kernel.errors import Conflict, Malformed
from schemas.bounds import CORRECTION_ROWS
from schemas.counter import CorrectionView, MendingView
from schemas.issuance import BatchView, CohortChoices

_TOLD: Final = 20
"""Rows that a refusal names."""
_CHECKED: Final = FileBound(bytes=1 << 62, rows=1 << 62)
"""The first file was checked within its bound when it came."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """A corrected file that was read to its end, and the rows of the first one that are right in it."""

    checked: Checked
    mended: Sequence[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """A batch of a file, and what is wrong in which of its rows."""

    batch: BatchRow
    told: Mapping[int, Told]
    language: str

    @property
    def form(self) -> Form:
        return sources.detected_of(orjson.loads(self.batch.detected)).form

    def write(self, source: IO[bytes], into: IO[bytes]) -> None:
        """Those rows as a file to mend; no transaction is open meanwhile."""
        found = sources.detected_of(orjson.loads(self.batch.detected))
        columns = SECCL if self.batch.source == "cohort" else forms.columns_of(self.batch.type)
        write_wrong(
            cast(BinaryIO, source), found, columns, self.told, bound=_CHECKED, language=self.language, into=into
        )


@dataclass(frozen=True, kw_only=True)
class Mending:
    """Corrections on one session."""

    store: MendingStore
    batches: Batches

    def first_file(self, parent: str, into: IO[bytes], *, by: Principal) -> BatchRow:
        """Copy the file that is to be corrected; gives its batch.

        Raises NotFound, Unavailable `disk_full`, Conflict `not_possible_now` where it is not a cohort, was erased, or
        is the file of a batch that was refused: what is right in it will not be issued.
        """
        self.batches.require_room()
        row = self._correctable(parent, by)
        self.batches.store.copy_source(parent, into)
        return row

    def wrong_file(self, id_: str, into: IO[bytes], *, by: Principal, is_english: bool) -> Wrong:
        """Copy the file of a batch, and say what is wrong in which rows, as far as they are known one by one.

        Who takes people's rows away is told. Raises NotFound, Conflict `source_gone`.
        """
        row, store = self._batch(id_, by), self.batches.store
        self._require_file(row)
        found = store.findings(id_, outcome="error", after=0, limit=MOST_FINDINGS)
        told = {each.row: _told(each, is_english=is_english) for each in found}
        store.copy_source(id_, into)
        ledger = self.batches.issuer.ledger
        ledger.tell(self.batches.clock.now(), by.person, "batch_rows_taken", row.id, {"rows": len(told)})
        return Wrong(batch=row, told=told, language="en" if is_english else "es")

    def keep(self, parent: str, corrected: Corrected, source: IO[bytes], *, by: Principal) -> BatchView:
        """The batch of what a corrected file issues beside its parent; the same file again is the same batch.

        Raises what `first_file` raises: the parent may have been refused or erased meanwhile. And Conflict for a row
        that another correction mends, one that was not refused: two might mend it differently, and both issue.
        """
        self._correctable(parent, by)
        child = self.batches.keep(COHORT_TYPE, "cohort", corrected.checked, source, by)
        if again := self.store.taken(parent, but=child) & set(corrected.mended):
            rows = ", ".join(map(str, self.store.lines(parent, sorted(again)[:_TOLD])))
            raise Conflict("mended_already", detail=f"another correction mends these rows already: {rows}")
        self.store.keep(child, parent, corrected.mended)
        return self.batches.look(child, by=by)

    def discard(self, id_: str, *, by: Principal) -> None:
        """Undo an upload: a checked batch that nobody sent goes, and so does its file, which may come again.

        Raises NotFound, Conflict `has_corrections`, and what `move` raises for one that was sent.
        """
        row, store = self._batch(id_, by), self.batches.store
        if self.store.children(id_):
            raise Conflict("has_corrections", detail="another batch corrects it")
        told = {"digest": row.digest.hex(), "issue": row.issue, "skip": row.skip, "error": row.error}
        store.move(row, was=("checked",), to="refused")  # nobody sends it meanwhile
        self.store.drop(id_)
        self.batches.issuer.ledger.tell(self.batches.clock.now(), by.person, "batch_discarded", id_, told)

    def look(self, batch: str, *, by: Principal) -> MendingView:
        """Which batch it corrects, and which correct it. Raises NotFound."""
        self._batch(batch, by)
        parent, children = self.store.parent(batch), self.store.children(batch)
        rows = self.batches.store.named([parent, *children])
        corrections = [
            CorrectionView(batch=batch_name(rows[child]), mended=self.store.lines(batch, self.store.mended(child)))
            for child in children
        ]
        return MendingView(parent=None if parent is None else batch_name(rows[parent]), corrections=corrections)

    def _correctable(self, id_: str, by: Principal) -> BatchRow:
        row = self._batch(id_, by)
        self._require_file(row)
        if row.source != "cohort" or row.state == "refused":
            raise Conflict("not_possible_now", detail="the batch has no file that could be corrected")
        return row

    def _require_file(self, row: BatchRow) -> None:
        if row.source == "rows" or not self.batches.store.has_source(row.id):
            raise Conflict("source_gone", detail="the batch came without a file, or its file was erased")

    def _batch(self, id_: str, by: Principal) -> BatchRow:
        return self.batches.store.batch(id_, issuer=issuer_of(by), centre=by.centre)


def _told(found: FindingRow, *, is_english: bool) -> Told:
    view = finding_view(found, is_english=is_english)
    return str(view.row), ": ".join(part for part in (view.column, view.sentence) if part), view.mend


def check(
    source: IO[bytes], first: IO[bytes], parent: BatchRow, *, form: Form | None, bound: FileBound = UPLOAD
) -> Corrected:
    """Judge the corrected file with the choices of the first one, beside the rows of the first one.

    Two files are read, so no transaction is open meanwhile. Raises what the cohort reader raises.
    """
    setup = sources.setup_of(CohortChoices.model_validate_json(parent.setup))
    found = detect(cast(BinaryIO, source), bound=bound, form=form, encoding=None, separator=None)
    totals, marks, findings, only = Totals(), Marks(), Findings(), list[list[int]]()
    known = Repeats()
    former = sources.detected_of(orjson.loads(parent.detected))
    errors = matching.remember(cast(BinaryIO, first), former, setup, known, bound=_CHECKED)
    judged = cohort.rows(cast(BinaryIO, source), found, setup, bound=bound, marks=marks)
    for row in matching.beside(judged, known, errors):
        totals.add(row)
        if row.outcome == "issue":
            add_to_runs(only, row.row)
        if row.code != ALREADY:
            findings.add(row)
        if totals.issue > CORRECTION_ROWS:
            raise Malformed("correction_too_long", detail="more new rows than a correction may have")
    if not totals.rows:
        raise no_rows()
    marks.count_only(only)
    facts = {**sources.facts_of(found, totals, marks), "only": only}
    digest = hashlib.sha256(parent.digest + found.sha256).digest()
    told = {"issue": totals.issue, "skip": totals.skip, "error": totals.error}
    checked = Checked(digest=digest, setup=parent.setup, facts=facts, findings=findings.rows(), **told)
    return Corrected(checked=checked, mended=errors.mended())
