"""What a pass says, in Spanish words out of the bundle's labels: for a card, a list, a preview. Nothing is judged.

Only what stands in the pass is said; a word that the labels lack is shown as its code, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from schemas.json import JsonObject, JsonValue
from schemas.typed import shown

_MONTHS: Final = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_LONGEST_TITLE: Final = 140

HERE: Final = timezone(timedelta(hours=-5))
"""Where days end for those who are served: Colombia and Peru keep one time and no summer time (FORMAT section 5)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassWords:
    """A pass in words; each but the name may be "". A pass has no document number and no photo, so nor has this."""

    kind: str
    name: str
    what: str
    level: str
    starts: str
    ends: str
    issuer: str
    norm: str
    tail: str


def pass_words(credential: JsonObject, *, labels: JsonObject, issuer: str, zone: tzinfo) -> PassWords:
    """The words of one pass.

    `labels` = the bundle's `labels.es.json`; `issuer` = the issuer's name from the registry, never from the pass;
    `zone` = where its last day ends (FORMAT 5: 2031-05-31T04:59:59Z is the 30th of May in Bogotá).
    """
    subject = _object(credential.get("credentialSubject"))
    level = _text(subject.get("level"))
    return PassWords(
        kind=_label(labels, "types", f"{_pass_type(credential)}/{_text(subject.get('scheme'))}"),
        name=_text(subject.get("name")),
        what=_shortened(_what(subject, labels)),
        level=_label(labels, "levels", level) if level else "",
        starts=_day(credential.get("validFrom"), zone),
        ends=_day(credential.get("validUntil"), zone),
        issuer=issuer,
        norm=_norm(subject),
        tail=_text(subject.get("idTail")),
    )


def day(at: datetime, zone: tzinfo) -> str:
    """A date as a sentence says it: "20 de noviembre de 2026"."""
    there = at.astimezone(zone)
    return f"{there.day} de {_MONTHS[there.month - 1]} de {there.year}"


def _what(subject: JsonObject, labels: JsonObject) -> str:
    if "norm" in subject:
        key = f"{subject['norm']}/{subject.get('normVersion', 1)}"
        title = _object(_object(labels.get("norms")).get(key)).get("title")
        return title if isinstance(title, str) else f"Norma {subject['norm']}"
    if subject.get("workAllowed") is True:
        return "Puede trabajar"
    if "occupation" in subject:
        return _label(labels, "occupations", str(subject["occupation"]))
    skills = subject.get("skills")
    if isinstance(skills, (list, tuple)):
        return ", ".join(_label(labels, "skills", str(skill)) for skill in skills)
    return ""


def _norm(subject: JsonObject) -> str:
    if "norm" not in subject:
        return ""
    version = subject.get("normVersion")
    return f"Norma {subject['norm']}, versión {version}" if version is not None else f"Norma {subject['norm']}"


def _shortened(title: str) -> str:
    """The title as far as a card has room; the code beside it names the norm in full."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"


def _pass_type(credential: JsonObject) -> str:
    types = credential.get("type")
    named = [each for each in types if each != "VerifiableCredential"] if isinstance(types, (list, tuple)) else []
    return str(named[0]) if named else ""


def _label(labels: JsonObject, table: str, code: str) -> str:
    word = _object(labels.get(table)).get(code)
    return word if isinstance(word, str) else code


def _day(written: JsonValue, zone: tzinfo) -> str:
    """Midnight in UTC is read as a bare date; any other moment is a day where it was issued."""
    if not isinstance(written, str):
        return ""
    at = datetime.fromisoformat(written).astimezone(UTC)
    return day(at, UTC if at.time() == time() else zone)


def _text(value: JsonValue) -> str:
    return shown(value) if isinstance(value, str) else ""


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, Mapping) else {}
