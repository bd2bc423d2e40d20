"""A founded world for each journey, on SQLite and on PostgreSQL; and after it the question whether anything leaked."""

import io
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest
import structlog

from app.logs import set_up_logs
from tests.databases import PostgresServer, SqliteFiles
from tests.fakes import NOON, FixedClock, MemoryKeyStore, SeededRandom
from tests.journeys.canary import found_in
from tests.journeys.world import Place

Source = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def founded_sqlite(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Founded once, closed, copied by every journey."""
    yield from founded(sqlite_files.empty, tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="session")
def founded_postgres(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Founded once, closed, copied by every journey."""
    yield from founded(postgres_server.empty, tmp_path_factory.mktemp("founded"))


def founded(empty: Source, folder: Path, *, now: datetime = NOON) -> Iterator[Place]:
    """A world with issuers, registry and first bundle, closed, to be copied."""
    with empty() as url:
        place = Place(url=url, folder=folder, clock=FixedClock(at=now))
        place.found()
        place.close()
        yield place


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A founded world of its own, on either database."""
    source: SqliteFiles | PostgresServer
    source = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres_server")
    founded: Place = request.getfixturevalue(f"founded_{request.param}")
    yield from copied(founded, source.empty, tmp_path)


@pytest.fixture
def plain(founded_sqlite: Place, sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Place]:
    """The same on SQLite alone, where storage is not the question."""
    yield from copied(founded_sqlite, sqlite_files.empty, tmp_path)


def copied(founded: Place, empty: Source, folder: Path, *, now: datetime = NOON) -> Iterator[Place]:
    """A founded world of its own; at its end nothing personal may have got out."""
    log = io.StringIO()
    set_up_logs(log)
    libraries = logging.StreamHandler(log)
    logging.getLogger().addHandler(libraries)
    shutil.copytree(founded.folder, folder, dirs_exist_ok=True)
    with empty(like=founded.url) as url:
        # Other randomness than the founding's: the same bytes again would be the same ids again.
        keys, random = MemoryKeyStore(methods=dict(founded.keys.methods)), SeededRandom("later")
        place = Place(url=url, folder=folder, clock=FixedClock(at=now), keys=keys, random=random)
        try:
            yield place
        finally:
            place.close()
            structlog.reset_defaults()
            logging.getLogger().removeHandler(libraries)
    require_silence(place, log.getvalue())


def require_silence(place: Place, log: str) -> None:
    """No personal value in any form in a log line (a library's too), a problem's body or a URL (HOUSE section 10)."""
    for told in (log, *place.problems, *place.urls):
        leaked = found_in(told.encode(), place.private)
        assert not leaked, told
