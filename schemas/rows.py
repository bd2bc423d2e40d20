"""Rows that are issued from JSON, as they travel: permits and skills. What a type must say is the table's."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from schemas.issuance import Text, Wire
from schemas.row_types import TYPES, RowType

PermitStatus = Literal["vigente", "en-tramite", "vencido", "cancelado"]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")]
_PERMITS: Final = [id_ for id_, each in TYPES.items() if each.shape == "PermitPass"]
_SKILLS: Final = [id_ for id_, each in TYPES.items() if each.shape == "SkillPass"]


def _one_of(types: list[str]) -> Any:
    """A type of the table: the description shows which, and another is refused."""

    def require(value: str) -> str:
        if value not in types:
            raise ValueError("no type that is issued from such rows")
        return value

    return Annotated[str, AfterValidator(require), Field(json_schema_extra={"enum": list(types)})]


class PermitRow(Wire):
    """One row of permit status; C05 says nothing about work."""

    name: Text
    document_number: Number
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    permit_status: PermitStatus
    work_allowed: bool | None = None
    card_valid_until: date


class SkillRow(Wire):
    """One row of a title, a course, a recognition, a reference, a language, a licence, a training or a badge."""

    name: Text
    document_number: Number
    done_on: date = Field(description="Día en que terminó o se evaluó")
    hours: Annotated[int, Field(ge=1, le=9_999)] | None = None
    skills: Annotated[list[Annotated[int, Field(ge=1, le=999_999_999)]], Field(min_length=1, max_length=8)] | None = (
        Field(default=None, description="Códigos de lo aprendido o reconocido")
    )
    occupation: Annotated[int, Field(ge=1, le=99_999)] | None = Field(default=None, description="CUOC")
    level: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,16}$")] | None = None
    certificate: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z./-]{1,32}$")] | None = None
    card_valid_until: date | None = Field(default=None, description="De una licencia, la primera fecha que vence")


def _check(rows: list[Any], kind: RowType) -> None:
    must = {field.name for field in kind.must}
    may = must | {field.name for field in kind.may}
    for row in rows:
        said = {name for name, value in row.model_dump(by_alias=True).items() if value is not None}
        if not must <= said or not said <= may:
            raise ValueError("a row says too little or too much for its type")
        if getattr(row, "level", None) not in {None, *kind.levels.values()}:
            raise ValueError("a level that is not of the type's table")
        if kind.codes is not None and not set(row.skills or ()) <= set(kind.codes.values()):
            raise ValueError("a code that is not of the type's table")


class PermitRows(Wire):
    """A batch of permit rows of one type, from one to 250; the reason says where they come from."""

    type: _one_of(_PERMITS) = "C01"  # type: ignore[valid-type]  # made from the table of types
    reason: Text = Field(examples=["Actualización mensual de estados"])
    rows: list[PermitRow] = Field(min_length=1, max_length=250)

    @model_validator(mode="after")
    def _require_what_the_type_says(self) -> "PermitRows":
        _check(self.rows, TYPES[self.type])
        return self


class SkillRows(Wire):
    """A batch of rows of one type, from one to 250; the reason says where they come from."""

    type: _one_of(_SKILLS)  # type: ignore[valid-type]  # made from the table of types
    reason: Text = Field(examples=["Cierre del curso 000145"])
    rows: list[SkillRow] = Field(min_length=1, max_length=250)

    @model_validator(mode="after")
    def _require_what_the_type_says(self) -> "SkillRows":
        _check(self.rows, TYPES[self.type])
        return self


Rows = PermitRows | SkillRows
