"""HTTP face of batches: a file or rows come in and are judged; other hands release; pages of what was found and made.

A cohort is the body itself (CSV, or a workbook of Excel) and its choices are parameters; a batch is content, so sending
it again gives the same batch, and no repeat key is needed. Release answers at once; sealing goes on behind.
"""

from datetime import date
from io import BytesIO
from typing import IO, Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Header, Query, Response

from issuer.batches.offering import offered
from issuer.batches.service import Batches
from issuer.cohort_file import Form
from issuer.desk import Desk
from kernel.access import Principal
from kernel.errors import Malformed
from kit.body import spooled_body
from kit.caller import caller
from kit.door import door
from schemas.bounds import COHORT_NORMS, CSV, SAFE_INTEGER
from schemas.counter import BatchSample, BatchTypes
from schemas.issuance import (
    BatchPage,
    BatchView,
    CohortChoices,
    CohortNorms,
    CredentialPage,
    FindingPage,
    FormChoices,
    Outcome,
    Release,
)
from schemas.problem import answers
from schemas.rows import PermitRows, SkillRows

router = APIRouter(prefix="/batches")

MEDIA: dict[Form, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COHORT_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            MEDIA["csv"]: {"schema": {"type": "string"}, "example": "Radicado Proyecto,Código Norma,…"},
            MEDIA["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
CohortFile = Annotated[IO[bytes], spooled_body(CSV.size, code="file_too_large")]
Opened = Annotated[Batches, door(Batches)]
Walking = Annotated[Desk, door(Desk)]
Preparing = Annotated[Principal, caller("batch", "create")]
Changing = Annotated[Principal, caller("batch", "change")]
Reading = Annotated[Principal, caller("batch", "read")]
Pausing = Annotated[Principal, caller("batch_release", "execute")]
Releasing = Annotated[Principal, caller("batch_release", "approve")]
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[int, Query(ge=0, le=SAFE_INTEGER, description="`next` de la página anterior")]
Language = Annotated[str, Header(alias="Accept-Language", max_length=200)]
Norm = Annotated[str, Query(pattern=r"^2[0-9]{8}:[0-9]{1,3}$")]


def _choices(
    as_of: Annotated[date, Query(alias="asOf", description="Ningún juicio puede ser posterior")],
    norm_version: Annotated[
        list[Norm],
        Query(alias="normVersion", max_length=COHORT_NORMS, description="Código:versión", examples=["290801106:1"]),
    ],
    document_type: Annotated[str, Query(alias="documentType", max_length=8)] = "PPT",
    encoding: Annotated[Literal["utf-8", "windows-1252", "utf-16"] | None, Query()] = None,
    separator: Annotated[Literal["comma", "semicolon", "tab"] | None, Query()] = None,
    twin: Annotated[bool, Query(description="Con cada pase, su credencial completa de Open Badges 3.0")] = True,
) -> CohortChoices:
    return CohortChoices(
        as_of=as_of,
        norm_versions={code: int(version) for code, _, version in (each.partition(":") for each in norm_version)},
        document_type=document_type,
        encoding=encoding,
        separator=None if separator is None else _SEPARATORS[separator],
        twin=twin,
    )


_SEPARATORS: dict[str, Literal[",", ";", "\t"]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


def _form_choices(
    type_: Annotated[str, Query(alias="type", max_length=8, description="Tipo de la tabla de tipos", examples=["C08"])],
    as_of: Annotated[date, Query(alias="asOf", description="Ningún día cumplido puede ser posterior")],
    reason: Annotated[str, Query(min_length=1, max_length=200, description="De dónde vienen las filas")],
    encoding: Annotated[Literal["utf-8", "windows-1252", "utf-16"] | None, Query()] = None,
    separator: Annotated[Literal["comma", "semicolon", "tab"] | None, Query()] = None,
) -> FormChoices:
    return FormChoices(
        type=type_,
        as_of=as_of,
        reason=reason,
        encoding=encoding,
        separator=None if separator is None else _SEPARATORS[separator],
    )


def form_of(content_type: Annotated[str, Header(include_in_schema=False)] = "") -> Form:
    """What the sender calls the file; what its bytes say is looked at too."""
    said = content_type.partition(";")[0].strip().lower()
    form = next((form for form, media in MEDIA.items() if media == said), None)
    if form is None:
        raise Malformed("unsupported_media_type", detail="a cohort is text/csv or a workbook of Excel")
    return form


@router.post(
    "", status_code=201, summary="Dry run of a SECCL cohort: every row is judged, nothing is issued",
    responses=answers(401, 403, 409, 413, 415, 422, 503), openapi_extra=COHORT_BODY,
)  # fmt: skip
def check_cohort(
    form: Annotated[Form, Depends(form_of)],
    choices: Annotated[CohortChoices, Depends(_choices)],
    by: Preparing,
    batches: Opened,
    response: Response,
    file: CohortFile,
) -> BatchView:
    """The same file with the same choices is the same batch. What was found is under `/findings`."""
    batch = batches.check_cohort(file, choices, by=by, form=form)
    response.headers["Location"] = f"/v1/issuer/batches/{batch}"
    return batches.look(batch, by=by)


@router.post(
    "/norms", summary="The norms that a cohort names: nothing is judged or kept",
    responses=answers(401, 403, 413, 415, 422, 429, 503), openapi_extra=COHORT_BODY,
)  # fmt: skip
def norms(
    form: Annotated[Form, Depends(form_of)],
    by: Preparing,
    desk: Walking,
    file: CohortFile,
) -> CohortNorms:
    """For who says their versions before the dry run; thirty files a minute."""
    return CohortNorms(norms=desk.norms(file, by=by, form=form))


@router.post(
    "/forms", status_code=201, summary="Dry run of a file of rows of one type",
    responses=answers(401, 403, 409, 413, 415, 422, 503), openapi_extra=COHORT_BODY,
)  # fmt: skip
def check_form(
    form: Annotated[Form, Depends(form_of)],
    choices: Annotated[FormChoices, Depends(_form_choices)],
    by: Preparing,
    batches: Opened,
    response: Response,
    file: CohortFile,
) -> BatchView:
    """The header names the columns, in Spanish or English; the table of types says which."""
    batch = batches.check_form(file, choices, by=by, form=form)
    response.headers["Location"] = f"/v1/issuer/batches/{batch}"
    return batches.look(batch, by=by)


@router.post(
    "/permits", status_code=201, summary="Dry run of permit rows (C01, C03, C04, C05)",
    responses=answers(401, 403, 409, 422, 503),
)  # fmt: skip
def check_permits(asked: PermitRows, by: Preparing, batches: Opened, response: Response) -> BatchView:
    """One row is a batch too: there is one way to issue."""
    batch = batches.check_rows(asked, BytesIO(), by=by)
    response.headers["Location"] = f"/v1/issuer/batches/{batch}"
    return batches.look(batch, by=by)


@router.post(
    "/skills", status_code=201, summary="Dry run of rows of skills (C07 to C12, C17, C19, C20)",
    responses=answers(401, 403, 409, 422, 503),
)  # fmt: skip
def check_skills(asked: SkillRows, by: Preparing, batches: Opened, response: Response) -> BatchView:
    """Titles, courses, recognitions, references, languages, licences: what each must say stands with its type."""
    batch = batches.check_rows(asked, BytesIO(), by=by)
    response.headers["Location"] = f"/v1/issuer/batches/{batch}"
    return batches.look(batch, by=by)


@router.get("/types", summary="What a file may bring, and its columns", responses=answers(401, 403, 503))
def types(by: Preparing, batches: Opened) -> BatchTypes:
    """The cohort's type first. What is not `ready` has no status lists of this issuer yet."""
    return offered(batches, by=by)


@router.get("", summary="Batches of the caller's issuer and centre", responses=answers(401, 403, 422, 503))
def list_batches(
    by: Reading, batches: Opened, after: Annotated[str, Query(max_length=22)] = "", limit: Limit = 50
) -> BatchPage:
    """Newest first."""
    return batches.list(by=by, after=after, limit=limit)


@router.get("/{batch}", summary="A batch as it stands", responses=answers(401, 403, 404, 422, 503))
def look(batch: str, by: Reading, batches: Opened) -> BatchView:
    """Its counts, its facts and how far it has come."""
    return batches.look(batch, by=by)


@router.get("/{batch}/findings", summary="Rows that do not issue", responses=answers(401, 403, 404, 422, 503))
def findings(
    batch: str,
    by: Reading,
    batches: Opened,
    outcome: Annotated[Outcome | None, Query(description="Solo las filas de este resultado")] = None,
    warned: Annotated[bool, Query(description="Solo las que se emiten y que una persona debe mirar")] = False,
    after: After = 0,
    limit: Limit = 100,
    language: Language = "es",
) -> FindingPage:
    """Row (the header is row 1), column and code, a sentence and how to mend it; never a value of the row."""
    is_english = language.lower().startswith("en")
    return batches.findings(
        batch, by=by, outcome=outcome, after=after, limit=limit, is_english=is_english, is_warned=warned
    )


@router.get("/{batch}/sample", summary="Ten rows to compare", responses=answers(401, 403, 404, 422, 429, 503))
def sample(batch: str, by: Reading, desk: Walking) -> BatchSample:
    """Drawn by chance among those that would be signed, the same each time to the same person; who looks is told. Ten
    times a minute."""
    return desk.sample(batch, by=by)


@router.get("/{batch}/credentials", summary="The passes of a batch", responses=answers(401, 403, 404, 422, 503))
def credentials(batch: str, by: Reading, batches: Opened, after: After = 0, limit: Limit = 100) -> CredentialPage:
    """By their outside names."""
    return batches.credentials(batch, by=by, after=after, limit=limit)


@router.post("/{batch}/proposal", summary="Ready for the approver", responses=answers(401, 403, 404, 409, 422, 503))
def propose(batch: str, by: Changing, batches: Opened) -> BatchView:
    """From here another person decides."""
    batches.propose(batch, by=by)
    return batches.look(batch, by=by)


@router.post(
    "/{batch}/release", status_code=202, summary="Let it be issued", responses=answers(401, 403, 404, 409, 422, 503)
)
def release(
    batch: str,
    asked: Release,
    by: Releasing,
    batches: Opened,
    desk: Walking,
    behind: BackgroundTasks,
) -> BatchView:
    """By another person than who prepared it. The digest is the one she looked at."""
    batches.release(batch, by=by, digest=asked.digest, accept_errors=asked.accept_errors, compared=asked.compared)
    behind.add_task(desk.begin, batch)
    return batches.look(batch, by=by)


@router.post("/{batch}/pause", summary="Promise nothing more of it", responses=answers(401, 403, 404, 409, 422, 503))
def pause(batch: str, by: Pausing, batches: Opened) -> BatchView:
    """From the next chunk on, whoever works on it; it stays so after a restart."""
    batches.pause(batch, by=by)
    return batches.look(batch, by=by)


@router.post(
    "/{batch}/resume", status_code=202, summary="Go on with it", responses=answers(401, 403, 404, 409, 422, 503)
)
def resume(batch: str, by: Pausing, batches: Opened, desk: Walking, behind: BackgroundTasks) -> BatchView:
    """Where it stands: nothing is issued twice."""
    batches.resume(batch, by=by)
    behind.add_task(desk.begin, batch)
    return batches.look(batch, by=by)


@router.post("/{batch}/refusal", summary="Send it back", responses=answers(401, 403, 404, 409, 422, 503))
def refuse(batch: str, by: Releasing, batches: Opened) -> BatchView:
    """It will not be issued."""
    batches.refuse(batch, by=by)
    return batches.look(batch, by=by)
