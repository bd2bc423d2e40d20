"""HTTP face of notices, of announced revocations and of what stands at once: letters to print, that people were
told, what is withdrawn; and a suspension by one approver.

Printing is a POST, because it begins a person's days and is told in the audit chain.
"""

from typing import Annotated, Final

from fastapi import APIRouter, BackgroundTasks, Path, Response

from issuer.desk import Desk
from issuer.notices.desk import NoticeDesk
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from kernel.access import Principal
from kit.answers import PRINTED, printed
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.bulk_acts import BulkView
from schemas.issuance import ActView, AtOnce, Telling
from schemas.problem import answers

router = APIRouter()

Opened = Annotated[Notices, door(Notices)]
OfMany = Annotated[ManyNotices, door(ManyNotices)]
AtDesk = Annotated[NoticeDesk, door(NoticeDesk)]
Saying = Annotated[Principal, caller("status_act", "create")]
Deciding = Annotated[Principal, caller("status_act", "approve")]
Printing = Annotated[Principal, caller("credential", "read")]
Part = Annotated[int, Path(ge=1, le=100_000)]
_PDF: Final = {**PRINTED, **answers(401, 403, 404, 409, 422, 503)}


@router.post(
    "/credentials/{credential}/suspensions", status_code=201, summary="Suspend for fraud at once",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def suspend(credential: str, asked: AtOnce, by: Deciding, notices: Opened, key: Annotated[Once, once()]) -> ActView:
    """By one approver; another person confirms the act within 24 hours, or it lapses: then the same approver does not
    begin it again alone."""
    return notices.suspend(credential, asked, by=by, once=key)


@router.post("/acts/{act}/notice", summary="A notice to print", responses=_PDF, response_class=Response)
def print_one(act: str, by: Printing, desk: AtDesk) -> Response:
    """A letter to the person whose credential is to be revoked, is suspended, or was revoked for `fraud` or
    `key_compromise`. Of an announced revocation her days begin when it is printed first."""
    return printed(desk.print_one(act, by=by))


@router.post(
    "/acts/{act}/telling", summary="Say that the person was told", responses=answers(401, 403, 404, 409, 422, 503)
)
def tell(act: str, asked: Telling, by: Saying, notices: Opened) -> ActView:
    """By the issuer's own means; of a revocation her days begin now. Who had been told keeps her day."""
    return notices.tell(act, asked.way, by=by)


@router.post(
    "/acts/{act}/withdrawal",
    summary="Withdraw an announced revocation",
    responses=answers(401, 403, 404, 409, 422, 503),
)
def withdraw(act: str, by: Deciding, notices: Opened) -> ActView:
    """By another person than who proposed it; the credential is under review no more."""
    return notices.withdraw(act, by=by)


@router.post("/bulk-acts/{bulk}/notices/{part}", summary="Notices to print", responses=_PDF, response_class=Response)
def print_part(bulk: str, part: Part, by: Printing, desk: AtDesk) -> Response:
    """Fifty letters, of those that still wait or of whom it stands. Of an announced revocation each person's
    days begin when hers is printed first."""
    return printed(desk.print_part(bulk, part, by=by))


@router.post(
    "/bulk-acts/{bulk}/telling", summary="Say that all were told", responses=answers(401, 403, 404, 409, 422, 503)
)
def tell_many(bulk: str, asked: Telling, by: Saying, notices: OfMany) -> BulkView:
    """By the issuer's own means, whoever had not been told yet."""
    return notices.tell(bulk, asked.way, by=by)


@router.post(
    "/bulk-acts/{bulk}/withdrawal", status_code=202, summary="Withdraw an announced revocation of many",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def withdraw_many(
    bulk: str, by: Deciding, notices: OfMany, desk: Annotated[Desk, door(Desk)], behind: BackgroundTasks
) -> BulkView:
    """All that still waits, by another person than who proposed it; done behind, chunk by chunk."""
    view = notices.withdraw(bulk, by=by)
    behind.add_task(desk.act_on_many, bulk)
    return view
