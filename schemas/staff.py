"""The staff's requests and answers as they travel: coming in, sessions, people, API keys. camelCase on the wire.

`options` are what `navigator.credentials` takes, `credential` is what it gives, both in WebAuthn's own JSON form.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, StringConstraints

from schemas.issuance import Wire

StaffRole = Literal["officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Credential = Annotated[dict[str, Any], Field(description="PublicKeyCredential as JSON (WebAuthn level 3)")]
Options = Annotated[dict[str, Any], Field(description="Options as JSON (WebAuthn level 3)")]


class InvitationCode(Wire):
    """The code that an administrator gave, or `puente staff invite`; spaces, hyphens and case do not matter."""

    code: SecretStr = Field(max_length=40)


class Needs(Wire):
    """What makes an enrolment complete."""

    passkeys: int = Field(description="how many")
    password: bool = Field(description="whether a password and a code may stand in their place")


class Enrolment(Wire):
    """An enrolment that began: whom it is for, and the options of her first passkey."""

    id: str
    person: str
    roles: list[StaffRole]
    needs: Needs
    options: Options


class PasskeyMade(Wire):
    """A passkey as the browser made it, and what its owner calls it."""

    credential: Credential
    label: Label


class PasskeysKept(Wire):
    """How many stand; `next` are the options of the one that is still missing."""

    passkeys: int
    complete: bool
    next: Options | None


class SigningIn(Wire):
    """What to show a passkey for, within five minutes and once."""

    id: str
    options: Options


class PasskeyShown(Wire):
    """A passkey's answer."""

    credential: Credential


class Me(Wire):
    """Who is signed in. Of an API key, what has no meaning there is null."""

    person: str
    roles: list[StaffRole]
    issuer: str | None
    centre: str | None
    passkeys: int
    step_up_until: datetime | None = Field(description="until when acts that need a passkey need no new one")
    idle_until: datetime | None
    ends_at: datetime | None


class SessionLine(Wire):
    """One open session of the caller."""

    id: str
    began: datetime
    seen: datetime
    is_this: bool


class Sessions(Wire):
    """All of them."""

    sessions: list[SessionLine]
