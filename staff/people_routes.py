"""HTTP face of who belongs to the staff, and of the keys of an issuer's systems; for administrators, in their issuer.

Invitation codes and keys are told once, in the answer that makes them.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from schemas.problem import answers
from schemas.staff import (
    Invitation,
    Invite,
    KeyAsk,
    KeyMade,
    KeyPage,
    PersonChange,
    StaffLine,
    StaffPage,
    Unconfirmed,
)
from staff.keys import Keys
from staff.people import People

router = APIRouter(tags=["staff"])

House = Annotated[People, door(People)]
Stand = Annotated[Keys, door(Keys)]
Seeing = Annotated[Principal, caller("staff", "read")]
Inviting = Annotated[Principal, caller("staff", "create")]
Changing = Annotated[Principal, caller("staff", "change")]
Confirming = Annotated[Principal, caller("staff", "approve")]
SeeingKeys = Annotated[Principal, caller("api_key", "read")]
MakingKeys = Annotated[Principal, caller("api_key", "create")]
EndingKeys = Annotated[Principal, caller("api_key", "change")]
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[str, Query(max_length=22)]


@router.get("/people", summary="The issuer's people", responses=answers(401, 403, 422, 503))
def people(by: Seeing, house: House, response: Response, after: After = "", limit: Limit = 50) -> StaffPage:
    """By their names."""
    response.headers.update(NO_STORE)
    return house.list(by=by, after=after, limit=limit)


@router.post("/people", status_code=201, summary="Invite somebody", responses=answers(401, 403, 404, 409, 422, 503))
def invite(asked: Invite, by: Inviting, house: House, response: Response) -> Invitation:
    """Her code is told here and never again; hand it over on a way of its own."""
    response.headers.update(NO_STORE)
    return house.ask_in(asked, by=by)


@router.patch("/people/{id}", summary="Change or end somebody", responses=answers(401, 403, 404, 422, 503))
def change(id: str, asked: PersonChange, by: Changing, house: House) -> StaffLine:  # noqa: A002 - the path's word
    """Never oneself. Her sessions end at once."""
    return house.change(id, asked, by=by)


@router.post(
    "/people/{id}/resets", status_code=201, summary="A new way in for who lost hers",
    responses=answers(401, 403, 404, 503),
)  # fmt: skip
def reset(id: str, by: Changing, house: House, response: Response) -> Invitation:  # noqa: A002 - the path's word
    """Of who approves or administers it opens after 24 hours; if she comes in before, it ends."""
    response.headers.update(NO_STORE)
    return house.reset(id, by=by)


@router.get("/confirmations", summary="Who waits for the caller's word", responses=answers(401, 403, 503))
def unconfirmed(by: Seeing, house: House, response: Response) -> Unconfirmed:
    """Whom another administrator let in, of the caller's issuer; a keeper's are of all issuers."""
    response.headers.update(NO_STORE)
    return house.unconfirmed(by=by)


@router.post(
    "/people/{id}/confirmation", summary="Confirm whom another hand let in", responses=answers(401, 403, 404, 409, 503)
)
def confirm(id: str, by: Confirming, house: House) -> StaffLine:  # noqa: A002 - the path's word
    """That she is a person of her own and enrolled herself: until then she does not come in."""
    return house.confirm(id, by=by)


@router.get("/keys", summary="Keys of the issuer's systems", responses=answers(401, 403, 404, 422, 503))
def keys(by: SeeingKeys, stand: Stand, response: Response, after: After = "", limit: Limit = 50) -> KeyPage:
    """Without their secrets, newest first."""
    response.headers.update(NO_STORE)
    return stand.list(by=by, after=after, limit=limit)


@router.post("/keys", status_code=201, summary="Make a key", responses=answers(401, 403, 404, 409, 422, 503))
def make_key(asked: KeyAsk, by: MakingKeys, stand: Stand, response: Response) -> KeyMade:
    """Its text is told here and never again. Two of a label live at once, to change one for the other."""
    response.headers.update(NO_STORE)
    return stand.make(asked, by=by)


@router.delete("/keys/{id}", status_code=204, summary="End a key", responses=answers(401, 403, 404, 503))
def end_key(id: str, by: EndingKeys, stand: Stand) -> None:  # noqa: A002 - the path's word
    """Whoever holds it is nobody from now on."""
    stand.end(id, by=by)
