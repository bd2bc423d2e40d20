"""The issuer's requests and answers as they travel: batches, rows, status acts. camelCase on the wire."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from schemas.bounds import COHORT_NORMS, SAFE_INTEGER

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Outcome = Literal["issue", "skip", "error"]
ActName = Literal["suspend", "lift", "revoke"]
Reason = Literal[
    "issued_in_error",
    "superseded",
    "holder_request",
    "key_compromise",
    "authority_decision",
    "duplicate",
    "fraud",
]

AT_ONCE: Final[frozenset[Reason]] = frozenset({"fraud", "key_compromise", "holder_request"})
"""A revocation for one of these waits for nobody's answer (TRUST section 6)."""
WITHOUT_EVIDENCE: Final[frozenset[Reason]] = frozenset({"holder_request"})
"""A revocation for one of these needs no evidence, since it is the holder who asks; any other does (decision 0078)."""
Phase = Literal["untold", "told", "effective", "withdrawn", "unconfirmed", "confirmed", "lapsed"]
Way = Literal["paper", "system", "message", "post", "counter"]


class Wire(BaseModel):
    """camelCase outside, snake_case inside; unknown members of a request are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")


class CohortChoices(Wire):
    """What the officer chooses for a cohort, because the export carries none of it."""

    as_of: date = Field(description="Fecha de referencia: ningún juicio puede ser posterior", examples=["2025-11-20"])
    norm_versions: dict[str, int] = Field(
        description="Código de norma -> versión", min_length=1, max_length=COHORT_NORMS, examples=[{"290801106": 1}]
    )
    document_type: str = Field(default="PPT", max_length=8)
    document_system: str = Field(default="urn:puente:cs:doc-type", max_length=128)
    encoding: Literal["utf-8", "windows-1252", "utf-16"] | None = Field(default=None, description="Si no, se detecta")
    separator: Literal[",", ";", "\t"] | None = Field(default=None, description="Si no, se detecta")
    twin: bool = Field(default=False, description="Junto a cada pase, la credencial completa de Open Badges 3.0")
    """Doors that people use turn it on; a set-up that was kept before there were twins says none."""


class CohortNorms(Wire):
    """The norms that a cohort names: the officer says the version of each."""

    norms: list[str] = Field(description="Códigos, cada uno una vez, en el orden del archivo", examples=[["290801106"]])


class FormChoices(Wire):
    """What the officer says of a file of rows of one type; the type is one of the table of `schemas/row_types.py`."""

    type: str = Field(max_length=8, examples=["C08"])
    as_of: date = Field(description="Fecha de referencia: ningún día cumplido puede ser posterior")
    reason: Text = Field(examples=["Cierre del curso 000145"])
    encoding: Literal["utf-8", "windows-1252", "utf-16"] | None = Field(default=None, description="Si no, se detecta")
    separator: Literal[",", ";", "\t"] | None = Field(default=None, description="Si no, se detecta")


class FileFacts(Wire):
    """What the file is, as found (rule 1 of the import)."""

    form: Literal["csv", "xlsx"]
    encoding: str | None = Field(description="De un CSV, como lo que sigue")
    bom: bool
    separator: str | None
    line_ending: str | None
    sha256: str


ChunkState = Literal["waiting", "promised", "sealed"]


class ChunkLine(Wire):
    """A chunk of a batch: its first row among those that issue, how many, and how far it is."""

    first: int
    size: int
    state: ChunkState


class BatchProgress(Wire):
    """How far a released batch is, at the rate of the last minute, or since it goes on; without one nobody says what is
    left."""

    rows: int
    promised: int
    sealed: int
    faults: int = Field(description="Filas que no pudieron ser certificado")
    rate: float = Field(description="Por segundo")
    seconds_left: int | None
    paused: bool
    chunks: list[ChunkLine]


class BatchNorm(Wire):
    """The norm that all of a cohort certifies; without titles where no table knows it."""

    code: str
    version: int
    title: str | None
    title_en: str | None


class BatchName(Wire):
    """What people call a batch by, wherever it is spoken of: what it certifies, how many rows, which day and centre."""

    id: str
    type: str
    title: str = Field(description="Qué se emite, en español")
    title_en: str
    norm: BatchNorm | None = Field(description="De una cohorte de una sola norma")
    centre: str | None
    issue: int
    skip: int
    error: int
    prepared: datetime


class EarlierBatch(BatchName):
    """A batch that was issued from the very same file."""

    released: datetime
    again: int = Field(
        description="Filas que como mucho se emitirían por segunda vez, porque se eligió otra cosa; 0: ninguna"
    )


class BatchView(BatchName):
    """A batch as it stands."""

    source: Literal["cohort", "form", "rows"]
    state: Literal["checked", "proposed", "released", "done", "refused"]
    file: FileFacts | None
    warnings: list[str]
    warned: int = Field(description="Filas que se emiten y que una persona debe mirar antes")
    digest: str = Field(description="SHA-256 de la fuente y de lo elegido, en hexadecimal")
    prepared_by: str
    released_by: str | None
    released: datetime | None
    promised: int
    already_issued: int
    sealed: int
    card_parts: int = Field(description="En cuántos archivos se imprimen sus tarjetas")
    paused: bool = Field(description="Se liberó y alguien lo detuvo: no se toma ninguna fila más hasta que siga")
    twin: bool = Field(description="Con cada pase sale su credencial completa de Open Badges 3.0")
    progress: BatchProgress | None = Field(default=None, description="Solo al mirar un lote que ya se liberó")
    corrects: str | None = Field(default=None, description="El lote cuyas filas por corregir trae este")
    to_mend: int = Field(
        default=0,
        description="Al mirar un lote de archivo: filas por corregir que se dan en un archivo, si aún se guarda",
    )
    issued_before: EarlierBatch | None = Field(
        default=None, description="Al mirar un lote sin liberar: el que ya se emitió de este mismo archivo"
    )


class FindingView(Wire):
    """A row that does not issue, or issues with a warning."""

    row: int = Field(description="Como en la hoja de cálculo: el encabezado es la fila 1")
    outcome: Outcome
    code: str | None
    column: str | None
    warnings: list[str]
    sentence: str = Field(description="En español; en inglés con Accept-Language: en")
    mend: str


class Page(Wire):
    """Where a list goes on."""

    next: str | None = Field(description="`after` de la página siguiente, o nulo al final")


class BatchPage(Page):
    """A page of batches."""

    items: list[BatchView]


class FindingPage(Page):
    """A page of findings."""

    items: list[FindingView]


class CredentialView(Wire):
    """A credential of a batch, by its outside name."""

    id: str
    row: int
    profile: str


class CredentialPage(Page):
    """A page of credentials."""

    items: list[CredentialView]


class Release(Wire):
    """The release of a batch: what the approver saw, and that she takes its errors as they are."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    accept_errors: bool = False
    compared: Annotated[list[Annotated[int, Field(ge=1, le=SAFE_INTEGER)]], Field(max_length=10)] = Field(
        default=[], description="Filas de la muestra que se compararon con las actas; queda escrito"
    )


class ActRequest(Wire):
    """An act on a credential and all its copies."""

    act: ActName
    reason: Reason
    evidence: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="SHA-256 de la prueba; la prueba no se sube"
    )


class WaitView(Wire):
    """What an act waits, or waited, for. A revocation: that its person is told, and her days to answer; until then its
    credential is under review. A suspension that one approver began for fraud: another person's yes within a day."""

    phase: Phase
    told: datetime | None = Field(description="Cuándo se avisó a la persona")
    way: Way | None = Field(description="Cómo se le avisó")
    answer_by: date | None = Field(description="El último día en que puede responder")
    due: datetime | None = Field(description="Cuándo se anula, o cuándo caduca la suspensión, si nadie lo cambia")
    calendar_known: bool = Field(description="Falso: de ese año no hay calendario de festivos y se contó de más")
    ended: datetime | None
    ended_by: str | None


class NoticeView(Wire):
    """That the person is told of a suspension, or of a revocation for `fraud` or `key_compromise`: it stands from its
    approval, and nobody waits for the telling."""

    told: datetime | None = Field(description="Cuándo se avisó a la persona")
    way: Way | None = Field(description="Cómo se le avisó")


class AtOnce(Wire):
    """A suspension for fraud by one approver, at once; another person confirms it within a day or it lapses."""

    evidence: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="SHA-256 de la prueba; la prueba no se sube"
    )


class Telling(Wire):
    """How the issuer told people by its own means."""

    way: Literal["message", "post", "counter"]


class ActView(Wire):
    """An act as it stands."""

    id: str
    credential: str
    bulk: str | None = Field(default=None, description="El acto masivo del que hace parte")
    act: ActName
    reason: Reason
    evidence: str | None = Field(default=None, description="SHA-256 de la prueba, que no se sube")
    state: Literal["proposed", "approved", "refused"]
    proposed_by: str
    proposed: datetime
    decided_by: str | None
    decided: datetime | None
    wait: WaitView | None = Field(default=None, description="Nulo: no espera nada más que la decisión")
    notice: NoticeView | None = Field(
        default=None, description="De una suspensión que se hizo, o de una anulación sin espera que ella no pidió"
    )


class ActPage(Page):
    """A page of acts."""

    items: list[ActView]
