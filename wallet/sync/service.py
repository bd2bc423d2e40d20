"""Sync's promises to a vault's devices: in by the vault's own key, one manifest, unchangeable blobs, 48 h of waiting.

Only sizes and opaque ids are seen here (TRUST section 8). What takes two transactions is `desk.py`'s; what the bytes
mean, and how two devices' changes become one, is the wallet's that holds the key.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kernel import ed25519, vault
from kernel.canonical import sha256
from kernel.encoding import base64url_encode
from kernel.errors import BadProof, Conflict, Forbidden, Malformed, NotFound
from kernel.ports import Clock, Random
from kernel.vault import Kind
from kit.pace import Pace, forget_idle
from kit.words import HERE
from schemas import bounds
from schemas.sync import DeviceLine, Devices, SyncChallenge, SyncSession
from wallet.sync.entry import BlobName, Entry, Manifest, device_name
from wallet.sync.store import Caller, SyncStore
from wallet.sync.tables import SyncDeviceRow, SyncSessionRow

CHALLENGE_LIFE: Final = timedelta(seconds=120)
SESSION_LIFE: Final = timedelta(minutes=15)
"""Never prolonged: a new session costs a signature, and nothing is noted of when a device does what."""
LEAVING: Final = timedelta(days=90)
WRITES: Final = Pace(most=60, window=timedelta(minutes=1))
SHEETS: Final = Pace(most=10, window=timedelta(minutes=5))
STRAY_SHEETS: Final = Pace(most=600, window=timedelta(minutes=5))
CHALLENGES_NEAR: Final = Pace(most=240, window=timedelta(minutes=1))
FOUNDINGS_NEAR: Final = Pace(most=30, window=timedelta(minutes=1))
"""Of one network: nobody elsewhere waits for a stranger, and a counter's many phones behind one address come in."""
FOUNDINGS: Final = Pace(most=600, window=timedelta(minutes=1))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sync:
    """Sync on one session. `wait` = how long a new device waits."""

    store: SyncStore
    clock: Clock
    random: Random
    wait: timedelta
    require_room: Callable[[], None]
    """Raises Unavailable `disk_full`, long before issuing would lack room."""

    # Coming in.

    def challenge(self, vault_id: str, near: str) -> SyncChallenge:
        """Something to sign. Nothing is looked up, so nothing is told of which vaults are here. Raises TooMany."""
        now = self.clock.now()
        self.store.forget_before(now)
        forget_idle(self.store.session, now)
        CHALLENGES_NEAR.count(self.store.session, f"sync-ask {near}", now)
        drawn, expires = base64url_encode(self.random(32)), now + CHALLENGE_LIFE
        self.store.keep_challenge(drawn, vault_id, expires)
        return SyncChallenge(challenge=drawn, expires_at=expires)

    def use_challenge(self, entry: Entry) -> None:
        """Used up, whatever comes of the request. Raises BadProof."""
        challenge = base64url_encode(entry.challenge)
        if not self.store.take_challenge(challenge, entry.vault_name, self.clock.now()):
            raise _refused()

    def enter(self, entry: Entry, near: str) -> SyncSession:
        """A session; the first one of a vault founds it. The challenge was used up before (`SyncDesk.enter`).

        Raises BadProof `low_order_key`, and `invalid_signature` for a wrong signature and, alike, for another key than
        the vault's; Conflict `too_many_devices`; TooMany; Unavailable.
        """
        now = self.clock.now()
        ed25519.check(entry.key, entry.message(), entry.signature)
        opens = self._opens(entry, near, now)
        token = self.random(32)
        expires = now + SESSION_LIFE
        device = device_name(entry.device)
        self.store.open_session(
            SyncSessionRow(id=_digest(token), vault=entry.vault_name, device=device, expires=expires)
        )
        return SyncSession(
            token=base64url_encode(token),
            expires_at=expires,
            device=device,
            state="active" if opens <= now else "waiting",
            opens_at=None if opens <= now else opens,
        )

    # The manifest and the blobs.

    def manifest(self, token: bytes) -> Manifest:
        """The one that stands. Raises NotFound."""
        sequence, sealed = self.store.manifest(self._active(token, self.clock.now()).vault)
        if not sequence:
            raise NotFound("not_found", detail="no manifest yet")
        return Manifest(sequence=sequence, sealed=sealed)

    def replace_manifest(self, token: bytes, sealed: bytes, *, after: int) -> Manifest:
        """In the place of number `after`, 0 for the first; the very same again is the same answer.

        Raises Malformed `vault_unreadable` where the blob's own header says otherwise, Conflict `stale_version`,
        `vault_full`.
        """
        name = self._active(token, self.clock.now()).vault
        sequence = _header(sealed, Kind.MANIFEST, name).sequence
        if not after < sequence <= bounds.SAFE_INTEGER:
            raise Malformed("vault_unreadable", detail="the manifest's number does not follow", pointer="/sequence")
        taken = self.store.replace_manifest(name, sealed, sequence=sequence, after=after)
        if not taken and self.store.manifest(name) != (sequence, sealed):
            raise Conflict("stale_version", detail="another device came first; fetch, merge, try again")
        return Manifest(sequence=sequence, sealed=sealed)

    def keep_blob(self, token: bytes, name: BlobName, sealed: bytes) -> None:
        """Once and for ever under that hash. Raises Malformed `vault_unreadable`, Conflict `vault_full`."""
        vault_name = self._active(token, self.clock.now()).vault
        self.require_room()
        _header(sealed, Kind.ITEM, vault_name)
        if _digest(sealed) != name.hash:
            raise Malformed("vault_unreadable", detail="other bytes than their hash says", pointer="/hash")
        self.store.keep_blob(vault_name, name.item, name.hash, sealed)

    def blob(self, token: bytes, name: BlobName) -> bytes:
        """The very bytes. Raises NotFound."""
        return self.store.blob(self._active(token, self.clock.now()).vault, name.item, name.hash)

    def drop_blob(self, token: bytes, name: BlobName) -> None:
        """No more there. Raises NotFound."""
        self.store.drop_blob(self._active(token, self.clock.now()).vault, name.item, name.hash)

    def count_write(self, token: bytes, name: BlobName | None = None) -> None:
        """One write more of this vault, whatever comes of it. Raises TooMany.

        A blob that is here already is no write: a phone that was stopped half way and begins again gets further.
        """
        now = self.clock.now()
        caller = self._active(token, now)
        if name is None or not self.store.has_blob(caller.vault, name.item, name.hash):
            WRITES.count(self.store.session, f"sync-write {caller.vault}", now)

    # The recovery sheet.

    def keep_sheet(self, token: bytes, locator: bytes, wrap: bytes) -> None:
        """Found from now on by this sheet and by no older one. Raises Malformed `vault_unreadable`."""
        name = self._active(token, self.clock.now()).vault
        if len(wrap) > bounds.VAULT_WRAP.size or _header(wrap, Kind.WRAP_RECOVERY, name).kdf is not None:
            raise Malformed("vault_unreadable", detail="not the wrap of one key by a sheet", pointer="/wrap")
        self.store.keep_sheet(name, sha256(locator), wrap)

    def count_sheet(self, locator: bytes) -> None:
        """One try more, whatever comes of it. Tries of strangers never slow down a vault's own. Raises TooMany."""
        found = self.store.by_sheet(sha256(locator))
        pace, name = (STRAY_SHEETS, "sync-sheets") if found is None else (SHEETS, f"sync-sheet {found[0]}")
        pace.count(self.store.session, name, self.clock.now())

    def find_by_sheet(self, locator: bytes) -> tuple[str, bytes]:
        """The vault's id, and its key wrapped by the sheet. Raises NotFound."""
        found = self.store.by_sheet(sha256(locator))
        if found is None:
            raise NotFound("not_found", detail="no vault of that sheet")
        return found

    # Devices.

    def devices(self, token: bytes) -> Devices:
        """All of them."""
        now = self.clock.now()
        caller = self._active(token, now)
        return Devices(devices=[_line(row, caller, now) for row in self.store.devices(caller.vault)])

    def approve(self, token: bytes, device: str) -> None:
        """It waits no longer. Raises NotFound."""
        now = self.clock.now()
        self.store.approve(self._active(token, now).vault, device, now)

    def remove_device(self, token: bytes, device: str) -> None:
        """Signed out; when it comes again it waits as a new one. One that waits may remove itself. Raises NotFound."""
        now = self.clock.now()
        caller = self.store.caller(_digest(token), now)
        if caller.device != device:
            _require_active(caller, now)
        self.store.remove_device(caller.vault, device)

    def leave(self, token: bytes, *, at_once: bool) -> None:
        """All of it goes: at once, or after 90 days unless an active device comes back before."""
        now = self.clock.now()
        name = self._active(token, now).vault
        if at_once:
            self.store.forget(name)
            return
        self.store.leave(name, now + LEAVING)
        self.store.end_sessions(name)

    def _opens(self, entry: Entry, near: str, now: datetime) -> datetime:
        """When this device opens; it is made known when it is new, and the vault with its first."""
        name, device, today = entry.vault_name, device_name(entry.device), now.astimezone(HERE).date()
        known = self.store.known(name)
        if known is None:
            self.require_room()
            FOUNDINGS_NEAR.count(self.store.session, f"sync-found {near}", now)
            FOUNDINGS.count(self.store.session, "sync-foundings", now)
            self.store.found(name, entry.key)
        elif not hmac.compare_digest(known.key, entry.key):
            raise _refused()
        opens = self.store.see(name, device, today)
        if opens is None:
            opens = now if known is None else now + self.wait
            self.store.add_device(SyncDeviceRow(vault=name, id=device, since=now, opens=opens, seen=today))
        if known is not None and known.leaves is not None and opens <= now:
            self.store.leave(name, None)
        return opens

    def _active(self, token: bytes, now: datetime) -> Caller:
        """Raises NotFound `session_ended`, Forbidden `device_waiting`."""
        caller = self.store.caller(_digest(token), now)
        _require_active(caller, now)
        return caller


def _require_active(caller: Caller, now: datetime) -> None:
    if caller.opens > now:
        raise Forbidden("device_waiting", detail="a new device waits, or is approved by an active one")


def _header(sealed: bytes, kind: Kind, vault_name: str) -> vault.Header:
    """The blob's own header, when it is of that kind and vault. Raises Malformed `vault_unreadable`."""
    header = vault.read_header(sealed)
    if header.kind is not kind:
        raise Malformed("vault_unreadable", detail="another kind of blob than this place takes", pointer="/kind")
    if base64url_encode(header.vault_id) != vault_name:
        raise Malformed("vault_unreadable", detail="a blob of another vault", pointer="/vault")
    return header


def _line(row: SyncDeviceRow, caller: Caller, now: datetime) -> DeviceLine:
    waits = row.opens > now
    return DeviceLine(
        device=row.id,
        mine=row.id == caller.device,
        since=row.since,
        last_seen=row.seen,
        state="waiting" if waits else "active",
        opens_at=row.opens if waits else None,
    )


def _digest(raw: bytes) -> str:
    return base64url_encode(sha256(raw))


def _refused() -> BadProof:
    """The same words as the signature's own check: which of the two was wrong is not told."""
    return BadProof("invalid_signature", detail="the signature does not verify")
