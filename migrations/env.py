"""Collects each story's tables and runs the revisions on one connection, in one transaction; nothing else.

The connection comes from `migrations/apply.py`, or is opened for the URL of `alembic.ini` by a developer's command.
"""

from alembic import context
from sqlalchemy import Connection, create_engine

import migrations

METADATA = migrations.metadata()


def _run(connection: Connection) -> None:
    # SQLite rolls DDL back like everything else; only its old driver did not.
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=migrations.is_ours,
        transactional_ddl=True,
        compare_type=True,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url", ""))
    with engine.begin() as opened:
        _run(opened)
    engine.dispose()
