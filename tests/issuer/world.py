"""A small issuing house for tests: an issuer with its lists, an officer, an approver, a desk on a real database."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from app.jobs import NOBODY
from issuer.batches.service import Batches
from issuer.batches.store import BatchStore
from issuer.bulk_acts.service import MANY, BulkActs
from issuer.bulk_acts.store import BulkStore
from issuer.cohort_file import UPLOAD, FileBound
from issuer.desk import Desk
from issuer.disputes.service import Disputes
from issuer.disputes.store import DisputeStore
from issuer.mending.service import Mending
from issuer.mending.store import MendingStore
from issuer.people.service import Persons
from issuer.people.store import PeopleStore
from issuer.pickups.service import Pickups
from issuer.pickups.store import PickupStore
from issuer.reissues.service import Reissues
from issuer.reissues.store import ReissueStore
from issuer.rows import CHUNK
from issuer.service import Issuer, IssuerSetUp
from issuer.status.service import Status
from issuer.status.store import StatusStore
from issuer.store import Ledger
from issuer.superseding.service import Superseding
from issuer.superseding.store import SupersedingStore
from kernel import cborld
from kernel.access import Principal
from kernel.errors import Unavailable
from kernel.ports import Hand, Jobs
from schemas import contexts
from schemas.identifiers import Did, DidUrl
from schemas.issuance import CohortChoices
from schemas.rows import PermitRow, PermitRows
from tests.fakes import FixedClock, MemoryKeyStore, SeededRandom

ENTRY = 5799
TABLES = Path(__file__).resolve().parents[1] / "vectors" / "format" / "tables.json"
DEMO = Path(__file__).resolve().parents[2] / "app" / "demo"
NORMS = {
    "290801106": 1, "210601027": 2, "220601038": 1, "299001007": 1, "299001011": 1, "299001014": 1, "299001023": 1,
    "299001027": 1, "299001030": 1,
}  # fmt: skip
CHOICES = CohortChoices(as_of=date(2025, 11, 20), norm_versions=NORMS)
SETUP = IssuerSetUp(
    id="norma",
    number=1,
    did=Did("did:web:norma.example"),
    method=DidUrl("did:web:norma.example#k1"),
    host="norma.example",
    lists=("C06", "C01", "C06"),
    name="Servicio de Normas (DEMO)",
)
OSCAR = Principal(person="oscar", roles=frozenset({"officer"}), issuer="norma")
MARTA = Principal(person="marta", roles=frozenset({"approver"}), issuer="norma")


@cache
def dictionary() -> cborld.Dictionary:
    """The pinned contexts and the tables of the format's own vectors."""
    return cborld.read_dictionary(
        {str(url): found for url, found in contexts.documents().items()}, json.loads(TABLES.read_text("utf-8"))
    )


@dataclass
class House:
    """Doors on one database, as `app/provide.py` wires them, with a clock that stands still."""

    engine: Engine
    clock: FixedClock = field(default_factory=FixedClock)
    random: SeededRandom = field(default_factory=SeededRandom)
    keys: MemoryKeyStore = field(default_factory=MemoryKeyStore)
    chunk: int = CHUNK
    entry: int = ENTRY
    jobs: Jobs = NOBODY
    hand: Hand | None = None
    most: int = MANY
    """Bits that a list may set in a day without the registry's word."""
    full: bool = False
    """Whether the disk is nearly full."""

    def require_room(self) -> None:
        if self.full:
            raise Unavailable("disk_full", detail="the disk of this house is nearly full")

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

    @contextmanager
    def issuer(self) -> Iterator[Issuer]:
        with transaction(self.engine) as session:
            yield self.issuer_on(session)

    def batches_on(self, session: Session) -> Batches:
        return Batches(
            store=BatchStore(session=session),
            issuer=self.issuer_on(session),
            clock=self.clock,
            random=self.random,
            jobs=self.jobs,
            require_room=self.require_room,
        )

    @contextmanager
    def batches(self) -> Iterator[Batches]:
        with transaction(self.engine) as session:
            yield self.batches_on(session)

    @contextmanager
    def mending(self) -> Iterator[Mending]:
        with transaction(self.engine) as session:
            yield Mending(store=MendingStore(session=session), batches=self.batches_on(session))

    def status_on(self, session: Session) -> Status:
        return Status(
            store=StatusStore(session=session),
            issuer=self.issuer_on(session),
            clock=self.clock,
            random=self.random,
        )

    @contextmanager
    def status(self) -> Iterator[Status]:
        with transaction(self.engine) as session:
            yield self.status_on(session)

    @contextmanager
    def bulk_acts(self) -> Iterator[BulkActs]:
        with transaction(self.engine) as session:
            yield BulkActs(
                store=BulkStore(session=session),
                issuer=self.issuer_on(session),
                status=self.status_on(session),
                clock=self.clock,
                random=self.random,
                most=self.most,
            )

    def pickups_on(self, session: Session) -> Pickups:
        return Pickups(
            store=PickupStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            superseding=self.superseding_on(session),
            clock=self.clock,
            random=self.random,
        )

    @contextmanager
    def pickups(self) -> Iterator[Pickups]:
        with transaction(self.engine) as session:
            yield self.pickups_on(session)

    def reissues_on(self, session: Session) -> Reissues:
        return Reissues(
            store=ReissueStore(session=session),
            issuer=self.issuer_on(session),
            pickups=self.pickups_on(session),
            clock=self.clock,
            random=self.random,
            wait=timedelta(hours=24),
        )

    @contextmanager
    def reissues(self) -> Iterator[Reissues]:
        with transaction(self.engine) as session:
            yield self.reissues_on(session)

    @contextmanager
    def people(self) -> Iterator[Persons]:
        with transaction(self.engine) as session:
            yield Persons(
                store=PeopleStore(session=session),
                issuer=self.issuer_on(session),
                status=self.status_on(session),
                disputes=self.disputes_on(session),
                reissues=self.reissues_on(session),
                clock=self.clock,
            )

    def superseding_on(self, session: Session) -> Superseding:
        return Superseding(
            store=SupersedingStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            clock=self.clock,
        )

    @contextmanager
    def superseding(self) -> Iterator[Superseding]:
        with transaction(self.engine) as session:
            yield self.superseding_on(session)

    def disputes_on(self, session: Session) -> Disputes:
        return Disputes(
            store=DisputeStore(session=session),
            issuer=self.issuer_on(session),
            status=self.status_on(session),
            superseding=self.superseding_on(session),
            clock=self.clock,
            random=self.random,
        )

    @contextmanager
    def disputes(self) -> Iterator[Disputes]:
        with transaction(self.engine) as session:
            yield self.disputes_on(session)

    @property
    def doors(self) -> dict[str, Any]:
        """What a desk opens."""
        return {
            "issuer": self.issuer,
            "batches": self.batches,
            "mending": self.mending,
            "bulk_acts": self.bulk_acts,
            "pickups": self.pickups,
            "superseding": self.superseding,
            "disputes": self.disputes,
        }

    @property
    def desk(self) -> Desk:
        return Desk(**self.doors, chunk=self.chunk)

    @contextmanager
    def at_desk(self) -> Iterator[Desk]:
        yield self.desk

    def open(self) -> "House":
        with self.issuer() as issuer:
            issuer.establish(SETUP)
        return self

    def check(self, raw: bytes, *, choices: CohortChoices = CHOICES, bound: FileBound = UPLOAD) -> str:
        with self.batches() as batches:
            return batches.check_cohort(io.BytesIO(raw), choices, by=OSCAR, bound=bound)

    def release(self, batch: str) -> None:
        with self.batches() as batches:
            batches.propose(batch, by=OSCAR)
        with self.batches() as batches:
            digest = batches.store.batch(batch, issuer=None, centre=None).digest.hex()
            batches.release(batch, by=MARTA, digest=digest, accept_errors=True)

    def issue(self, raw: bytes, **how: Any) -> str:
        batch = self.check(raw, **how)
        self.release(batch)
        self.desk.run(batch)
        return batch

    def permits(self, *rows: PermitRow) -> str:
        with self.batches() as batches:
            batch = batches.check_rows(PermitRows(reason="prueba", rows=list(rows)), io.BytesIO(), by=OSCAR)
        self.release(batch)
        self.desk.run(batch)
        return batch

    def numbers(self, batch: str) -> list[int]:
        """The rows of a batch, in leaf order."""
        with self.batches() as batches:
            chunks = batches.store.chunks(batch)
            return [n for chunk in chunks for n in chunk.passes]

    def credential(self, n: int) -> dict[str, Any]:
        with self.issuer() as issuer:
            return issuer.credential(n)


YULEISY = PermitRow(
    name="Yuleisy Carolina Rojas",
    document_number="000123457",
    country="VEN",
    permit_status="vigente",
    work_allowed=True,
    card_valid_until=date(2031, 12, 31),
)
