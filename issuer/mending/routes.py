"""HTTP face of mending: a corrected file comes in like a cohort, with the choices of the batch that it corrects."""

from typing import IO, Annotated

from fastapi import APIRouter, Depends, Response

from issuer.batches.routes import COHORT_BODY, Preparing, Reading, form_of
from issuer.cohort_file import Form
from issuer.desk import Desk
from issuer.mending.service import Mending
from kit.body import spooled_body
from kit.door import door
from schemas.bounds import CSV
from schemas.counter import MendingView
from schemas.issuance import BatchView
from schemas.problem import answers

router = APIRouter(prefix="/batches/{batch}/corrections")

AtDesk = Annotated[Desk, door(Desk)]
Opened = Annotated[Mending, door(Mending)]


@router.post(
    "", status_code=201, summary="Take in a corrected file: only what was in error goes on",
    responses=answers(401, 403, 404, 409, 413, 415, 422, 503), openapi_extra=COHORT_BODY,
)  # fmt: skip
def correct(
    batch: str,
    form: Annotated[Form, Depends(form_of)],
    by: Preparing,
    desk: AtDesk,
    response: Response,
    file: Annotated[IO[bytes], spooled_body(CSV.size)],
) -> BatchView:
    """The whole file or just those rows; gives a batch of its own. Rows that the first one has are passed over."""
    child = desk.correct(batch, file, by=by, form=form)
    response.headers["Location"] = f"/v1/issuer/batches/{child.id}"
    return child


@router.get("", summary="What corrects a batch, row by row", responses=answers(401, 403, 404, 422, 503))
def look(batch: str, by: Reading, mending: Opened) -> MendingView:
    """And which batch it corrects itself."""
    return mending.look(batch, by=by)
