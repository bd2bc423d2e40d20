"""Who belongs to the staff: invited, confirmed, changed, ended, let in anew. Never by herself.

Whom one lets in, another confirms.
An administrator speaks of her own issuer alone; keepers and auditors come by the operator's command (TRUST section 10).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from kernel.access import Principal, person_of
from kernel.encoding import base64url_encode
from kernel.errors import Conflict, Forbidden, Malformed, NotFound
from kernel.ports import Clock, Random
from kit.api_keys import ApiKey, end_keys
from schemas.access import NEVER_TOGETHER, STAFF, TWO_PASSKEYS, Role
from schemas.question import CROCKFORD
from schemas.staff import Invitation, Invite, PersonChange, StaffLine, StaffPage, Unconfirmed
from staff.enrolling import OPERATOR, code_digest
from staff.service import Tell
from staff.sessions import roles_of, told_roles
from staff.store import StaffStore
from staff.tables import InvitationRow, PersonRow

INVITATION_LIFE: Final = timedelta(days=7)
RESET_WAIT: Final = timedelta(hours=24)
"""Of those who approve or administer or did when they enrolled, and of all where an approver asks: time to notice it
(TRUST section 10)."""
_LETTERS: Final = 16
_NOBODY: Final = "nobody of that name is of the staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Whom to invite."""

    person: str
    roles: frozenset[Role]
    issuer: str | None
    centre: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The staff's people, on one session."""

    store: StaffStore
    clock: Clock
    random: Random
    tell: Tell

    def ask_in(self, asked: Invite, *, by: Principal) -> Invitation:
        """By an administrator, into her own issuer. Raises NotFound for another one, and what `invite` raises."""
        if asked.issuer != by.issuer:
            raise NotFound("not_found", detail="no issuer of that name is the caller's")
        roles: frozenset[Role] = frozenset(asked.roles)
        wanted = Wanted(person=asked.person, roles=roles, issuer=asked.issuer, centre=asked.centre)
        return self.invite(wanted, actor=by.person)

    def invite(self, wanted: Wanted, *, actor: str) -> Invitation:
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
        invited = self._give_code(row, actor, opens=now)
        self.tell(now, actor, "invite", row.id)
        return invited

    def list(self, *, by: Principal, after: str, limit: int) -> StaffPage:
        """Of the caller's issuer; an auditor's are all."""
        rows = self.store.people(self._issuer(by), after=after, limit=limit)
        counts = self.store.passkey_counts([row.id for row in rows])
        return StaffPage(
            items=[_line(row, counts.get(row.id, 0)) for row in rows], next=rows[-1].id if len(rows) == limit else None
        )

    def change(self, id_: str, asked: PersonChange, *, by: Principal) -> StaffLine:
        """What is named in it; her sessions end, and those of her keys that are beyond what she may do now.

        Who may approve from now on comes in by what an approver enrols by: without that, by a reset. One that is open
        ends with the roles it was for.

        Raises NotFound, Forbidden `own_role`, Malformed.
        """
        row = self._of(id_, by)
        if asked.roles is not None:
            self._give_roles(row, frozenset(asked.roles))
        if "centre" in asked.model_fields_set:
            row.centre = asked.centre
        self.store.end_sessions(row.id)
        if asked.ended:
            self._end(row, by.person)
        else:
            self.store.keep(row)
            now = self.clock.now()
            self.tell(now, by.person, "change_person", row.id)
            self._end_keys(row, by.person, now, which=lambda key: _is_beyond(key, row))
        return _line(row, self.store.passkey_count(row.id))

    def reset(self, id_: str, *, by: Principal) -> Invitation:
        """A new way in for who lost hers; until it is gone, what she has still works, and her coming in ends it.

        Raises NotFound, Forbidden `own_role`.
        """
        now = self.clock.now()
        row = self._of(id_, by)
        # Nobody comes in at once as another whose proposals she approves herself.
        waits = row.enrolled is not None and ("approver" in by.roles or self._weighs(row))
        invited = self._give_code(row, by.person, opens=now + RESET_WAIT if waits else now)
        self.store.end_sessions(row.id)
        self.tell(now, by.person, "reset_person", row.id)
        return invited

    def unconfirmed(self, *, by: Principal) -> Unconfirmed:
        """Who enrolled by an administrator's code and waits for another hand than the one that let her in."""
        rows = self.store.unconfirmed(None if "keeper" in by.roles else by.issuer or "", by.person)
        counts = self.store.passkey_counts([row.id for row in rows])
        return Unconfirmed(items=[_line(row, counts.get(row.id, 0)) for row in rows])

    def confirm(self, id_: str, *, by: Principal) -> StaffLine:
        """Another hand's word that this is a person of her own, and that it was she who enrolled; again it changes
        nothing.

        Without it one administrator could make up a second person and be four eyes alone (TRUST section 10). Raises
        NotFound, Forbidden `same_hand` for who let her in, Conflict where she has not enrolled.
        """
        row = self.store.person(id_)
        theirs = row is not None and (row.issuer == by.issuer is not None or "keeper" in by.roles)
        if row is None or row.ended is not None or not theirs:
            raise NotFound("not_found", detail="nobody of that name is the caller's to confirm")
        return self._confirm(row, by)

    def confirm_named(self, person: str) -> None:
        """The operator's word, where an issuer has one administrator and no keeper is near. Raises as `confirm`."""
        row = self.store.person_named(person_of(person))
        if row is None or row.ended is not None:
            raise NotFound("not_found", detail=_NOBODY)
        self._confirm(row, Principal(person=OPERATOR, roles=frozenset()))

    def _confirm(self, row: PersonRow, by: Principal) -> StaffLine:
        if row.enrolled is None:
            raise Conflict("not_possible_now", detail="she has not enrolled yet")
        by.require_other_hand(row.person)
        by.require_other_hand(row.let_in_by or "")
        if row.is_unconfirmed:
            row.confirmed_by, row.confirmed = by.person, self.clock.now()
            self.store.keep(row)
            self.tell(row.confirmed, by.person, "confirm_person", row.id)
        return _line(row, self.store.passkey_count(row.id))

    def end(self, person: str, *, actor: str) -> None:
        """From now on she is nobody; her sessions and keys end. Raises NotFound."""
        row = self.store.person_named(person_of(person))
        if row is None:
            raise NotFound("not_found", detail=_NOBODY)
        self._end(row, actor)

    def _end(self, row: PersonRow, actor: str) -> None:
        now = self.clock.now()
        row.ended = row.ended or now
        self.store.keep(row)
        self.store.end_sessions(row.id)
        self.store.take_invitation(row.id)
        self.tell(now, actor, "end_person", row.id)
        self._end_keys(row, actor, now, which=lambda _: True)

    def _end_keys(self, row: PersonRow, actor: str, now: datetime, *, which: Callable[[ApiKey], bool]) -> None:
        for key in end_keys(self.store.session, row.person, now, which=which):
            self.tell(now, actor, "end_key", key)

    def _of(self, id_: str, by: Principal) -> PersonRow:
        """Of the caller's issuer, not ended, and not herself."""
        row = self.store.person(id_)
        if row is None or row.ended is not None or row.issuer is None or row.issuer != by.issuer:
            raise NotFound("not_found", detail="the caller's issuer has nobody of that name")
        if row.person == by.person:
            raise Forbidden("own_role", detail="nobody changes herself")
        return row

    def _issuer(self, by: Principal) -> str | None:
        # Who reads over all issuers says so by a role that no administrator can give.
        return None if "auditor" in by.roles else by.issuer or ""

    def _weighs(self, row: PersonRow) -> bool:
        # Whoever holds two passkeys came in as one who approves or administers, whatever she was made just now.
        return bool(roles_of(row) & TWO_PASSKEYS) or self.store.passkey_count(row.id) > 1

    def _give_roles(self, row: PersonRow, roles: frozenset[Role]) -> None:
        require_roles(roles, row.issuer)
        if row.enrolled is not None and roles != roles_of(row):
            self.store.take_invitation(row.id)
        row.roles = ",".join(sorted(roles))

    def _give_code(self, row: PersonRow, by: str, *, opens: datetime) -> Invitation:
        code = "".join(CROCKFORD[byte % 32] for byte in self.random(_LETTERS))
        expires = opens + INVITATION_LIFE
        self.store.invite(InvitationRow(person=row.id, code=code_digest(code), opens=opens, expires=expires, by=by))
        spaced = "-".join(code[at : at + 4] for at in range(0, _LETTERS, 4))
        return Invitation(id=row.id, code=spaced, opens=opens, expires=expires)


def _is_beyond(key: ApiKey, row: PersonRow) -> bool:
    """Whether she could not be given such a key any more: a system's key is an administrator's to make; one that was
    made at the machine does what its person does, where she does it."""
    if key.issuer != row.issuer:
        return True
    if key.label is not None:
        return "issuer_admin" not in roles_of(row)
    return not set(key.roles.split(",")) <= roles_of(row) or row.centre not in (None, key.centre)


def state_of(row: PersonRow) -> Literal["invited", "waiting", "active", "ended"]:
    """How far she is."""
    if row.ended is not None:
        return "ended"
    return "invited" if row.enrolled is None else "waiting" if row.is_unconfirmed else "active"


def _line(row: PersonRow, passkeys: int) -> StaffLine:
    return StaffLine(
        id=row.id,
        person=row.person,
        roles=told_roles(roles_of(row)),
        issuer=row.issuer,
        centre=row.centre,
        state=state_of(row),
        let_in_by=row.let_in_by,
        passkeys=passkeys,
        invited=row.invited,
    )


def require_roles(roles: frozenset[Role] | frozenset[str], issuer: str | None) -> None:
    """Raises Malformed for none, for one that is not of the staff, for K with I, for one that needs an issuer."""
    if not roles or not roles <= STAFF or any(apart <= roles for apart in NEVER_TOGETHER):
        raise Malformed("bad_request", detail="roles of the staff, and none that are never together", pointer="/roles")
    if issuer is None and not roles <= {"keeper", "auditor"}:
        raise Malformed("bad_request", detail="these roles belong to an issuer", pointer="/issuer")
