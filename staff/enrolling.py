"""An enrolment, however it goes: what it needs, whose it is, and what its end does. Its ways are the services'."""

from datetime import datetime
from typing import Final

from kernel.errors import BadProof, NotFound
from schemas.access import TWO_PASSKEYS
from schemas.staff import Needs
from staff import sessions
from staff.passwords import as_typed
from staff.sessions import digest
from staff.store import StaffStore
from staff.tables import EnrolmentRow, InvitationRow, PersonRow

OPERATOR: Final = "operator"
"""The actor of what is done at the machine's own command line. Whom it lets in needs no other hand: who has the shell
has everything."""


def passkeys_of(person: PersonRow) -> int:
    """How many she comes in by; in the place of two nothing stands, of one a password may (TRUST section 10)."""
    return 2 if sessions.roles_of(person) & TWO_PASSKEYS else 1


def needs(person: PersonRow, invitation: InvitationRow) -> Needs:
    """What makes her enrolment by this invitation complete."""
    passkeys = passkeys_of(person)
    return Needs(passkeys=passkeys, password=passkeys == 1, confirming=invitation.by != OPERATOR)


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
    """From now on she comes in by what she made just now, and by nothing else, once another hand has confirmed her.

    Raises BadProof.

    The invitation is used up by this one statement, so of two enrolments that end at once one stands.
    """
    by = store.take_invitation(person.id)
    if by is None:
        raise BadProof("invitation_refused", detail="the invitation was used up meanwhile")
    store.complete(person.id, password)
    store.end_sessions(person.id)
    # Whoever gave the code may have used it herself, so what stood for her until now stands no more.
    sure = by == OPERATOR
    person.let_in_by, person.confirmed_by, person.confirmed = by, by if sure else None, now if sure else None
    person.enrolled = now
    store.keep(person)
