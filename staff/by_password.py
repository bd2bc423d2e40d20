"""Coming in by password and one-time code, for those whose work allows it: officers and analysts (TRUST section 10).

Hashing takes long and is done between two transactions (`desk.py`), so each act here has two halves. Tries are counted
before they are looked at. From a browser in which she came in before, a person's tries are counted apart: others' never
slow her there, and no account is ever locked. Unknown name, wrong password and wrong code are one answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kernel.access import Principal, person_of
from kernel.encoding import base64url_encode
from kernel.errors import BadProof, Forbidden, Malformed, NotFound
from kernel.ports import Clock, Random
from kit.pace import Pace, forget_idle
from schemas.staff import Enrolled, PasswordKept
from staff import enrolling, passwords, sessions
from staff.passwords import NOBODY, Chosen
from staff.service import NO_SESSION, STEP_UPS, Tell
from staff.sessions import Opened, digest
from staff.store import StaffStore
from staff.tables import DeviceRow, PasswordRow, PersonRow, RecoveryRow

_WINDOW: Final = timedelta(minutes=5)
KNOWN: Final = Pace(most=10, window=_WINDOW)
STRANGE: Final = Pace(most=10, window=_WINDOW)
NETWORK: Final = Pace(most=60, window=_WINDOW)
ALL: Final = Pace(most=600, window=_WINDOW)
DEVICE_LIFE: Final = timedelta(days=90)
_FIRST_TRIES: Final = Pace(most=5, window=_WINDOW)


def refused() -> BadProof:
    """The one answer: nothing is told of which part was wrong."""
    return BadProof("signin_refused", detail="name, password or code do not fit")


@dataclass(frozen=True, kw_only=True, slots=True)
class ByPassword:
    """On one session."""

    store: StaffStore
    clock: Clock
    random: Random
    tell: Tell

    # Enrolment.

    def require_may_choose(self, id_: str) -> None:
        """Raises NotFound; Forbidden where her work needs passkeys."""
        _, person = enrolling.begun(self.store, id_, self.clock.now())
        if enrolling.passkeys_of(person) > 1:
            raise Forbidden("not_allowed", detail="her work needs passkeys")

    def keep_choice(self, id_: str, chosen: Chosen) -> PasswordKept:
        """Until its first code was typed it opens nothing. Raises NotFound."""
        row, person = enrolling.begun(self.store, id_, self.clock.now())
        row.password, row.totp = chosen.kept, chosen.secret
        codes = passwords.new_recoveries(self.random)
        self.store.keep(row)
        self.store.replace_recoveries(
            person.id, [RecoveryRow(person=person.id, code=enrolling.code_digest(code), live=False) for code in codes]
        )
        return PasswordKept(
            totp_secret=passwords.told_secret(chosen.secret),
            totp_uri=passwords.told_uri(chosen.secret, person.person),
            recovery_codes=codes,
        )

    def count_first(self, id_: str) -> None:
        """A try of the first code. Raises TooMany."""
        _FIRST_TRIES.count(self.store.session, f"staff-first:{digest(id_)}", self.clock.now())

    def confirm(self, id_: str, code: str) -> Enrolled:
        """The app's first code: from now on the password stands. Raises NotFound, BadProof `signin_refused`."""
        now = self.clock.now()
        row, person = enrolling.begun(self.store, id_, now)
        step = None if row.totp is None else passwords.step_of(row.totp, code, now)
        if step is None or row.password is None:
            raise refused()
        enrolling.complete(self.store, person, now, password=row.password)
        self.store.use_step(person.id, step)
        self.tell(now, person.person, "enrol_password", person.id)
        return Enrolled(complete=True)

    # Coming in.

    def look_up(self, name: str, device: str, near: str) -> bytes:
        """Count the try, and give what to hash with; of nobody something that looks alike. Raises TooMany."""
        now = self.clock.now()
        forget_idle(self.store.session, now)
        person = self._named(name)
        if person is not None and self._knows(device, person, now):
            KNOWN.count(self.store.session, f"staff-device:{digest(device)}", now)
        else:
            ALL.count(self.store.session, "staff-all", now)
            NETWORK.count(self.store.session, f"staff-net:{near}", now)
            STRANGE.count(self.store.session, f"staff-name:{digest(_bucket(name))}", now)
        row = None if person is None else self.store.password(person.id)
        return NOBODY if row is None else row.kept

    def sign_in(self, name: str, output: bytes, code: str, device: str) -> Opened:
        """A session, and what lets this browser be known. Raises BadProof `signin_refused`."""
        now = self.clock.now()
        person = self._named(name)
        self._require_both(person, output, code, now)
        if person is None:
            raise refused()
        known = self._knows(device, person, now)
        token = None if known else base64url_encode(self.random(32))
        if token is not None:
            self.store.keep(DeviceRow(id=digest(token), person=person.id, expires=now + DEVICE_LIFE))
        opened = sessions.open_session(self.store, person, now, self.random)
        self.tell(now, person.person, "sign_in_password", person.id)
        return Opened(token=opened.token, me=opened.me, device=token)

    def look_up_own(self, by: Principal) -> bytes:
        """The same for a step up of who is in. Raises TooMany, NotFound for who has no password here."""
        STEP_UPS.count(self.store.session, f"staff-step:{by.session or ''}", self.clock.now())
        person = self.store.person_named(by.person)
        row = None if person is None else self.store.password(person.id)
        if row is None or by.session is None:
            raise NotFound("not_found", detail="the caller has no password, or no session")
        return row.kept

    def step_up(self, by: Principal, output: bytes, code: str) -> Opened:
        """The session under a new secret, stepped up. Raises BadProof, NotFound."""
        now = self.clock.now()
        person = self.store.person_named(by.person)
        row = None if by.session is None else self.store.session_row(by.session)
        self._require_both(person, output, code, now)
        if row is None or person is None:
            raise NotFound("not_found", detail=NO_SESSION)
        opened = sessions.step_up(self.store, row, person, now, self.random)
        self.tell(now, person.person, "step_up_password", person.id)
        return opened

    def _require_both(self, person: PersonRow | None, output: bytes, code: str, now: datetime) -> None:
        may = person is not None and enrolling.passkeys_of(person) == 1  # not who was made an approver since (TRUST 10)
        row = self.store.password(person.id) if person is not None and may else None
        secret = passwords.secret_of(NOBODY if row is None else row.kept, output)
        if row is None or secret is None or not self._spend(row, secret, code, now):
            raise refused()

    def _spend(self, row: PasswordRow, secret: bytes, code: str, now: datetime) -> bool:
        """A code works once: an app's by the step it is of, one of the ten by going."""
        step = passwords.step_of(secret, code, now)
        if step is not None:
            return self.store.use_step(row.person, step)
        return self.store.use_recovery(row.person, enrolling.code_digest(code))

    def _named(self, name: str) -> PersonRow | None:
        try:
            row = self.store.person_named(person_of(name))
        except Malformed:  # nobody has such a name, which is no other answer than that nobody has this one
            return None
        return None if row is None or row.ended is not None else row

    def _knows(self, device: str, person: PersonRow, now: datetime) -> bool:
        row = self.store.device(digest(device), now)
        return row is not None and row.person == person.id


def _bucket(name: str) -> str:
    """In the one form by which she is found: else each spelling of her name would have ten tries of its own."""
    try:
        return person_of(name)
    except Malformed:  # nobody's, so any form of it does
        return " ".join(name.casefold().split())
