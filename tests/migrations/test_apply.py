"""Up, down, up; and the database then agrees with the tables of the stories, on both databases."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from migrations.apply import downgrade, drift, upgrade
from migrations.newest import is_up_to_date


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def is_newest(engine: Engine) -> bool:
    with engine.begin() as connection:
        return is_up_to_date(connection)


def test_up_down_up_without_drift(database: Engine) -> None:
    full = tables(database)
    assert drift(database) == []
    assert is_newest(database)
    downgrade(database, "-1")
    assert not is_newest(database)
    downgrade(database)
    assert (tables(database), is_newest(database)) == (set(), False)
    upgrade(database)
    assert is_newest(database)
    assert tables(database) == full
    assert drift(database) == []


@pytest.mark.parametrize("verb", ["UPDATE issuer_audit SET actor = 'x'", "DELETE FROM issuer_audit"])
def test_the_audit_chain_refuses_to_be_changed(database: Engine, verb: str) -> None:
    line = "INSERT INTO issuer_audit VALUES (1, '2026-01-01 00:00:00', 'a', 'b', 'c', :h, :h, :h)"
    with database.begin() as connection:
        connection.execute(text(line), {"h": bytes(32)})
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
        connection.execute(text(verb))


def test_of_offers_from_before_one_a_row_stands(database: Engine) -> None:
    """The used one where there is one, else the one that lives longest; two used ones stop no upgrade."""
    downgrade(database, "0005")
    line = "INSERT INTO issuer_offer VALUES (:id, :code, :code, :n, 'oscar', :expires, 0, :used)"
    day = "2026-12-{} 12:00:00+00:00"
    rows = [
        ("used", 1, day.format("10"), day.format("01")), ("later", 1, day.format("20"), None),
        ("old", 2, day.format("10"), None), ("new", 2, day.format("11"), None),
        ("once", 3, day.format("12"), day.format("02")), ("twice", 3, day.format("11"), day.format("03")),
    ]  # fmt: skip
    with database.begin() as connection:
        for id_, n, expires, used in rows:
            values = {"id": id_, "code": id_.encode(), "n": n, "expires": expires, "used": used}
            connection.execute(text(line), values)
    upgrade(database)
    with database.begin() as connection:
        standing = connection.execute(text("SELECT id, stands FROM issuer_offer WHERE stands IS NOT NULL")).all()
        connection.execute(text("DELETE FROM issuer_offer"))
    assert {tuple(each) for each in standing} == {("used", 1), ("new", 2), ("once", 3)}
    assert drift(database) == []
