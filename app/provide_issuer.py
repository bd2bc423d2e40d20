"""The issuer's rooms, wired: one session -> each service with its store. The doors around them are `provide.py`'s."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from app.disk import require_room
from app.fetch import stands_for_private
from app.jobs import jobs_of
from app.log_files import reader, told_size
from app.settings import Settings
from issuer.amending.service import Amending
from issuer.amending.store import AmendingStore
from issuer.auditing.service import Auditing
from issuer.batches.service import Batches
from issuer.batches.store import BatchStore
from issuer.bulk_acts.service import BulkActs
from issuer.bulk_acts.showing import Words, unasked
from issuer.bulk_acts.store import BulkStore
from issuer.disputes.service import Disputes
from issuer.disputes.store import DisputeStore
from issuer.figures.service import Figures
from issuer.figures.store import FigureStore
from issuer.logbook import LogBook
from issuer.mending.service import Mending
from issuer.mending.store import MendingStore
from issuer.notices.many import ManyNotices
from issuer.notices.service import Notices
from issuer.notices.store import NoticeStore
from issuer.papers.service import Papers
from issuer.papers.store import PaperStore
from issuer.people.indexing import Indexing
from issuer.people.service import Persons
from issuer.people.store import PeopleStore
from issuer.pickups.service import Pickups
from issuer.pickups.store import PickupStore
from issuer.reissues.service import Reissues
from issuer.reissues.store import ReissueStore
from issuer.service import Issuer, RequireKey
from issuer.signing import Signing
from issuer.status.service import Status
from issuer.status.store import StatusStore
from issuer.store import Ledger
from issuer.superseding.service import Superseding
from issuer.superseding.store import SupersedingStore
from issuer.waiting.service import Waiting
from issuer.webhooks.service import Webhooks
from issuer.webhooks.store import WebhookStore
from kernel.bundle.installed import InstalledBundle
from kernel.cborld import Dictionary
from kernel.ports import Clock, Hand, KeyStore, Random


@dataclass(frozen=True, kw_only=True)
class IssuerRooms:
    """What the issuer's services are made of; each method makes one on a session."""

    settings: Settings
    clock: Clock
    random: Random
    keys: KeyStore
    hand: Hand | None
    require_key: Callable[[Session], RequireKey]
    words: Callable[[Session], Words] = lambda _session: unasked
    dictionary: Callable[[], Dictionary]
    bundle: Callable[[], InstalledBundle | None]

    def issuer(self, session: Session) -> Issuer:
        return Issuer(
            ledger=Ledger(session=session),
            keys=self.keys,
            hand=self.hand,
            require_key=self.require_key(session),
            clock=self.clock,
            dictionary=self.dictionary(),
            entry=self.settings.entry,
            told=partial(told_size, self.settings.data),
        )

    def signing(self, session: Session) -> Signing:
        """What the signing process does, on a session that only reads."""
        return Signing(issuer=self.issuer(session))

    def logbook(self, session: Session) -> LogBook:
        return LogBook(issuer=self.issuer(session), read=reader(self.settings.data))

    def batches(self, session: Session) -> Batches:
        return Batches(
            store=BatchStore(session=session),
            issuer=self.issuer(session),
            clock=self.clock,
            random=self.random,
            jobs=jobs_of(session),
            require_room=partial(require_room, self.settings.data),
        )

    def status(self, session: Session) -> Status:
        return Status(
            store=StatusStore(session=session),
            issuer=self.issuer(session),
            clock=self.clock,
            random=self.random,
            days=self.settings.working_days,
        )

    def bulk_acts(self, session: Session, kind: type[BulkActs] = BulkActs) -> BulkActs:
        return kind(
            store=BulkStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            clock=self.clock,
            random=self.random,
            words=self.words(session),
        )

    def notices(self, session: Session) -> Notices:
        return Notices(
            store=NoticeStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            bundle=self.bundle,
            clock=self.clock,
            random=self.random,
        )

    def many_notices(self, session: Session) -> ManyNotices:
        return ManyNotices(notices=self.notices(session), acts=self.bulk_acts(session))

    def pickups(self, session: Session) -> Pickups:
        return Pickups(
            store=PickupStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            superseding=self.superseding(session),
            clock=self.clock,
            random=self.random,
        )

    def amending(self, session: Session) -> Amending:
        return Amending(
            store=AmendingStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            superseding=self.superseding(session),
            clock=self.clock,
            random=self.random,
        )

    def papers(self, session: Session) -> Papers:
        return Papers(
            store=PaperStore(session=session),
            issuer=self.issuer(session),
            pickups=self.pickups(session),
            bundle=self.bundle,
            clock=self.clock,
            random=self.random,
            reached=self.settings.said,
        )

    def reissues(self, session: Session) -> Reissues:
        return Reissues(
            store=ReissueStore(session=session),
            issuer=self.issuer(session),
            pickups=self.pickups(session),
            clock=self.clock,
            random=self.random,
            wait=timedelta(hours=self.settings.reissue_wait_hours),
        )

    def auditing(self, session: Session) -> Auditing:
        return Auditing(session=session)

    def waiting(self, session: Session) -> Waiting:
        return Waiting(session=session)

    def figures(self, session: Session) -> Figures:
        days = self.settings.working_days
        return Figures(store=FigureStore(session=session), issuer=self.issuer(session), days=days)

    def mending(self, session: Session) -> Mending:
        return Mending(store=MendingStore(session=session), batches=self.batches(session))

    def indexing(self, session: Session) -> Indexing:
        return Indexing(session=session, issuer=self.issuer(session))

    def people(self, session: Session) -> Persons:
        return Persons(
            store=PeopleStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            disputes=self.disputes(session),
            reissues=self.reissues(session),
            amending=self.amending(session),
            clock=self.clock,
        )

    def webhooks(self, session: Session) -> Webhooks:
        return Webhooks(
            store=WebhookStore(session=session),
            issuer=self.issuer(session),
            notices=self.notices(session),
            many=self.many_notices(session),
            clock=self.clock,
            random=self.random,
            is_private=stands_for_private if self.settings.env == "production" else None,
        )

    def superseding(self, session: Session) -> Superseding:
        return Superseding(
            store=SupersedingStore(session=session),
            offers=PickupStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            clock=self.clock,
        )

    def disputes(self, session: Session) -> Disputes:
        return Disputes(
            store=DisputeStore(session=session),
            issuer=self.issuer(session),
            status=self.status(session),
            superseding=self.superseding(session),
            clock=self.clock,
            random=self.random,
        )
