"""Create the issuer's ledger: issuers, lists, promised and sealed rows, the log, the audit chain and its guards."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
# On SQLite only a key of the type INTEGER is the row's own number.
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _issuer_audit()
    _issuer_audit_head()
    _issuer_intent()
    _issuer_issuer()
    _issuer_log_chunk()
    _issuer_sealed()
    _issuer_void()
    _issuer_checkpoint()
    _issuer_chunk()
    _issuer_counter()
    _issuer_list()
    _first_head()
    _guard_audit()


def downgrade() -> None:
    _unguard_audit()
    op.drop_table("issuer_list")
    op.drop_table("issuer_counter")
    op.drop_table("issuer_chunk")
    op.drop_table("issuer_checkpoint")
    op.drop_table("issuer_void")
    op.drop_table("issuer_sealed")
    op.drop_table("issuer_log_chunk")
    op.drop_table("issuer_issuer")
    op.drop_table("issuer_intent")
    op.drop_table("issuer_audit_head")
    op.drop_table("issuer_audit")


def _issuer_audit() -> None:
    op.create_table(
        "issuer_audit",
        sa.Column("n", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("object", sa.String(64), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("former", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_issuer_audit"),
    )


def _issuer_audit_head() -> None:
    op.create_table(
        "issuer_audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", _BIG, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_audit_head"),
    )


def _issuer_intent() -> None:
    op.create_table(
        "issuer_intent",
        sa.Column("n", _BIG, autoincrement=False, nullable=False),
        sa.Column("idem", sa.LargeBinary(), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("revocation", sa.Integer(), nullable=False),
        sa.Column("suspension", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("profile", sa.SmallInteger(), nullable=False),
        sa.Column("origin", _BIG, autoincrement=False, nullable=True),
        sa.Column("subject", sa.String(64), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_issuer_intent"),
        sa.UniqueConstraint("idem", name="uq_issuer_intent_idem"),
        sa.UniqueConstraint("pair", "revocation", name="uq_issuer_intent_pair_revocation"),
        sa.UniqueConstraint("pair", "suspension", name="uq_issuer_intent_pair_suspension"),
    )
    op.create_index(
        "ix_issuer_intent_origin",
        "issuer_intent",
        ["origin"],
        unique=False,
        sqlite_where=sa.text("origin IS NOT NULL"),
        postgresql_where=sa.text("origin IS NOT NULL"),
    )


def _issuer_issuer() -> None:
    op.create_table(
        "issuer_issuer",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("did", sa.String(256), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("method", sa.String(320), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("next_leaf", _BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_issuer"),
        sa.UniqueConstraint("did", name="uq_issuer_issuer_did"),
        sa.UniqueConstraint("number", name="uq_issuer_issuer_number"),
    )


def _issuer_log_chunk() -> None:
    op.create_table(
        "issuer_log_chunk",
        sa.Column("first", _BIG, autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", name="pk_issuer_log_chunk"),
    )


def _issuer_sealed() -> None:
    op.create_table(
        "issuer_sealed",
        sa.Column("n", _BIG, autoincrement=False, nullable=False),
        sa.Column("cborld", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_issuer_sealed"),
    )


def _issuer_void() -> None:
    op.create_table(
        "issuer_void",
        sa.Column("n", _BIG, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_issuer_void"),
    )


def _issuer_checkpoint() -> None:
    op.create_table(
        "issuer_checkpoint",
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("size", _BIG, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(2048), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_checkpoint_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("issuer", "size", name="pk_issuer_checkpoint"),
    )


def _issuer_chunk() -> None:
    op.create_table(
        "issuer_chunk",
        sa.Column("first", _BIG, autoincrement=False, nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("batch", sa.String(22), nullable=True),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("family", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("method", sa.String(320), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_chunk_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("first", name="pk_issuer_chunk"),
    )
    op.create_index("ix_issuer_chunk_batch", "issuer_chunk", ["batch"], unique=False)


def _issuer_counter() -> None:
    op.create_table(
        "issuer_counter",
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("family", sa.String(8), nullable=False),
        sa.Column("next_place", _BIG, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_counter_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("issuer", "family", name="pk_issuer_counter"),
    )


def _issuer_list() -> None:
    op.create_table(
        "issuer_list",
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("family", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("url", sa.String(256), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=True),
        sa.Column("published", _TIME, nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("purpose IN ('revocation', 'suspension')", name="ck_issuer_list_purpose"),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_list_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_list"),
        sa.UniqueConstraint("issuer", "number", name="uq_issuer_list_issuer_number"),
        sa.UniqueConstraint("url", name="uq_issuer_list_url"),
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _first_head() -> None:
    """The chain's head before its first line: 32 zero bytes stand for the hash of the line before."""
    head = sa.table("issuer_audit_head", sa.column("id"), sa.column("n"), sa.column("hash", sa.LargeBinary))
    op.bulk_insert(head, [{"id": 1, "n": 0, "hash": bytes(32)}])


def _guard_audit() -> None:
    """Lines of the audit chain are never changed and never deleted (TRUST section 13)."""
    if _is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER issuer_audit_no_{verb.lower()} BEFORE {verb} ON issuer_audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION issuer_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit chain is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER issuer_audit_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON issuer_audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION issuer_audit_refuse()"
    )


def _unguard_audit() -> None:
    if _is_sqlite():
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER issuer_audit_no_{verb}")
        return
    op.execute("DROP TRIGGER issuer_audit_guard ON issuer_audit")
    op.execute("DROP FUNCTION issuer_audit_refuse()")
