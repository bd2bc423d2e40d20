"""HTTP face of the issuer: its rooms' routes under one prefix, and a credential as JSON, as text and as a picture."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response

from issuer import reading
from issuer.amending.routes import router as amending_router
from issuer.auditing.routes import router as auditing_router
from issuer.batches.routes import router as batches_router
from issuer.bulk_acts.routes import router as bulk_acts_router
from issuer.disputes.routes import router as disputes_router
from issuer.figures.routes import router as figures_router
from issuer.logbook import LogBook
from issuer.mending.routes import router as mending_router
from issuer.notices.routes import router as notices_router
from issuer.papers.routes import router as papers_router
from issuer.people.routes import router as people_router
from issuer.pickups.routes import router as pickups_router
from issuer.reissues.routes import router as reissues_router
from issuer.service import Issuer
from issuer.status.routes import router as status_router
from issuer.waiting.routes import router as waiting_router
from issuer.webhooks.routes import router as webhooks_router
from kernel import codec, qr
from kernel.access import Principal
from kit.answers import NO_STORE, VC, picture, stored
from kit.caller import caller
from kit.door import door
from schemas.problem import answers

router = APIRouter(prefix="/issuer", tags=["issuer"])

Opened = Annotated[Issuer, door(Issuer)]
Reading = Annotated[Principal, caller("credential", "read")]
Anybody = Annotated[Principal, caller("bundle", "read")]
_SCALE = 8
_PROBLEMS = answers(401, 403, 404, 422, 429, 503)


@router.get(
    "/credentials/{credential}", summary="A signed credential",
    responses={200: {"content": {VC: {"schema": {"type": "object"}}}}, **_PROBLEMS}, response_class=Response,
)  # fmt: skip
def credential(credential: str, by: Reading, issuer: Opened) -> Response:
    """The JSON that the signature is over; the QR holds the same without loss. Who reads it is told in the chain."""
    raw = reading.row(issuer, credential, lambda n: codec.write(issuer.credential(n)), by=by)
    return stored(raw, media_type=VC)


@router.get(
    "/credentials/{credential}/text", summary="Its QR text", responses=_PROBLEMS, response_class=PlainTextResponse
)
def text(credential: str, by: Reading, issuer: Opened) -> PlainTextResponse:
    """`VC1-R…`, as the picture holds it."""
    return PlainTextResponse(reading.row(issuer, credential, issuer.text, by=by), headers=NO_STORE)


def _symbol(issuer: Issuer, n: int) -> qr.Symbol:
    """Level Q, as on paper."""
    return qr.symbol_fast(issuer.text(n), level="Q")


@router.get(
    "/credentials/{credential}/qr.png", summary="Its QR as PNG",
    responses={200: {"content": {"image/png": {}}}, **_PROBLEMS},
    response_class=Response,
)  # fmt: skip
def png(credential: str, by: Reading, issuer: Opened) -> Response:
    """Level Q, as on paper."""
    drawn = reading.row(issuer, credential, lambda n: qr.png(_symbol(issuer, n), _SCALE), by=by)
    return picture(drawn, media_type="image/png")


@router.get(
    "/credentials/{credential}/qr.svg", summary="Its QR as SVG",
    responses={200: {"content": {"image/svg+xml": {}}}, **_PROBLEMS},
    response_class=Response,
)  # fmt: skip
def svg(credential: str, by: Reading, issuer: Opened) -> Response:
    """Level Q, as on paper."""
    drawn = reading.row(issuer, credential, lambda n: qr.svg(_symbol(issuer, n)).encode(), by=by)
    return picture(drawn, media_type="image/svg+xml")


@router.get(
    "/credentials/{credential}/log-proof", summary="That it stands in the issued log",
    responses=answers(404, 422, 503), response_class=PlainTextResponse,
)  # fmt: skip
def log_proof(
    credential: str, book: Annotated[LogBook, door(LogBook)], _by: Anybody,
    size: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
) -> PlainTextResponse:  # fmt: skip
    """`VR1-R…`: for a wallet, to carry with a pass whose issuer's key was stolen after the checkpoint of `size`."""
    return PlainTextResponse(book.proof(credential, size=size), headers=NO_STORE)


ROOMS = (
    batches_router, mending_router, status_router, bulk_acts_router, pickups_router, disputes_router, reissues_router,
    people_router, papers_router, figures_router, auditing_router, webhooks_router, amending_router,
    notices_router, waiting_router,
)  # fmt: skip
for room in ROOMS:
    router.include_router(room)
