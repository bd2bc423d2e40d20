"""What a batch is made from: a SECCL cohort or rows as JSON. Source bytes <-> rows to promise. Pure readers.

Both are read again at release from the very bytes that were checked, so nothing stands between what the approver saw
and what is issued. Cohorts are judged by `issuer/cohort.py`; other rows were checked by their wire shape.
"""

import hashlib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import IO, Any, BinaryIO, Final, cast

import orjson

from issuer import cohort, forms, kinds
from issuer.batches.found import Findings
from issuer.batches.tables import BatchRow
from issuer.cohort import CohortSetUp, Row, Totals
from issuer.cohort_file import Detected, FileBound, Form, no_rows
from issuer.cohort_reading import detect
from issuer.cohort_signs import name_warnings
from issuer.marks import START, Mark, Marks
from issuer.rows import Wanted
from kernel.canonical import canonical
from kernel.errors import WrongShape
from schemas import row_types
from schemas.issuance import CohortChoices, FormChoices
from schemas.rows import PermitRow, Rows, SkillRow

COHORT_TYPE: Final = "C06"
Said = Generator[tuple[int, Wanted | None], None, None]
"""(row number, what to promise or None) of each row of a source."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A source that was read to its end: its totals, what was found, and the facts of the file."""

    digest: bytes
    setup: bytes
    facts: dict[str, Any]
    issue: int
    skip: int
    error: int
    findings: list[Row]


def setup_of(choices: CohortChoices) -> CohortSetUp:
    """What the reader needs of the officer's choices."""
    return CohortSetUp(
        as_of=choices.as_of,
        norm_versions=choices.norm_versions,
        document_type=choices.document_type,
        document_system=choices.document_system,
    )


def check_cohort(source: IO[bytes], choices: CohortChoices, *, form: Form | None, bound: FileBound) -> Checked:
    """Judge every row and issue nothing. Raises what the cohort reader raises, and WrongShape `file_no_rows`."""
    file = cast(BinaryIO, source)
    found = detect(file, bound=bound, form=form, encoding=choices.encoding, separator=choices.separator)
    marks = Marks()
    totals, findings = _counted(cohort.rows(file, found, setup_of(choices), bound=bound, marks=marks), marks)
    setup = canonical(choices.model_dump(mode="json", by_alias=True))
    return Checked(
        digest=_digest(COHORT_TYPE, setup, found.sha256),
        setup=setup,
        facts=facts_of(found, totals, marks),
        issue=totals.issue,
        skip=totals.skip,
        error=totals.error,
        findings=findings,
    )


def check_form(source: IO[bytes], choices: FormChoices, *, form: Form | None, bound: FileBound) -> Checked:
    """As a cohort, of a file of rows of one type. Raises what the reader raises, WrongShape for another type."""
    if row_types.find(choices.type) is None:
        raise WrongShape("schema", detail="this credential type does not come in such a file", pointer="/type")
    file, columns = cast(BinaryIO, source), forms.columns_of(choices.type)
    found = detect(
        file, bound=bound, form=form, encoding=choices.encoding, separator=choices.separator, columns=columns
    )
    marks = Marks()
    judged = forms.rows(file, found, choices.type, as_of=choices.as_of, bound=bound, marks=marks)
    totals, findings = _counted((each.told for each in judged), marks)
    setup = canonical(choices.model_dump(mode="json", by_alias=True))
    return Checked(
        digest=_digest(choices.type, setup, found.sha256),
        setup=setup,
        facts=facts_of(found, totals, marks),
        issue=totals.issue,
        skip=0,
        error=totals.error,
        findings=findings,
    )


def _counted(rows: Iterable[Row | None], marks: Marks) -> tuple[Totals, list[Row]]:
    """The totals of all, and the first ones that do not issue or issue with a warning; None is a row that issues and of
    which there is nothing to say."""
    totals, findings = Totals(), Findings()
    for row in rows:
        if row is None:
            totals.issue += 1
            continue
        totals.add(row)
        findings.add(row)
    if not totals.rows:
        raise no_rows()
    marks.without_repeats()
    return totals, findings.rows()


def form_rows(source: IO[bytes], setup: bytes, facts: dict[str, Any], *, bound: FileBound, start: Mark) -> Said:
    """As `cohort_rows`, of a file of rows of one type."""
    choices = FormChoices.model_validate_json(setup)
    file, found = cast(BinaryIO, source), detected_of(facts)
    judged = forms.candidates(file, found, choices.type, as_of=choices.as_of, bound=bound, start=start)
    for number, line, payload, _ in judged:
        yield number, None if payload is None else Wanted(line, payload)


def facts_of(found: Detected, totals: Totals, marks: Marks) -> dict[str, Any]:
    """What is kept of a file beside its bytes; a correction also keeps which rows alone it issues, as runs (`only`).

    `issuing` and `marks` count what is signed of the file alone, `repeats` are the rows that are not, as runs or None.
    """
    return {
        **asdict(found),
        "sha256": found.sha256.hex(),
        "warnings": [*found.notes, *totals.file_warnings()],
        "warned": totals.warned,
        "issuing": marks.issuing,
        "marks": [list(mark) for mark in marks.found],
        "repeats": marks.repeats,
    }


def detected_of(facts: dict[str, Any]) -> Detected:
    """The same, as the reader takes it."""
    return Detected(
        **{name: facts[name] for name in ("size", "encoding", "bom", "separator", "line_ending", "width")},
        form=facts.get("form", "csv"),  # a batch that was checked before workbooks were read
        sha256=bytes.fromhex(facts["sha256"]),
        order=tuple(facts["order"]),
    )


def cohort_rows(source: IO[bytes], setup: bytes, facts: dict[str, Any], *, bound: FileBound, start: Mark) -> Said:
    """Of each data row from `start` on; blind to repeats, which the ledger knows."""
    choices = CohortChoices.model_validate_json(setup)
    versions = choices.norm_versions
    only = None if "only" not in facts else frozenset(chain.from_iterable(range(at, at + n) for at, n in facts["only"]))
    file, found = cast(BinaryIO, source), detected_of(facts)
    for row in cohort.candidates(file, found, setup_of(choices), bound=bound, start=start):
        if row.outcome == "issue" and (only is None or row.row in only):
            version, same = versions[row.cells[1]], cohort.same_cells(row.cells)
            payload = orjson.dumps(kinds.competence_payload(row.cells, version))
            known_by = b"" if same == row.cells else orjson.dumps(kinds.competence_payload(same, version))
            yield row.row, Wanted(row.line, payload, same=known_by)
        else:
            yield row.row, None


def check_rows(request: Rows) -> tuple[str, Checked, bytes]:
    """Their type, what was found, and the rows as a source of one JSON array a line; equal rows are one row.

    What a file is warned of is warned of here too.
    """
    family = request.type
    rows: Sequence[PermitRow | SkillRow] = request.rows
    lines = [orjson.dumps(kinds.payload(family, _named(row))) for row in rows]
    first: dict[bytes, int] = {}
    totals, findings = Totals(), Findings()
    for number, (line, said) in enumerate(zip(lines, rows, strict=True), 1):
        row = Row(number, number, "issue", warnings=_warnings(said.name))
        if line in first:
            row = Row(number, number, "error", "DUPLICATE_ROW", first=first[line])
        first.setdefault(line, number)
        totals.add(row)
        totals.lengths[len(said.document_number)] += 1
        findings.add(row)
    setup = canonical({"reason": request.reason})
    source = b"\n".join(lines)
    checked = Checked(
        digest=_digest(family, setup, hashlib.sha256(source).digest()),
        setup=setup,
        facts={"warnings": [*totals.file_warnings()], "warned": totals.warned},
        issue=totals.issue,
        skip=0,
        error=totals.error,
        findings=findings.rows(),
    )
    return family, checked, source


def has_twins(batch: BatchRow) -> bool:
    """Whether the full credential goes out beside each pass of a batch."""
    said = orjson.loads(batch.setup)
    return bool(said.get("twin")) and kinds.find(batch.type).award is not None


def norms_of(batch: BatchRow) -> dict[str, int]:
    """The norms of a cohort, each with its version; none of another batch."""
    said: dict[str, int] = orjson.loads(batch.setup).get("normVersions", {})
    return said


def rows_of(batch: BatchRow, source: IO[bytes], start: Mark = START) -> Said:
    """The rows of a kept batch, whatever it was made from; from a mark of its own on."""
    if batch.source == "rows":
        return kept_rows(source)
    bound = FileBound(bytes=1 << 62, rows=1 << 62)  # it was checked within its bound when it came
    read = form_rows if batch.source == "form" else cohort_rows
    return read(source, batch.setup, orjson.loads(batch.detected), bound=bound, start=start)


def kept_rows(source: IO[bytes]) -> Said:
    """As `cohort_rows`."""
    for number, line in enumerate(source, 1):
        yield number, Wanted(line=number, payload=line.rstrip(b"\n"))


def _named(row: PermitRow | SkillRow) -> dict[str, Any]:
    """By the names of the wire, the name's blanks as one."""
    return {**row.model_dump(by_alias=True), "name": " ".join(row.name.split())}


def _warnings(name: str) -> tuple[str, ...]:
    trimmed = ("TRIMMED",) if name != " ".join(name.split()) else ()
    return (*trimmed, *name_warnings(name))


def batch_of(checked: Checked, **known: Any) -> BatchRow:
    """The row of a batch that was just read."""
    return BatchRow(
        **known,
        setup=checked.setup,
        digest=checked.digest,
        state="checked",
        detected=orjson.dumps(checked.facts),
        sha256=bytes.fromhex(checked.facts["sha256"]) if "sha256" in checked.facts else None,
        issue=checked.issue,
        skip=checked.skip,
        error=checked.error,
    )


def _digest(type_id: str, setup: bytes, source: bytes) -> bytes:
    """The same source with the same choices is the same batch (DOMAIN P1.4)."""
    return hashlib.sha256(type_id.encode() + hashlib.sha256(setup).digest() + source).digest()
