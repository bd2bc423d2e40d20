"""Corrections of an issued credential without a dispute, as they travel: proposed by one, confirmed by another."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from schemas.disputes import Correction
from schemas.issuance import Page, Wire


class AmendmentRequest(Wire):
    """What the credential should say instead; at least one member."""

    correction: Correction


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


class AmendmentView(Wire):
    """A correction as it stands. What changes is told while it waits, and kept no longer."""

    id: str
    credential: str
    state: Literal["proposed", "approved", "refused"]
    correction: Correction | None
    present: Present | None = Field(
        description="Lo que el certificado dice ahora, de lo que cambia; solo mientras espera"
    )
    replacement: str | None = Field(description="El certificado nuevo; la persona lo recibe con una hoja nueva")
    proposed_by: str
    proposed: datetime
    decided_by: str | None
    decided: datetime | None


class AmendmentPage(Page):
    """A page of corrections."""

    items: list[AmendmentView]
