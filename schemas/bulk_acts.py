"""Acts on many credentials at once, as they travel: what is chosen, what the dry run says, how far it is."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from schemas.counter import Name
from schemas.issuance import BatchName, Page, Phase, Reason, Wire

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{3,20}$")]
Norm = Annotated[str, StringConstraints(pattern=r"^2[0-9]{8}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ManyName = Literal["suspend", "lift", "revoke", "replace"]
REPLACED_FOR: Final[tuple[Reason, ...]] = ("key_compromise", "issued_in_error", "superseded")
"""Why many are replaced: what takes a credential from its holder is a revocation, and has that one's days."""
MOST = 900
"""Names or numbers in one request: a body has a thousand members at the most (TRUST section 11)."""


class ByBatch(Wire):
    """All that a batch issued."""

    way: Literal["batch"]
    batch: Name


class ByCredentials(Wire):
    """These, by their outside names."""

    way: Literal["credentials"]
    credentials: Annotated[list[Name], Field(min_length=1, max_length=MOST)]


class ByDocuments(Wire):
    """All of the people with these document numbers; of one norm where one is named."""

    way: Literal["documents"]
    documents: Annotated[list[Number], Field(min_length=1, max_length=MOST)]
    norm: Norm | None = None


class ByNorm(Wire):
    """All of a norm that were issued on these days, both included, as the issuer counts days."""

    way: Literal["norm"]
    norm: Norm
    first_day: date
    last_day: date


class ByBulk(Wire):
    """All that another act on many touched: how a suspension is lifted in one act."""

    way: Literal["bulk"]
    bulk: Name


Chosen = Annotated[ByBatch | ByCredentials | ByDocuments | ByNorm | ByBulk, Field(discriminator="way")]


class BulkAsked(Wire):
    """An act on all that is chosen, with all copies. A revocation is never undone. `replace`: a new credential with the
    same data takes the place of each, and the old one is revoked once that is signed."""

    act: ManyName
    reason: Reason
    evidence: Digest | None = Field(default=None, description="SHA-256 de la prueba; la prueba no se sube")
    chosen: Chosen

    @model_validator(mode="after")
    def _why(self) -> "BulkAsked":
        if self.act == "replace" and self.reason not in REPLACED_FOR:
            raise ValueError("many are replaced for: " + ", ".join(REPLACED_FOR))
        return self


class BulkRequest(BulkAsked):
    """The same, proposed: `digest` is that of the dry run that was looked at."""

    digest: Digest


class BulkDecision(Wire):
    """What the approver looked at."""

    digest: Digest
    compared: Annotated[list[Name], Field(max_length=10)] = Field(
        default=[], description="Certificados de la muestra que se compararon con las actas; queda escrito"
    )


class LeftOut(Wire):
    """How many that were chosen are not touched, and why."""

    already: int = Field(description="Su estado no permite el acto")
    disputed: int = Field(description="La persona pidió una aclaración, y esa respuesta decide")
    unsealed: int = Field(description="No hay certificado")
    suspended: int = Field(default=0, description="De un reemplazo: está en revisión, y eso se decide primero")
    superseded: int = Field(default=0, description="De un reemplazo: otro tomó o va a tomar su lugar")
    waits: int = Field(default=0, description="De un reemplazo: un acto sobre él espera a otra persona")


class ListWord(Wire):
    """How far the registry's word for a list is that somebody asked for."""

    asked_by: str | None = Field(description="Quién la pidió; nulo si ya está dada")
    approvals: int
    needed: int
    given: bool = Field(description="Ya está: la lista sale con la próxima publicación")


class ListShare(Wire):
    """What an act does to one status list."""

    number: int
    purpose: Literal["revocation", "suspension"]
    changes: int = Field(description="Lugares que cambian, copias incluidas")
    share: float = Field(description="Por ciento de la lista")
    recent: int = Field(description="Anulados en 24 horas, y los ya aprobados; 0 si se decidió")
    needs_word: bool = Field(description="Los teléfonos retendrían la lista: el registro debe aprobar su huella")
    hash: Digest | None = Field(default=None, description="La huella que el registro debe aprobar; aún no se publica")
    word: ListWord | None = Field(
        default=None, description="De una lista que espera: si ya se pidió la palabra del registro"
    )


class BulkCheck(Wire):
    """The dry run: nothing is kept and nothing flips."""

    act: ManyName
    reason: Reason
    count: int
    left_out: LeftOut
    unknown: int | None = Field(
        default=None, description="En la prueba por documentos: números sin ningún certificado que corresponda"
    )
    lists: list[ListShare]
    digest: Digest


class BulkWait(Wire):
    """What an announced revocation of many waits for; `due` is None while somebody was not told."""

    phase: Phase
    untold: int = Field(description="A cuántas personas falta avisar")
    parts: int = Field(description="En cuántos archivos se imprimen los avisos")
    due: datetime | None = Field(description="Cuándo se anulan, si nadie lo cambia")
    ended: datetime | None
    ended_by: str | None


class BulkNotice(Wire):
    """Of what was done to many without waiting: its people are told of it, and it waits for nobody."""

    untold: int = Field(description="A cuántas personas falta avisar, de las que todavía siguen así")
    parts: int = Field(description="En cuántos archivos se imprimen los avisos")


class BulkView(BulkCheck):
    """An act on many as it stands: `announced` are under review until their people have had their days, `waiting` is
    done but for the registry's word, `stopped` was left before it was whole."""

    id: str
    way: str = Field(description="Cómo se eligió, sin ningún dato de personas")
    batch: BatchName | None = Field(description="El lote entero para el que es")
    state: Literal["proposed", "approved", "announced", "waiting", "done", "refused", "withdrawn", "stopped"]
    applied: int
    proposed_by: str
    proposed: datetime
    decided_by: str | None
    decided: datetime | None
    stopped: datetime | None = Field(default=None, description="Cuándo se detuvo antes de terminar; lo hecho queda")
    stopped_by: str | None = Field(default=None, description="Quién lo detuvo")
    wait: BulkWait | None = Field(default=None, description="De una anulación que se avisa")
    notice: BulkNotice | None = Field(
        default=None,
        description="De una suspensión o un reemplazo que se hizo, o de una anulación sin espera que no pidieron",
    )
    card_parts: int | None = Field(
        default=None, description="De un reemplazo: en cuántos archivos se imprimen las tarjetas de los nuevos"
    )


class BulkPage(Page):
    """A page of acts on many."""

    items: list[BulkView]


class BulkMember(Wire):
    """A credential that an act is for, as it stands now; `row` is its row in what it was issued from."""

    id: str
    row: int


class BulkMembers(Page):
    """A page of them."""

    items: list[BulkMember]


class BulkSampleRow(BulkMember):
    """One of them, with what it says."""

    claims: dict[str, Any]


class BulkSample(Wire):
    """Up to ten of all that an act is for, drawn by chance."""

    rows: list[BulkSampleRow]
