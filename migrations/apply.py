"""Bring a database to a revision: what `puente migrate`, the demo and the tests call. Never `create_all`."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

import migrations

_FOLDER = Path(__file__).resolve().parent


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Up to a revision, all or nothing."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Down to a revision; what the revision drops is gone."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def drift(engine: Engine) -> list[object]:
    """What differs between the database and the tables of the stories; empty when they agree."""
    with engine.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": migrations.is_ours}
        )
        wanted = migrations.metadata()
        foreign = {table.name for table in wanted.tables.values() if not migrations.is_ours(table.name, "table", {})}
        return [step for step in compare_metadata(context, wanted) if not _names(step, foreign)]


def _names(step: object, tables: set[str]) -> bool:
    """Whether a difference is about a table that only a test draws."""
    return isinstance(step, tuple) and any(getattr(part, "name", None) in tables for part in step)
