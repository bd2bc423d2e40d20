"""Let no older release do a part of an act on many that was stopped, or announce what it would only revoke; and forget
what stopped acts promised before that was forgotten at once.

A release of before 0030 does not hold the act's row; one of before 0028 takes a replacement for a revocation.
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_PART = "a part of an act on many is done while that is approved and nobody stops it"
_PHASE = "what is replaced is not announced"
_AS = "USING ERRCODE = 'integrity_constraint_violation'"
"""As SQLite's own: every release reads it as that another was faster, and leaves the act for later."""
_APPROVED = "SELECT 1 FROM issuer_bulk WHERE id = NEW.bulk AND state = 'approved'"
_ANNOUNCED = "NEW.replaces AND NEW.phase IS NOT NULL"


def upgrade() -> None:
    _mend()
    if _is_sqlite():  # one writer: who does a part began before the one who stops, or after
        op.execute(
            "CREATE TRIGGER issuer_bulk_part_under_way BEFORE UPDATE OF done ON issuer_bulk_part "
            f"WHEN NEW.done AND NOT OLD.done AND NOT EXISTS ({_APPROVED}) "
            f"BEGIN SELECT RAISE(ABORT, '{_PART}'); END"
        )
        op.execute(
            "CREATE TRIGGER issuer_bulk_announces BEFORE UPDATE OF phase ON issuer_bulk "
            f"WHEN {_ANNOUNCED} BEGIN SELECT RAISE(ABORT, '{_PHASE}'); END"
        )
        return
    # Held until the part is done, so that who stops waits; it never waits itself, since it holds the part already.
    op.execute(
        "CREATE FUNCTION issuer_bulk_part_require_act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM 1 FROM ({_APPROVED} FOR SHARE SKIP LOCKED) AS act; "
        f"IF NOT FOUND THEN RAISE EXCEPTION '{_PART}' {_AS}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_bulk_part_under_way BEFORE UPDATE OF done ON issuer_bulk_part "
        "FOR EACH ROW WHEN (NEW.done AND NOT OLD.done) EXECUTE FUNCTION issuer_bulk_part_require_act()"
    )
    op.execute(
        "CREATE FUNCTION issuer_bulk_refuse_phase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_PHASE}' {_AS}; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_bulk_announces BEFORE UPDATE OF phase ON issuer_bulk "
        f"FOR EACH ROW WHEN ({_ANNOUNCED}) EXECUTE FUNCTION issuer_bulk_refuse_phase()"
    )


def downgrade() -> None:
    if _is_sqlite():
        op.execute("DROP TRIGGER issuer_bulk_announces")
        op.execute("DROP TRIGGER issuer_bulk_part_under_way")
        return
    op.execute("DROP TRIGGER issuer_bulk_announces ON issuer_bulk")
    op.execute("DROP FUNCTION issuer_bulk_refuse_phase()")
    op.execute("DROP TRIGGER issuer_bulk_part_under_way ON issuer_bulk_part")
    op.execute("DROP FUNCTION issuer_bulk_part_require_act()")


def _mend() -> None:
    """What such releases left: replacements that are announced for ever, and names that nothing leads to."""
    op.execute(
        "UPDATE issuer_act SET phase = NULL, ended = NULL, ended_by = NULL WHERE reason = 'superseded' "
        "AND bulk IN (SELECT id FROM issuer_bulk WHERE replaces AND phase IS NOT NULL)"
    )
    op.execute(
        "UPDATE issuer_bulk SET phase = NULL, due = NULL, ended = NULL, ended_by = NULL "
        "WHERE replaces AND phase IS NOT NULL"
    )
    if _is_sqlite():
        op.execute(
            "UPDATE issuer_intent SET payload = X'5B5D', subject = NULL, idem = randomblob(16) "
            "WHERE n IN (SELECT n FROM issuer_void WHERE code = 'stopped')"
        )
    else:
        op.execute(
            "UPDATE issuer_intent SET payload = decode('5b5d', 'hex'), subject = NULL, "
            "idem = uuid_send(gen_random_uuid()) WHERE n IN (SELECT n FROM issuer_void WHERE code = 'stopped')"
        )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
