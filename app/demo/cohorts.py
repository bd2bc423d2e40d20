"""Import a cohort, release it by another hand, and hand out what was issued row by row."""

from collections import Counter
from dataclasses import dataclass, replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import orjson

from app.demo.people import AS_OF, PERMITS, TRAINING
from app.provide import World
from issuer import cohort
from issuer.batches import sources
from issuer.batches.service import Batches
from issuer.cohort_file import UPLOAD
from issuer.cohort_reading import detect
from issuer.cohort_words import ERRORS, SKIPS, RowWord
from issuer.service import Issuer
from kernel.access import Principal
from schemas.issuance import CohortChoices
from schemas.rows import PermitRow, PermitRows

DEMO_FILES: Final = ("cohort-demo.csv", "cohort-demo-excel.csv")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """A cohort that was issued: counts as the dry run told them, findings, and line -> row number of the ledger."""

    name: str
    issue: int
    skip: int
    error: int
    codes: Counter[str]
    rows: dict[int, int]


def expected() -> dict[str, Any]:
    """How the two demo files must end (DOMAIN section 11)."""
    found: dict[str, Any] = orjson.loads(files("app.demo").joinpath("cohort-demo.expected.json").read_bytes())
    return found


def demo_file(name: str) -> bytes:
    """One of the two demo cohorts."""
    return files("app.demo").joinpath(name).read_bytes()


def choices() -> CohortChoices:
    """What the officer chooses for the demo: the date of reference, and each norm's version."""
    versions = {code: int(version) for code, version in expected()["normVersion"]["map"].items()}
    return CohortChoices(as_of=AS_OF, norm_versions=versions, twin=True)


def issue_cohort(world: World, name: str, content: bytes) -> Imported:
    """Dry run, proposal, release by another person, issue; raises what the reader raises for a file that is none."""
    with world.doors()[Batches]() as opened:
        batch = opened.check_cohort(BytesIO(content), choices(), by=TRAINING.person("oscar", "officer"))
    _release(world, batch, TRAINING.person("oscar", "officer"), TRAINING.person("marta", "approver"))
    return _told(world, name, batch)


def issue_permits(world: World, rows: tuple[PermitRow, ...], reason: str) -> Imported:
    """Rows of permit status, the same way."""
    request = PermitRows(reason=reason, rows=list(rows))
    with world.doors()[Batches]() as opened:
        batch = opened.check_rows(request, BytesIO(), by=PERMITS.person("lucia", "officer"))
    _release(world, batch, PERMITS.person("lucia", "officer"), PERMITS.person("pablo", "approver"))
    return _told(world, reason, batch)


def _release(world: World, batch: str, officer: Principal, approver: Principal) -> None:
    with world.doors()[Batches]() as opened:
        opened.propose(batch, by=officer)
    with world.doors()[Batches]() as opened:
        digest = opened.store.batch(batch, issuer=None, centre=None).digest.hex()
        opened.release(batch, by=approver, digest=digest, accept_errors=True)
    world.desk.run(batch)


def _told(world: World, name: str, batch: str) -> Imported:
    with world.doors()[Batches]() as opened:
        row = opened.store.batch(batch, issuer=None, centre=None)
        found = opened.store.findings(batch, after=0, limit=1_000_000)
        numbers = [n for chunk in opened.store.chunks(batch) for n in chunk.passes]
        codes = Counter(finding.code for finding in found if finding.code)
        counts = (row.issue, row.skip, row.error)
    with world.doors()[Issuer]() as opened:
        lines = {opened.ledger.intent(n).line: n for n in numbers}
    return Imported(name=name, issue=counts[0], skip=counts[1], error=counts[2], codes=codes, rows=lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowTold:
    """One row of the dry run with its sentence; `words` is None for a row that issues."""

    row: int
    line: int
    outcome: str
    code: str | None
    column: str | None
    words: RowWord | None

    def to_json(self) -> dict[str, Any]:
        """As `imports/NAME.json` has it."""
        es, en = ("", "") if self.words is None else (self.words.es, self.words.en)
        return {"row": self.line, "outcome": self.outcome, "code": self.code, "column": self.column, "es": es, "en": en}


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file as it came, and its dry run. `is_ours`: one of the demo's own, which must end as expected."""

    name: str
    content: bytes
    rows: list[RowTold]
    is_ours: bool


def read_sources(path: Path | None) -> tuple[Source, ...]:
    """Both demo files, or the one given, judged whole. Raises what `issuer/cohort_reading.py` raises, and OSError."""
    if path is None:
        found = [(name, demo_file(name)) for name in DEMO_FILES]
    else:
        with path.open("rb") as file:
            found = [(path.name, file.read(UPLOAD.bytes + 1))]
    return tuple(
        Source(name=name, content=content, rows=row_by_row(content), is_ours=path is None) for name, content in found
    )


def strays(one: Imported, source: Source) -> list[str]:
    """Where a demo file did not end as it must, row by row; empty for other files."""
    if not source.is_ours:
        return []
    wanted = expected()["files"][one.name]
    told = {"issue": one.issue, "skip": one.skip, "error": one.error}
    rows = {str(row.row): f"error:{row.code}" if row.outcome == "error" else row.outcome for row in source.rows}
    off = [f"{one.name}: {told} instead of {wanted['summary']}"] if told != wanted["summary"] else []
    return off + [f"{one.name}, {n}: {rows[n]} instead of {end}" for n, end in wanted["rows"].items() if rows[n] != end]


def row_by_row(content: bytes) -> list[RowTold]:
    """The dry run of a cohort, a line for every row."""
    source = BytesIO(content)
    setup = sources.setup_of(choices())
    found = list(cohort.rows(source, detect(source, bound=UPLOAD), setup))
    words = {**ERRORS, **SKIPS}
    return [
        RowTold(
            row=row.row,
            line=row.line,
            outcome=row.outcome,
            code=row.code,
            column=row.column or None,
            words=_filled(words[row.code], row.first) if row.code else None,
        )
        for row in found
    ]


def _filled(word: RowWord, first: int | None) -> RowWord:
    if first is None:
        return word
    return replace(word, es=word.es.replace("{n}", str(first)), en=word.en.replace("{n}", str(first)))
