"""Create the registry: issuers, scopes, keys, lists; changes, approvals, events; role keys, publications."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_STATES = "'announced', 'active', 'retired', 'destroyed', 'suspended', 'compromised'"


def upgrade() -> None:
    _issuers()
    _keys()
    _changes()
    _events()
    _publications()


def downgrade() -> None:
    for table in ("publication", "role_key", "event", "approval", "change", "list", "key", "scope", "issuer"):
        op.drop_table(f"registry_{table}")


def _issuers() -> None:
    op.create_table(
        "registry_issuer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(256), nullable=False),
        sa.Column("host", sa.String(240), nullable=False),
        sa.Column("name_es", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("tier", sa.String(2), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registry_issuer"),
        sa.UniqueConstraint("number", name="uq_registry_issuer_number"),
        sa.UniqueConstraint("did", name="uq_registry_issuer_did"),
        sa.UniqueConstraint("host", name="uq_registry_issuer_host"),
        sa.CheckConstraint("tier IN ('T1', 'T2', 'T3')", name="ck_registry_issuer_tier"),
    )
    op.create_table(
        "registry_scope",
        sa.Column("issuer", sa.String(32), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("scheme", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "type", "scheme", name="pk_registry_scope"),
        _of_issuer("scope"),
    )
    op.create_table(
        "registry_list",
        sa.Column("issuer", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("approved", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("issuer", "number", name="pk_registry_list"),
        _of_issuer("list"),
    )


def _of_issuer(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["issuer"], ["registry_issuer.id"], name=f"fk_registry_{table}_issuer_registry_issuer"
    )


def _keys() -> None:
    op.create_table(
        "registry_key",
        sa.Column("id", sa.String(320), nullable=False),
        sa.Column("issuer", sa.String(32), nullable=False),
        sa.Column("multikey", sa.String(64), nullable=False),
        sa.Column("state", sa.String(11), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("announced", _TIME, nullable=False),
        sa.Column("not_before", _TIME, nullable=True),
        sa.Column("not_after", _TIME, nullable=True),
        sa.Column("frozen_size", sa.BigInteger(), nullable=True),
        sa.Column("frozen_root", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_registry_key"),
        _of_issuer("key"),
        sa.CheckConstraint(f"state IN ({_STATES})", name="ck_registry_key_state"),
    )


def _changes() -> None:
    op.create_table(
        "registry_change",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_registry_change"),
        sa.UniqueConstraint("event", name="uq_registry_change_event"),
    )
    op.create_table(
        "registry_approval",
        sa.Column("change", sa.String(22), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("change", "person", name="pk_registry_approval"),
        sa.ForeignKeyConstraint(["change"], ["registry_change.id"], name="fk_registry_approval_change_registry_change"),
    )


def _events() -> None:
    op.create_table(
        "registry_event",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(320), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_registry_event"),
    )


def _publications() -> None:
    op.create_table(
        "registry_role_key",
        sa.Column("role", sa.String(48), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("role", "n", name="pk_registry_role_key"),
        sa.UniqueConstraint("key", name="uq_registry_role_key_key"),
    )
    op.create_table(
        "registry_publication",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("root", sa.Integer(), nullable=False),
        sa.Column("targets", sa.Integer(), nullable=False),
        sa.Column("targets_at", _TIME, nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("status", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_registry_publication"),
        sa.UniqueConstraint("snapshot", name="uq_registry_publication_snapshot"),
    )
