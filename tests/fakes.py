"""Small worlds for tests: a fixed clock, seeded randomness, keys in memory, a web that serves what it was given."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kernel.ed25519 import SeedSigner
from kernel.errors import Conflict, NotFound, Unavailable
from kernel.ports import Answered, Asked, Fetched, KeptSigner
from schemas.identifiers import DidUrl, KeyId, Url

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """A clock that moves only when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def tick(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class SeededRandom:
    """The same bytes in every run; each call gives new ones."""

    seed: str = "puente"
    drawn: int = 0

    def __call__(self, n: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.seed}:{self.drawn}".encode()).digest(n)


@dataclass
class SmallWeb:
    """A Fetch that serves what it was given and remembers what was asked."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)
    media_types: dict[str, str] = field(default_factory=dict)

    def get(self, url: Url, /, *, accept: str, limit: int) -> Fetched:
        self.asked.append(url)
        body = self.pages.get(url)
        if body is None or len(body) > limit:
            raise Unavailable("network_unavailable", detail="the small web has no such page")
        return Fetched(body=body, media_type=self.media_types.get(url, accept))

    def post(self, url: Url, body: bytes, /, *, media_type: str, limit: int) -> Fetched:
        self.posted.append(body)
        return self.get(url, accept=media_type, limit=limit)


@dataclass
class SmallApi:
    """An Api that answers everything alike and remembers what was asked."""

    answer: Answered
    asked: list[Asked] = field(default_factory=list)

    def ask(self, asked: Asked, /, *, limit: int) -> Answered:
        self.asked.append(asked)
        if len(self.answer.body) > limit:
            raise Unavailable("network_unavailable", detail="the answer is over its bound")
        return self.answer


@dataclass
class MemoryKeyStore:
    """Keys in memory, made from a seed and their name: the same in every run."""

    seed: str = "puente"
    methods: dict[str, DidUrl] = field(default_factory=dict)

    def signer(self, key: KeyId, /) -> KeptSigner:
        if key not in self.methods:
            raise NotFound("not_found", detail="no private key of that name")
        return SeedSigner(hashlib.sha256(f"{self.seed}:{key}".encode()).digest(), self.methods[key])

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        if key in self.methods:
            raise Conflict("name_taken", detail="a private key of that name exists")
        self.methods[key] = method
        return SeedSigner(hashlib.sha256(f"{self.seed}:{key}".encode()).digest(), method).public


__all__ = ["NOON", "Conflict", "FixedClock", "MemoryKeyStore", "NotFound", "SeededRandom", "SmallWeb"]
