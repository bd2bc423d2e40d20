"""What both sides of sync know alike: what a device signs, how its secret is named, what a blob and a manifest are.

Pure. Asking is `remote.py`'s, answering `service.py`'s.
"""

from dataclasses import dataclass, field
from typing import Final

from kernel.canonical import sha256
from kernel.encoding import base64url_encode

LABEL: Final = b"PuenteSync1"
DEVICE_SIZE: Final = 16
CHALLENGE_SIZE: Final = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a device brings: the vault's public key, a challenge, its own secret, and a signature over them."""

    vault: bytes
    key: bytes
    challenge: bytes = field(repr=False)
    device: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def vault_name(self) -> str:
        """The vault's id as text."""
        return base64url_encode(self.vault)

    def message(self) -> bytes:
        """What was signed."""
        return entry_message(vault=self.vault, challenge=self.challenge, device=self.device)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A sealed manifest and its sequence."""

    sequence: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlobName:
    """An item and the hash of its bytes."""

    item: str
    hash: str


def entry_message(*, vault: bytes, challenge: bytes, device: bytes) -> bytes:
    """75 bytes: "PuenteSync1", vault id (16), challenge (32), device secret (16). Every part has one length."""
    if (len(vault), len(challenge), len(device)) != (16, CHALLENGE_SIZE, DEVICE_SIZE):
        raise ValueError("an id is 16 bytes, a challenge 32, a device's secret 16")
    return LABEL + vault + challenge + device


def device_name(secret: bytes) -> str:
    """How the list names a device: the first 16 bytes of SHA-256 of its secret. Who knows the name cannot come in."""
    return base64url_encode(sha256(secret)[:DEVICE_SIZE])
