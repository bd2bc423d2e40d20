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
Removing = Annotated[Principal, caller("webhook", "change")]


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
    "/{id}/test", status_code=202, summary="Send a system a test", responses=answers(401, 403, 404, 503)
)  # fmt: skip
def test(id: str, by: Testing, opened: Opened) -> WebhookLine:  # noqa: A002 - the path's word
    """Within seconds; whether it was taken stands in the list. One that was stopped goes on."""
    return opened.ping(id, by=by)


@router.delete("/{id}", status_code=204, summary="Tell a system no more", responses=answers(401, 403, 404, 503))
def remove(id: str, by: Removing, opened: Opened) -> None:  # noqa: A002 - the path's word
    """From now on."""
    opened.remove(id, by=by)
