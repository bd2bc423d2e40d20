"""Sessions of people who signed in: opaque, in the database, ended at once when asked (TRUST section 10).

Idle for a quarter of an hour or ten hours old, one is over. What a request without one is answered is `app/auth.py`'s.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from kernel.access import SKEW, STEPPED_UP, Policy, Principal, allow
from kernel.canonical import sha256
from kernel.encoding import base64url_encode
from kernel.errors import Forbidden
from kernel.ports import Random
from schemas.access import Role
from schemas.staff import Me, SessionLine, Sessions, StaffRole
from staff.store import StaffStore
from staff.tables import PersonRow, SessionRow

IDLE: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=10)
_FRESH: Final = timedelta(seconds=30)
"""Seen this lately, a session is not written again: a page asks for several things at once."""


def digest(secret: str) -> str:
    """Under what a secret is kept."""
    return base64url_encode(sha256(secret.encode()))


def roles_of(row: PersonRow) -> frozenset[Role]:
    """As they are kept, which `PersonRow`'s writers checked."""
    return cast("frozenset[Role]", frozenset(row.roles.split(",")))


def told_roles(roles: frozenset[Role]) -> list[StaffRole]:
    """Of a principal's roles those of the staff."""
    return cast("list[StaffRole]", sorted(roles - {"public"}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A session's secret, for its cookie and nowhere else, and who it is."""

    token: str
    me: Me
    device: str | None = None
    """What lets a browser be known, where it was not."""

    def __repr__(self) -> str:
        return "Opened(***)"


def find(store: StaffStore, token: str, now: datetime) -> tuple[SessionRow, PersonRow] | None:
    """The session of a cookie and its person, while both are in force."""
    row = store.session_of(digest(token))
    if row is None or not _is_open(row, now):
        return None
    person = store.person(row.person)
    return None if person is None or person.ended is not None else (row, person)


def _is_open(row: SessionRow, now: datetime) -> bool:
    """Neither too old, nor idle; nor seen in time to come: then the clock went back, and nobody knows since when."""
    return row.began + LONGEST > now and row.seen + IDLE > now and row.seen <= now + SKEW


def enter(store: StaffStore, token: str, policy: Policy, now: datetime, *, quiet: bool) -> Principal | None:
    """Who a cookie is, if she may do that, and by that she is seen; None where it is nobody.

    `quiet`: the page asks by itself, and nobody is known to sit before it. Raises Forbidden.
    """
    found = find(store, token, now)
    if found is None:
        return None
    row, person = found
    if not quiet and now - row.seen >= _FRESH:
        row.seen = now
        store.keep(row)
    principal = Principal(
        person=person.person,
        roles=roles_of(person) | {"public"},
        issuer=person.issuer,
        centre=person.centre,
        session=row.id,
    )
    allow(principal, policy)
    policy.require_step_up(row.stepped, now)
    return principal


def open_session(store: StaffStore, person: PersonRow, now: datetime, random: Random) -> Opened:
    """A new one. It is not stepped up: that is shown for an act, with what the act is.

    Who still comes in has lost nothing: a reset that waited for her ends. Raises Forbidden `person_unconfirmed`.
    """
    if person.is_unconfirmed:
        raise Forbidden("person_unconfirmed", detail="another hand must confirm whom an administrator let in")
    store.take_invitation(person.id)
    token = base64url_encode(random(32))
    row = SessionRow(
        id=base64url_encode(random(16)), token=digest(token), person=person.id, began=now, seen=now, stepped=None
    )
    store.keep(row)
    return Opened(token=token, me=told(store, row, person))


def step_up(store: StaffStore, row: SessionRow, person: PersonRow, now: datetime, random: Random) -> Opened:
    """The same session under a new secret, stepped up; the former secret is nobody's."""
    token = base64url_encode(random(32))
    row.token, row.stepped, row.seen = digest(token), now, now
    store.keep(row)
    return Opened(token=token, me=told(store, row, person))


def told(store: StaffStore, row: SessionRow, person: PersonRow) -> Me:
    """Who is signed in, and until when."""
    return Me(
        person=person.person,
        roles=told_roles(roles_of(person)),
        issuer=person.issuer,
        centre=person.centre,
        passkeys=store.passkey_count(person.id),
        step_up_until=None if row.stepped is None else row.stepped + STEPPED_UP,
        idle_until=row.seen + IDLE,
        ends_at=row.began + LONGEST,
    )


def listed(store: StaffStore, person: str, current: str | None, now: datetime) -> Sessions:
    """The open sessions of a person."""
    rows = [row for row in store.sessions(person) if _is_open(row, now)]
    lines = [SessionLine(id=row.id, began=row.began, seen=row.seen, is_this=row.id == current) for row in rows]
    return Sessions(sessions=lines)
