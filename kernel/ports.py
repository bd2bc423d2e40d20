"""What must come from outside: each port has one maker in `app/` and one fake in `tests/fakes.py`; nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.identifiers import DidUrl, KeyId, Url

Random = Callable[[int], bytes]
"""n -> n bytes that nobody can foresee."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Aware, UTC, whole seconds."""
        ...


class Signer(Protocol):
    """One private key that signs and never leaves."""

    @property
    def method(self) -> DidUrl:
        """The verification method it signs for."""
        ...

    def sign(self, data: bytes, /) -> bytes:
        """64 bytes of Ed25519 (RFC 8032 5.1.6); raises Unavailable."""
        ...


class KeyStore(Protocol):
    """Private keys at rest."""

    def signer(self, key: KeyId, /) -> Signer:
        """Raises NotFound."""
        ...

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        """Make a key under that name for that method; gives the 32 bytes of the public key. Raises Conflict."""
        ...


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What the network gave."""

    body: bytes
    media_type: str
    etag: str | None = None


class Fetch(Protocol):
    """The network: bounded, timed, https only."""

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        """Raises Unavailable."""
        ...

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        """Raises Unavailable."""
        ...


class Picture(Protocol):
    """A photo -> the QR texts in it."""

    def texts(self, photo: bytes, /) -> tuple[str, ...]:
        """In no promised order; raises Malformed `picture_unreadable`, `limits_exceeded`."""
        ...
