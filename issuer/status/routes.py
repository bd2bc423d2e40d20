"""HTTP face of status: acts are proposed on a credential and decided by another person; published lists are open."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from issuer.status.service import Status
from kernel.access import Principal
from kit.answers import VC
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.issuance import ActPage, ActRequest, ActView, Phase
from schemas.problem import answers

router = APIRouter()

Opened = Annotated[Status, door(Status)]
Proposing = Annotated[Principal, caller("status_act", "create")]
Deciding = Annotated[Principal, caller("status_act", "approve")]
Reading = Annotated[Principal, caller("status_act", "read")]
Number = Annotated[int, Path(ge=1, le=4096)]
Anybody = Annotated[Principal, caller("bundle", "read")]
_LIST: dict[int | str, dict[str, Any]] = {
    200: {"content": {VC: {"schema": {"type": "object"}}}, "description": "BitstringStatusListCredential"}
}


@router.post(
    "/credentials/{credential}/acts", status_code=201, summary="Propose to suspend, lift or revoke",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def propose(credential: str, asked: ActRequest, by: Proposing, status: Opened, key: Annotated[Once, once()]) -> ActView:
    """One act reaches the paper and every copy of the holder. Reasons never leave the issuer."""
    return status.propose_named(credential, asked, by=by, once=key)


@router.get("/acts", summary="Acts of the caller's issuer and centre", responses=answers(401, 403, 422, 503))
def list_acts(
    by: Reading,
    status: Opened,
    state: Literal["proposed", "approved", "refused"] | None = None,
    phase: Annotated[
        Phase | None,
        Query(
            description="De los que esperan: `untold` son los que faltan por avisar, también de lo que no espera. "
            "Los de un acto masivo que sigue se avisan con él"
        ),
    ] = None,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ActPage:
    """Newest first."""
    return status.list(by=by, state=state, phase=phase, after=after, limit=limit)


@router.post("/acts/{act}/approval", summary="Confirm an act", responses=answers(401, 403, 404, 409, 422, 503))
def approve(act: str, by: Deciding, status: Opened) -> ActView:
    """By another person than who proposed it; the lists show it when they are next published. A revocation waits under
    review until its person was told and has had her days, but for `fraud`, `key_compromise`, `holder_request`."""
    return status.view(status.approve(act, by=by))


@router.post("/acts/{act}/refusal", summary="Refuse an act", responses=answers(401, 403, 404, 409, 422, 503))
def refuse(act: str, by: Deciding, status: Opened) -> ActView:
    """Nothing flips."""
    return status.view(status.refuse(act, by=by))


@router.get(
    "/status-lists/{issuer}/{number}", summary="A published list in its W3C form",
    responses={**_LIST, **answers(404, 422, 503)}, response_class=Response,
)  # fmt: skip
def status_list(issuer: str, number: Number, status: Opened, _by: Anybody) -> Response:
    """Whole lists only: nobody learns which place was looked at."""
    raw = status.store.list_credential(issuer, number)
    return Response(raw, media_type=VC, headers={"Cache-Control": "public, max-age=3600"})
