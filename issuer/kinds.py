"""What is issued here, as a table: credential type -> what a row holds, what each copy shows, until when. Pure.

Another type is another row of KINDS with its functions; nothing else in the issuer names a type. A payload is a flat
list of JSON values, kept with the promised row; claims are made from it when the row is sealed.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from issuer.cohort import LEVELS, full_name
from kernel.achievement import Award
from kernel.errors import WrongShape
from schemas import achievements, credential_types
from schemas.credential_types import CredentialType

Payload = Sequence[Any]
Claims = dict[str, Any]
BOGOTA: Final = ZoneInfo("America/Bogota")
INTERVIEW: Final = 0
HIRING: Final = 1
BADGE: Final = 2
PROFILES: Final = ("interview", "hiring", "badge")
"""What a copy shows (DOMAIN section 7); a pass is shown whole, so each profile is a copy of its own. The last one is
the full credential that stands beside a pass (`issuer/twins.py`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One type that is issued here. `claims[profile]` makes the subject's claims without `id` and `scheme`."""

    type: CredentialType
    claims: Mapping[int, Callable[[Payload], Claims]]
    holder: tuple[tuple[int, bool], ...]
    """(profile, bound to the holder's key) of each copy of a pick-up; the paper copy is INTERVIEW, unbound.

    What is shown live is bound; what stands still on a screen is not, because the key proves nothing there and two
    bound passes no longer fit in one symbol.
    """
    valid_until: Callable[[Payload], datetime | None]
    name: Callable[[Payload], str]
    correctable: Mapping[str, int]
    """What a correction may change: member of `schemas/disputes.py`'s Correction -> place in the payload."""
    found_by: tuple[int, ...] = ()
    """Places in the payload that a row is found by, beside its name and its document's number."""
    award: Callable[[Payload], Award] | None = None
    """What the full credential says; None for a type that has no such twin."""


def last_four(number: str) -> str:
    """What an employer compares with the physical document; never the whole number (DOMAIN section 7)."""
    return number[-4:]


@lru_cache(maxsize=1024)
def end_of_day(day: date) -> datetime:
    """The last second of that day in Bogotá, as UTC (FORMAT section 5)."""
    return (datetime.combine(day + timedelta(days=1), time(), BOGOTA) - timedelta(seconds=1)).astimezone(UTC)


def competence_payload(cells: Sequence[str], version: int) -> list[Any]:
    """Of a SECCL row: its eight cells, and the norm's version from the set-up."""
    return [*cells, version]


def _competence(payload: Payload) -> Claims:
    return {
        "name": full_name(tuple(payload[:8])),
        "idTail": last_four(payload[3]),
        "norm": int(payload[1]),
        "normVersion": payload[8],
        "level": LEVELS[payload[6]],
    }


def _competence_award(payload: Payload) -> Award:
    day, month, year = (int(part) for part in payload[7].split("/"))
    return Award(
        achievement=achievements.of_norm(payload[1], payload[8]),
        name=full_name(tuple(payload[:8])),
        id_tail=last_four(payload[3]),
        level=LEVELS[payload[6]],
        on=datetime(year, month, day, tzinfo=BOGOTA),
    )


def permit_payload(
    *, name: str, number: str, country: str, status: str, work_allowed: bool, card_valid_until: date
) -> list[Any]:
    """Of a permit's row."""
    return [name, number, country, status, work_allowed, card_valid_until.isoformat()]


def _permit_interview(payload: Payload) -> Claims:
    return {"name": payload[0], "workAllowed": payload[4]}


def _permit_hiring(payload: Payload) -> Claims:
    return {
        "name": payload[0],
        "workAllowed": payload[4],
        "idTail": last_four(payload[1]),
        "country": payload[2],
        "permitStatus": payload[3],
    }


def _permit_end(payload: Payload) -> datetime:
    """The earlier of the card's date and the regime's end, which is configuration of the type (S4.4)."""
    return end_of_day(min(date.fromisoformat(payload[5]), _regime_end("C01")))


@lru_cache(maxsize=8)
def _regime_end(type_id: str) -> date:
    return date.fromisoformat(str(_type(type_id).validity["regimeEnd"]))


def skill_payload(
    *,
    name: str,
    number: str,
    done_on: date,
    hours: int | None,
    skills: list[int] | None,
    occupation: int | None,
    level: str | None,
    certificate: str | None,
) -> list[Any]:
    """Of a row of skills; what its type does not say is None."""
    return [name, number, done_on.isoformat(), hours, skills, occupation, level, certificate]


def _skill(payload: Payload) -> Claims:
    said = zip(("hours", "skills", "occupation", "level", "certificate"), payload[3:], strict=True)
    told = {name: value for name, value in said if value is not None}
    return {"name": payload[0], "idTail": last_four(payload[1]), **told}


def _skill_kind(type_id: str, valid_until: Callable[[Payload], datetime | None]) -> Kind:
    """A type whose pass says the same at an interview and after it."""
    return Kind(
        type=_type(type_id),
        claims={INTERVIEW: _skill},
        holder=((INTERVIEW, True), (INTERVIEW, False)),
        valid_until=valid_until,
        name=lambda payload: str(payload[0]),
        correctable={"name": 0, "document_number": 1},
    )


def _badge_end(payload: Payload) -> datetime:
    """So many months after the task was watched, by the type's configuration; on the month's last day at the latest."""
    day = date.fromisoformat(payload[2])
    months = day.year * 12 + day.month - 1 + int(str(_type("C20").validity["defaultMonths"]))
    year, month = divmod(months, 12)
    return end_of_day(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def _never(_payload: Payload) -> None:
    return None


def _type(type_id: str) -> CredentialType:
    row = credential_types.find(type_id)
    if row is None:
        raise LookupError(f"no such credential type: {type_id}")
    return row


KINDS: Final[Mapping[str, Kind]] = {
    "C06": Kind(
        type=_type("C06"),
        claims={INTERVIEW: _competence},
        holder=((INTERVIEW, True), (INTERVIEW, False)),
        valid_until=_never,
        name=lambda payload: full_name(tuple(payload[:8])),
        correctable={
            "norm": 1,
            "document_number": 3,
            "surnames": 4,
            "names": 5,
            "judgement": 6,
            "norm_version": 8,
        },
        found_by=(0, 1),
        award=_competence_award,
    ),
    "C01": Kind(
        type=_type("C01"),
        claims={INTERVIEW: _permit_interview, HIRING: _permit_hiring},
        holder=((INTERVIEW, True), (INTERVIEW, False), (HIRING, True)),
        valid_until=_permit_end,
        name=lambda payload: str(payload[0]),
        correctable={
            "name": 0,
            "document_number": 1,
            "country": 2,
            "permit_status": 3,
            "work_allowed": 4,
            "card_valid_until": 5,
        },
    ),
    **{type_id: _skill_kind(type_id, _never) for type_id in ("C08", "C09", "C10", "C19")},
    "C20": _skill_kind("C20", _badge_end),
}


def corrected(kind: Kind, payload: Payload, changes: Mapping[str, Any]) -> list[Any]:
    """The payload with these members changed; raises WrongShape `schema` at a member that the type has not."""
    changed = list(payload)
    for member, value in changes.items():
        if member not in kind.correctable:
            raise WrongShape(
                "schema", detail="this credential type has no such member", pointer=f"/correction/{member}"
            )
        changed[kind.correctable[member]] = value
    return changed


def find(type_id: str) -> Kind:
    """The kind of a type that is issued here; raises WrongShape `schema`."""
    kind = KINDS.get(type_id)
    if kind is None:
        raise WrongShape("schema", detail="this credential type is not issued here", pointer="/type")
    return kind
