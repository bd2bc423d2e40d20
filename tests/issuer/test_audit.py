"""The audit chain as the database keeps it: a line comes after the last one and follows it, and says whole seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import reading, transaction
from issuer import audit
from issuer.tables import AuditRow
from kernel.errors import Conflict

AT = datetime(2026, 11, 29, 12, 30, 15, 250_000, tzinfo=UTC)
LINE = " INTO issuer_audit VALUES (:n, '2026-11-29 12:30:15', 'otra', 'b', 'c', :h, :former, :h)"


@pytest.fixture
def chain(database: Engine) -> Engine:
    with transaction(database) as session:
        for act in ("batch_checked", "batch_proposed"):
            audit.append(session, audit.Act(at=AT, actor="oscar", act=act, object="x"))
    return database


def insert(engine: Engine, n: int, former: bytes, verb: str = "INSERT") -> None:
    with engine.begin() as connection:
        connection.execute(text(verb + LINE), {"n": n, "former": former, "h": bytes(32)})


def test_a_line_that_does_not_follow_the_last_one_is_not_inserted(chain: Engine) -> None:
    with reading(chain) as session:
        last = audit.hash_at(session, 2)
    for n, former in ((4, last), (3, bytes(32)), (0, last), (-5, last)):
        with pytest.raises(DBAPIError, match="follows the last one"):
            insert(chain, n, former)
    insert(chain, 3, last)


def test_no_first_line_follows_anything_else_than_the_beginning(database: Engine) -> None:
    with pytest.raises(DBAPIError, match="follows the last one"):
        insert(database, 1, b"\1" * 32)
    insert(database, 1, audit.ORIGIN)


def test_no_line_is_replaced(chain: Engine) -> None:
    if chain.dialect.name != "sqlite":
        pytest.skip("a statement of SQLite alone")
    with pytest.raises(DBAPIError, match="follows the last one"):
        insert(chain, 1, audit.ORIGIN, "INSERT OR REPLACE")
    with reading(chain) as session:
        assert audit.recompute(session)[0] == 2


def test_a_line_says_the_whole_seconds_that_its_hash_is_of(chain: Engine) -> None:
    with reading(chain) as session:
        assert session.get_one(AuditRow, 1).at == AT.replace(microsecond=0)
        audit.recompute(session)
    with chain.begin() as connection:
        if chain.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER issuer_audit_no_update"))
        else:
            connection.execute(text("ALTER TABLE issuer_audit DISABLE TRIGGER USER"))
        connection.execute(
            AuditRow.__table__.update().values(at=AT.replace(microsecond=0) + timedelta(milliseconds=1))  # type: ignore[attr-defined]  # SQLModel's metaclass
        )
    with reading(chain) as session, pytest.raises(Conflict):
        audit.recompute(session)
