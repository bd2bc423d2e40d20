"""What people see of an act that waits: rows of the database -> shapes of the wire. Pure."""

from datetime import timedelta

from issuer.status.announcing import stands_told
from issuer.status.tables import ActRow
from issuer.working_days import WorkingDays
from schemas.issuance import NoticeView, WaitView


def wait_view(act: ActRow, days: WorkingDays) -> WaitView:
    """What an act waits, or waited, for."""
    answers = act.due if act.act == "revoke" else None
    return WaitView(
        phase=act.phase,  # type: ignore[arg-type]  # written from the same words
        told=act.told,
        way=act.way,  # type: ignore[arg-type]  # written from the same words
        answer_by=None if answers is None else (answers - timedelta(seconds=1)).astimezone(days.zone).date(),
        due=act.due,
        calendar_known=act.told is None or days.to_answer(act.told).is_known,
        ended=act.ended,
        ended_by=act.ended_by,
    )


def notice_view(act: ActRow) -> NoticeView | None:
    """Whether the person of what stands without waiting was told of it."""
    if not stands_told(act) or (act.state != "approved" and act.phase != "unconfirmed"):
        return None
    return NoticeView(told=act.told, way=act.way)  # type: ignore[arg-type]  # written from the same words
