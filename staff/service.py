"""How the staff comes in: enrolment by a code and passkeys, sign-in, sessions, the step up before an act.

Each method is one transaction of its door; what stays used up whatever comes of the request is `desk.py`'s order. Who
is invited, changed and ended is `people.py`'s. Every act is told in the audit chain, last in its transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from kernel.access import SKEW, Principal
from kernel.canonical import sha256
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import BadProof, NotFound, NotInForce
from kernel.ports import Clock, Random
from kit.pace import Pace, forget_idle
from kit.site import Site
from schemas.staff import Enrolment, Me, PasskeyMade, PasskeysKept, Sessions, SigningIn
from staff import enrolling, passkeys, sessions
from staff.passkeys import CHALLENGE, Kept
from staff.sessions import IDLE, LONGEST, Opened
from staff.store import StaffStore
from staff.tables import ChallengeRow, EnrolmentRow, PasskeyRow, PersonRow, SessionRow

ENROLMENT_LIFE: Final = timedelta(minutes=30)
CHALLENGE_LIFE: Final = timedelta(minutes=5)
NO_SESSION: Final = "the caller has no session"
STEP_UPS: Final = Pace(most=5, window=timedelta(minutes=5))


class Tell(Protocol):
    """One line of the audit chain; called last in a transaction."""

    def __call__(self, at: datetime, actor: str, act: str, object_: str) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Coming in, on one session."""

    store: StaffStore
    site: Site
    clock: Clock
    random: Random
    tell: Tell

    # Enrolment.

    def enrol(self, code: str) -> Enrolment:
        """Begin with an invitation's code, which works until an enrolment is complete. Its 80 bits need no counting.

        Raises BadProof `invitation_refused`, NotInForce `invitation_waiting`.
        """
        now = self.clock.now()
        self._forget(now)
        row = self.store.invitation(enrolling.code_digest(code))
        person = None if row is None or row.expires <= now else self.store.person(row.person)
        if row is None or person is None or person.ended is not None:
            raise BadProof("invitation_refused", detail="no such invitation, or its time is over")
        if now < row.opens:
            raise NotInForce("invitation_waiting", detail="this invitation opens later")
        begun = EnrolmentRow(
            id=self._name(), person=person.id, challenge=self.random(CHALLENGE), expires=now + ENROLMENT_LIFE
        )
        self.store.begin(begun)
        return Enrolment(
            id=begun.id,
            person=person.person,
            roles=sessions.told_roles(sessions.roles_of(person)),
            needs=enrolling.needs(person, row),
            options=self._to_make(begun.challenge or b"", person),
        )

    def use_enrolment(self, id_: str) -> bytes:
        """Its challenge, used up. Raises NotFound, BadProof where there is none any more."""
        enrolling.begun(self.store, id_, self.clock.now())
        challenge = self.store.take_enrolment_challenge(id_)
        if challenge is None:
            raise passkeys.refused()
        return challenge

    def add_passkey(self, id_: str, challenge: bytes, made: PasskeyMade) -> PasskeysKept:
        """One more; with the last that is needed the enrolment is complete. Raises NotFound, BadProof, Conflict."""
        now = self.clock.now()
        begun, person = enrolling.begun(self.store, id_, now)
        passkey = passkeys.check_made(self.site, challenge, made.credential)
        self.store.keep(
            PasskeyRow(
                id=_passkey_id(passkey.name),
                person=person.id,
                name=passkey.name,
                public=passkey.public,
                count=passkey.count,
                label=made.label,
                live=False,
                made=now,
            )
        )
        count = len(self.store.passkeys(person.id, live=False))
        if count < enrolling.passkeys_of(person):
            begun.challenge = self.random(CHALLENGE)
            self.store.keep(begun)
            return PasskeysKept(passkeys=count, complete=False, next=self._to_make(begun.challenge, person))
        enrolling.complete(self.store, person, now, password=None)
        self.tell(now, person.person, "enrol", person.id)
        return PasskeysKept(passkeys=count, complete=True, next=None)

    # Coming in.

    def begin_sign_in(self) -> SigningIn:
        """Something to sign. Nothing is asked of who it is: the passkey says it."""
        now = self.clock.now()
        self._forget(now)
        return self._ask(None, (), now)

    def use_challenge(self, id_: str, session: str | None) -> bytes | None:
        """What was to sign, used up; None where there was nothing. Raises TooMany for a step up."""
        now = self.clock.now()
        if session is not None:
            STEP_UPS.count(self.store.session, f"staff-step:{session}", now)
        row = self.store.take_challenge(id_, now)
        return None if row is None or row.session != session else row.challenge

    def sign_in(self, challenge: bytes | None, credential: dict[str, Any]) -> Opened:
        """A session for whose passkey was shown. Raises BadProof `passkey_refused`, whatever is wrong."""
        now = self.clock.now()
        person = self._shown(challenge, credential, None)
        opened = sessions.open_session(self.store, person, now, self.random)
        self.tell(now, person.person, "sign_in", person.id)
        return opened

    def begin_step_up(self, by: Principal) -> SigningIn:
        """Something to sign with a passkey of hers. Raises NotFound for an API key, which has no session."""
        row, person = self._own(by)
        known = [one.name for one in self.store.passkeys(person.id, live=True)]
        return self._ask(row.id, known, self.clock.now())

    def step_up(self, challenge: bytes | None, credential: dict[str, Any], *, by: Principal) -> Opened:
        """The session under a new secret; for five minutes it may do what needs a passkey. Raises BadProof."""
        now = self.clock.now()
        row, person = self._own(by)
        self._shown(challenge, credential, person)
        opened = sessions.step_up(self.store, row, person, now, self.random)
        self.tell(now, person.person, "step_up", person.id)
        return opened

    # Who is in.

    def me(self, by: Principal) -> Me:
        """Who asks: of a key what it is, of a session also until when."""
        if by.session is not None:
            return sessions.told(self.store, *self._own(by))
        return Me(
            person=by.person,
            roles=sessions.told_roles(by.roles),
            issuer=by.issuer,
            centre=by.centre,
            passkeys=0,
            step_up_until=None,
            idle_until=None,
            ends_at=None,
        )

    def sessions(self, by: Principal) -> Sessions:
        """The caller's open ones."""
        person = self.store.person_named(by.person)
        if person is None:
            return Sessions(sessions=[])
        return sessions.listed(self.store, person.id, by.session, self.clock.now())

    def end_session(self, id_: str | None, *, by: Principal) -> None:
        """One of the caller's, or None: the one that asks. Raises NotFound."""
        person = self.store.person_named(by.person)
        name = id_ or by.session
        if person is None or name is None or not self.store.end_session(name, person.id):
            raise NotFound("not_found", detail="the caller has no such session")
        self.tell(self.clock.now(), person.person, "sign_out", person.id)

    def _forget(self, now: datetime) -> None:
        self.store.forget_before(now=now, began=now - LONGEST, seen=now - IDLE, ahead=now + SKEW)
        forget_idle(self.store.session, now)

    def _name(self) -> str:
        return base64url_encode(self.random(16))

    def _own(self, by: Principal) -> tuple[SessionRow, PersonRow]:
        row = None if by.session is None else self.store.session_row(by.session)
        person = None if row is None else self.store.person(row.person)
        if row is None or person is None:
            raise NotFound("not_found", detail=NO_SESSION)
        return row, person

    def _to_make(self, challenge: bytes, person: PersonRow) -> dict[str, Any]:
        known = [one.name for one in self.store.passkeys(person.id, live=False)]
        return passkeys.to_make(self.site, challenge, person=person.person, handle=_handle(person), known=known)

    def _ask(self, session: str | None, known: list[bytes] | tuple[()], now: datetime) -> SigningIn:
        row = ChallengeRow(
            id=self._name(), challenge=self.random(CHALLENGE), session=session, expires=now + CHALLENGE_LIFE
        )
        self.store.keep(row)
        return SigningIn(id=row.id, options=passkeys.to_show(self.site, row.challenge, known))

    def _shown(self, challenge: bytes | None, credential: dict[str, Any], whose: PersonRow | None) -> PersonRow:
        """Whose passkey was shown, and its new count is kept. Raises BadProof."""
        if challenge is None:
            raise passkeys.refused()
        row = self.store.passkey(_passkey_id(passkeys.name_of(credential)))
        person = None if row is None or not row.live else self.store.person(row.person)
        if row is None or person is None or person.ended is not None or (whose and whose.id != person.id):
            raise passkeys.refused()
        if self.store.passkey_count(person.id) < enrolling.passkeys_of(person):
            raise passkeys.refused()  # made an approver since: a reset lets her enrol as one (TRUST 10)
        kept = Kept(name=row.name, public=row.public, count=row.count, handle=_handle(person))
        row.count = passkeys.check_shown(self.site, challenge, credential, kept, is_known=whose is not None)
        self.store.keep(row)
        return person


def _passkey_id(name: bytes) -> str:
    return base64url_encode(sha256(name))


def _handle(person: PersonRow) -> bytes:
    return base64url_decode(person.id, limit=len(person.id))
