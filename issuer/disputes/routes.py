"""HTTP face of disputes: anybody whose key holds a pass disputes it; the issuer's people propose and decide.

A holder's proof and her ticket travel in bodies, never in a URL. Her answer waits: whoever has the ticket may ask.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from issuer.desk import Desk
from issuer.disputes.service import Disputes
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.body import raw_body
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.bounds import DISPUTE
from schemas.disputes import (
    DecisionRequest,
    DecisionView,
    DisputeAnswer,
    DisputeOpened,
    DisputePage,
    DisputeRequest,
    DisputeState,
    DisputeTicket,
    DisputeView,
    TicketRequest,
)
from schemas.problem import answers
from schemas.terms import JSON_MEDIA

router = APIRouter()

AtDesk = Annotated[Desk, door(Desk)]
Opened = Annotated[Disputes, door(Disputes)]
Anybody = Annotated[Principal, caller("dispute", "create")]
WithTicket = Annotated[Principal, caller("dispute", "execute")]
Reading = Annotated[Principal, caller("dispute", "read")]
Proposing = Annotated[Principal, caller("dispute", "change")]
Deciding = Annotated[Principal, caller("dispute", "approve")]
# The body is read as it came, because a signature is over a part of it; so its shape is told here.
_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {JSON_MEDIA: {"schema": DisputeRequest.model_json_schema()}}}
}


@router.post("/disputes/openings", status_code=201, summary="Begin a dispute", responses=answers(404, 422, 503))
def opening(disputes: Opened, _by: Anybody, response: Response) -> DisputeOpened:
    """What to sign within ten minutes: a presentation of the one pass, for this challenge and the pass's own issuer."""
    response.headers.update(NO_STORE)
    return disputes.begin()


@router.post(
    "/disputes", status_code=201, summary="Dispute a pass that my key holds", openapi_extra=_BODY,
    responses=answers(404, 409, 413, 422, 429, 503),
)  # fmt: skip
def dispute(
    body: Annotated[bytes, raw_body(DISPUTE.bytes)], disputes: Opened, _by: Anybody, response: Response
) -> DisputeTicket:
    """The key proves who asks. The ticket is told once and is the only way to the answer."""
    response.headers.update(NO_STORE)
    return disputes.open(body)


@router.post("/disputes/answers", summary="What became of my dispute", responses=answers(404, 422, 503))
def answer(asked: TicketRequest, disputes: Opened, _by: WithTicket, response: Response) -> DisputeAnswer:
    """As often as asked. Where it was corrected, the copies that take the places of the former ones."""
    response.headers.update(NO_STORE)
    return disputes.answer(asked.ticket.get_secret_value())


@router.post("/disputes/withdrawals", summary="Take my dispute back", responses=answers(404, 409, 422, 503))
def withdraw(asked: TicketRequest, disputes: Opened, _by: WithTicket, response: Response) -> DisputeAnswer:
    """Nobody answers it any more. One that was answered stays so and is told; the same call again does no more."""
    response.headers.update(NO_STORE)
    return disputes.withdraw(asked.ticket.get_secret_value())


@router.get(
    "/disputes", summary="Disputes of the caller's issuer and centre", responses=answers(401, 403, 422, 429, 503)
)
def list_disputes(
    by: Reading,
    disputes: Opened,
    state: DisputeState | None = None,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> DisputePage:
    """Newest first."""
    return disputes.page(by=by, state=state, after=after, limit=limit)


@router.get("/disputes/{dispute}", summary="A dispute", responses=answers(401, 403, 404, 422, 429, 503))
def look(dispute: str, by: Reading, disputes: Opened, response: Response) -> DisputeView:
    """What the holder says, and what was proposed and decided about it."""
    response.headers.update(NO_STORE)
    return disputes.look(dispute, by=by)


@router.post(
    "/disputes/{dispute}/decisions", status_code=201, summary="Propose a decision",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def propose(
    dispute: str, asked: DecisionRequest, by: Proposing, disputes: Opened, key: Annotated[Once, once()]
) -> DecisionView:
    """Correct, lift, uphold or reject, with a sentence for the holder."""
    return disputes.propose(dispute, asked, by=by, once=key)


@router.post("/decisions/{decision}/approval", summary="Decide it", responses=answers(401, 403, 404, 409, 422, 503))
def approve(decision: str, by: Deciding, desk: AtDesk) -> DisputeView:
    """By a person who took no part. A correction is issued before this answers; the same call again does no more."""
    return desk.decide(decision, by=by)


@router.post(
    "/decisions/{decision}/refusal", summary="Refuse the decision", responses=answers(401, 403, 404, 409, 422, 503)
)
def refuse(decision: str, by: Deciding, disputes: Opened) -> DisputeView:
    """The dispute stays open."""
    return disputes.refuse(decision, by=by)
