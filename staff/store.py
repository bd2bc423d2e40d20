"""The staff's rows, read and written through the session of the door; it never commits. Nothing is decided here.

What works once is one statement that takes the row away, and gives it to one caller only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, func, update
from sqlmodel import Session, SQLModel, col, select

from staff.tables import ChallengeRow, EnrolmentRow, InvitationRow, PasskeyRow, PersonRow, SessionRow

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

    def people(self, issuer: str | None) -> Sequence[PersonRow]:
        """Of an issuer, or all, by name."""
        ask = select(PersonRow).order_by(col(PersonRow.person))
        return self.session.exec(ask if issuer is None else ask.where(PersonRow.issuer == issuer)).all()

    def invitation(self, code: str) -> InvitationRow | None:
        return self.session.exec(select(InvitationRow).where(InvitationRow.code == code)).one_or_none()

    def invite(self, row: InvitationRow) -> None:
        """In the place of the person's former one, whose enrolment ends with it."""
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == row.person)
        self._drop(InvitationRow, col(InvitationRow.person) == row.person)
        self.keep(row)

    def take_invitation(self, person: str) -> bool:
        """Used up; False where another was first."""
        return self._drop(InvitationRow, col(InvitationRow.person) == person) == 1

    # Enrolments.

    def begin(self, row: EnrolmentRow) -> None:
        """In the place of the person's former one; what that one had made and never finished goes."""
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == row.person)
        self._drop(PasskeyRow, (col(PasskeyRow.person) == row.person) & ~col(PasskeyRow.live))
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

    def complete(self, person: str) -> None:
        """The new passkeys stand, and of the former ones none."""
        whose = col(PasskeyRow.person) == person
        self._drop(PasskeyRow, whose & col(PasskeyRow.live))
        self.session.execute(update(PasskeyRow).where(whose).values(live=True))
        self._drop(EnrolmentRow, col(EnrolmentRow.person) == person)

    # Passkeys.

    def passkey(self, id_: str) -> PasskeyRow | None:
        """For writing: two answers of one passkey come one after the other, so that its count is looked at once."""
        return self.session.get(PasskeyRow, id_, with_for_update=True)

    def passkeys(self, person: str, *, live: bool) -> Sequence[PasskeyRow]:
        ask = select(PasskeyRow).where(PasskeyRow.person == person, PasskeyRow.live == live)
        return self.session.exec(ask.order_by(col(PasskeyRow.made))).all()

    def passkey_count(self, person: str) -> int:
        ask = select(func.count()).select_from(PasskeyRow)
        return self.session.exec(ask.where(PasskeyRow.person == person, PasskeyRow.live)).one()

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
        for row in self.sessions(person):
            self.end_session(row.id, person)

    def forget_before(self, *, now: datetime, began: datetime, seen: datetime) -> None:
        """What is over by itself: challenges, enrolments, sessions."""
        self._drop(ChallengeRow, col(ChallengeRow.expires) <= now)
        self._drop(EnrolmentRow, col(EnrolmentRow.expires) <= now)
        self._drop(SessionRow, (col(SessionRow.began) <= began) | (col(SessionRow.seen) <= seen))

    def _drop(self, kind: type[_Row], which: object) -> int:
        gone = self.session.execute(delete(kind).where(which))  # type: ignore[arg-type]  # a condition on its columns
        return int(gone.rowcount)  # type: ignore[attr-defined]  # what a DELETE gives is a CursorResult
