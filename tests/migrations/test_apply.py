"""Up, down, up; and the database then agrees with the tables of the stories, on both databases."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from migrations.apply import downgrade, drift, upgrade


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_up_without_drift(database: Engine) -> None:
    full = tables(database)
    assert drift(database) == []
    downgrade(database)
    assert tables(database) == set()
    upgrade(database)
    assert tables(database) == full
    assert drift(database) == []


@pytest.mark.parametrize("verb", ["UPDATE issuer_audit SET actor = 'x'", "DELETE FROM issuer_audit"])
def test_the_audit_chain_refuses_to_be_changed(database: Engine, verb: str) -> None:
    line = "INSERT INTO issuer_audit VALUES (1, '2026-01-01 00:00:00', 'a', 'b', 'c', :h, :h, :h)"
    with database.begin() as connection:
        connection.execute(text(line), {"h": bytes(32)})
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
        connection.execute(text(verb))
