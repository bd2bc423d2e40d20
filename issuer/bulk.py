"""Many rows at once: executemany on SQLite, binary COPY on PostgreSQL. Rows are tuples; table and columns are ours.

An object a row would cost five to eight times as much (measured). Not here: what the rows mean.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.string import BytesBinaryDumper
from sqlalchemy import Connection, Table
from sqlmodel import Session

from kernel.errors import Conflict, Unavailable

_PROBE = 16_384  # variables in one question; SQLite takes at most 32,766


def insert(session: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert all or raise; raises Conflict where one meets a row that is there (SQLite: an IntegrityError, door's)."""
    if not rows:
        return
    connection = session.connection()
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        write = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
        connection.exec_driver_sql(write, list(rows))
        return
    types = [str(table.c[name].type.compile(connection.dialect)).partition("(")[0].lower() for name in columns]
    with (
        _cursor(connection) as cursor,
        cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)".encode()) as copy,
    ):
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def select(
    session: Session, table: Table, columns: Sequence[str], key: str, start: int, stop: int
) -> Sequence[tuple[Any, ...]]:
    """The rows of a range of a whole-numbered key, in its order."""
    connection = session.connection()
    ask = f"SELECT {', '.join(columns)} FROM {table.name} WHERE {key} >= %s AND {key} < %s ORDER BY {key}"  # noqa: S608 - names of our own tables
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql(ask.replace("%s", "?"), (start, stop)).cursor.fetchall()
    with _cursor(connection) as cursor:
        return cursor.execute(ask.encode(), (start, stop)).fetchall()


def present(session: Session, table: Table, column: str, values: Sequence[bytes]) -> set[bytes]:
    """Those of `values` that stand in the column: one question, answered by its unique index."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        ask = f"SELECT {column} FROM {table.name} WHERE {column} = ANY(%b)"  # noqa: S608 - names of our own tables
        with _cursor(connection) as cursor:
            return {row[0] for row in cursor.execute(ask.encode(), (list(values),))}
    found: set[bytes] = set()
    for start in range(0, len(values), _PROBE):
        part = tuple(values[start : start + _PROBE])
        marks = ", ".join("?" * len(part))
        ask = f"SELECT {column} FROM {table.name} WHERE {column} IN ({marks})"  # noqa: S608 - names of our own tables
        found.update(row[0] for row in connection.exec_driver_sql(ask, part))
    return found


@contextmanager
def _cursor(connection: Connection) -> Iterator[psycopg.Cursor[Any]]:
    """On the session's own connection, its answers as they are stored and not as text; errors as the door's are."""
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]  # by the URL
    try:
        with raw.cursor(binary=True) as cursor:
            # COPY finds by `bytea` one that is written in Python; this one is not.
            cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
            yield cursor
    except psycopg.IntegrityError as error:
        raise Conflict("stale_version", detail="another request wrote the same row first") from error
    except psycopg.OperationalError as error:
        raise Unavailable("database_unavailable", detail="the database did not answer") from error
