"""A verifier over a real database, with a fixed clock and a Picture that sees what it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from app.problems import install_problems
from kernel.access import PUBLIC, Policy, Principal, allow
from kernel.bundle.installed import InstalledBundle
from kernel.errors import Malformed
from kernel.verify import MemorySeen
from tests import makers, worlds
from tests.fakes import FixedClock, SeededRandom
from verifier.routes import router
from verifier.service import Verifier
from verifier.store import VerifierStore


@dataclass
class ToldPicture:
    """A Picture: photo bytes -> the texts it was told; any other photo cannot be read."""

    photos: dict[bytes, tuple[str, ...]] = field(default_factory=dict)

    def texts(self, photo: bytes, /) -> tuple[str, ...]:
        if photo not in self.photos:
            raise Malformed("picture_unreadable", detail="not a picture")
        return self.photos[photo]


@dataclass
class Desk:
    """What the tests turn: the clock, the photos, the bundle in use."""

    engine: Engine
    clock: FixedClock = field(default_factory=lambda: FixedClock(at=makers.NOW))
    random: SeededRandom = field(default_factory=SeededRandom)
    picture: ToldPicture = field(default_factory=ToldPicture)
    bundle: InstalledBundle | None = field(default_factory=worlds.plain)
    seen: MemorySeen = field(default_factory=MemorySeen)

    def service(self, session: Session) -> Verifier:
        return Verifier(
            store=VerifierStore(session=session),
            clock=self.clock,
            random=self.random,
            picture=self.picture,
            bundle=self.bundle,
            floor=None,
            seen=self.seen,
        )

    @contextmanager
    def open(self) -> Iterator[Verifier]:
        """One door: the service in a transaction."""
        with transaction(self.engine) as session:
            yield self.service(session)


@pytest.fixture
def desk(database: Engine) -> Desk:
    return Desk(engine=database)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """The verifier's routes alone, open to the public as in the product."""

    def gate(_request: Request, policy: Policy) -> Principal:
        allow(PUBLIC, policy)
        return PUBLIC

    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.state.doors = {Verifier: desk.open}
    app.state.gate = gate
    install_problems(app)
    with TestClient(app) as client:
        yield client
