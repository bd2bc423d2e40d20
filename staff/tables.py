"""The staff's rows: people, invitations, enrolments, passkeys, passwords, open sessions. Of every secret only a hash.

A TOTP secret must be read again: it stands under a pad that only its password gives (`staff/passwords.py`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime

HASH_LENGTH = 43
"""256 bits as base64url without padding."""
_PERSON = "staff_person.id"


def _bytes(*, null: bool = False, unique: bool = False) -> Any:
    return Field(default=None if null else ..., sa_column=Column(LargeBinary, nullable=null, unique=unique))


def _time(*, null: bool = False, index: bool = False) -> Any:
    return Field(default=None if null else ..., sa_column=Column(UtcDateTime, nullable=null, index=index))


class PersonRow(SQLModel, table=True):
    """One human, once: four eyes are compared by `person`, so a name is never given again."""

    __tablename__ = "staff_person"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    person: str = Field(unique=True, max_length=64)
    roles: str = Field(max_length=200, description="role names, joined by commas")
    issuer: str | None = Field(default=None, max_length=64, index=True)
    centre: str | None = Field(default=None, max_length=64)
    invited: datetime = _time()
    enrolled: datetime | None = _time(null=True)
    let_in_by: str | None = Field(default=None, max_length=64, description="who gave the code; None of who came before")
    confirmed_by: str | None = Field(default=None, max_length=64, description="another hand; without it she is nobody")
    confirmed: datetime | None = _time(null=True)
    ended: datetime | None = _time(null=True)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether she enrolled by somebody's code and nobody else has said a word for her."""
        return self.let_in_by is not None and self.confirmed is None


class InvitationRow(SQLModel, table=True):
    """The one code that lets a person enrol: a newer one takes its place. Gone when the enrolment is complete."""

    __tablename__ = "staff_invitation"

    person: str = Field(primary_key=True, foreign_key=_PERSON, max_length=ID_LENGTH)
    code: str = Field(unique=True, max_length=HASH_LENGTH)
    opens: datetime = _time()
    expires: datetime = _time()
    by: str = Field(max_length=64, description="who gave it")


class EnrolmentRow(SQLModel, table=True):
    """An enrolment that began with a code; a newer one of the same person takes its place."""

    __tablename__ = "staff_enrolment"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    person: str = Field(unique=True, foreign_key=_PERSON, max_length=ID_LENGTH)
    challenge: bytes | None = _bytes(null=True)
    expires: datetime = _time(index=True)
    password: bytes | None = _bytes(null=True)
    """Chosen, and not yet in force (`staff/passwords.py`)."""
    totp: bytes | None = _bytes(null=True)
    """In clear until the first code was typed."""


class PasskeyRow(SQLModel, table=True):
    """One passkey; `live` once the enrolment that made it was complete. `id` = SHA-256 of the credential's own id."""

    __tablename__ = "staff_passkey"

    id: str = Field(primary_key=True, max_length=HASH_LENGTH)
    person: str = Field(foreign_key=_PERSON, max_length=ID_LENGTH, index=True)
    name: bytes = _bytes()
    public: bytes = _bytes()
    count: int = Field(sa_column=Column(BigInteger, nullable=False), description="the authenticator's signatures")
    label: str = Field(max_length=60)
    live: bool
    made: datetime = _time()


class PasswordRow(SQLModel, table=True):
    """A password as `staff/passwords.py` keeps it; `step` is TOTP's last one that was used, so a code works once."""

    __tablename__ = "staff_password"

    person: str = Field(primary_key=True, foreign_key=_PERSON, max_length=ID_LENGTH)
    kept: bytes = _bytes()
    step: int = Field(sa_column=Column(BigInteger, nullable=False))


class RecoveryRow(SQLModel, table=True):
    """A one-time code in the place of TOTP, `live` once its enrolment was complete; gone with its use."""

    __tablename__ = "staff_recovery"

    person: str = Field(primary_key=True, foreign_key=_PERSON, max_length=ID_LENGTH)
    code: str = Field(primary_key=True, max_length=HASH_LENGTH)
    live: bool


class DeviceRow(SQLModel, table=True):
    """A browser in which a person came in by password: others' failures never slow her there."""

    __tablename__ = "staff_device"

    id: str = Field(primary_key=True, max_length=HASH_LENGTH)
    person: str = Field(foreign_key=_PERSON, max_length=ID_LENGTH)
    expires: datetime = _time(index=True)


class ChallengeRow(SQLModel, table=True):
    """What a passkey is to sign, once: to come in, or, with `session`, to step up."""

    __tablename__ = "staff_challenge"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    challenge: bytes = _bytes()
    session: str | None = Field(default=None, max_length=ID_LENGTH)
    expires: datetime = _time(index=True)


class SessionRow(SQLModel, table=True):
    """One open session: `token` = SHA-256 of what the cookie holds; `id` names it in lists and is no secret."""

    __tablename__ = "staff_session"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    token: str = Field(unique=True, max_length=HASH_LENGTH)
    person: str = Field(foreign_key=_PERSON, max_length=ID_LENGTH, index=True)
    began: datetime = _time()
    seen: datetime = _time()
    stepped: datetime | None = _time(null=True)
