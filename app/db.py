"""Engine, sessions, and database errors as ours. What is stored is the stories'.

SQLite as TRUST section 12 sets it: WAL, synchronous=FULL, foreign keys, one writer by BEGIN
IMMEDIATE; what is deleted is overwritten. PostgreSQL through psycopg 3.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from app.loading import load
from kernel.errors import Conflict, Unavailable
from migrations.newest import is_up_to_date


def open_engine(url: str, *, patience: float = 5.0) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://…`; nothing is connected yet.

    `patience`: seconds that a writer of SQLite waits for another.
    """
    if make_url(url).get_backend_name() == "sqlite":
        _make_private(make_url(url).database)
        # isolation_level=None: the driver starts no transaction of its own; ours begin in _begin.
        engine = create_engine(
            url,
            hide_parameters=True,  # what a statement is about may be a person, and errors go to logs
            connect_args={"check_same_thread": False, "isolation_level": None, "timeout": patience},
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": "-c statement_timeout=600000 -c idle_in_transaction_session_timeout=60000"},
    )


def _make_private(file: str | None) -> None:
    """The file is its owner's alone: it holds names and numbers. SQLite gives -wal and -shm the same rights."""
    if file and file != ":memory:" and Path(file).parent.is_dir():
        Path(file).touch(mode=0o600)


def _set_up_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: a writer waits at the start and never fails half way; readers say so by an option.
    reads = connection.get_execution_options().get("puente_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def bring_up_to_date(engine: Engine) -> None:
    """The revisions that are missing. Raises Unavailable where the database does not answer; what is wrong with a
    revision itself stays as it is, since that is nothing that passes.
    """
    with _ours(), engine.begin() as connection:
        if is_up_to_date(connection):
            return
    load("migrations.apply").upgrade(engine)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One session, one transaction: commits at the end, rolls back on any error; raises Conflict, Unavailable."""
    with _ours(), Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One session that only reads, and waits for no writer; raises Unavailable."""
    with _ours(), Session(engine.execution_options(puente_reads=True)) as session:
        yield session


def forget_freed(engine: Engine) -> None:
    """SQLite: what was deleted stands in the log beside the file until that is written anew: empty it now, where nobody
    reads at this moment. Raises Unavailable. A server's own upkeep is not ours.
    """
    if engine.dialect.name == "sqlite":
        with _ours(), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def locked(engine: Engine, number: int) -> Iterator[bool]:
    """Whether the lock of that number is ours until the end, of all who use a PostgreSQL. Raises Unavailable."""
    with _ours(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # however this ends, the lock goes with its connection and none stays in the pool
        yield bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({number})").scalar_one())
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({number})")


@contextmanager
def _ours() -> Iterator[None]:
    """Errors of the database as ours."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("stale_version", detail="another request changed the same thing first") from error
    except DBAPIError as error:
        if _is_full(error):
            raise Unavailable("disk_full", detail="the database has no room left") from error
        if error.connection_invalidated or _is_out_of_reach(error):
            raise Unavailable("database_unavailable", detail="the database did not answer") from error
        raise


def _is_full(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return type(error.orig).__name__ == "DiskFull"


def _is_out_of_reach(error: DBAPIError) -> bool:
    kind = type(error.orig).__name__
    return kind in {
        "OperationalError", "QueryCanceled", "AdminShutdown", "CrashShutdown", "SerializationFailure",
        "DeadlockDetected",
    }  # fmt: skip
