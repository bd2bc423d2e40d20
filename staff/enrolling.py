"""An enrolment, however it goes: what it needs, whose it is, and what its end does. Its ways are the services'."""

from datetime import datetime

from kernel.errors import BadProof, NotFound
from schemas.access import TWO_PASSKEYS
from schemas.staff import Needs
from staff import sessions
from staff.passwords import as_typed
from staff.sessions import digest
from staff.store import StaffStore
from staff.tables import EnrolmentRow, PersonRow


def needs(person: PersonRow) -> Needs:
    """What makes her enrolment complete (TRUST section 10)."""
    two = bool(sessions.roles_of(person) & TWO_PASSKEYS)
    return Needs(passkeys=2 if two else 1, password=not two)


def code_digest(code: str) -> str:
    """Under what an invitation's code or a recovery code is kept: however it was typed."""
    return digest(as_typed(code))


def begun(store: StaffStore, id_: str, now: datetime) -> tuple[EnrolmentRow, PersonRow]:
    """One that is in force, and whose it is. Raises NotFound."""
    row = store.enrolment(id_, now)
    person = None if row is None else store.person(row.person)
    if row is None or person is None or person.ended is not None:
        raise NotFound("not_found", detail="no enrolment of that name, or its time is over")
    return row, person


def complete(store: StaffStore, person: PersonRow, now: datetime, *, password: bytes | None) -> None:
    """From now on she comes in by what she made just now, and by nothing else. Raises BadProof.

    The invitation is used up by this one statement, so of two enrolments that end at once one stands.
    """
    if not store.take_invitation(person.id):
        raise BadProof("invitation_refused", detail="the invitation was used up meanwhile")
    store.complete(person.id, password)
    store.end_sessions(person.id)
    person.enrolled = now
    store.keep(person)
