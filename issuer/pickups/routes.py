"""HTTP face of pick-ups: an officer makes an offer; anybody with its code, its PIN and a key picks it up.

Codes travel in bodies, never in a URL. Of an offer only the name is kept, of which its code and PIN
are made again for who asks with the same key.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from issuer.desk import Desk
from issuer.pickups.service import Pickups
from kernel.access import Principal
from kit.answers import NO_STORE, VP
from kit.body import raw_body
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.bounds import PRESENTATION
from schemas.pickups import OfferView, PickedUpAll, PickupRequest, PickupView
from schemas.problem import answers

router = APIRouter()

AtDesk = Annotated[Desk, door(Desk)]
Offering = Annotated[Principal, caller("pickup", "create")]
Anybody = Annotated[Principal, caller("pickup", "execute")]
_VP_BODY = {"requestBody": {"required": True, "content": {VP: {"schema": {"type": "object"}}}}}


@router.post(
    "/credentials/{credential}/offers", status_code=201, summary="A claim code and a PIN for its holder",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def offer(
    credential: str,
    by: Offering,
    pickups: Annotated[Pickups, door(Pickups)],
    response: Response,
    key: Annotated[Once, once()],
) -> OfferView:
    """Shown once. The two are handed over apart; they end after 30 days or one use."""
    response.headers.update(NO_STORE)
    return pickups.offer_named(credential, by=by, once=key)


@router.post("/pickups", status_code=201, summary="Open a pick-up", responses=answers(409, 422, 503))
def open_pickup(asked: PickupRequest, _by: Anybody, desk: AtDesk, response: Response) -> PickupView:
    """What waits, in plain words, and what to sign. Five tries a code; a used one opens for the key that used it."""
    response.headers.update(NO_STORE)
    return desk.open_pickup(asked)


@router.post(
    "/pickups/{pickup}/present", status_code=201, summary="Prove the key and receive the copies",
    responses=answers(404, 409, 413, 422, 503), openapi_extra=_VP_BODY,
)  # fmt: skip
def present(
    pickup: str, body: Annotated[bytes, raw_body(PRESENTATION.bytes)], _by: Anybody, desk: AtDesk, response: Response
) -> PickedUpAll:
    """A presentation without credentials, for the pick-up's challenge and domain. The same proof again: the same."""
    response.headers.update(NO_STORE)
    return desk.present(pickup, body)
