"""HTTP face of the registry: what stands, what was done, changes and their approvals. The bundle is public files."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from kernel.access import Principal
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from registry.service import Registry
from schemas.bounds import SAFE_INTEGER
from schemas.problem import answers
from schemas.registration import (
    Change,
    ChangePage,
    EventPage,
    IssuerPage,
    KeyShown,
    Proposed,
    SigningKeyPage,
    Suspend,
)

router = APIRouter(prefix="/registry", tags=["registry"])

Opened = Annotated[Registry, door(Registry)]
Reader = Annotated[Principal, caller("registry", "read")]
Proposer = Annotated[Principal, caller("registry", "create")]
Keeper = Annotated[Principal, caller("registry", "approve")]
Looker = Annotated[Principal, caller("issuer_key", "read")]
Presser = Annotated[Principal, caller("issuer_key", "execute")]
Repeat = Annotated[Once, once()]
Number = Annotated[int, Query(ge=0, le=SAFE_INTEGER)]
Limit = Annotated[int, Query(ge=1, le=100, description="at most 100")]
EXAMPLE = {
    "requestBody": {
        "content": {
            "application/json": {
                "example": {"kind": "set_key_state", "id": "did:web:example.org#k1", "state": "retired"}
            }
        }
    }
}


@router.get("/issuers", summary="Issuers of the trust list", responses=answers(401, 403, 503))
def issuers(
    registry: Opened, _by: Reader, after: Annotated[str, Query(max_length=32)] = "", limit: Limit = 50
) -> IssuerPage:
    """By id; `next` is the cursor of the page after."""
    return registry.issuers(after=after, limit=limit)


@router.get("/events", summary="What the registry did, by number", responses=answers(401, 403, 503))
def events(
    registry: Opened, _by: Reader, after: Annotated[int, Query(ge=0, le=SAFE_INTEGER)] = 0, limit: Limit = 50
) -> EventPage:
    """Each event holds the hash of the one before."""
    return registry.events(after=after, limit=limit)


@router.get("/changes", summary="Changes that wait for keepers", responses=answers(401, 403, 404, 422, 503))
def changes(
    registry: Opened, by: Reader, after: Annotated[str, Query(max_length=22)] = "", limit: Limit = 50
) -> ChangePage:
    """Newest first; what each would do, who proposed it, how many have said yes, and whether the caller has."""
    return registry.changes(by=by, after=after, limit=limit)


@router.post(
    "/changes",
    summary="Propose a change",
    status_code=201,
    responses=answers(401, 403, 404, 409, 413, 422, 503),
    openapi_extra=EXAMPLE,
)
def propose(change: Change, registry: Opened, by: Proposer, repeat: Repeat, response: Response) -> Proposed:
    """Nothing changes until enough keepers have approved; a keeper who proposes has said yes."""
    proposed = registry.propose(change, by=by, once=repeat)
    response.headers["Location"] = f"/v1/registry/changes/{proposed.id}"
    return proposed


@router.get("/changes/{id}", summary="How far a change is", responses=answers(401, 403, 404, 503))
def change(id: str, registry: Opened, by: Reader) -> Proposed:  # noqa: A002 - the path's word
    """Approvals so far, how many it takes, and the event that did it."""
    return registry.change(id, by=by)


@router.post("/changes/{id}/approvals", summary="Approve a change", responses=answers(401, 403, 404, 409, 422, 503))
def approve(id: str, registry: Opened, by: Keeper, repeat: Repeat) -> Proposed:  # noqa: A002 - the path's word
    """The last keeper that is needed does it. Who proposed cannot approve."""
    return registry.approve(id, by=by, once=repeat)


@router.get("/keys", summary="Signing keys and how they stand", responses=answers(401, 403, 422, 503))
def keys(
    registry: Opened, by: Looker, after: Annotated[str, Query(max_length=32)] = "", limit: Limit = 50
) -> SigningKeyPage:
    """An issuer's own; of who looks after the registry, all issuers', by the issuer's id."""
    return registry.signing_keys(by=by, after=after, limit=limit)


@router.post("/suspensions", summary="Suspend a key at once", responses=answers(401, 403, 404, 409, 413, 422, 503))
def suspend(asked: Suspend, registry: Opened, by: Presser, repeat: Repeat) -> KeyShown:
    """One person is enough; verifiers that refresh show what it signed as under review."""
    return registry.suspend(asked.key, by=by, once=repeat)
