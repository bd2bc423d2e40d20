"""The registry's requests and answers as they travel: changes proposed and approved, issuers, events."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from schemas.bounds import STATUS_LISTS

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
DidText = Annotated[str, StringConstraints(pattern=r"^did:web:[a-z0-9.-]{1,240}$")]
Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]{1,240}$")]
Method = Annotated[str, StringConstraints(pattern=r"^did:web:[a-z0-9.-]{1,240}#[A-Za-z0-9_-]{1,32}$")]
Multikey = Annotated[str, StringConstraints(pattern=r"^z6Mk[1-9A-HJ-NP-Za-km-z]{40,48}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
KeyStateName = Literal["announced", "active", "retired", "destroyed", "suspended", "compromised"]
Stage = Literal["proposed", "done"]


class Wire(BaseModel):
    """camelCase outside, snake_case inside; unknown members of a request are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")


class ScopePair(Wire):
    """A pair that an issuer may sign, either of them `*`."""

    type: Code
    scheme: Code


class RegisterIssuer(Wire):
    """Take an issuer into the trust list."""

    kind: Literal["register_issuer"] = "register_issuer"
    id: Name
    did: DidText
    host: Host = Field(description="where its status lists stand: https://HOST/s/N")
    name_es: Text
    name_en: Text
    tier: Literal["T1", "T2", "T3"]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    scope: list[ScopePair] = Field(min_length=1, max_length=64)


class SetScope(Wire):
    """Put another scope in the place of an issuer's."""

    kind: Literal["set_scope"] = "set_scope"
    issuer: Name
    scope: list[ScopePair] = Field(max_length=64)


class AddKey(Wire):
    """Announce a key of an issuer."""

    kind: Literal["add_key"] = "add_key"
    issuer: Name
    id: Method
    public_key_multibase: Multikey
    not_before: datetime | None = None
    not_after: datetime | None = None


class SetKeyState(Wire):
    """Move a key along its life; a compromised one needs the last honest checkpoint of its log."""

    kind: Literal["set_key_state"] = "set_key_state"
    id: Method
    state: KeyStateName
    frozen_size: int | None = Field(default=None, ge=0)
    frozen_root: Hash | None = None


class AddList(Wire):
    """Let an issuer publish one more status list."""

    kind: Literal["add_list"] = "add_list"
    issuer: Name
    number: int = Field(ge=1, le=STATUS_LISTS, description="odd numbers revoke, even ones suspend")


class ResetList(Wire):
    """Raise a list's epoch: the one way back from a wrongful mass annulment."""

    kind: Literal["reset_list"] = "reset_list"
    issuer: Name
    number: int = Field(ge=1, le=STATUS_LISTS)


class ApproveList(Wire):
    """Let through a list that verifiers hold back for setting many bits, by the hash of its bits."""

    kind: Literal["approve_list"] = "approve_list"
    issuer: Name
    number: int = Field(ge=1, le=STATUS_LISTS)
    hash: Hash


Change = Annotated[
    RegisterIssuer | SetScope | AddKey | SetKeyState | AddList | ResetList | ApproveList,
    Field(discriminator="kind"),
]


class Proposed(Wire):
    """A change and how far it is."""

    id: str
    change: Change
    stage: Stage
    approvals: int
    needed: int
    event: int | None = Field(default=None, description="number of the event that did it")


class ChangeLine(Proposed):
    """A change that waits for keepers, as one of them sees it."""

    proposed_by: str
    proposed: datetime
    agreed: bool = Field(description="the caller has said yes already")


class ChangePage(Wire):
    """Changes that wait, newest first."""

    items: list[ChangeLine]
    next: str | None = None


class Suspend(Wire):
    """Press the button: one person is enough, and only keepers can lift it."""

    key: Method


class KeyShown(Wire):
    """A key as the registry has it."""

    id: str
    public_key_multibase: str
    state: KeyStateName
    paused: bool = Field(
        description="suspended by one person, of its issuer or a keeper, until keepers confirm or lift it"
    )


class SigningKey(KeyShown):
    """A key that an issuer signs with, and from when until when it may."""

    issuer: str
    issuer_name_es: str
    issuer_name_en: str
    not_before: datetime | None
    not_after: datetime | None


class SigningKeyPage(Wire):
    """The keys of a page of issuers; `next` is the last issuer's id."""

    items: list[SigningKey]
    next: str | None = None


class IssuerShown(Wire):
    """An issuer as the registry has it."""

    id: str
    did: str
    name_es: str
    name_en: str
    tier: str
    country: str
    scope: list[ScopePair]
    keys: list[KeyShown]
    status_lists: list[str]


class Event(Wire):
    """One numbered line of what the registry did; each holds the hash of the one before."""

    n: int
    at: datetime
    kind: str
    subject: str
    details: dict[str, Any]
    hash: str


class IssuerPage(Wire):
    """Issuers after a cursor."""

    items: list[IssuerShown]
    next: str | None = None


class EventPage(Wire):
    """Events after a number."""

    items: list[Event]
    next: int | None = None
