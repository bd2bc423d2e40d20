"""What people see of a batch: rows of the database -> shapes of the wire. Pure; sentences in the language asked for."""

from typing import Any

import orjson

from issuer.batches.former import Former
from issuer.batches.sources import has_twins, norms_of
from issuer.batches.tables import BatchRow, FindingRow, ProgressRow
from issuer.cohort_words import ERRORS, SKIPS, WARNINGS, RowWord
from issuer.kinds import KINDS
from issuer.rows import Wanted
from schemas.achievements import norm_title
from schemas.counter import SampleRow
from schemas.issuance import BatchName, BatchNorm, BatchView, EarlierBatch, FileFacts, FindingView
from schemas.papers import PART

_NOTHING = RowWord(es="", en="")


def batch_name(row: BatchRow) -> BatchName:
    """What people call it by."""
    kind = KINDS[row.type].type
    return BatchName(
        id=row.id,
        type=row.type,
        title=kind.title_es,
        title_en=kind.title_en,
        norm=_norm(row),
        centre=row.centre,
        issue=row.issue,
        skip=row.skip,
        error=row.error,
        prepared=row.prepared,
    )


def batch_view(row: BatchRow, progress: ProgressRow, sealed: int) -> BatchView:
    """A batch as it stands."""
    facts: dict[str, Any] = orjson.loads(row.detected)
    return BatchView(
        **dict(batch_name(row)),
        source=row.source,  # type: ignore[arg-type]  # written by this room alone
        state=row.state,  # type: ignore[arg-type]  # the table's CHECK holds the same words
        file=_facts(facts) if "sha256" in facts else None,
        warnings=facts.get("warnings", []),
        warned=facts.get("warned", 0),
        digest=row.digest.hex(),
        prepared_by=row.prepared_by,
        released_by=row.released_by,
        released=row.released,
        promised=progress.promised,
        already_issued=min(progress.known, row.issue - progress.promised),  # a repeat in the file is no row that issues
        paused=row.state == "released" and progress.paused is not None,
        sealed=sealed,
        card_parts=-(-sealed // PART),
        twin=has_twins(row),
    )


def earlier_view(former: Former | None) -> EarlierBatch | None:
    """A released batch, as another of the same file names it."""
    if former is None or former.batch.released is None:
        return None
    return EarlierBatch(**dict(batch_name(former.batch)), released=former.batch.released, again=former.again)


def finding_view(row: FindingRow, *, is_english: bool) -> FindingView:
    """A finding with its sentence; a row that only has warnings says them."""
    warnings = row.warnings.split(",") if row.warnings else []
    words = [ERRORS.get(row.code) or SKIPS.get(row.code) or _NOTHING] if row.code else []
    words += [WARNINGS[warning] for warning in warnings]
    sentence = " ".join(word.en if is_english else word.es for word in words)
    return FindingView(
        row=row.line,
        outcome=row.outcome,  # type: ignore[arg-type]  # written by this room alone
        code=row.code,
        column=row.column_name,
        warnings=warnings,
        sentence=sentence.replace("{n}", str(row.first)),
        mend=" ".join(word.mend_en if is_english else word.mend_es for word in words).strip(),
    )


def sample_row(batch: BatchRow, row: Wanted) -> SampleRow:
    """What would be signed of a row, as its fullest copy shows it; the day stands in the full credential alone."""
    kind, payload = KINDS[batch.type], orjson.loads(row.payload)
    award = kind.award(payload) if kind.award is not None and has_twins(batch) else None
    claims = kind.claims[max(kind.claims)](payload)
    return SampleRow(row=row.line, claims=claims, achieved=None if award is None else award.on.date())


def _norm(row: BatchRow) -> BatchNorm | None:
    norms = norms_of(row)
    if len(norms) != 1:
        return None
    ((code, version),) = norms.items()
    title, title_en = norm_title(code, version), norm_title(code, version, "en")
    return BatchNorm(code=code, version=version, title=title, title_en=title_en)


def _facts(facts: dict[str, Any]) -> FileFacts:
    return FileFacts(
        form=facts.get("form", "csv"),
        encoding=facts["encoding"],
        bom=facts["bom"],
        separator=facts["separator"],
        line_ending=facts["line_ending"],
        sha256=facts["sha256"],
    )
