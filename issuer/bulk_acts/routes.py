"""HTTP face of acts on many: tried, proposed as tried, decided by another person; done behind, chunk by chunk."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query

from issuer.bulk_acts.service import BulkActs, BulkLooks
from issuer.desk import Desk
from kernel.access import Principal
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.bounds import SAFE_INTEGER
from schemas.bulk_acts import (
    BulkAsked,
    BulkCheck,
    BulkDecision,
    BulkMembers,
    BulkPage,
    BulkRequest,
    BulkSample,
    BulkView,
)
from schemas.problem import answers

router = APIRouter(prefix="/bulk-acts")

Opened = Annotated[BulkActs, door(BulkActs)]
Looked = Annotated[BulkLooks, door(BulkLooks)]
Proposing = Annotated[Principal, caller("status_act", "create")]
Deciding = Annotated[Principal, caller("status_act", "approve")]
Reading = Annotated[Principal, caller("status_act", "read")]


@router.post("/checks", summary="Dry run of an act on many credentials", responses=answers(401, 403, 404, 422, 503))
def check(asked: BulkAsked, by: Reading, acts: Looked) -> BulkCheck:
    """How many, who is left out and why, and what share of each list changes. Nothing is kept, nothing flips."""
    return acts.check(asked, by=by)


@router.post(
    "", status_code=201, summary="Propose an act on many credentials", responses=answers(401, 403, 404, 409, 422, 503)
)
def propose(asked: BulkRequest, by: Proposing, acts: Opened, key: Annotated[Once, once()]) -> BulkView:
    """Just the rows of the dry run whose digest it names; where they changed since, it is refused."""
    return acts.propose(asked, by=by, once=key)


@router.get("", summary="Acts on many of the caller's issuer and centre", responses=answers(401, 403, 422, 503))
def list_bulk_acts(
    by: Reading,
    acts: Looked,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> BulkPage:
    """Newest first."""
    return acts.list(by=by, after=after, limit=limit)


@router.get("/{bulk}", summary="An act on many as it stands", responses=answers(401, 403, 404, 422, 503))
def look(bulk: str, by: Reading, acts: Looked) -> BulkView:
    """How far it is; and of each list that waits the hash that the registry's keepers let through (`approve_list`)."""
    return acts.look(bulk, by=by)


@router.get("/{bulk}/members", summary="The credentials of an act on many", responses=answers(401, 403, 404, 422, 503))
def members(
    bulk: str,
    by: Reading,
    acts: Looked,
    after: Annotated[int, Query(ge=0, le=SAFE_INTEGER, description="`next` de la página anterior")] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
) -> BulkMembers:
    """By their outside names, in the order in which they were issued; what was replaced by what stands in its place."""
    return acts.members(bulk, by=by, after=after, limit=limit)


@router.get("/{bulk}/sample", summary="Ten of an act on many to compare", responses=answers(401, 403, 404, 422, 503))
def sample(bulk: str, by: Reading, acts: Opened) -> BulkSample:
    """Drawn by chance among all, the same to you each time; who looks is written down."""
    return acts.sample(bulk, by=by)


@router.post(
    "/{bulk}/approval", status_code=202, summary="Confirm an act on many",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def approve(
    bulk: str,
    asked: BulkDecision,
    by: Deciding,
    acts: Opened,
    desk: Annotated[Desk, door(Desk)],
    behind: BackgroundTasks,
) -> BulkView:
    """By another person than who proposed it; a revocation is never undone. Publishing shows it. As one act does,
    a revocation waits under review until its people have had their days."""
    view = acts.approve(bulk, by=by, digest=asked.digest, compared=asked.compared)
    behind.add_task(desk.act_on_many, bulk)
    return view


@router.post("/{bulk}/stop", summary="Stop an act on many", responses=answers(401, 403, 404, 409, 422, 503))
def stop(bulk: str, by: Deciding, acts: Opened) -> BulkView:
    """While it is under way: what it did stays done, nothing more is done, and the others can be proposed anew. By
    another person than who proposed it."""
    return acts.stop(bulk, by=by)


@router.post("/{bulk}/refusal", summary="Refuse an act on many", responses=answers(401, 403, 404, 409, 422, 503))
def refuse(bulk: str, by: Deciding, acts: Opened) -> BulkView:
    """Nothing flips."""
    return acts.refuse(bulk, by=by)
