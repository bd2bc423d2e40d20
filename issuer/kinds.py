"""What is issued here, as a table: credential type -> what a row holds, what each copy shows, until when. Pure.

A type that comes in rows is made from the table of `schemas/row_types.py`; nothing else in the issuer names a type. A
payload is a flat list of JSON values, kept with the promised row; claims are made from it when the row is sealed.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from issuer.cohort import LEVELS, full_name
from kernel.achievement import Award
from kernel.errors import WrongShape
from schemas import achievements, credential_types, row_types
from schemas.credential_types import CredentialType
from schemas.row_types import RowType

Payload = Sequence[Any]
Claims = dict[str, Any]
BOGOTA: Final = ZoneInfo("America/Bogota")
INTERVIEW: Final = 0
HIRING: Final = 1
BADGE: Final = 2
PROFILES: Final = ("interview", "hiring", "badge")
"""What a copy shows (DOMAIN section 7); a pass is shown whole, so each profile is a copy of its own. The last one is
the full credential that stands beside a pass (`issuer/twins.py`)."""


_OWN: Final = frozenset(("name", "names", "surnames", "document_number"))


@dataclass(frozen=True, kw_only=True)
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

    @cached_property
    def own(self) -> slice:
        """Where a payload holds the person's name and document: of these a pass shows `name` and `last_four` alone."""
        places = [place for member, place in self.correctable.items() if member in _OWN]
        return slice(min(places), max(places) + 1)


def document(kind: Kind, payload: Payload) -> str:
    """The number of a row's document."""
    return str(payload[kind.correctable["document_number"]])


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


_PERMIT_ORDER: Final = ("name", "documentNumber", "country", "permitStatus", "workAllowed", "cardValidUntil")
_SKILL_ORDER: Final = ("name", "documentNumber", "doneOn", "hours", "skills", "occupation", "level", "certificate")
_ORDERS: Final = {"PermitPass": _PERMIT_ORDER, "SkillPass": _SKILL_ORDER}
"""What stands where in a payload; a last day stands behind what skills say, where the type has one."""


def payload(type_id: str, said: Mapping[str, Any]) -> list[Any]:
    """Of a row of a table or of JSON, by the fields' names; what its type does not say is None."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    return [told.get(name) for name in order(type_id)]


@lru_cache(maxsize=64)
def order(type_id: str) -> tuple[str, ...]:
    """What stands where in the payload of a type that comes in rows."""
    kind = row_types.TYPES[type_id]
    first = _ORDERS[kind.shape]
    return first + tuple(name for name in ("cardValidUntil",) if name in {f.name for f in kind.must} - set(first))


def _said(claims: Claims) -> Claims:
    return {name: value for name, value in claims.items() if value is not None}


def _permit_interview(payload: Payload) -> Claims:
    return _said({"name": payload[0], "workAllowed": payload[4]})


def _permit_hiring(payload: Payload) -> Claims:
    told = {"idTail": last_four(payload[1]), "country": payload[2], "permitStatus": payload[3]}
    return {**_permit_interview(payload), **told}


def _skill(payload: Payload) -> Claims:
    said = zip(("hours", "skills", "occupation", "level", "certificate"), payload[3:8], strict=True)
    return {"name": payload[0], "idTail": last_four(payload[1]), **_said(dict(said))}


def _ending(kind: RowType) -> Callable[[Payload], datetime | None]:
    """The rule of the type's validity, with its configuration (DOMAIN section 6)."""
    rule = kind.type.validity
    card = order(kind.type.id).index("cardValidUntil") if "cardValidUntil" in order(kind.type.id) else None
    match rule["rule"]:
        case "min(card.validUntil, regime.end)" if card is not None:
            regime = date.fromisoformat(str(rule["regimeEnd"]))
            return lambda payload: end_of_day(min(date.fromisoformat(payload[card]), regime))
        case "card.validUntil" | "config.endDate" | "per-category.validUntil" if card is not None:
            return lambda payload: end_of_day(date.fromisoformat(payload[card]))
        case "config" if "defaultMonths" in rule:
            months = int(str(rule["defaultMonths"]))
            return lambda payload: _months_after(date.fromisoformat(payload[2]), months)
        case "none" | "config":
            return _never
        case other:
            raise LookupError(f"no such rule of validity: {other}")


def _months_after(day: date, months: int) -> datetime:
    """On the month's last day at the latest."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return end_of_day(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def _of_rows(kind: RowType) -> Kind:
    """A skill's pass says the same at an interview and after it; a permit's says more after it."""
    is_permit = kind.shape == "PermitPass"
    both = ((INTERVIEW, True), (INTERVIEW, False))
    snake = {name: place for place, name in enumerate(map(_snake, order(kind.type.id)))}
    told = {_snake(field.name) for field in kind.fields} if is_permit else {"name", "document_number"}
    return Kind(
        type=kind.type,
        claims={INTERVIEW: _permit_interview, HIRING: _permit_hiring} if is_permit else {INTERVIEW: _skill},
        holder=(*both, (HIRING, True)) if is_permit else both,
        valid_until=_ending(kind),
        name=lambda payload: str(payload[0]),
        correctable={name: place for name, place in snake.items() if name in told},
    )


def _snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name)


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
    **{type_id: _of_rows(kind) for type_id, kind in row_types.TYPES.items()},
}


def said(kind: Kind, payload: Payload, members: Iterable[str]) -> Claims:
    """What a payload says of these members that a correction may change."""
    return {member: payload[kind.correctable[member]] for member in members}


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
