"""Rows of the wallets that this process keeps: sealed vaults and sessions. No row can be read without a secret.

A vault's row holds its PVL1 bytes, a session's row the vault key sealed under the caller's token, of which only a hash
is kept. Nothing of a person stands here in clear.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String
from sqlmodel import Field, SQLModel

from kit.columns import ID_LENGTH, UtcDateTime


class VaultRow(SQLModel, table=True):
    """One wallet. `sequence` is the manifest's: a write must come from the state before it."""

    __tablename__ = "wallet_vault"

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    owner: str = Field(max_length=64, index=True)
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    changed: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class WalletSessionRow(SQLModel, table=True):
    """One signed-in caller, for a quarter of an hour. `id` = SHA-256 of the token, which is the key of `wrap`."""

    __tablename__ = "wallet_session"

    id: str = Field(primary_key=True, max_length=43)
    vault: str = Field(
        sa_column=Column(
            String(ID_LENGTH), ForeignKey("wallet_vault.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    wrap: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    expires: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
