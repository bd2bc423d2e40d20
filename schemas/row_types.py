"""The types that are issued from rows of a table or of JSON: what a row says, by what names a file calls it. Data.

Another type is a row of `data/credential_types.json` and a row of `data/row_types.json`, and where it has words of its
own a table in `data/codes.json`: no code. What a cell must look like stands in `issuer/forms.py`, by the field's kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from schemas import credential_types
from schemas.credential_types import CredentialType
from schemas.tables import data


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a row says: its member in JSON, what kind of value, and its column's name."""

    name: str
    kind: str
    es: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowType:
    """What rows of one type say. `codes`: what a cell says -> the number in `skills`; `levels`: -> the level's code."""

    type: CredentialType
    must: tuple[Field, ...]
    may: tuple[Field, ...]
    codes: Mapping[str, int] | None
    levels: Mapping[str, str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of a file's columns; those that it may leave out come last."""
        return (*self.must, *self.may)

    @property
    def shape(self) -> str:
        """Its pass type."""
        return "" if self.type.shown_as is None else self.type.shown_as.type


@cache
def skill_words() -> Mapping[str, Mapping[str, str]]:
    """The number of a skill, as text -> its words; what no table has is shown as its number."""
    tables = [data("codes")[name] for name in ("languages", "licenceCategories", "programmes")]
    return {str(row["skill"]): row for table in tables for row in table}


def level_words() -> Mapping[str, Mapping[str, str]]:
    """The code of a level -> its words: of competences, of languages (CEFR), of studies (ISCED 2011)."""
    codes = data("codes")
    coded = {row["code"]: _coded(row, row["code"]) for row in codes["cefr"]}
    studies = {isced(row["code"]): _coded(row, isced(row["code"])) for row in codes["isced2011"]}
    return {**data("words")["levels"], **coded, **studies}


def isced(code: str) -> str:
    """ISCED is CINE in Spanish."""
    return f"CINE-{code}"


def _coded(row: Mapping[str, str], code: str) -> Mapping[str, str]:
    return {language: f"{code} ({row[language]})" for language in ("es", "en")}


def _levels(table: str | None) -> Mapping[str, str]:
    match table:
        case None:
            return {}
        case "levels":
            return {code: code for code in data("words")["levels"]}
        case "isced2011":
            return {row["code"]: isced(row["code"]) for row in data("codes")[table]}
        case _:
            return {row["code"]: row["code"] for row in data("codes")[table]}


def _read() -> Mapping[str, RowType]:
    said = data("row_types")
    fields = {name: Field(name=name, **told) for name, told in said["fields"].items()}
    found: dict[str, RowType] = {}
    for id_, row in said["types"].items():
        kind = credential_types.find(id_)
        if kind is None or kind.shown_as is None:
            raise LookupError(f"no pass of this credential type: {id_}")
        must = (*said["ofAll"][kind.shown_as.type], *row["must"])
        codes = None if "codes" not in row else {each["code"]: each["skill"] for each in data("codes")[row["codes"]]}
        found[id_] = RowType(
            type=kind,
            must=tuple(fields[name] for name in must),
            may=tuple(fields[name] for name in row.get("may", ())),
            codes=codes,
            levels=_levels(row.get("levels")),
        )
    return found


TYPES: Final = _read()


def find(id_: str) -> RowType | None:
    """The row type of DOMAIN's number (`C08`), or None."""
    return TYPES.get(id_)
