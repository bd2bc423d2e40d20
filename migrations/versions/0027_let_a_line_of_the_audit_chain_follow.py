"""Let no line into the audit chain that does not come next and hold the hash of the last one.

On SQLite `INSERT OR REPLACE` put another line in the place of one without the triggers that refuse to change it.
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if _is_sqlite():
        op.execute(
            "CREATE TRIGGER issuer_audit_follows BEFORE INSERT ON issuer_audit "
            "WHEN NEW.n <> coalesce((SELECT max(n) FROM issuer_audit), 0) + 1 OR NEW.former <> "
            "coalesce((SELECT hash FROM issuer_audit ORDER BY n DESC LIMIT 1), zeroblob(32)) "
            "BEGIN SELECT RAISE(ABORT, 'a line of the audit chain follows the last one'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION issuer_audit_require_next() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE last record; BEGIN "
        "SELECT n, hash INTO last FROM issuer_audit ORDER BY n DESC LIMIT 1; "
        "IF NEW.n <> coalesce(last.n, 0) + 1 OR NEW.former <> coalesce(last.hash, decode(repeat('00', 32), 'hex')) "
        "THEN RAISE EXCEPTION 'a line of the audit chain follows the last one'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_audit_follows BEFORE INSERT ON issuer_audit "
        "FOR EACH ROW EXECUTE FUNCTION issuer_audit_require_next()"
    )


def downgrade() -> None:
    if _is_sqlite():
        op.execute("DROP TRIGGER issuer_audit_follows")
        return
    op.execute("DROP TRIGGER issuer_audit_follows ON issuer_audit")
    op.execute("DROP FUNCTION issuer_audit_require_next()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
