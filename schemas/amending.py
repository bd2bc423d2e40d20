"""Corrections of an issued credential without a dispute, as they travel: proposed by one, confirmed by another."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from schemas.disputes import Correction, Present
from schemas.issuance import Page, Wire


class AmendmentRequest(Wire):
    """What the credential should say instead; at least one member."""

    correction: Correction


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
