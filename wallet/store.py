"""Reads and writes sealed vaults and sessions through the session it was given; never commits, never opens a vault."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from kernel.errors import Conflict, NotFound
from wallet.sealed import SealedVault
from wallet.tables import VaultRow, WalletSessionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class WalletStore:
    """The wallets of one database. Another's wallet is not found, never forbidden."""

    session: Session

    def load(self, vault: str, *, owner: str) -> bytes:
        """The sealed bytes; raises NotFound."""
        row = self.session.execute(
            select(VaultRow.sealed).where(VaultRow.id == vault, VaultRow.owner == owner)
        ).one_or_none()
        if row is None:
            raise NotFound("not_found", detail="no wallet of that name")
        return bytes(row[0])

    def mine(self, owner: str) -> tuple[str, ...]:
        """The names of an owner's wallets."""
        found = self.session.execute(select(VaultRow.id).where(VaultRow.owner == owner).order_by(VaultRow.id))
        return tuple(found.scalars())

    def begin(self, vault: str, sealed: SealedVault, *, owner: str, now: datetime) -> None:
        """A wallet that was not here; one that was meets the primary key and is a Conflict."""
        self.session.add(
            VaultRow(id=vault, owner=owner, sequence=sealed.sequence, sealed=sealed.to_bytes(), changed=now)
        )
        self.session.flush()

    def keep(self, vault: str, sealed: SealedVault, *, owner: str, now: datetime) -> None:
        """The next state; raises Conflict when another came first. One UPDATE: two at once cannot both have it."""
        taken = self.session.execute(
            update(VaultRow)
            .where(col(VaultRow.id) == vault, col(VaultRow.owner) == owner)
            .where(col(VaultRow.sequence) == sealed.sequence - 1)
            .values(sequence=sealed.sequence, sealed=sealed.to_bytes(), changed=now)
            .returning(col(VaultRow.id))
        ).one_or_none()
        if taken is None:
            raise Conflict("stale_version", detail="the wallet changed since it was read")

    def open_session(self, row: WalletSessionRow) -> None:
        """A signed-in caller."""
        self.session.add(row)

    def find_session(self, digest: str, *, vault: str, now: datetime) -> bytes | None:
        """The wrapped vault key of a session that still runs, or None."""
        row = self.session.execute(
            select(WalletSessionRow.wrap).where(
                WalletSessionRow.id == digest, WalletSessionRow.vault == vault, WalletSessionRow.expires > now
            )
        ).one_or_none()
        return None if row is None else bytes(row[0])

    def end_sessions(self, vault: str) -> None:
        """Nobody is signed in to that wallet any more."""
        self.session.execute(delete(WalletSessionRow).where(col(WalletSessionRow.vault) == vault))

    def forget_before(self, moment: datetime) -> None:
        """Drop sessions whose time has ended."""
        self.session.execute(delete(WalletSessionRow).where(col(WalletSessionRow.expires) <= moment))
