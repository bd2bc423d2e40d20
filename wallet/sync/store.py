"""Reads and writes a vault's sealed bytes, devices and sessions through the session it was given; never commits.

Every row is found under its vault; which vault a caller may ask for is the service's to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Delete, Table, Update, case, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from kernel.errors import Conflict, NotFound
from schemas.bounds import SYNC, SYNC_DEVICES
from wallet.sync.tables import SyncBlobRow, SyncChallengeRow, SyncDeviceRow, SyncSessionRow, SyncVaultRow

_VAULT: Final[Table] = SyncVaultRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
_BLOB: Final[Table] = SyncBlobRow.__table__  # type: ignore[attr-defined]
_DEVICE: Final[Table] = SyncDeviceRow.__table__  # type: ignore[attr-defined]
_SESSION: Final[Table] = SyncSessionRow.__table__  # type: ignore[attr-defined]
_CHALLENGE: Final[Table] = SyncChallengeRow.__table__  # type: ignore[attr-defined]
_NO_BLOB: Final = "no such blob in the vault"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of a vault before its bytes are read."""

    key: bytes
    leaves: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Whom a token belongs to. It may fetch from `opens` on."""

    vault: str
    device: str
    opens: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncStore:
    """The vaults of one database."""

    session: Session

    # Coming in.

    def keep_challenge(self, challenge: str, vault: str, expires: datetime) -> None:
        self.session.execute(insert(_CHALLENGE).values(challenge=challenge, vault=vault, expires=expires))

    def take_challenge(self, challenge: str, vault: str, now: datetime) -> bool:
        """Whether it was open; gone with this call. One DELETE: two at once cannot both have it."""
        c = _CHALLENGE.c
        taken = delete(_CHALLENGE).where(c.challenge == challenge, c.vault == vault, c.expires > now)
        return self.session.execute(taken.returning(c.challenge)).one_or_none() is not None

    def forget_before(self, now: datetime) -> None:
        """Drop challenges and sessions whose time has ended, and the vaults that were to go by now."""
        for table, time in ((_CHALLENGE, "expires"), (_SESSION, "expires"), (_VAULT, "leaves")):
            self.session.execute(delete(table).where(table.c[time] <= now))

    def known(self, vault: str) -> Known | None:
        """Its row is held until the end: what changes one vault goes in one after another, and never crosses."""
        c = _VAULT.c
        held = select(c.key, c.leaves).where(c.id == vault).with_for_update(key_share=True)
        row = self.session.execute(held).one_or_none()
        return None if row is None else Known(key=bytes(row.key), leaves=row.leaves)

    def found(self, vault: str, key: bytes) -> None:
        """A vault that was not here; of two at once the later meets the primary key and is a Conflict."""
        self.session.execute(insert(_VAULT).values(id=vault, key=key, sequence=0, manifest=b"", size=0))

    def add_device(self, device: SyncDeviceRow) -> None:
        """Raises Conflict `too_many_devices`."""
        ask = select(func.count()).select_from(_DEVICE).where(_DEVICE.c.vault == device.vault)
        if self.session.execute(ask).scalar_one() >= SYNC_DEVICES:
            raise Conflict("too_many_devices", detail="the vault has as many devices as it may")
        self.session.add(device)
        self.session.flush()

    def see(self, vault: str, device: str, day: date) -> datetime | None:
        """Note the day of a device that comes back; gives when it opens, or None for one that is not known."""
        c = _DEVICE.c
        seen = update(_DEVICE).where(c.vault == vault, c.id == device).values(seen=day).returning(c.opens)
        return self.session.execute(seen).scalar_one_or_none()

    def open_session(self, row: SyncSessionRow) -> None:
        self.session.add(row)
        self.session.flush()

    def caller(self, digest: str, now: datetime) -> Caller:
        """Raises NotFound `session_ended`."""
        s, d = _SESSION.c, _DEVICE.c
        ask = select(s.vault, s.device, d.opens).join_from(_SESSION, _DEVICE, (s.vault == d.vault) & (s.device == d.id))
        row = self.session.execute(ask.where(s.id == digest, s.expires > now)).one_or_none()
        if row is None:
            raise NotFound("session_ended", detail="no session of that token")
        return Caller(vault=row.vault, device=row.device, opens=row.opens)

    # Devices.

    def devices(self, vault: str) -> Sequence[SyncDeviceRow]:
        """Oldest first."""
        c = _DEVICE.c
        rows = self.session.execute(select(_DEVICE).where(c.vault == vault).order_by(c.since, c.id)).mappings()
        return [SyncDeviceRow(**row) for row in rows]

    def approve(self, vault: str, device: str, now: datetime) -> None:
        """It waits no longer; one that does not wait stays as it is. Raises NotFound."""
        c = _DEVICE.c
        opens = case((c.opens > now, now), else_=c.opens)
        self._require_one(update(_DEVICE).where(c.vault == vault, c.id == device).values(opens=opens))

    def remove_device(self, vault: str, device: str) -> None:
        """Its sessions go with it. Raises NotFound."""
        c = _DEVICE.c
        self._require_one(delete(_DEVICE).where(c.vault == vault, c.id == device))

    # Sealed bytes.

    def manifest(self, vault: str) -> tuple[int, bytes]:
        """Its sequence and its bytes; 0 and none before the first."""
        c = _VAULT.c
        row = self.session.execute(select(c.sequence, c.manifest).where(c.id == vault)).one_or_none()
        return (0, b"") if row is None else (row.sequence, bytes(row.manifest))

    def replace_manifest(self, vault: str, raw: bytes, *, sequence: int, after: int) -> bool:
        """Whether it came from the state before it. One UPDATE: of two at once one has it. Raises `vault_full`."""
        c = _VAULT.c
        size = c.size - func.length(c.manifest) + len(raw)
        taken = update(_VAULT).where(c.id == vault, c.sequence == after)
        moved = taken.values(sequence=sequence, manifest=raw, size=size).returning(c.size)
        now_long = self.session.execute(moved).scalar_one_or_none()
        if now_long is not None and now_long > SYNC.size:
            raise _full()
        return now_long is not None

    def keep_blob(self, vault: str, item: str, hash_: str, sealed: bytes) -> None:
        """The same bytes again change nothing. Raises Conflict `vault_full`."""
        self.known(vault)
        writer = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        ask = writer.insert(_BLOB).values(vault=vault, item=item, hash=hash_, sealed=sealed)
        kept = ask.on_conflict_do_nothing().returning(_BLOB.c.item)
        if self.session.execute(kept).one_or_none() is not None and self._grow(vault, len(sealed)) > SYNC.size:
            raise _full()

    def has_blob(self, vault: str, item: str, hash_: str) -> bool:
        c = _BLOB.c
        ask = select(c.item).where(c.vault == vault, c.item == item, c.hash == hash_)
        return self.session.execute(ask).one_or_none() is not None

    def blob(self, vault: str, item: str, hash_: str) -> bytes:
        """Raises NotFound."""
        c = _BLOB.c
        ask = select(c.sealed).where(c.vault == vault, c.item == item, c.hash == hash_)
        row = self.session.execute(ask).one_or_none()
        if row is None:
            raise NotFound("not_found", detail=_NO_BLOB)
        return bytes(row.sealed)

    def drop_blob(self, vault: str, item: str, hash_: str) -> None:
        """Raises NotFound."""
        self.known(vault)
        c = _BLOB.c
        gone = delete(_BLOB).where(c.vault == vault, c.item == item, c.hash == hash_)
        row = self.session.execute(gone.returning(func.length(c.sealed))).one_or_none()
        if row is None:
            raise NotFound("not_found", detail=_NO_BLOB)
        self._grow(vault, -row[0])

    # The sheet, and leaving.

    def keep_sheet(self, vault: str, locator: bytes, wrap: bytes) -> None:
        """In the place of an older one; a locator of two vaults meets the unique key and is a Conflict."""
        self.session.execute(update(_VAULT).where(_VAULT.c.id == vault).values(locator=locator, wrap=wrap))

    def by_sheet(self, locator: bytes) -> tuple[str, bytes] | None:
        """The vault's id and the wrap."""
        c = _VAULT.c
        row = self.session.execute(select(c.id, c.wrap).where(c.locator == locator)).one_or_none()
        return None if row is None else (row.id, bytes(row.wrap))

    def leave(self, vault: str, at: datetime | None) -> None:
        """All of it goes at that time; None takes it back."""
        self.session.execute(update(_VAULT).where(_VAULT.c.id == vault).values(leaves=at))

    def end_sessions(self, vault: str) -> None:
        self.session.execute(delete(_SESSION).where(_SESSION.c.vault == vault))

    def forget(self, vault: str) -> None:
        """Everything of it, now; its other rows go with it."""
        self.session.execute(delete(_VAULT).where(_VAULT.c.id == vault))

    def _grow(self, vault: str, by: int) -> int:
        c = _VAULT.c
        grown = update(_VAULT).where(c.id == vault).values(size=c.size + by).returning(c.size)
        size: int = self.session.execute(grown).scalar_one()
        return size

    def _require_one(self, change: Update | Delete) -> None:
        if self.session.execute(change.returning(_DEVICE.c.id)).one_or_none() is None:
            raise NotFound("not_found", detail="no device of that name")


def _full() -> Conflict:
    return Conflict("vault_full", detail="the vault has no room for this")
