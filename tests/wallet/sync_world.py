"""A house that keeps vaults for sync, and phones that use it: each with its own secret, some with one vault key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from app.db import transaction
from kernel import vault, vault_keys
from kernel.canonical import sha256
from kernel.ed25519 import SeedSigner
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import PuenteError, Unavailable
from kernel.vault import Kind
from kit.near import network_of
from schemas.identifiers import DidUrl
from schemas.sync import SyncSession
from tests.fakes import FixedClock, SeededRandom
from wallet.sync.desk import SyncDesk
from wallet.sync.entry import BlobName, Entry, device_name, entry_message
from wallet.sync.service import Sync
from wallet.sync.store import SyncStore

WAIT = timedelta(hours=48)
HERE = network_of("198.51.100.7")
NO_METHOD = DidUrl("did:key:z#z")


@dataclass
class House:
    """The server: one database, a clock that moves when told."""

    engine: Engine
    clock: FixedClock = field(default_factory=FixedClock)
    random: SeededRandom = field(default_factory=SeededRandom)
    is_full: bool = False

    @contextmanager
    def door(self) -> Iterator[Sync]:
        with transaction(self.engine) as session:
            yield Sync(
                store=SyncStore(session=session),
                clock=self.clock,
                random=self.random,
                wait=WAIT,
                require_room=self._require_room,
            )

    @property
    def desk(self) -> SyncDesk:
        return SyncDesk(sync=self.door)

    def _require_room(self) -> None:
        if self.is_full:
            raise Unavailable("disk_full", detail="the disk is nearly full")


@dataclass(frozen=True)
class Phone:
    """One device: the vault's key, the vault's id, and a secret of its own."""

    vault_key: bytes
    vault_id: bytes
    secret: bytes

    @property
    def name(self) -> str:
        """As the list names it."""
        return device_name(self.secret)

    @property
    def vault_name(self) -> str:
        """The vault's id as text."""
        return base64url_encode(self.vault_id)

    @property
    def signer(self) -> SeedSigner:
        """Subkey 4."""
        return SeedSigner(vault_keys.subkey(self.vault_key, vault_keys.SYNC_AUTH), NO_METHOD)

    def entry(self, challenge: str, **changes: bytes) -> Entry:
        """What it brings; with these changes after it was signed."""
        drawn = base64url_decode(challenge, limit=64)
        message = entry_message(vault=self.vault_id, challenge=drawn, device=self.secret)
        parts = {
            "vault": self.vault_id, "key": self.signer.public, "challenge": drawn, "device": self.secret,
            "signature": self.signer.sign(message),
        }  # fmt: skip
        return Entry(**(parts | changes))

    def body(self, challenge: str, **changes: bytes) -> dict[str, str]:
        """The same as it travels."""
        entry = self.entry(challenge, **changes)
        parts = ("vault", "key", "challenge", "device", "signature")
        return {part: base64url_encode(getattr(entry, part)) for part in parts}

    def enter(self, house: House, *, near: str = HERE, **changes: bytes) -> SyncSession:
        with house.door() as sync:
            challenge = sync.challenge(self.vault_name, near).challenge
        return house.desk.enter(self.entry(challenge, **changes), near)

    def token(self, house: House) -> bytes:
        return base64url_decode(self.enter(house).token, limit=64)

    def manifest(self, sequence: int, plaintext: bytes = b"{}") -> bytes:
        return self._seal(plaintext, Kind.MANIFEST, sequence)

    def item(self, plaintext: bytes = b"{}") -> tuple[BlobName, bytes]:
        """A sealed item and its name."""
        sealed = self._seal(plaintext, Kind.ITEM, 1)
        return BlobName(item=base64url_encode(bytes(16)), hash=base64url_encode(sha256(sealed))), sealed

    def wrap(self, kind: Kind = Kind.WRAP_RECOVERY) -> bytes:
        return self._seal(self.vault_key, kind, 1)

    def _seal(self, plaintext: bytes, kind: Kind, sequence: int) -> bytes:
        random = SeededRandom(f"{plaintext[:64]!r} {sequence}")
        return vault.seal(
            plaintext, key=self.vault_key, kind=kind, vault_id=self.vault_id, sequence=sequence, random=random
        )


def phone(number: int, *, of: str = "ana") -> Phone:
    """Somebody's first, second, … phone."""
    draw = SeededRandom(of)
    vault_key, vault_id = draw(32), draw(16)
    return Phone(vault_key=vault_key, vault_id=vault_id, secret=SeededRandom(f"{of}, phone {number}")(16))


def code(kind: type[PuenteError], act: Callable[..., object], *args: Any, **named: Any) -> str:
    with pytest.raises(kind) as caught:
        act(*args, **named)
    return caught.value.code


def within(house: House, act: Callable[[Sync], object]) -> Any:
    """One act through a door of its own."""
    with house.door() as sync:
        return act(sync)


def refused(house: House, kind: type[PuenteError], act: Callable[[Sync], object]) -> str:
    return code(kind, within, house, act)


def rows(house: House) -> dict[str, int]:
    with house.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name.startswith("wallet_sync_")]
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}
