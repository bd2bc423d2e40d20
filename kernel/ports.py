"""What must come from outside: each port has one maker in `app/` and one fake in `tests/fakes.py`; nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

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


class KeptSigner(Signer, Protocol):
    """One that a key store gives out, which knows the other half of its key."""

    @property
    def public(self) -> bytes:
        """32 bytes."""
        ...


class KeyStore(Protocol):
    """Private keys at rest."""

    def signer(self, key: KeyId, /) -> KeptSigner:
        """Raises NotFound."""
        ...

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        """Make a key under that name for that method; gives the 32 bytes of the public key. Raises Conflict."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningTask:
    """What is to be signed, by its name in the ledger: a chunk, a status list, a log's or the audit's checkpoint.

    `of` is the chunk's or list's number, or the issuer; `size` is the log's, or the audit chain's, length.
    """

    kind: Literal["chunk", "list", "log", "audit"]
    of: str
    size: int = 0


class Hand(Protocol):
    """The signing process: it reads for itself what it is asked to sign, and is never sent bytes (TRUST section 7)."""

    def sign(self, task: SigningTask, /) -> tuple[bytes, ...]:
        """One signature of 64 bytes each row, list or checkpoint. Raises Unavailable, NotFound, Conflict, Forbidden."""
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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request to an API, whole. Headers may hold a secret: they are never shown."""

    method: Literal["GET", "PUT", "POST", "DELETE"]
    url: Url
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What an API answered: done, or a refusal in problem details."""

    status: int
    body: bytes = field(repr=False)
    etag: str | None
    retry_after: int | None
    """Seconds."""


class Api(Protocol):
    """An API of ours on the network: as Fetch, with the method and headers that it needs."""

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        """Raises Unavailable."""
        ...


class Jobs(Protocol):
    """Work that others will do: a queue of workers, or nobody, where this process does all itself."""

    def defer(self, work: Literal["plan", "seal"], /, *names: str) -> None:
        """In the caller's transaction: it is there when that commits. The same work waits once."""
        ...


class Picture(Protocol):
    """A photo -> the QR texts in it."""

    def texts(self, photo: bytes, /) -> tuple[str, ...]:
        """In no promised order; raises Malformed `picture_unreadable`, `limits_exceeded`."""
        ...
