"""Many rows at once: executemany on SQLite, COPY on PostgreSQL. Rows are tuples; the table and its columns are ours.

An object a row would cost five to eight times as much (measured). Not here: what the rows mean.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import Table
from sqlmodel import Session

from kernel.errors import Conflict

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
    cursor: psycopg.Cursor[Any] = connection.connection.cursor()  # type: ignore[assignment]  # psycopg by the URL
    try:
        with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.IntegrityError as error:
        raise Conflict("stale_version", detail="another request wrote the same row first") from error
    finally:
        cursor.close()


def present(session: Session, table: Table, column: str, values: Sequence[bytes]) -> set[bytes]:
    """Those of `values` that stand in the column: one question, answered by its unique index."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        ask = f"SELECT {column} FROM {table.name} WHERE {column} = ANY(%s)"  # noqa: S608 - names of our own tables
        return {bytes(row[0]) for row in connection.exec_driver_sql(ask, (list(values),))}
    found: set[bytes] = set()
    for start in range(0, len(values), _PROBE):
        part = tuple(values[start : start + _PROBE])
        marks = ", ".join("?" * len(part))
        ask = f"SELECT {column} FROM {table.name} WHERE {column} IN ({marks})"  # noqa: S608 - names of our own tables
        found.update(row[0] for row in connection.exec_driver_sql(ask, part))
    return found
