"""The registry's rows: issuers, scopes, keys, lists as they stand; changes, approvals and
events; the public halves of the bundle's keys; publications.

What stands is always the sum of the events; it is kept beside them so that it can be read. No private key is here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


def _bytes(*, null: bool = False) -> Any:
    return Field(default=None if null else ..., sa_column=Column(LargeBinary, nullable=null))


def _time(*, null: bool = False) -> Any:
    return Field(default=None if null else ..., sa_column=Column(UtcDateTime, nullable=null))


def _issuer(*, primary: bool = False) -> Any:
    return Field(sa_column=Column(String(32), ForeignKey("registry_issuer.id"), primary_key=primary, nullable=False))


class IssuerRow(SQLModel, table=True):
    """An issuer of the trust list; `number` is its block in the CBOR-LD tables, once and for ever."""

    __tablename__ = "registry_issuer"
    __table_args__ = (CheckConstraint("tier IN ('T1', 'T2', 'T3')", name="tier"),)

    id: str = Field(primary_key=True, max_length=32)
    number: int = Field(unique=True)
    did: str = Field(unique=True, max_length=256)
    host: str = Field(unique=True, max_length=240)
    name_es: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    tier: str = Field(max_length=2)
    country: str = Field(max_length=2)


class ScopeRow(SQLModel, table=True):
    """A pair that an issuer may sign."""

    __tablename__ = "registry_scope"

    issuer: str = _issuer(primary=True)
    type: str = Field(primary_key=True, max_length=64)
    scheme: str = Field(primary_key=True, max_length=64)


class KeyRow(SQLModel, table=True):
    """A key of an issuer; `paused` is the issuer's own button, published by its status role."""

    __tablename__ = "registry_key"
    __table_args__ = (
        CheckConstraint(
            "state IN ('announced', 'active', 'retired', 'destroyed', 'suspended', 'compromised')", name="state"
        ),
    )

    id: str = Field(primary_key=True, max_length=320)
    issuer: str = _issuer()
    multikey: str = Field(max_length=64)
    state: str = Field(max_length=11)
    paused: bool
    announced: datetime = _time()
    not_before: datetime | None = _time(null=True)
    not_after: datetime | None = _time(null=True)
    frozen_size: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    frozen_root: bytes | None = _bytes(null=True)


class ListRow(SQLModel, table=True):
    """A status list that an issuer may publish; `approved` is the hash that keepers let through in bulk."""

    __tablename__ = "registry_list"

    issuer: str = _issuer(primary=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    epoch: int
    approved: bytes | None = _bytes(null=True)


class ChangeRow(SQLModel, table=True):
    """A change that somebody proposed; `raw` is the change as it was asked for, `event` the number that did it."""

    __tablename__ = "registry_change"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    raw: bytes = _bytes()
    needed: int
    proposed_by: str = Field(max_length=64)
    proposed: datetime = _time()
    event: int | None = Field(default=None, unique=True)


class ApprovalRow(SQLModel, table=True):
    """One keeper's yes; a person can say it once."""

    __tablename__ = "registry_approval"

    change: str = Field(
        sa_column=Column(String(ID_LENGTH), ForeignKey("registry_change.id"), primary_key=True, nullable=False)
    )
    person: str = Field(primary_key=True, max_length=64)
    at: datetime = _time()


class EventRow(SQLModel, table=True):
    """One thing done, by number; `hash` covers it and the hash before it."""

    __tablename__ = "registry_event"

    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = _time()
    person: str = Field(max_length=64)
    kind: str = Field(max_length=32)
    subject: str = Field(max_length=320)
    raw: bytes = _bytes()
    hash: bytes = _bytes()


class RoleKeyRow(SQLModel, table=True):
    """A key that signs for a role of the bundle: its name in the key store, and its public half. Never the key."""

    __tablename__ = "registry_role_key"

    role: str = Field(primary_key=True, max_length=48)
    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(unique=True, max_length=128)
    public: bytes = _bytes()
    demo: bool


class PublicationRow(SQLModel, table=True):
    """A bundle that was published; `event` is the last event that it holds, `raw` its container."""

    __tablename__ = "registry_publication"
    __table_args__ = (UniqueConstraint("snapshot"),)

    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = _time()
    event: int
    root: int
    targets: int
    targets_at: datetime = _time()
    snapshot: int
    status: bytes = _bytes()
    raw: bytes = _bytes()
