"""HTTP face of papers: codes on one paper, PINs on another or by message, cards. A part is a file of fifty.

Printing is a POST, because who prints is told in the audit chain; an empty part is answered with 204.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response

from issuer.desk import Desk
from issuer.papers.service import Papers
from kernel.access import Principal
from kit.answers import NO_STORE, PRINTED, printed
from kit.caller import caller
from kit.door import door
from kit.once import Once
from kit.repeat_key import once
from schemas.papers import PinLines, SlipsPage, SlipsRequest, SlipsView
from schemas.problem import answers

router = APIRouter()

AtDesk = Annotated[Desk, door(Desk)]
Opened = Annotated[Papers, door(Papers)]
Offering = Annotated[Principal, caller("pickup", "create")]
Reading = Annotated[Principal, caller("credential", "read")]
Part = Annotated[int, Path(ge=1, le=100_000)]
_PDF: Final = {**PRINTED, **answers(401, 403, 404, 422, 503)}


@router.post(
    "/slips", status_code=201, summary="Make claim slips of a batch, of one credential, or of what was replaced",
    responses=answers(401, 403, 404, 409, 422, 503),
)  # fmt: skip
def make(asked: SlipsRequest, by: Offering, desk: AtDesk, key: Annotated[Once, once()]) -> SlipsView:
    """New offers end those that were open; each works once, for 30 days. At most 5,000: `next` says how to go on.

    The same key again tells of the same run and ends nothing.
    """
    return desk.make_slips(asked, by=by, once=key)


@router.get("/slips", summary="Runs of slips of the caller's issuer and centre", responses=answers(401, 403, 422, 503))
def list_slips(
    by: Offering,
    papers: Opened,
    after: Annotated[str, Query(max_length=22)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> SlipsPage:
    """Newest first."""
    return papers.list(by=by, after=after, limit=limit)


@router.get("/slips/{slips}", summary="A run of slips", responses=answers(401, 403, 404, 422, 503))
def look(slips: str, by: Offering, papers: Opened) -> SlipsView:
    """How many, and in how many parts."""
    return papers.look(slips, by=by)


@router.post("/slips/{slips}/claims/{part}", summary="Codes to print", responses=_PDF, response_class=Response)
def claims(slips: str, part: Part, by: Offering, desk: AtDesk) -> Response:
    """Three a sheet, to be cut; never to be sent together with the PINs."""
    return printed(desk.print_claims(slips, part, by=by))


@router.post("/slips/{slips}/pins/{part}", summary="PINs to print", responses=_PDF, response_class=Response)
def pins(slips: str, part: Part, by: Offering, desk: AtDesk) -> Response:
    """Five a sheet, to be cut; handed over at another time or by another person."""
    return printed(desk.print_pins(slips, part, by=by))


@router.post(
    "/slips/{slips}/messages/{part}", summary="PINs to send by message", responses=answers(401, 403, 404, 422, 503)
)
def messages(slips: str, part: Part, by: Offering, papers: Opened, response: Response) -> PinLines:
    """In the place of the printed PINs; whom to send them to, the issuer's own system knows by the row."""
    response.headers.update(NO_STORE)
    return papers.pins(slips, part, by=by)


@router.post("/batches/{batch}/cards/{part}", summary="Cards to print", responses=_PDF, response_class=Response)
def batch_cards(batch: str, part: Part, by: Reading, desk: AtDesk) -> Response:
    """Fifty of the batch's credentials that are good now, four a sheet."""
    return printed(desk.print_cards(batch, part, by=by))


@router.post(
    "/bulk-acts/{bulk}/cards/{part}", summary="Cards of what was replaced", responses=_PDF | answers(409),
    response_class=Response,
)  # fmt: skip
def bulk_cards(bulk: str, part: Part, by: Reading, desk: AtDesk) -> Response:
    """Fifty of the new credentials of an act on many that are good now, four a sheet."""
    return printed(desk.print_replaced(bulk, part, by=by))


@router.post("/credentials/{credential}/card", summary="One card to print", responses=_PDF, response_class=Response)
def card(credential: str, by: Reading, desk: AtDesk) -> Response:
    """One sheet."""
    return printed(desk.print_card(credential, by=by))
