"""Reads and writes the verifier's open questions through the session it was given; never commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from schemas import verification
from verifier.tables import QuestionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifierStore:
    """The questions of one database."""

    session: Session

    def keep(self, question: verification.Session) -> None:
        """An open question; a second one with the same letters meets the primary key and is a Conflict."""
        self.session.add(
            QuestionRow(challenge=question.challenge, domain=question.domain or "", asked_at=question.issued_at)
        )

    def take(self, challenge: str) -> verification.Session | None:
        """The question, gone with this call, or None. One DELETE: two answers at once cannot both have it."""
        taken = delete(QuestionRow).where(col(QuestionRow.challenge) == challenge)
        row = self.session.execute(taken.returning(col(QuestionRow.domain), col(QuestionRow.asked_at))).one_or_none()
        if row is None:
            return None
        domain, asked_at = row
        return verification.Session(challenge=challenge, domain=domain or None, issued_at=asked_at)

    def forget_before(self, moment: datetime) -> None:
        """Drop questions that nobody answered."""
        self.session.execute(delete(QuestionRow).where(col(QuestionRow.asked_at) < moment))
