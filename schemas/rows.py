"""Rows that are issued from JSON, as they travel: permits and skills, with what each type must say. camelCase."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from schemas.issuance import Text, Wire

SkillType = Literal["C08", "C09", "C10", "C19", "C20"]
PermitStatus = Literal["vigente", "en-tramite", "vencido", "cancelado"]


class PermitRow(Wire):
    """One row of permit status (C01)."""

    name: Text
    document_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    permit_status: PermitStatus
    work_allowed: bool
    card_valid_until: date


class PermitRows(Wire):
    """A batch of permit rows, from one to 250; the reason says where they come from."""

    reason: Text = Field(examples=["Actualización mensual de estados"])
    rows: list[PermitRow] = Field(min_length=1, max_length=250)


class SkillRow(Wire):
    """One row of a course, a recognition, a reference, a training or a badge; what a type needs is `NEEDS`'s."""

    name: Text
    document_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")]
    done_on: date = Field(description="Día en que terminó o se evaluó")
    hours: Annotated[int, Field(ge=1, le=9_999)] | None = None
    skills: Annotated[list[Annotated[int, Field(ge=1, le=999_999_999)]], Field(min_length=1, max_length=8)] | None = (
        Field(default=None, description="Códigos de lo aprendido o reconocido")
    )
    occupation: Annotated[int, Field(ge=1, le=99_999)] | None = Field(default=None, description="CUOC")
    level: Literal["basico", "intermedio", "avanzado"] | None = None
    certificate: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z./-]{1,32}$")] | None = None


NEEDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "C08": (frozenset({"hours"}), frozenset({"skills", "certificate"})),
    "C09": (frozenset({"skills"}), frozenset({"occupation", "certificate"})),
    "C10": (frozenset({"occupation"}), frozenset()),
    "C19": (frozenset({"hours"}), frozenset({"skills", "certificate"})),
    "C20": (frozenset({"level"}), frozenset({"skills", "certificate"})),
}
"""What a row of a type must say, and what it may (DOMAIN section 6); nothing else of a SkillRow is its to say."""
_OF_ALL: Final = frozenset({"name", "document_number", "done_on"})


class SkillRows(Wire):
    """A batch of rows of one type, from one to 250; the reason says where they come from."""

    type: SkillType
    reason: Text = Field(examples=["Cierre del curso 000145"])
    rows: list[SkillRow] = Field(min_length=1, max_length=250)

    @model_validator(mode="after")
    def _require_what_the_type_says(self) -> "SkillRows":
        must, may = NEEDS[self.type]
        for row in self.rows:
            said = {name for name, value in row if value is not None} - _OF_ALL
            if not must <= said or not said <= must | may:
                raise ValueError("a row says too little or too much for its type")
        return self


Rows = PermitRows | SkillRows
