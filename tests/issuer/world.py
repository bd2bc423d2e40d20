"""A small issuing house for tests: an issuer with its lists, an officer, an approver, a desk on a real database."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from issuer.cohort_file import UPLOAD, FileBound
from issuer.desk import Desk
from issuer.notices.desk import NoticeDesk
from issuer.service import IssuerSetUp
from kernel.access import Principal
from schemas.identifiers import Did, DidUrl
from schemas.issuance import CohortChoices
from schemas.rows import PermitRow, PermitRows
from tests.issuer.rooms import Rooms

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
EVIDENCE = "ab" * 32
"""The hash of what shows that a reason holds."""


@dataclass
class House(Rooms):
    """The house, its desk, and what its people do there."""

    @property
    def desk(self) -> Desk:
        return Desk(**self.doors, chunk=self.chunk)

    @property
    def notice_desk(self) -> NoticeDesk:
        return NoticeDesk(notices=self.notices, many=self.many_notices, act_on_many=self.desk.act_on_many)

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
        self.propose(batch)
        self.approve(batch)

    def propose(self, batch: str) -> None:
        with self.batches() as batches:
            batches.propose(batch, by=OSCAR)

    def approve(self, batch: str) -> None:
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
