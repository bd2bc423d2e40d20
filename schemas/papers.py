"""What is printed, as it travels: runs of claim slips and their parts. camelCase on the wire."""

from datetime import datetime

from pydantic import Field, model_validator

from schemas.bounds import SAFE_INTEGER
from schemas.counter import Name
from schemas.issuance import BatchName, Page, Wire

PART = 50
"""Sheets in one file: so printing many thousand takes no more memory than a few files (the typesetter keeps ten)."""
MOST_SLIPS = 5_000
"""Slips of one run; of a larger batch the next run goes on."""


class SlipsRequest(Wire):
    """Slips for a batch, for one credential, or for what an act on many put in the places of others."""

    batch: Name | None = None
    credential: Name | None = None
    bulk: Name | None = Field(default=None, description="El acto masivo que reemplazó: las hojas son de los nuevos")
    after: int = Field(default=0, ge=0, le=SAFE_INTEGER, description="`next` de la tanda anterior de lo mismo")

    @model_validator(mode="after")
    def _one(self) -> "SlipsRequest":
        if sum(each is not None for each in (self.batch, self.credential, self.bulk)) != 1:
            raise ValueError("a batch, a credential or an act on many")
        return self


class SlipsView(Wire):
    """A run of slips: each an offer of its own. Codes and PINs are in no answer but the papers."""

    id: str
    batch: BatchName | None
    bulk: str | None = Field(default=None, description="El acto masivo que puso los nuevos, si son de uno")
    made: int
    left_out: int = Field(description="Ya recibidos, o que hoy no valen")
    ended: int = Field(description="Hojas anteriores que con estas dejaron de servir")
    parts: int = Field(description="Cuántos archivos de claims y cuántos de pins")
    made_by: str
    made_at: datetime
    expires_at: datetime
    next: int | None = Field(description="`after` de la tanda siguiente, o nulo al final")


class SlipsPage(Page):
    """A page of runs."""

    items: list[SlipsView]


class PinLine(Wire):
    """A PIN that goes by message; the code goes on paper. Whom to send it to, the issuer knows by its row."""

    row: int
    credential: str
    pin: str = Field(examples=["402913"])
    expires_at: datetime


class PinLines(Wire):
    """The PINs of one part of a run."""

    items: list[PinLine]
