"""HTTP face of auditing: read alone. It is all issuers' in one chain, so it is given to who may take it out whole."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from issuer.auditing.service import Auditing
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from schemas.bounds import SAFE_INTEGER
from schemas.counter import AuditPage
from schemas.problem import answers

router = APIRouter()


@router.get("/audit", summary="The audit chain, newest first", responses=answers(401, 403, 422, 503))
def lines(
    _by: Annotated[Principal, caller("audit", "execute")],
    auditing: Annotated[Auditing, door(Auditing)],
    response: Response,
    after: Annotated[int | None, Query(ge=1, le=SAFE_INTEGER)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> AuditPage:
    """Who did what to what and when, as it stands: nothing is proven here. `puente audit verify` recomputes the chain;
    that its end was cut, only a checkpoint shows."""
    response.headers.update(NO_STORE)
    return auditing.page(after=after, limit=limit)
