"""Whether a database is at the newest revision, by the names of the files: asked at each start, and so without Alembic.

What brings it there is `apply.py`'s.
"""

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect

_VERSIONS: Final = Path(__file__).resolve().parent / "versions"
_TABLE: Final = "alembic_version"


@cache
def newest() -> str:
    """The number that the last file's name begins with, which is its revision's."""
    return max(file.name for file in _VERSIONS.glob("[0-9]*_*.py")).partition("_")[0]


def is_up_to_date(connection: Connection) -> bool:
    """Whether the newest revision is in force; an empty database has none."""
    if not inspect(connection).has_table(_TABLE):
        return False
    rows = connection.exec_driver_sql(f"SELECT version_num FROM {_TABLE}")  # noqa: S608 - a name of ours
    return [row[0] for row in rows] == [newest()]
