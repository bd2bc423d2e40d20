"""The staff's rows, read and written through the session of the door; it never commits. Nothing is decided here.

What works once is one statement that takes the row away, and gives it to one caller only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Delete, Update, delete, func, update
from sqlmodel import Session, SQLModel, col, select

from staff.tables import (
    ChallengeRow,
    DeviceRow,
    EnrolmentRow,
    InvitationRow,
    PasskeyRow,
    PasswordRow,
    PersonRow,
    RecoveryRow,
    SessionRow,
)

_Row = TypeVar("_Row", bound=SQLModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffStore:
    """The store of people, their passkeys and sessions."""

    session: Session

    def keep(self, *rows: SQLModel) -> None:
        """Add or change rows, in this order."""
        for row in rows:
            self.session.add(row)
            self.session.flush()

    # People and their invitations.

    def person(self, id_: str) -> PersonRow | None:
        return self.session.get(PersonRow, id_)

    def person_named(self, person: str) -> PersonRow | None:
        return self.session.exec(select(PersonRow).where(PersonRow.person == person)).one_or_none()

    def people(self, issuer: str | None, *, after: str = "", limit: int | None = None) -> Sequence[PersonRow]:
        """Of an issuer, or all; by their names, beginning after whom `after` names."""
        ask = select(PersonRow).order_by(col(PersonRow.person)).limit(limit)
        if after:
            last = select(PersonRow.person).where(PersonRow.id == after).scalar_subquery()
            ask = ask.where(col(PersonRow.person) > last)
        return self.session.exec(ask if issuer is None else ask.where(PersonRow.issuer == issuer)).all()

    def unconfirmed(self, issuer: str | None, but: str) -> Sequence[PersonRow]:
        """Of an issuer, or all: who enrolled and whom nobody has confirmed, but those whom this person let in."""
        ask = select(PersonRow).where(col(PersonRow.enrolled).is_not(None), col(PersonRow.ended).is_(None))
        ask = ask.where(col(PersonRow.confirmed).is_(None), PersonRow.let_in_by != but).order_by(col(PersonRow.person))
        return self.session.exec(ask if issuer is None else ask.where(PersonRow.issuer == issuer)).all()

    def invitation(self, code: str) -> InvitationRow | None:
        return self.session.exec(select(InvitationRow).where(InvitationRow.code == code)).one_or_none()

    def invite(self, row: InvitationRow) -> None:
        """In the place of the person's former one, whose enrolment ends with it."""
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == row.person)
        self._drop(InvitationRow, col(InvitationRow.person) == row.person)
        self.keep(row)

    def take_invitation(self, person: str) -> str | None:
        """Used up, with the enrolment that began by it; who gave it, None where there is none."""
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == person)
        taken = delete(InvitationRow).where(col(InvitationRow.person) == person).returning(col(InvitationRow.by))
        return self.session.execute(taken).scalar_one_or_none()

    # Enrolments.

    def begin(self, row: EnrolmentRow) -> None:
        """In the place of the person's former one; what that one had made and never finished goes."""
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == row.person)
        self._drop(PasskeyRow, (col(PasskeyRow.person) == row.person) & ~col(PasskeyRow.live))
        self._drop(RecoveryRow, (col(RecoveryRow.person) == row.person) & ~col(RecoveryRow.live))
        self.keep(row)

    def enrolment(self, id_: str, now: datetime) -> EnrolmentRow | None:
        row = self.session.get(EnrolmentRow, id_)
        return None if row is None or row.expires <= now else row

    def take_enrolment_challenge(self, id_: str) -> bytes | None:
        """Used up by whoever asks first."""
        row = self.session.get(EnrolmentRow, id_, with_for_update=True)
        challenge = None if row is None else row.challenge
        self.session.execute(update(EnrolmentRow).where(col(EnrolmentRow.id) == id_).values(challenge=None))
        return challenge

    def complete(self, person: str, password: bytes | None) -> None:
        """What was made new stands, and of what was before nothing."""
        for kind in (PasskeyRow, RecoveryRow):
            whose = col(kind.person) == person
            self._drop(kind, whose & col(kind.live))
            self.session.execute(update(kind).where(whose).values(live=True))
        self._drop(PasswordRow, col(PasswordRow.person) == person)
        self._drop(DeviceRow, col(DeviceRow.person) == person)
        if password is not None:
            self.keep(PasswordRow(person=person, kept=password, step=0))

    # Passwords.

    def password(self, person: str) -> PasswordRow | None:
        return self.session.get(PasswordRow, person)

    def replace_recoveries(self, person: str, rows: Sequence[RecoveryRow]) -> None:
        """Of those that are not in force yet."""
        self._drop(RecoveryRow, (col(RecoveryRow.person) == person) & ~col(RecoveryRow.live))
        self.keep(*rows)

    def use_step(self, person: str, step: int) -> bool:
        """One-time: False where this step or a later one was used."""
        later = update(PasswordRow).where(col(PasswordRow.person) == person, col(PasswordRow.step) < step)
        return self._touched(later.values(step=step)) == 1

    def use_recovery(self, person: str, code: str) -> bool:
        """One-time: False where there is none."""
        which = (col(RecoveryRow.person) == person) & (col(RecoveryRow.code) == code) & col(RecoveryRow.live)
        return self._drop(RecoveryRow, which) == 1

    def device(self, id_: str, now: datetime) -> DeviceRow | None:
        row = self.session.get(DeviceRow, id_)
        return None if row is None or row.expires <= now else row

    # Passkeys.

    def passkey(self, id_: str) -> PasskeyRow | None:
        """For writing: two answers of one passkey come one after the other, so that its count is looked at once."""
        return self.session.get(PasskeyRow, id_, with_for_update=True)

    def passkeys(self, person: str, *, live: bool) -> Sequence[PasskeyRow]:
        ask = select(PasskeyRow).where(PasskeyRow.person == person, PasskeyRow.live == live)
        return self.session.exec(ask.order_by(col(PasskeyRow.made))).all()

    def passkey_count(self, person: str) -> int:
        return self.passkey_counts([person]).get(person, 0)

    def passkey_counts(self, people: Sequence[str]) -> dict[str, int]:
        """How many each has in force; who has none is not in it."""
        ask = select(PasskeyRow.person, func.count()).where(col(PasskeyRow.person).in_(people), PasskeyRow.live)
        return dict(self.session.exec(ask.group_by(col(PasskeyRow.person))).all())

    # Challenges and sessions.

    def take_challenge(self, id_: str, now: datetime) -> ChallengeRow | None:
        """Used up, in force or not; None where there is none in force."""
        row = self.session.get(ChallengeRow, id_)
        if row is None or self._drop(ChallengeRow, col(ChallengeRow.id) == id_) != 1 or row.expires <= now:
            return None
        return row

    def session_of(self, token: str) -> SessionRow | None:
        return self.session.exec(select(SessionRow).where(SessionRow.token == token)).one_or_none()

    def session_row(self, id_: str) -> SessionRow | None:
        return self.session.get(SessionRow, id_)

    def sessions(self, person: str) -> Sequence[SessionRow]:
        ask = select(SessionRow).where(SessionRow.person == person)
        return self.session.exec(ask.order_by(col(SessionRow.began), col(SessionRow.id))).all()

    def end_session(self, id_: str, person: str) -> bool:
        """Ended, together with what it had asked to sign; False where the person has none of that name."""
        self._drop(ChallengeRow, col(ChallengeRow.session) == id_)
        return self._drop(SessionRow, (col(SessionRow.id) == id_) & (col(SessionRow.person) == person)) == 1

    def end_sessions(self, person: str) -> None:
        hers = select(SessionRow.id).where(SessionRow.person == person)
        self._drop(ChallengeRow, col(ChallengeRow.session).in_(hers))
        self._drop(SessionRow, col(SessionRow.person) == person)

    def forget_before(self, *, now: datetime, began: datetime, seen: datetime, ahead: datetime) -> None:
        """What is over by itself: challenges, enrolments, sessions."""
        self._drop(ChallengeRow, col(ChallengeRow.expires) <= now)
        self._drop(EnrolmentRow, col(EnrolmentRow.expires) <= now)
        self._drop(DeviceRow, col(DeviceRow.expires) <= now)
        when = col(SessionRow.seen)
        self._drop(SessionRow, (col(SessionRow.began) <= began) | (when <= seen) | (when > ahead))

    def _drop(self, kind: type[_Row], which: object) -> int:
        return self._touched(delete(kind).where(which))  # type: ignore[arg-type]  # a condition on its columns

    def _touched(self, statement: Delete | Update) -> int:
        return int(self.session.execute(statement).rowcount)  # type: ignore[attr-defined]  # it is a CursorResult
