"""Who belongs to the staff: invited, changed, ended, let in anew. Never by herself, and never K and I on one person.

An administrator speaks of her own issuer alone; keepers and auditors come by the operator's command (TRUST section 10).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kernel.access import person_of
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Malformed, NotFound
from kernel.ports import Clock, Random
from schemas.access import STAFF, Role
from schemas.question import CROCKFORD
from staff.service import Tell, code_digest
from staff.store import StaffStore
from staff.tables import InvitationRow, PersonRow

INVITATION_LIFE: Final = timedelta(days=7)
_LETTERS: Final = 16
OPERATOR: Final = "operator"
"""The actor of what is done at the machine's own command line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Whom to invite."""

    person: str
    roles: frozenset[Role]
    issuer: str | None
    centre: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """The code, shown once, and until when it lets her enrol."""

    id: str
    code: str
    opens: datetime
    expires: datetime

    def __repr__(self) -> str:
        return f"Invited({self.id}, ***)"


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The staff's people, on one session."""

    store: StaffStore
    clock: Clock
    random: Random
    tell: Tell

    def invite(self, wanted: Wanted, *, actor: str) -> Invited:
        """A new person, with a code to enrol by. Raises Malformed, Conflict where that person is known."""
        now = self.clock.now()
        require_roles(wanted.roles, wanted.issuer)
        person = person_of(wanted.person)
        if self.store.person_named(person) is not None:
            raise Conflict("person_known", detail="somebody of that name is or was of the staff")
        row = PersonRow(
            id=base64url_encode(self.random(16)),
            person=person,
            roles=",".join(sorted(wanted.roles)),
            issuer=wanted.issuer,
            centre=wanted.centre,
            invited=now,
        )
        self.store.keep(row)
        invited = self._give_code(row, opens=now)
        self.tell(now, actor, "invite", row.id)
        return invited

    def end(self, person: str, *, actor: str) -> None:
        """From now on she is nobody; her sessions end. Raises NotFound."""
        now = self.clock.now()
        row = self.store.person_named(person_of(person))
        if row is None:
            raise NotFound("not_found", detail="nobody of that name is of the staff")
        row.ended = row.ended or now
        self.store.keep(row)
        self.store.end_sessions(row.id)
        self.tell(now, actor, "end_person", row.id)

    def _give_code(self, row: PersonRow, *, opens: datetime) -> Invited:
        code = "".join(CROCKFORD[byte % 32] for byte in self.random(_LETTERS))
        expires = opens + INVITATION_LIFE
        self.store.invite(InvitationRow(person=row.id, code=code_digest(code), opens=opens, expires=expires))
        spaced = "-".join(code[at : at + 4] for at in range(0, _LETTERS, 4))
        return Invited(id=row.id, code=spaced, opens=opens, expires=expires)


def require_roles(roles: frozenset[Role], issuer: str | None) -> None:
    """Raises Malformed for none, for one that is not of the staff, for K with I, for one that needs an issuer."""
    if not roles or not roles <= STAFF or {"keeper", "issuer_admin"} <= roles:
        raise Malformed("bad_request", detail="roles of the staff, never keeper and issuer_admin", pointer="/roles")
    if issuer is None and not roles <= {"keeper", "auditor"}:
        raise Malformed("bad_request", detail="these roles belong to an issuer", pointer="/issuer")
