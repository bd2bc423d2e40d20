"""V26: the fold. Marks and the one code that ended a pass -> verdicts -> the Report. Nothing is judged anew here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from kernel.bundle.installed import InstalledBundle
from kernel.errors import Invalid
from kernel.verify.believing import Trail, VerifiedCredential
from kernel.verify.marks import Mark, end, in_step_order
from kernel.verify.standing import Standing
from schemas.verification import LOWEST_FIRST, Level, LooksLike, PassReport, Report, Verdict, worst

_FOLD: Final[tuple[tuple[frozenset[str], Verdict], ...]] = (
    (frozenset({"self_declared"}), "cannot_verify"),
    (frozenset({"revoked"}), "revoked"),
    (frozenset({"suspended", "key_review"}), "under_review"),
    (frozenset({"expired"}), "expired"),
    (
        frozenset({"not_yet_valid", "clock_doubt", "status_missing", "status_mismatch", "status_too_old"}),
        "cannot_verify",
    ),
    (frozenset({"stale", "clock_behind", "clock_far", "bundle_expired"}), "valid_as_of"),
)
"""First row that any mark is of; none: valid. `shown_before` changes nothing.

What a person says of herself comes first: no other verdict may lend it weight, not even "expired" (TRUST section 3)."""


def fold(marks: Iterable[Mark]) -> Verdict:
    """V26 for a pass that nothing ended."""
    codes = {mark.code for mark in marks}
    for row, verdict in _FOLD:
        if not codes.isdisjoint(row):
            return verdict
    return "valid"


def report_pass(verified: VerifiedCredential, *, trail: Trail, standing: Standing, t: datetime) -> PassReport:
    """A pass that V17 let through: its claims are shown under whatever verdict its marks give."""
    marks = in_step_order(trail.marks)
    return PassReport(
        verdict=fold(marks),
        reasons=tuple(mark.code for mark in marks),
        steps=tuple(mark.step for mark in marks),
        tier=trail.tier,
        issuer=trail.issuer,
        type=verified.kind.type,
        scheme=verified.kind.scheme,
        valid_from=verified.reading.valid_from,
        valid_until=verified.reading.valid_until,
        as_of=standing.as_of,
        status_age=standing.age_in_days(t),
        claims=verified.reading.subject,
    )


def report_ended_pass(ended: Invalid, *, trail: Trail) -> PassReport:
    """A pass that a step ended: of it nothing is shown; of its signer what the registry says, where V15 held."""
    reasons = in_step_order((*trail.marks, end(ended)))
    return PassReport(
        verdict="cannot_verify",
        reasons=tuple(mark.code for mark in reasons),
        steps=tuple(mark.step for mark in reasons),
        tier=trail.tier,
        issuer=trail.issuer,
    )


def report_all(
    passes: Sequence[PassReport],
    *,
    level: Level | None,
    bundle_version: int | None,
    judged_at: datetime,
    extra: Iterable[Mark] = (),
    same_holder: bool = False,
    looks_like: LooksLike | None = None,
    seen_before: int | None = None,
) -> Report:
    """The headline over the passes. `extra` are marks of the whole: of a text that held no pass, or of V25."""
    marks = [Mark(*pair) for one in passes for pair in zip(one.steps, one.reasons, strict=True)]
    reasons = in_step_order((*marks, *extra))
    verdict = worst(tuple(one.verdict for one in passes))
    if verdict == "valid":
        reasons = ()
    return Report(
        verdict=verdict,
        level=level,
        bundle_version=bundle_version,
        judged_at=judged_at,
        reasons=tuple(mark.code for mark in reasons),
        steps=tuple(mark.step for mark in reasons),
        passes=tuple(passes),
        same_holder=same_holder,
        looks_like=looks_like,
        seen_before=seen_before,
    )


def join_reports(reports: Sequence[Report]) -> Report:
    """Several texts, several codes on one paper: all their passes under one headline, at the lowest of their levels."""
    if len(reports) == 1:
        return reports[0]
    marks = [Mark(*pair) for one in reports for pair in zip(one.steps, one.reasons, strict=True)]
    reasons = in_step_order(marks)
    levels = [one.level for one in reports]
    return Report(
        verdict=worst(tuple(one.verdict for one in reports)),
        level=None if None in levels else min((one for one in levels if one is not None), key=LOWEST_FIRST.index),
        bundle_version=reports[0].bundle_version,
        judged_at=reports[0].judged_at,
        reasons=tuple(mark.code for mark in reasons),
        steps=tuple(mark.step for mark in reasons),
        passes=tuple(one_pass for one in reports for one_pass in one.passes),
        seen_before=next((one.seen_before for one in reports if one.seen_before is not None), None),
    )


def unread(code: str, *, bundle: InstalledBundle | None, now: datetime) -> Report:
    """A picture that gave no text: the procedure had nothing to begin with, so the reason stands at no step."""
    return Report(
        verdict="cannot_verify",
        level=None,
        bundle_version=None if bundle is None else bundle.version,
        judged_at=now,
        reasons=(code,),
        steps=("",),
    )
