"""Reissue in person as it travels (DOMAIN P7): what was seen, who agreed, from when a new offer can be made."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from schemas.issuance import Page, Wire

Seen = Literal["document", "recovery_sheet", "witness"]
ReissueState = Literal["proposed", "approved", "refused", "done"]


def _different(seen: list[Seen]) -> list[Seen]:
    if len(set(seen)) != len(seen):
        raise ValueError("the same proof twice")
    return seen


class ReissueRequest(Wire):
    """Two of three proofs, seen with the person present."""

    seen: Annotated[
        list[Seen],
        Field(min_length=2, max_length=2, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_different),
    ] = Field(description="Documento físico, hoja de recuperación, testigo de una organización de la lista")


class ReissueView(Wire):
    """A reissue as it stands. `ready_at`: from then on an offer can be made; `replacement` once it was picked up."""

    id: str
    credential: str
    seen: list[Seen]
    state: ReissueState
    proposed_by: str
    proposed: datetime
    decided_by: str | None
    decided: datetime | None
    ready_at: datetime | None
    replacement: str | None


class ReissuePage(Page):
    """A page of reissues."""

    items: list[ReissueView]
