"""A settled world for every test: real databases, migrated, one to a test."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.db import open_engine
from tests.databases import PostgresServer, SqliteFiles, postgres, quick_place


def pytest_collection_finish() -> None:
    """Circles are looked for among what the tests make, seldom, and no more in what was loaded: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_files() -> Iterator[SqliteFiles]:
    """SQLite files of this run."""
    with tempfile.TemporaryDirectory(prefix="psq", dir=quick_place()) as name:
        yield SqliteFiles(Path(name))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL of this run: started once, only when a test asks for it."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated, empty database: each test runs on SQLite and on PostgreSQL."""
    source: SqliteFiles | PostgresServer
    if request.param == "sqlite":
        source = request.getfixturevalue("sqlite_files")
    else:
        source = request.getfixturevalue("postgres_server")
    with source.empty() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty database, opened as the product opens it."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()
