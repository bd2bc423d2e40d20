"""Let no release that does not know replacing revoke what an act on many replaces, and name each act's kind.

Old and new processes run side by side while a house is updated: one of before 0028 takes such an act for a revocation.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_REVOKED = "a row that is replaced is revoked once another took its place"
_DONE = "an act on many is done once all its rows took their places"
_AS = "USING ERRCODE = 'integrity_constraint_violation'"
"""As SQLite's own: every release reads it as that another was faster, and leaves the act for later."""
_ACT = (
    "NEW.bulk IS NOT NULL AND EXISTS (SELECT 1 FROM issuer_bulk WHERE id = NEW.bulk AND replaces) AND NOT EXISTS "
    "(SELECT 1 FROM issuer_superseding AS s WHERE s.old = NEW.n AND s.bulk = NEW.bulk AND s.done IS NOT NULL)"
)
_BULK = (
    "NEW.state = 'done' AND NEW.replaces AND EXISTS "
    "(SELECT 1 FROM issuer_superseding AS s WHERE s.bulk = NEW.id AND s.done IS NULL)"
)


def upgrade() -> None:
    op.add_column("issuer_bulk", sa.Column("kind", sa.String(16), nullable=True))
    if _is_sqlite():
        op.execute(
            "CREATE TRIGGER issuer_act_takes_place BEFORE INSERT ON issuer_act "
            f"WHEN {_ACT} BEGIN SELECT RAISE(ABORT, '{_REVOKED}'); END"
        )
        op.execute(
            "CREATE TRIGGER issuer_bulk_took_places BEFORE UPDATE OF state ON issuer_bulk "
            f"WHEN {_BULK} BEGIN SELECT RAISE(ABORT, '{_DONE}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION issuer_act_require_place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_ACT} THEN RAISE EXCEPTION '{_REVOKED}' {_AS}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_act_takes_place BEFORE INSERT ON issuer_act "
        "FOR EACH ROW WHEN (NEW.bulk IS NOT NULL) EXECUTE FUNCTION issuer_act_require_place()"
    )
    op.execute(
        "CREATE FUNCTION issuer_bulk_require_places() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_BULK} THEN RAISE EXCEPTION '{_DONE}' {_AS}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_bulk_took_places BEFORE UPDATE OF state ON issuer_bulk "
        "FOR EACH ROW EXECUTE FUNCTION issuer_bulk_require_places()"
    )


def downgrade() -> None:
    if _is_sqlite():
        op.execute("DROP TRIGGER issuer_bulk_took_places")
        op.execute("DROP TRIGGER issuer_act_takes_place")
    else:
        op.execute("DROP TRIGGER issuer_bulk_took_places ON issuer_bulk")
        op.execute("DROP FUNCTION issuer_bulk_require_places()")
        op.execute("DROP TRIGGER issuer_act_takes_place ON issuer_act")
        op.execute("DROP FUNCTION issuer_act_require_place()")
    op.drop_column("issuer_bulk", "kind")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
