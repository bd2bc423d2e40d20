"""HTTP face of reissues: an officer opens one for a row that was picked up, an approver confirms, an officer offers it.

Another offer ends the one before it.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from issuer.reissues.service import Reissues
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.pickups import OfferView
from schemas.problem import answers
from schemas.reissues import ReissuePage, ReissueRequest, ReissueView

router = APIRouter()

Opened = Annotated[Reissues, door(Reissues)]
Proposing = Annotated[Principal, caller("reissue", "create")]
Offering = Annotated[Principal, caller("reissue", "change")]
Deciding = Annotated[Principal, caller("reissue", "approve")]
Reading = Annotated[Principal, caller("reissue", "read")]
_PROBLEMS = answers(401, 403, 404, 409, 422, 503)


@router.post(
    "/credentials/{credential}/reissues", status_code=201, summary="Open a reissue in person", responses=_PROBLEMS
)
def propose(
    credential: str, asked: ReissueRequest, by: Proposing, reissues: Opened, key: Annotated[Once, once()]
) -> ReissueView:
    """For who lost everything: two of three proofs were seen with the person present."""
    return reissues.propose(credential, asked, by=by, once=key)


@router.get("/reissues", summary="Reissues of the caller's issuer and centre", responses=answers(401, 403, 422, 503))
def list_reissues(
    by: Reading,
    reissues: Opened,
    state: Literal["proposed", "approved", "refused"] | None = None,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ReissuePage:
    """Newest first; one that is done was approved."""
    return reissues.list(by=by, state=state, after=after, limit=limit)


@router.get("/reissues/{reissue}", summary="A reissue", responses=answers(401, 403, 404, 422, 503))
def look(reissue: str, by: Reading, reissues: Opened) -> ReissueView:
    """As it stands."""
    return reissues.look(reissue, by=by)


@router.post("/reissues/{reissue}/approval", summary="Confirm a reissue", responses=_PROBLEMS)
def approve(reissue: str, by: Deciding, reissues: Opened) -> ReissueView:
    """By another person; the wait begins. The same call again changes nothing."""
    return reissues.approve(reissue, by=by)


@router.post("/reissues/{reissue}/refusal", summary="Refuse or stop a reissue", responses=_PROBLEMS)
def refuse(reissue: str, by: Deciding, reissues: Opened) -> ReissueView:
    """Also after it was confirmed, as long as nobody picked it up."""
    return reissues.refuse(reissue, by=by)


@router.post(
    "/reissues/{reissue}/offers", status_code=201, summary="A claim code and a PIN for the new key",
    responses=_PROBLEMS,
)  # fmt: skip
def offer(reissue: str, by: Offering, reissues: Opened, response: Response, key: Annotated[Once, once()]) -> OfferView:
    """After the wait, shown once. Whoever picks it up holds the copies; the former ones are revoked."""
    response.headers.update(NO_STORE)
    return reissues.offer(reissue, by=by, once=key)
