"""HTTP face of waiting: one call, counts alone."""

from typing import Annotated

from fastapi import APIRouter, Response

from issuer.waiting.service import Waiting
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from schemas.counter import WaitingView
from schemas.problem import answers

router = APIRouter()


@router.get("/waiting", summary="How much work waits for the caller", responses=answers(401, 403, 503))
def waiting(
    by: Annotated[Principal, caller("status_act", "read")],
    work: Annotated[Waiting, door(Waiting)],
    response: Response,
) -> WaitingView:
    """Of her own centre. What she proposed herself waits for another person and is not counted."""
    response.headers.update(NO_STORE)
    return work.count(by=by)
