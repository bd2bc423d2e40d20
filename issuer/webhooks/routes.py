"""HTTP face of webhooks: an administrator says which of the issuer's systems are told. The secret is told once."""

from typing import Annotated

from fastapi import APIRouter, Response

from issuer.webhooks.service import Webhooks
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from schemas.problem import answers
from schemas.webhooks import WebhookAsk, WebhookLine, WebhookMade, WebhookPage

router = APIRouter(prefix="/webhooks")

Opened = Annotated[Webhooks, door(Webhooks)]
Reading = Annotated[Principal, caller("webhook", "read")]
Adding = Annotated[Principal, caller("webhook", "create")]
Testing = Annotated[Principal, caller("webhook", "execute")]
Changing = Annotated[Principal, caller("webhook", "change")]


@router.get("", summary="Which systems are told", responses=answers(401, 403, 503))
def webhooks(by: Reading, opened: Opened, response: Response) -> WebhookPage:
    """Without their secrets."""
    response.headers.update(NO_STORE)
    return opened.list(by=by)


@router.post("", status_code=201, summary="Tell a system", responses=answers(401, 403, 409, 422, 503))
def add(asked: WebhookAsk, by: Adding, opened: Opened, response: Response) -> WebhookMade:
    """Of what happens from now on, signed by the secret of this answer. At most ten."""
    response.headers.update(NO_STORE)
    return opened.add(asked, by=by)


@router.post(
    "/{id}/test", status_code=202, summary="Send a system a test", responses=answers(401, 403, 404, 409, 503)
)  # fmt: skip
def test(id: str, by: Testing, opened: Opened) -> WebhookLine:  # noqa: A002 - the path's word
    """Within seconds; whether it was taken stands in the list. One that never answered goes on; none that is paused."""
    return opened.ping(id, by=by)


@router.post("/{id}/pause", summary="Pause what a system is told", responses=answers(401, 403, 404, 503))
def pause(id: str, by: Changing, opened: Opened) -> WebhookLine:  # noqa: A002 - the path's word
    """It is told nothing until it is resumed, and then all that happened meanwhile, in order."""
    return opened.pause(id, by=by)


@router.post("/{id}/resume", summary="Tell a system again", responses=answers(401, 403, 404, 503))
def resume(id: str, by: Changing, opened: Opened) -> WebhookLine:  # noqa: A002 - the path's word
    """From where it stood, also one that never answered for days."""
    return opened.resume(id, by=by)


@router.delete("/{id}", status_code=204, summary="Tell a system no more", responses=answers(401, 403, 404, 503))
def remove(id: str, by: Changing, opened: Opened) -> None:  # noqa: A002 - the path's word
    """From now on."""
    opened.remove(id, by=by)
