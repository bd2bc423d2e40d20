"""What staff ask at the counter, as it travels: searches and a person's file. camelCase on the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from schemas.amending import AmendmentView
from schemas.disputes import DisputeView
from schemas.issuance import ActView, BatchName, Page, Wire
from schemas.reissues import ReissueView
from schemas.typed import TypedSome

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
CredentialState = Literal["valid", "suspended", "revoked", "replaced"]


class SearchRequest(Wire):
    """What to look for; in the body, because no personal value stands in a URL."""

    text: TypedSome = Field(
        description="Número de documento o sus cuatro últimas cifras, palabras completas del nombre en cualquier orden "
        "y sin contar tildes, código de norma, proyecto, nombre de un certificado o de un lote"
    )
    after: Name | None = Field(default=None, description="`next` de la página anterior")


class CredentialLine(Wire):
    """A credential in a list: what it certifies and how it stands. `name` as it was signed."""

    id: str
    type: str
    title: str
    name: str
    norm: str | None
    norm_version: int | None
    level: str | None
    issued: datetime
    state: CredentialState
    batch: str | None
    correctable: list[str] = Field(description="Qué miembros de una corrección tiene su tipo")
    badge: str | None = Field(default=None, description="Su credencial completa de Open Badges 3.0, donde la tiene")


class PersonLine(Wire):
    """A person with those credentials that were found; the document's number is never told whole."""

    id: str = Field(description="No dice nada y solo vale para el emisor")
    name: str
    document: str = Field(description="Las últimas cifras", examples=["…3457"])
    credentials: list[CredentialLine]


class PeoplePage(Page):
    """Who was found, newest credential first; a person can come again on the next page."""

    people: list[PersonLine]


class NamesAsked(Wire):
    """Credentials by their outside names; in the body, because the answer names people."""

    credentials: Annotated[list[Name], Field(min_length=1, max_length=100)]


class PeopleNamed(Wire):
    """Whose they are, each person once; of what was erased or is another centre's there is nobody."""

    people: list[PersonLine]


class OfferLine(Wire):
    """An offer of a credential to its holder; its code and PIN are kept by nobody."""

    credential: str
    made_by: str
    expires_at: datetime
    used_at: datetime | None
    tries: int
    stands: bool = Field(description="Es la que vale: abierta o usada")


class PersonFile(PersonLine):
    """Everything about a person that the issuer's people may see, newest first."""

    acts: list[ActView]
    disputes: list[DisputeView]
    offers: list[OfferLine]
    reissues: list[ReissueView]
    amendments: list[AmendmentView]


class ColumnName(Wire):
    """A column of a file, by its names."""

    es: str
    en: str


class BatchType(Wire):
    """A type that a file may bring, and the columns of its file."""

    type: str
    source: Literal["cohort", "form"] = Field(description="cohort: la exportación de SECCL; form: filas de un tipo")
    title: str
    title_en: str
    must: list[ColumnName]
    may: list[ColumnName] = Field(description="Las que un archivo puede no tener")
    ready: bool = Field(description="Su entidad tiene listas de estado para él")


class BatchTypes(Wire):
    """The types that files may bring."""

    items: list[BatchType]


class CorrectionView(Wire):
    """A batch that corrects another one, and the rows in error of the other that are right in it."""

    batch: BatchName
    mended: list[int]


class MendingView(Wire):
    """What corrects a batch, and which one it corrects itself."""

    parent: BatchName | None
    corrections: list[CorrectionView]


class WaitingView(Wire):
    """How much waits for the caller; zero of what is not her work or waits for another person."""

    batches: int = Field(default=0, description="Lotes por aprobar")
    acts: int = Field(default=0, description="Cambios de estado por decidir")
    bulk_acts: int = Field(default=0, description="Cambios de varios a la vez por decidir")
    amendments: int = Field(default=0, description="Correcciones por decidir")
    decisions: int = Field(default=0, description="Respuestas a aclaraciones por decidir")
    reissues: int = Field(default=0, description="Pedidos para otro teléfono por decidir")
    untold: int = Field(default=0, description="Suspensiones y anulaciones de las que falta avisar a la persona")
    untold_many: int = Field(default=0, description="Cambios de varios a la vez en los que falta avisar a personas")
    disputes: int = Field(default=0, description="Aclaraciones sin respuesta propuesta")


Rounded = Annotated[int | None, Field(description="Redondeado a cinco; nulo si son menos de diez")]


class FigureLine(Wire):
    """A group and how many were issued in it; the group without a name is of no centre."""

    group: str
    issued: Rounded


class TypeLine(FigureLine):
    """The same of a type of credential, with its name."""

    title: str = Field(description="Qué se emite, en español")
    title_en: str


class NumbersView(Wire):
    """An issuer in numbers."""

    issued: Rounded
    revoked: Rounded
    suspended: Rounded
    disputes_open: Rounded
    disputes_answered: Rounded
    is_overdue: bool = Field(default=False, description="Alguien espera una respuesta más de lo debido")
    by_day: list[FigureLine]
    by_centre: list[FigureLine]
    by_type: list[TypeLine]


class AuditLine(Wire):
    """A line of the audit chain: who did what to what; its hash binds all lines before it."""

    n: int
    at: datetime
    actor: str
    act: str
    object: str
    hash: str


class AuditPage(Page):
    """A page of the audit chain, newest first."""

    items: list[AuditLine]


class SampleRow(Wire):
    """A row that would be signed, by what its credential would say."""

    row: int
    claims: dict[str, Any]
    achieved: date | None = Field(default=None, description="La fecha de juicio que firma la credencial completa")


class BatchSample(Wire):
    """Rows drawn by chance, to compare with the papers before they are signed."""

    rows: list[SampleRow]
