"""The procedure as a story (TRUST section 4). Pure: clock, bundle, session and replay cache are arguments.

Every step raises Invalid with its number or gives what the next one needs. Only this file catches Invalid, to fold it
into the report: one place for a text that holds no pass, one for a pass, one for a presentation. A fault of ours is not
caught.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.bundle.installed import InstalledBundle
from kernel.bundle.usable import require_usable
from kernel.errors import Invalid, NotInForce
from kernel.verify.arriving import Letter, read_json, read_letter, sort_texts
from kernel.verify.believing import Trail, believe
from kernel.verify.dates import look_at_dates
from kernel.verify.ground import Ground
from kernel.verify.looks import looks_like
from kernel.verify.marks import Mark, end
from kernel.verify.reporting import join_reports, report_all, report_ended_pass, report_pass
from kernel.verify.seen import Seen
from kernel.verify.showing import require_shown
from kernel.verify.standing import look_at_status
from schemas.json import JsonObject
from schemas.verification import Level, PassReport, Report, Session


def judge(
    raw: str | bytes | Sequence[str],
    *,
    bundle: InstalledBundle | None,
    now: datetime,
    floor: datetime | None,
    session: Session | None,
    seen: Seen,
    log_proofs: Sequence[str] = (),
) -> Report:
    """What came -> a Report, always.

    `raw` is the text of a QR code, or several texts (frames in any order, log proofs, more than one code), or the bytes
    of a credential or presentation in JSON. `now` is the device's clock, `floor` the stored one (V2). `log_proofs` are
    `VR1-` texts. Nothing is fetched, and nothing kept but one hash in `seen`.
    """
    try:
        ground = prepare(bundle, now=now, floor=floor, session=session, seen=seen)  # V1, V2
    except Invalid as ended:
        version = None if bundle is None else bundle.version
        return report_all((), level=None, bundle_version=version, judged_at=now, extra=(end(ended),))
    if isinstance(raw, bytes):
        return judge_one(raw, ground=ground, log_proofs=tuple(log_proofs))
    try:
        post = sort_texts((raw,) if isinstance(raw, str) else raw)
    except Invalid as ended:
        return report_nothing(ended, text=None, ground=ground)
    proofs = (*post.log_proofs, *log_proofs)
    return join_reports([judge_one(letter, ground=ground, log_proofs=proofs) for letter in post.letters])


def prepare(
    bundle: InstalledBundle | None, *, now: datetime, floor: datetime | None, session: Session | None, seen: Seen
) -> Ground:
    """V1 and V2: a bundle that may be used, and the time to judge by."""
    if bundle is None:
        raise NotInForce("no_bundle", detail="no bundle is installed", step="V1")
    frame = require_usable(bundle, now=now, floor=floor)
    return Ground(bundle=bundle, frame=frame, now=now, session=session, seen=seen)


def judge_one(sent: Letter | bytes, *, ground: Ground, log_proofs: tuple[str, ...]) -> Report:
    """One letter, or one JSON document: V3-V9, then each pass, then the presentation around them."""
    try:
        if isinstance(sent, bytes):
            arrived = read_json(sent, bundle=ground.bundle)  # V9
        else:
            arrived = read_letter(sent, bundle=ground.bundle)  # V3-V9
    except Invalid as ended:
        return report_nothing(ended, text=None if isinstance(sent, bytes) else sent[0], ground=ground)
    looks = [judge_pass(one, ground=ground, log_proofs=log_proofs) for one in arrived.passes]  # V10-V22
    if arrived.presentation is None:
        return _report([one.report for one in looks], ground=ground, level="copy")
    return judge_presentation(arrived.presentation, looks, ground=ground)  # V23-V25


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What one pass came to, before the presentation around it has its say."""

    report: PassReport
    trail: Trail
    has_ended: bool


def judge_pass(document: JsonObject, *, ground: Ground, log_proofs: tuple[str, ...]) -> Look:
    """V10-V22 for one pass, folded (V26)."""
    trail = Trail(marks=ground.marks)
    try:
        verified = believe(document, ground=ground, trail=trail, log_proofs=log_proofs)  # V10-V17
    except Invalid as ended:
        return Look(report=report_ended_pass(ended, trail=trail), trail=trail, has_ended=True)
    kind = verified.kind
    trail.marks += look_at_dates(  # V18, V19
        valid_from=kind.valid_from,
        valid_until=kind.valid_until,
        t=ground.frame.t,
        floor=ground.frame.floor,
        is_far=ground.is_far,
    )
    asked = () if verified.is_self_declared else kind.rule.purposes
    standing = look_at_status(verified.reading, rule=kind.rule, asked=asked, ground=ground)  # V20-V22
    trail.marks += standing.marks
    report = report_pass(verified, trail=trail, standing=standing, t=ground.frame.t)
    return Look(report=report, trail=trail, has_ended=False)


def judge_presentation(document: JsonObject, looks: Sequence[Look], *, ground: Ground) -> Report:
    """V23-V25. A fault here ends every pass that still stood; where none stood, it is not asked."""
    reports = [one.report for one in looks]
    if all(one.has_ended for one in looks):
        return _report(reports, ground=ground, level=None)
    try:
        shown = require_shown(document, ground=ground)
    except Invalid as ended:
        fallen = [one.report if one.has_ended else report_ended_pass(ended, trail=one.trail) for one in looks]
        return _report(fallen, ground=ground, level=None)
    extra = () if shown.seen_before is None else (Mark("V25", "shown_before"),)
    return report_all(
        reports,
        level=shown.level,
        bundle_version=ground.bundle.version,
        judged_at=ground.frame.t,
        extra=extra,
        same_holder=len(looks) > 1,
        seen_before=shown.seen_before,
    )


def report_nothing(ended: Invalid, *, text: str | None, ground: Ground) -> Report:
    """A text that held no pass to judge: the one code, the marks of the time, and what it looks like."""
    is_foreign = text is not None and ended.code == "unsupported_prefix"
    return report_all(
        (),
        level=None,
        bundle_version=ground.bundle.version,
        judged_at=ground.frame.t,
        extra=(*ground.marks, end(ended)),
        looks_like=looks_like(text) if is_foreign and text is not None else None,
    )


def _report(passes: Sequence[PassReport], *, ground: Ground, level: Level | None) -> Report:
    return report_all(passes, level=level, bundle_version=ground.bundle.version, judged_at=ground.frame.t)
