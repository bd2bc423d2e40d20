"""The words of the command line for what a credential says, and for what a correction changes in it.

A code that has words is told by them; what no table has is told as it stands, to be compared with the papers.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.language import SETTINGS
from app.language import told as _t
from schemas import row_types
from schemas.bulk_acts import BulkSampleRow
from schemas.counter import SampleRow
from schemas.disputes import Correction, Present
from schemas.tables import data

CLAIMS: Final = {
    "name": _t("Nombre", "Name"),
    "idTail": _t("Documento terminado en", "Document ending in"),
    "norm": _t("Norma", "Norm"),
    "normVersion": _t("Versión", "Version"),
    "level": _t("Nivel", "Level"),
    "workAllowed": _t("Puede trabajar", "May work"),
    "country": _t("Nacionalidad", "Nationality"),
    "permitStatus": _t("Estado del permiso", "State of the permit"),
    "hours": _t("Horas", "Hours"),
    "skills": _t("Qué sabe hacer", "Skills"),
    "occupation": _t("Ocupación", "Occupation"),
    "certificate": _t("Número del certificado", "Number of the certificate"),
}
CORRECTED: Final = {
    "names": _t("Nombres", "Given names"),
    "surnames": _t("Apellidos", "Surnames"),
    "norm": _t("Código de la norma", "Code of the norm"),
    "norm_version": _t("Versión de la norma", "Version of the norm"),
    "judgement": _t("Juicio", "Judgement"),
    "name": _t("Nombre completo", "Full name"),
    "country": _t("Nacionalidad", "Nationality"),
    "permit_status": _t("Estado del permiso", "State of the permit"),
    "work_allowed": _t("Puede trabajar", "May work"),
    "card_valid_until": _t("Último día del documento", "Last day of the document"),
    "document_number": _t("Número de documento", "Document number"),
}
"""What a correction changes, by its members: the pages' words."""


def _words(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {code: row.get(SETTINGS.lang, row["es"]) for code, row in rows.items()}


def _coded(table: str, by: str = "code") -> dict[str, str]:
    return _words({row[by]: row for row in data("codes")[table]})


_PERMITS: Final = _words(data("words")["permitStatus"])
_COUNTRIES: Final = _coded("nationalities", by="alpha3")
_TABLES: Final = {
    "level": _words(row_types.level_words()),
    "permitStatus": _PERMITS,
    "permit_status": _PERMITS,
    "country": _COUNTRIES,
    "judgement": _coded("judgements"),
    "occupation": _coded("occupations"),
    "skills": _words(row_types.skill_words()),
}


def compared(row: SampleRow | BulkSampleRow) -> str:
    """One that was drawn to be compared with the papers, with what it says."""
    said = [f"{CLAIMS.get(name, name)}: {_value(name, value)}" for name, value in row.claims.items()]
    if isinstance(row, SampleRow) and row.achieved is not None:
        said.append(f"{_t('Fecha de juicio', 'Judgement date')}: {_value('achieved', row.achieved)}")
    return f"{_t('fila', 'row')} {row.row}  {', '.join(said)}"


def changes(correction: Correction | None, present: Present | None) -> Iterator[str]:
    """A line each of what a correction changes: what the credential says now, where that is told, and should say."""
    should = {} if correction is None else dict(correction)
    for member, new in should.items():
        if new is not None:
            now = None if present is None else getattr(present, member)
            was = "" if now is None else f"{_value(member, now)} → "
            yield f"\n    {CORRECTED[member]}: {was}{_value(member, new)}"


def _value(name: str, value: object) -> str:
    match value:
        case bool():
            return _t("sí", "yes") if value else _t("no", "no")
        case list():
            return ", ".join(_value(name, each) for each in value)
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return _TABLES.get(name, {}).get(str(value), str(value))
