"""HTTP face of amending: what should be read instead is proposed on a credential and decided by another person."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from issuer.amending.service import Amending
from issuer.desk import Desk
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.amending import AmendmentPage, AmendmentRequest, AmendmentView
from schemas.problem import answers

router = APIRouter()

AtDesk = Annotated[Desk, door(Desk)]
Opened = Annotated[Amending, door(Amending)]
Proposing = Annotated[Principal, caller("status_act", "create")]
Deciding = Annotated[Principal, caller("status_act", "approve")]
Reading = Annotated[Principal, caller("status_act", "read")]


@router.post(
    "/credentials/{credential}/amendments", status_code=201, summary="Propose to correct what it says",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def propose(
    credential: str, asked: AmendmentRequest, by: Proposing, amending: Opened, key: Annotated[Once, once()],
    response: Response,
) -> AmendmentView:  # fmt: skip
    """A misspelt name, a wrong number: a new credential will take its place, and the old one is revoked."""
    response.headers.update(NO_STORE)
    return amending.propose(credential, asked, by=by, once=key)


@router.get(
    "/amendments", summary="Corrections of the caller's issuer and centre", responses=answers(401, 403, 422, 429, 503)
)
def list_amendments(
    by: Reading,
    amending: Opened,
    response: Response,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> AmendmentPage:
    """Newest first."""
    response.headers.update(NO_STORE)
    return amending.page(by=by, after=after, limit=limit)


@router.get("/amendments/{amendment}", summary="A correction", responses=answers(401, 403, 404, 422, 429, 503))
def look(amendment: str, by: Reading, amending: Opened, response: Response) -> AmendmentView:
    """What changes is told while it waits."""
    response.headers.update(NO_STORE)
    return amending.look(amendment, by=by)


@router.post(
    "/amendments/{amendment}/approval", summary="Confirm a correction", responses=answers(401, 403, 404, 409, 422, 503)
)
def approve(amendment: str, by: Deciding, desk: AtDesk) -> AmendmentView:
    """By another person. The new credential is issued before this answers; the same call again does no more."""
    return desk.amend(amendment, by=by)


@router.post(
    "/amendments/{amendment}/refusal", summary="Refuse a correction", responses=answers(401, 403, 404, 409, 422, 503)
)
def refuse(amendment: str, by: Deciding, amending: Opened) -> AmendmentView:
    """The credential stays as it is."""
    return amending.refuse(amendment, by=by)
