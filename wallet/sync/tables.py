"""Rows of sync: vaults by opaque ids, their sealed bytes, the devices that may fetch them. Nothing of a person.

Tokens, device secrets and locators are kept as hashes. What a blob holds cannot be read here, only how long it is.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime

HASH_LENGTH = 43
"""256 bits as base64url without padding."""


class SyncVaultRow(SQLModel, table=True):
    """One vault: the public key that opens its sessions, its manifest, and the recovery sheet's wrap of its key."""

    __tablename__ = "wallet_sync_vault"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sequence: int = Field(
        sa_column=Column(BigInteger, nullable=False), description="the manifest's; 0 before the first"
    )
    manifest: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="empty before the first")
    size: int = Field(sa_column=Column(BigInteger, nullable=False), description="bytes of the manifest and all blobs")
    locator: bytes | None = Field(
        default=None,
        sa_column=Column(LargeBinary, nullable=True, unique=True),
        description="SHA-256 of what the recovery sheet finds the vault by",
    )
    wrap: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    leaves: datetime | None = Field(
        default=None,
        sa_column=Column(UtcDateTime, nullable=True, index=True),
        description="when all of it goes, once that was asked for",
    )


class SyncBlobRow(SQLModel, table=True):
    """One sealed item. Its name holds the hash of its bytes, so it never changes."""

    __tablename__ = "wallet_sync_blob"
    __table_args__ = (ForeignKeyConstraint(["vault"], ["wallet_sync_vault.id"], ondelete="CASCADE"),)

    vault: str = Field(primary_key=True, max_length=ID_LENGTH)
    item: str = Field(primary_key=True, max_length=ID_LENGTH)
    hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SyncDeviceRow(SQLModel, table=True):
    """One device of a vault, by the hash of its secret. It waits until `opens`."""

    __tablename__ = "wallet_sync_device"
    __table_args__ = (ForeignKeyConstraint(["vault"], ["wallet_sync_vault.id"], ondelete="CASCADE"),)

    vault: str = Field(primary_key=True, max_length=ID_LENGTH)
    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    since: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    opens: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    seen: date = Field(description="the day of its last session in Bogotá, and no finer")


class SyncSessionRow(SQLModel, table=True):
    """One open session of a device; `id` = SHA-256 of its token. It goes with its device."""

    __tablename__ = "wallet_sync_session"
    __table_args__ = (
        ForeignKeyConstraint(
            ["vault", "device"], ["wallet_sync_device.vault", "wallet_sync_device.id"], ondelete="CASCADE"
        ),
        Index(None, "vault", "device"),
    )

    id: str = Field(primary_key=True, max_length=HASH_LENGTH)
    vault: str = Field(max_length=ID_LENGTH)
    device: str = Field(max_length=ID_LENGTH)
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


class SyncChallengeRow(SQLModel, table=True):
    """Something to sign, for one vault, known here or not: gone with its first use, or after its time."""

    __tablename__ = "wallet_sync_challenge"

    challenge: str = Field(primary_key=True, max_length=HASH_LENGTH)
    vault: str = Field(max_length=ID_LENGTH)
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
