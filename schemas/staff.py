"""The staff's requests and answers as they travel: coming in, sessions, people, API keys. camelCase on the wire.

`options` are what `navigator.credentials` takes, `credential` is what it gives, both in WebAuthn's own JSON form.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, StringConstraints

from schemas.access import KEY_SCOPES
from schemas.issuance import Wire

StaffRole = Literal["officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"]
IssuerRole = Literal["officer", "approver", "issuer_admin", "analyst"]
"""What an administrator may make of somebody; keepers and auditors come by the operator's command."""
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Centre = Annotated[str, StringConstraints(min_length=1, max_length=64)]
KeyScope = Annotated[str, Field(json_schema_extra={"enum": sorted(KEY_SCOPES)})]
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
    confirming: bool = Field(description="whether another hand must confirm her afterwards")


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


class PasswordChosen(Wire):
    """At least twelve characters, none of the first that others would try."""

    password: SecretStr = Field(max_length=256)


class PasswordKept(Wire):
    """What to put into an app of one-time codes, and ten codes for the day it is lost. Told once."""

    totp_secret: str
    totp_uri: str
    recovery_codes: list[str]


class CodeTyped(Wire):
    """The app's first code: it works."""

    code: SecretStr = Field(max_length=20)


class Enrolled(Wire):
    """Whether the enrolment is complete."""

    complete: bool


class PasswordTyped(Wire):
    """A password, and a code of the app or one of the ten."""

    password: SecretStr = Field(max_length=256)
    totp: SecretStr = Field(max_length=20)


class NamedPassword(PasswordTyped):
    """And whose."""

    name: str = Field(max_length=200)


class Invite(Wire):
    """Whom to invite, for which work. `issuer` is the administrator's own."""

    person: PersonName
    roles: list[IssuerRole] = Field(min_length=1, max_length=4)
    issuer: str = Field(max_length=64)
    centre: Centre | None = None


class Invitation(Wire):
    """A code that is told once, on a way of its own, and from when until when it lets her enrol."""

    id: str
    code: str
    opens: datetime
    expires: datetime


class PersonChange(Wire):
    """What is named changes; the person's sessions end with it."""

    roles: list[IssuerRole] | None = Field(default=None, min_length=1, max_length=4)
    centre: Centre | None = None
    ended: Literal[True] | None = None


class StaffLine(Wire):
    """One person of the staff."""

    id: str
    person: str
    roles: list[StaffRole]
    issuer: str | None
    centre: str | None
    state: Literal["invited", "waiting", "active", "ended"] = Field(description="waiting: another hand must confirm")
    let_in_by: str | None = Field(description="who gave the code that she enrolled by")
    passkeys: int
    invited: datetime


class StaffPage(Wire):
    """People of an issuer, by their names."""

    items: list[StaffLine]
    next: str | None


class Unconfirmed(Wire):
    """Who enrolled and waits for the caller's word, by their names."""

    items: list[StaffLine]


class KeyAsk(Wire):
    """A key for a system: what it may, in which centre, for how many days. It prepares, and never approves."""

    label: Label
    scopes: list[KeyScope] = Field(min_length=1, max_length=20)
    centre: Centre | None = None
    days: int = Field(default=90, ge=1, le=365)


class KeyMade(Wire):
    """The key's text, told once."""

    id: str
    key: str
    expires: datetime


class KeyLine(Wire):
    """One API key, without its secret."""

    id: str
    label: str | None
    person: str
    roles: list[str] = Field(description="whose work it does; no key approves over the network")
    scopes: list[str] | None = Field(description="its parts of that work; null = all of it")
    centre: str | None
    created: datetime
    expires: datetime
    last_day: date | None
    ended: datetime | None


class KeyPage(Wire):
    """Keys of an issuer."""

    items: list[KeyLine]
    next: str | None
