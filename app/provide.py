"""The wiring, whole: ports and sessions into services, and the doors that open them. The only file that knows all.

A World is one process's outside; `app/opening.py` makes the machine's, tests make theirs.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import reading, transaction
from app.disk import require_room
from app.files import alone
from app.jobs import has_workers
from app.log_files import FOLDER, publish_log
from app.provide_issuer import IssuerRooms
from app.provide_staff import StaffRooms
from app.settings import Settings
from issuer.amending.service import Amending
from issuer.auditing.service import Auditing
from issuer.batches.service import Batches
from issuer.bulk_acts.service import BulkActs, BulkLooks
from issuer.desk import Desk
from issuer.disputes.service import Disputes
from issuer.figures.service import Figures
from issuer.logbook import LogBook
from issuer.mending.service import Mending
from issuer.notices.desk import NoticeDesk
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from issuer.papers.service import Papers
from issuer.people.service import Persons
from issuer.pickups.service import Pickups
from issuer.reissues.service import Reissues
from issuer.service import Issuer
from issuer.status.service import Status
from issuer.tables import CheckpointRow
from issuer.waiting.service import Waiting
from issuer.webhooks.service import Webhooks
from kernel.bundle.installed import InstalledBundle
from kernel.cborld import Dictionary
from kernel.ports import Clock, Fetch, Hand, KeyStore, Picture, Random
from kernel.verify import MemorySeen, Seen
from kit.doors import Doors
from kit.site import Site
from registry.publishing import Publisher
from registry.roles import Thresholds
from registry.rules import Rules
from registry.service import Registry
from registry.store import RegistryStore
from schemas import contexts
from staff.desk import StaffDesk
from staff.keys import Keys
from staff.people import People
from staff.service import Staff
from verifier.service import Verifier
from verifier.store import VerifierStore
from wallet.errand import Errand
from wallet.service import Wallet
from wallet.store import WalletStore
from wallet.sync.desk import SyncDesk
from wallet.sync.service import Sync
from wallet.sync.store import SyncStore


@dataclass(frozen=True, kw_only=True)
class World:
    """What is outside of one process: settings, database, clock, randomness, keys, network, pictures, the bundle."""

    settings: Settings
    engine: Engine
    clock: Clock
    random: Random
    keys: KeyStore
    fetch: Fetch
    picture: Picture
    bundle: Callable[[], InstalledBundle | None]
    dictionary: Callable[[], Dictionary]
    hand: Hand | None = None
    """The signing process; None where this process holds the keys itself (rung K0)."""
    seen: Seen = field(default_factory=MemorySeen)

    @cached_property
    def site(self) -> Site:
        """Where the staff's pages stand."""
        return Site(origin=self.settings.origin, local=self.settings.env != "production")

    @cached_property
    def rooms(self) -> IssuerRooms:
        """The issuer's services."""
        return IssuerRooms(
            settings=self.settings,
            clock=self.clock,
            random=self.random,
            keys=self.keys,
            hand=self.hand,
            require_key=lambda session: self._registry(session).require_signing,
            words=lambda session: self._registry(session).words,
            dictionary=self.dictionary,
            bundle=self.bundle,
        )

    @cached_property
    def staff_rooms(self) -> StaffRooms:
        """The staff's services."""
        return StaffRooms(site=self.site, env=self.settings.env, clock=self.clock, random=self.random)

    @cached_property
    def staff_desk(self) -> StaffDesk:
        """The staff's coming in, which takes several transactions."""
        rooms = self.staff_rooms
        return StaffDesk(
            staff=self._door(rooms.staff),
            by_password=self._door(rooms.by_password),
            hasher=rooms.hasher,
            random=self.random,
        )

    @cached_property
    def desk(self) -> Desk:
        """The issuer's work that takes several transactions."""
        return Desk(
            issuer=self._door(self.rooms.issuer),
            batches=self._door(self.rooms.batches),
            batch_looks=self._door(self.rooms.batches, on=reading),
            mending=self._door(self.rooms.mending),
            pickups=self._door(self.rooms.pickups),
            superseding=self._door(self.rooms.superseding),
            disputes=self._door(self.rooms.disputes),
            bulk_acts=self._door(self.rooms.bulk_acts),
            papers=self._door(self.rooms.papers),
            amending=self._door(self.rooms.amending),
            tell_log=self.tell_log,
            has_workers=has_workers(self.engine),
        )

    @cached_property
    def notice_desk(self) -> NoticeDesk:
        """Letters, and what the clock ends."""
        notices, many = self._door(self.rooms.notices), self._door(self.rooms.many_notices)
        return NoticeDesk(notices=notices, many=many, act_on_many=self.desk.act_on_many)

    def tell_log(self, issuer: str) -> None:
        """The log's newest checkpoint and all that it covers, into the data folder. Raises Unavailable."""
        # Alone, so that the folder never goes back to an older checkpoint.
        with alone(self.settings.data / FOLDER / issuer):
            with self._door(self.rooms.status)() as status:
                point = status.checkpoint(issuer)
            if point is not None:
                self.lay_log(point)

    def lay_log(self, point: CheckpointRow) -> None:
        """A checkpoint and all that it covers, into the data folder, which the caller holds. Raises Unavailable."""
        with self._door(self.rooms.logbook)() as book:
            publish_log(self.settings.data, point.issuer, point.note, point.size, book)

    @cached_property
    def errand(self) -> Errand:
        """A wallet's walk to an issuer."""
        return Errand(wallet=self._door(self._wallet), clock=self.clock, fetch=self.fetch)

    def doors(self) -> Doors:
        """One door a service."""
        opened = {
            Issuer: self.rooms.issuer,
            LogBook: self.rooms.logbook,
            Batches: self.rooms.batches,
            Status: self.rooms.status,
            BulkActs: self.rooms.bulk_acts,
            Notices: self.rooms.notices,
            ManyNotices: self.rooms.many_notices,
            Amending: self.rooms.amending,
            Papers: self.rooms.papers,
            Pickups: self.rooms.pickups,
            Figures: self.rooms.figures,
            Auditing: self.rooms.auditing,
            Mending: self.rooms.mending,
            Waiting: self.rooms.waiting,
            Persons: self.rooms.people,
            Disputes: self.rooms.disputes,
            Webhooks: self.rooms.webhooks,
            Reissues: self.rooms.reissues,
            Registry: self._registry,
            Publisher: self._publisher,
            Verifier: self._verifier,
            Wallet: self._wallet,
            Sync: self._sync,
            Staff: self.staff_rooms.staff,
            People: self.staff_rooms.people,
            Keys: self.staff_rooms.keys,
        }
        # These open doors of their own, one after another, so they get no session.
        walks = (self.desk, self.notice_desk, self.errand, SyncDesk(sync=self._door(self._sync)), self.staff_desk)
        doors: dict[type, Callable[[], AbstractContextManager[Any]]]
        doors = {type(walk): partial(nullcontext, walk) for walk in walks}
        doors[BulkLooks] = self._door(partial(self.rooms.bulk_acts, kind=BulkLooks), on=reading)
        return doors | {service: self._door(make) for service, make in opened.items()}

    def _door(
        self,
        make: Callable[[Session], Any],
        on: Callable[[Engine], AbstractContextManager[Session]] = transaction,
    ) -> Callable[[], AbstractContextManager[Any]]:
        @contextmanager
        def opened() -> Iterator[Any]:
            with on(self.engine) as session:
                yield make(session)

        return opened

    def _registry(self, session: Session) -> Registry:
        rules = Rules(
            approvals=self.settings.approvals,
            waiving=self.settings.waiving,
            announced=timedelta(days=self.settings.announced_days),
        )
        return Registry(store=RegistryStore(session=session), clock=self.clock, random=self.random, rules=rules)

    def _publisher(self, session: Session) -> Publisher:
        return Publisher(
            store=RegistryStore(session=session),
            clock=self.clock,
            keys=self.keys,
            random=self.random,
            thresholds=Thresholds(root=self.settings.root_threshold, targets=self.settings.targets_threshold),
            entry=self.settings.entry,
            contexts=contexts.documents(),
            demo=self.settings.env != "production",
        )

    def _verifier(self, session: Session) -> Verifier:
        return Verifier(
            store=VerifierStore(session=session),
            clock=self.clock,
            random=self.random,
            picture=self.picture,
            bundle=self.bundle(),
            floor=None,
            seen=self.seen,
        )

    def _wallet(self, session: Session) -> Wallet:
        return Wallet(
            store=WalletStore(session=session),
            clock=self.clock,
            random=self.random,
            bundle=self.bundle(),
            floor=None,
        )

    def _sync(self, session: Session) -> Sync:
        return Sync(
            store=SyncStore(session=session),
            clock=self.clock,
            random=self.random,
            wait=timedelta(hours=self.settings.device_wait_hours),
            # Anybody may fill vaults: they stop long before issuing would (TRUST section 12, the order of degrading).
            require_room=partial(require_room, self.settings.data, 3),
        )
