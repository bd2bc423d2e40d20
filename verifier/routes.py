"""HTTP face of the verifier: what was sent is judged and answered with 200 and the report; 4xx: no request.

Both routes are open to all, and neither writes a line about what it saw.
"""

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response

from kernel import codec
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.body import raw_body
from kit.caller import caller
from kit.door import door
from schemas.problem import answers
from schemas.question import Ask, Question
from schemas.terms import JSON_MEDIA
from verifier.openapi import VERIFY_REQUEST, VERIFY_RESPONSES
from verifier.reading import LARGEST, read_request
from verifier.service import Verifier

router = APIRouter(prefix="/verifier", tags=["verifier"])

Opened = Annotated[Verifier, door(Verifier)]
Anybody = Annotated[Principal, caller("verify", "execute")]
Challenge = Annotated[str | None, Header(max_length=64, description="the question that this presentation answers")]


@router.post(
    "/verify",
    summary="Judge a QR text, a credential, a presentation or a photo",
    responses={**VERIFY_RESPONSES, **answers(400, 413, 415, 422, 503)},
    openapi_extra=VERIFY_REQUEST,
    response_class=Response,
)
def verify(
    body: Annotated[bytes, raw_body(LARGEST)],
    verifier: Opened,
    _by: Anybody,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
    puente_challenge: Challenge = None,
) -> Response:
    """Frames stand one a line, or together in one photo. Nothing that comes is opened, fetched or kept."""
    asked = read_request(body, media_type=content_type, challenge=puente_challenge)
    report = verifier.answer(asked)
    return Response(codec.write(report.to_json()), media_type=JSON_MEDIA, headers=NO_STORE)


@router.post(
    "/challenges",
    summary="Ask a holder: eight letters for one answer within two minutes",
    status_code=201,
    responses=answers(413, 422, 503),
)
def ask(verifier: Opened, _by: Anybody, asked: Ask | None = None) -> Question:
    """The letters are typed by the holder, or scanned with the verifier's short name."""
    return verifier.ask(asked or Ask())
