"""HTTP face of mending: a corrected file comes in like a cohort, with the choices of the batch that it corrects."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from issuer.batches.routes import COHORT_BODY, MEDIA, Changing, CohortFile, Language, Preparing, Reading, form_of
from issuer.cohort_file import Form
from issuer.desk import Desk
from issuer.mending.service import Mending
from kit.answers import filed
from kit.door import door
from schemas.counter import MendingView
from schemas.issuance import BatchView
from schemas.problem import answers

router = APIRouter(prefix="/batches/{batch}")

WRONG_ROWS: Final = {
    "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()},
    "description": "The rows, with the header that they had",
}
AtDesk = Annotated[Desk, door(Desk)]
Opened = Annotated[Mending, door(Mending)]


@router.post(
    "/corrections", status_code=201, summary="Take in a corrected file: only what was in error goes on",
    responses=answers(401, 403, 404, 409, 413, 415, 422, 503), openapi_extra=COHORT_BODY,
)  # fmt: skip
def correct(
    batch: str,
    form: Annotated[Form, Depends(form_of)],
    by: Preparing,
    desk: AtDesk,
    response: Response,
    file: CohortFile,
) -> BatchView:
    """The whole file or just those rows; gives a batch of its own. Rows that the first one has are passed over."""
    child = desk.correct(batch, file, by=by, form=form)
    response.headers["Location"] = f"/v1/issuer/batches/{child.id}"
    return child


@router.get("/corrections", summary="What corrects a batch, row by row", responses=answers(401, 403, 404, 422, 503))
def look(batch: str, by: Reading, mending: Opened) -> MendingView:
    """And which batch it corrects itself."""
    return mending.look(batch, by=by)


@router.delete(
    "", status_code=204, summary="Undo an upload that nobody sent", responses=answers(401, 403, 404, 409, 422, 503)
)
def discard(batch: str, by: Changing, mending: Opened) -> None:
    """The batch and its file go, and the same file may come again. One that others correct, or that was proposed,
    stays."""
    mending.discard(batch, by=by)


@router.get(
    "/wrong-rows", summary="The rows in error as a file to mend", response_class=Response,
    responses={200: WRONG_ROWS, **answers(401, 403, 404, 409, 422, 503)},
)  # fmt: skip
def wrong_rows(batch: str, by: Changing, desk: AtDesk, language: Language = "es") -> Response:
    """As CSV or as a workbook, whichever came, its cells as they came; in front, what is wrong and how to mend it. The
    same rows may come back to `/corrections`. Who takes them is told."""
    file, form = desk.wrong_rows(batch, by=by, is_english=language.lower().startswith("en"))
    return filed(file, media_type=MEDIA[form])
