"""What whoever reads a code will see of a pass, row by row, from the pass itself: nothing left out, nothing judged.

A value is as it stands in the pass; where the bundle's labels have words for it, the row names the table and the codes
to look up there. The words of the rows are whose page or terminal it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from schemas.json import JsonObject, JsonValue
from wallet.kept import claims


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenClaim:
    """One row. `table` is a member of the labels, None where the value speaks for itself."""

    claim: str
    word: str
    value: JsonValue
    table: str | None
    codes: tuple[str, ...]


_CLAIMS: Final = {
    "name": None,
    "norm": "norms",
    "normVersion": None,
    "skills": "skills",
    "occupation": "occupations",
    "level": "levels",
    "hours": None,
    "certificate": None,
    "workAllowed": None,
    "permitStatus": "permitStatus",
    "country": "countries",
    "idType": "idTypes",
    "idTail": None,
    "birthYear": None,
    "municipality": "municipalities",
}
"""The claims that passes have (FORMAT section 4), in the order in which they are read, each with its labels."""
_AROUND: Final = ("issuer", "validFrom", "validUntil", "credentialStatus")


def claims_of(documents: Iterable[JsonObject]) -> tuple[str, ...]:
    """Which claims go out with passes, each once, in the order in which they are read; the holder's key is none."""
    found = {row.claim: None for document in documents for row in seen_claims(document)}
    known = [claim for claim in _CLAIMS if claim in found]
    return (*known, *(claim for claim in found if claim not in {"type", "id", *_AROUND, *known}))


def seen_claims(document: JsonObject) -> tuple[SeenClaim, ...]:
    """Every row of a pass: its kind, the claims, then who says it and what it is checked by."""
    subject = claims(document)
    strange = [claim for claim in subject if claim not in _CLAIMS and claim not in {"id", "scheme"}]
    rows = [_kind(document, subject)]
    rows += [_row(claim, subject[claim], table, subject) for claim, table in _CLAIMS.items() if claim in subject]
    rows += [SeenClaim(claim=claim, word="other", value=subject[claim], table=None, codes=()) for claim in strange]
    rows += [_row(claim, document[claim], None, subject) for claim in _AROUND if claim in document]
    if "id" in subject:
        rows.append(_row("id", subject["id"], None, subject))
    return tuple(rows)


def _kind(document: JsonObject, subject: JsonObject) -> SeenClaim:
    """Type and scheme are one word in the labels."""
    types = document.get("type")
    named = types[-1] if isinstance(types, list) and types else types
    kind = "/".join(part for part in (named, subject.get("scheme")) if isinstance(part, str))
    return SeenClaim(claim="type", word="type", value=kind, table="types", codes=(kind,))


def _row(claim: str, value: JsonValue, table: str | None, subject: JsonObject) -> SeenClaim:
    codes = () if table is None else _codes(claim, value, subject)
    return SeenClaim(claim=claim, word=claim, value=value, table=table, codes=codes)


def _codes(claim: str, value: JsonValue, subject: JsonObject) -> tuple[str, ...]:
    if claim == "norm":
        return (f"{_plain(value)}/{_plain(subject.get('normVersion', 1))}",)
    if claim == "municipality":
        return (_plain(value).zfill(5),)  # FORMAT 4: shown with five digits
    return tuple(map(_plain, value)) if isinstance(value, list) else (_plain(value),)


def _plain(value: JsonValue) -> str:
    """The form in which the labels have a code; what is no code has no words."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
