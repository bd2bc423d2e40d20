"""The rooms of a small issuing house for tests: services on one real database, each behind its door."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import reading, transaction
from app.jobs import NOBODY
from app.provide_issuer import IssuerRooms
from app.settings import Settings
from issuer import working_days
from issuer.amending.service import Amending
from issuer.batches.service import Batches
from issuer.bulk_acts.service import MANY, BulkActs
from issuer.disputes.service import Disputes
from issuer.mending.service import Mending
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from issuer.papers.service import Papers
from issuer.people.service import Persons
from issuer.pickups.service import Pickups
from issuer.reissues.service import Reissues
from issuer.rows import CHUNK
from issuer.service import Issuer
from issuer.status.service import Status
from issuer.superseding.service import Superseding
from kernel import cborld
from kernel.errors import Unavailable
from kernel.ports import Hand, Jobs
from schemas import contexts
from schemas.identifiers import DidUrl
from tests.fakes import FixedClock, MemoryKeyStore, SeededRandom

ENTRY = 5799
COLOMBIA = working_days.known("CO")
TABLES = Path(__file__).resolve().parents[1] / "vectors" / "format" / "tables.json"

Service = TypeVar("Service")
Door = AbstractContextManager


@cache
def dictionary() -> cborld.Dictionary:
    """The pinned contexts and the tables of the format's own vectors."""
    return cborld.read_dictionary(
        {str(url): found for url, found in contexts.documents().items()}, json.loads(TABLES.read_text("utf-8"))
    )


@cache
def settings(entry: int, reached: str | None) -> Settings:
    """Of a house without a folder; whatever else they say is what a house has that says nothing."""
    return Settings(data=Path("/dev/null"), entry=entry, address=reached)


@dataclass(frozen=True, kw_only=True)
class SmallRooms(IssuerRooms):
    """The app's own rooms, with jobs, a full disk, a bound of a list and a published log that a test decides."""

    jobs: Jobs
    require_room: Callable[[], None]
    most: int
    told: int

    def issuer(self, session: Session) -> Issuer:
        return replace(super().issuer(session), told=lambda _issuer: self.told)

    def batches(self, session: Session) -> Batches:
        return replace(super().batches(session), jobs=self.jobs, require_room=self.require_room)

    def bulk_acts(self, session: Session, kind: type[BulkActs] = BulkActs) -> BulkActs:
        return replace(super().bulk_acts(session, kind), most=self.most)


@dataclass
class Rooms:
    """Doors on one database, as the app wires them, with a clock that stands still."""

    engine: Engine
    clock: FixedClock = field(default_factory=FixedClock)
    random: SeededRandom = field(default_factory=SeededRandom)
    keys: MemoryKeyStore = field(default_factory=MemoryKeyStore)
    chunk: int = CHUNK
    entry: int = ENTRY
    reached: str | None = "norma.example"
    jobs: Jobs = NOBODY
    hand: Hand | None = None
    most: int = MANY
    """Bits that a list may set in a day without the registry's word."""
    told: int = 0
    """Leaves of each log that the checkpoint covers which was published last."""
    full: bool = False
    """Whether the disk is nearly full."""
    in_force: bool = True
    """Whether the registry lets the issuers' keys sign."""

    def require_key(self, _method: DidUrl, _at: datetime) -> None:
        if not self.in_force:
            raise Unavailable("key_not_in_force", detail="the registry does not let this key sign")

    def require_room(self) -> None:
        if self.full:
            raise Unavailable("disk_full", detail="the disk of this house is nearly full")

    @property
    def rooms(self) -> SmallRooms:
        """As they are wired now: a test may change what they are made of."""
        return SmallRooms(
            settings=settings(self.entry, self.reached),
            clock=self.clock,
            random=self.random,
            keys=self.keys,
            hand=self.hand,
            require_key=lambda _session: self.require_key,
            dictionary=dictionary,
            bundle=lambda: None,
            jobs=self.jobs,
            require_room=self.require_room,
            most=self.most,
            told=self.told,
        )

    @contextmanager
    def _on(self, make: Callable[[Session], Service]) -> Iterator[Service]:
        with transaction(self.engine) as session:
            yield make(session)

    def issuer_on(self, session: Session) -> Issuer:
        return self.rooms.issuer(session)

    def issuer(self) -> Door[Issuer]:
        return self._on(self.rooms.issuer)

    def batches(self) -> Door[Batches]:
        return self._on(self.rooms.batches)

    @contextmanager
    def batch_looks(self) -> Iterator[Batches]:
        with reading(self.engine) as session:
            yield self.rooms.batches(session)

    def mending(self) -> Door[Mending]:
        return self._on(self.rooms.mending)

    def status(self) -> Door[Status]:
        return self._on(self.rooms.status)

    def bulk_acts(self) -> Door[BulkActs]:
        return self._on(self.rooms.bulk_acts)

    def notices(self) -> Door[Notices]:
        return self._on(self.rooms.notices)

    def many_notices(self) -> Door[ManyNotices]:
        return self._on(self.rooms.many_notices)

    def pickups(self) -> Door[Pickups]:
        return self._on(self.rooms.pickups)

    def amending(self) -> Door[Amending]:
        return self._on(self.rooms.amending)

    def papers(self) -> Door[Papers]:
        return self._on(self.rooms.papers)

    def reissues(self) -> Door[Reissues]:
        return self._on(self.rooms.reissues)

    def people(self) -> Door[Persons]:
        return self._on(self.rooms.people)

    def superseding(self) -> Door[Superseding]:
        return self._on(self.rooms.superseding)

    def disputes(self) -> Door[Disputes]:
        return self._on(self.rooms.disputes)

    @property
    def doors(self) -> dict[str, Any]:
        """What a desk opens."""
        names = (
            "issuer",
            "batches",
            "batch_looks",
            "mending",
            "bulk_acts",
            "papers",
            "amending",
            "pickups",
            "superseding",
            "disputes",
        )
        return {name: getattr(self, name) for name in names}
