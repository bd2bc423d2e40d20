"""The rooms of a small issuing house for tests: services on one real database, each behind its door."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from app.jobs import NOBODY
from issuer import working_days
from issuer.amending.service import Amending
from issuer.amending.store import AmendingStore
from issuer.batches.service import Batches
from issuer.batches.store import BatchStore
from issuer.bulk_acts.service import MANY, BulkActs
from issuer.bulk_acts.store import BulkStore
from issuer.disputes.service import Disputes
from issuer.disputes.store import DisputeStore
from issuer.mending.service import Mending
from issuer.mending.store import MendingStore
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from issuer.notices.store import NoticeStore
from issuer.papers.service import Papers
from issuer.papers.store import PaperStore
from issuer.people.service import Persons
from issuer.people.store import PeopleStore
from issuer.pickups.service import Pickups
from issuer.pickups.store import PickupStore
from issuer.reissues.service import Reissues
from issuer.reissues.store import ReissueStore
from issuer.rows import CHUNK
from issuer.service import Issuer
from issuer.status.service import Status
from issuer.status.store import StatusStore
from issuer.store import Ledger
from issuer.superseding.service import Superseding
from issuer.superseding.store import SupersedingStore
from kernel import cborld
from kernel.errors import Unavailable
from kernel.ports import Hand, Jobs
from schemas import contexts
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


@dataclass
class Rooms:
    """Doors on one database, as `app/provide.py` wires them, with a clock that stands still."""

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
    full: bool = False
    """Whether the disk is nearly full."""

    def require_room(self) -> None:
        if self.full:
            raise Unavailable("disk_full", detail="the disk of this house is nearly full")

    @contextmanager
    def _on(self, make: Callable[[Session], Service]) -> Iterator[Service]:
        with transaction(self.engine) as session:
            yield make(session)

    def issuer_on(self, session: Session) -> Issuer:
        return Issuer(
            ledger=Ledger(session=session),
            keys=self.keys,
            hand=self.hand,
            require_key=lambda _method, _at: None,
            clock=self.clock,
            dictionary=dictionary(),
            entry=self.entry,
        )

    def issuer(self) -> Door[Issuer]:
        return self._on(self.issuer_on)

    def batches_on(self, session: Session) -> Batches:
        return Batches(
            store=BatchStore(session=session),
            issuer=self.issuer_on(session),
            clock=self.clock,
            random=self.random,
            jobs=self.jobs,
            require_room=self.require_room,
        )

    def batches(self) -> Door[Batches]:
        return self._on(self.batches_on)

    def mending(self) -> Door[Mending]:
        return self._on(lambda session: Mending(store=MendingStore(session=session), batches=self.batches_on(session)))

    def status_on(self, session: Session) -> Status:
        return Status(
            store=StatusStore(session=session),
            issuer=self.issuer_on(session),
            clock=self.clock,
            random=self.random,
            days=COLOMBIA,
        )

    def status(self) -> Door[Status]:
        return self._on(self.status_on)

    def bulk_acts_on(self, session: Session) -> BulkActs:
        return BulkActs(
            store=BulkStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            clock=self.clock,
            random=self.random,
            most=self.most,
        )

    def bulk_acts(self) -> Door[BulkActs]:
        return self._on(self.bulk_acts_on)

    def notices_on(self, session: Session) -> Notices:
        return Notices(
            store=NoticeStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            bundle=lambda: None,
            clock=self.clock,
            random=self.random,
        )

    def notices(self) -> Door[Notices]:
        return self._on(self.notices_on)

    def many_notices(self) -> Door[ManyNotices]:
        return self._on(lambda session: ManyNotices(notices=self.notices_on(session), acts=self.bulk_acts_on(session)))

    def pickups_on(self, session: Session) -> Pickups:
        return Pickups(
            store=PickupStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            superseding=self.superseding_on(session),
            clock=self.clock,
            random=self.random,
        )

    def pickups(self) -> Door[Pickups]:
        return self._on(self.pickups_on)

    def amending_on(self, session: Session) -> Amending:
        return Amending(
            store=AmendingStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            superseding=self.superseding_on(session),
            clock=self.clock,
            random=self.random,
        )

    def amending(self) -> Door[Amending]:
        return self._on(self.amending_on)

    def papers(self) -> Door[Papers]:
        return self._on(
            lambda session: Papers(
                store=PaperStore(session=session),
                issuer=self.issuer_on(session),
                pickups=self.pickups_on(session),
                bundle=lambda: None,
                clock=self.clock,
                random=self.random,
                reached=self.reached,
            )
        )

    def reissues_on(self, session: Session) -> Reissues:
        return Reissues(
            store=ReissueStore(session=session),
            issuer=self.issuer_on(session),
            pickups=self.pickups_on(session),
            clock=self.clock,
            random=self.random,
            wait=timedelta(hours=24),
        )

    def reissues(self) -> Door[Reissues]:
        return self._on(self.reissues_on)

    def people(self) -> Door[Persons]:
        return self._on(
            lambda session: Persons(
                store=PeopleStore(session=session),
                issuer=self.issuer_on(session),
                status=self.status_on(session),
                disputes=self.disputes_on(session),
                reissues=self.reissues_on(session),
                amending=self.amending_on(session),
                clock=self.clock,
            )
        )

    def superseding_on(self, session: Session) -> Superseding:
        return Superseding(
            store=SupersedingStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            clock=self.clock,
        )

    def superseding(self) -> Door[Superseding]:
        return self._on(self.superseding_on)

    def disputes_on(self, session: Session) -> Disputes:
        return Disputes(
            store=DisputeStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            superseding=self.superseding_on(session),
            clock=self.clock,
            random=self.random,
        )

    def disputes(self) -> Door[Disputes]:
        return self._on(self.disputes_on)

    @property
    def doors(self) -> dict[str, Any]:
        """What a desk opens."""
        names = (
            "issuer",
            "batches",
            "mending",
            "bulk_acts",
            "papers",
            "amending",
            "pickups",
            "superseding",
            "disputes",
        )
        return {name: getattr(self, name) for name in names}
