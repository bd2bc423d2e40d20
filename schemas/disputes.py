"""Disputes as they travel (TRUST section 6, DOMAIN P6): a holder objects, two people decide, the answer waits."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, StringConstraints

from schemas.issuance import Page, Wire
from schemas.json import JsonObject
from schemas.pickups import PickedUp
from schemas.rows import PermitStatus
from schemas.typed import Typed, TypedSome, shown

DisputeKind = Literal["name", "data", "cancelled", "other"]
DisputeState = Literal["open", "corrected", "lifted", "upheld", "rejected", "withdrawn"]
"""`withdrawn`: the holder took it back before it was answered."""
Decision = Literal["correct", "lift", "uphold", "reject"]
DecisionState = Literal["proposed", "approved", "refused", "withdrawn"]
"""`withdrawn`: it waited for another person when the holder took her dispute back."""


class DisputeOpened(Wire):
    """What to sign: a presentation of the one pass, for this challenge and the pass's own issuer as its domain."""

    challenge: str
    expires_at: datetime


class DisputeRequest(Wire):
    """A holder's dispute of a pass that was given to her key."""

    presentation: dict[str, Any] = Field(
        description="Presentación con el pase y nada más, firmada por su titular para `challenge`; `domain`: el emisor"
    )
    kind: DisputeKind
    text: Typed = Field(default="", description="Qué está mal, con sus palabras")
    name: Typed | None = Field(default=None, description="Cómo debe decir el nombre")


def says_no_other_name(kind: DisputeKind, name: str | None, document: JsonObject) -> bool:
    """Whether a misspelt name is told of a pass without how it should read: no answer could take that pass's place."""
    subject = document.get("credentialSubject")
    written = subject.get("name") if isinstance(subject, dict) else None
    return kind == "name" and shown(name or "") in {"", shown(str(written or ""))}


class DisputeStanding(Wire):
    """What waits for its answer already; her own words are not told again."""

    kind: DisputeKind
    opened: datetime


class DisputeTicket(Wire):
    """The way back to the answer, 128 random bits: to the key that asked alone. Whoever has it can ask."""

    ticket: str
    standing: DisputeStanding | None = Field(
        default=None, description="Lo que esta llave ya pidió con otras palabras y espera; estas no se tomaron"
    )


class TicketRequest(Wire):
    """A ticket, to ask what became of it."""

    ticket: Annotated[SecretStr, Field(min_length=22, max_length=22)]


class StatusAt(Wire):
    """A pass named by its place in the revocation list, as it stands in the pass."""

    status_list_credential: str
    status_list_index: str


class SupersedingCopy(PickedUp):
    """A copy that takes the place of another one, bound to the same key."""

    supersedes: StatusAt


class DisputeAnswer(Wire):
    """What became of a dispute; `credentials` take the places of the former ones where it was corrected."""

    state: DisputeState
    text: str = Field(description="Lo que el emisor le dice a la persona")
    answered_at: datetime | None
    credentials: list[SupersedingCopy]


class Correction(Wire):
    """What the corrected credential says instead; only what changes. Which members a type has is the issuer's table."""

    names: TypedSome | None = Field(default=None, description="C06: nombres")
    surnames: Typed | None = Field(default=None, description="C06: apellidos")
    norm: Annotated[str, StringConstraints(pattern=r"^2[0-9]{8}$")] | None = Field(default=None, description="C06")
    norm_version: Annotated[int, Field(ge=1, le=99)] | None = Field(default=None, description="C06")
    judgement: Literal["1", "3", "4"] | None = Field(default=None, description="C06: juicio que se certifica")
    name: TypedSome | None = Field(default=None, description="C01: nombre completo")
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = Field(default=None, description="C01")
    permit_status: PermitStatus | None = Field(default=None, description="C01")
    work_allowed: bool | None = Field(default=None, description="C01")
    card_valid_until: date | None = Field(default=None, description="C01")
    document_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")] | None = None


class Present(Wire):
    """What the credential says now, of what a correction changes: as it was issued, so in no form that one may type."""

    names: str | None = None
    surnames: str | None = None
    norm: str | None = None
    norm_version: int | None = None
    judgement: str | None = None
    name: str | None = None
    country: str | None = None
    permit_status: str | None = None
    work_allowed: bool | None = None
    card_valid_until: date | None = None
    document_number: str | None = None


class DecisionRequest(Wire):
    """What an officer proposes to decide, with a sentence for the holder."""

    decision: Decision
    sentence: TypedSome = Field(description="Para la persona, en español sencillo")
    correction: Correction | None = Field(default=None, description="Solo con `correct`")


class DecisionView(Wire):
    """A proposed decision as it stands."""

    id: str
    decision: Decision
    sentence: str
    correction: Correction | None
    present: Present | None = Field(
        description="Lo que el certificado dice ahora, de lo que cambia; mientras espera y al ver una sola aclaración"
    )
    state: DecisionState
    proposed_by: str
    proposed: datetime
    decided_by: str | None
    decided: datetime | None


class DisputeView(Wire):
    """A dispute as the issuer's people see it. `replacement` is the name of the credential that superseded."""

    id: str
    credential: str
    state: DisputeState
    kind: DisputeKind
    text: str
    name: str | None
    opened: datetime
    answer_by: datetime | None = Field(default=None, description="Hasta cuándo hay que responder; nulo si ya se hizo")
    answered_at: datetime | None
    decisions: list[DecisionView]
    replacement: str | None


class DisputePage(Page):
    """A page of disputes."""

    items: list[DisputeView]
