"""Create the sync of vaults: sealed bytes by opaque ids, the devices that may fetch them; and the buckets of paces."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _vault()
    _blob()
    _device()
    _session()
    _challenge()
    _pace()


def downgrade() -> None:
    for table in (
        "kit_pace",
        "wallet_sync_challenge",
        "wallet_sync_session",
        "wallet_sync_device",
        "wallet_sync_blob",
        "wallet_sync_vault",
    ):
        op.drop_table(table)


def _vault() -> None:
    op.create_table(
        "wallet_sync_vault",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("locator", sa.LargeBinary(), nullable=True),
        sa.Column("wrap", sa.LargeBinary(), nullable=True),
        sa.Column("leaves", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wallet_sync_vault"),
        sa.UniqueConstraint("locator", name="uq_wallet_sync_vault_locator"),
    )
    op.create_index("ix_wallet_sync_vault_leaves", "wallet_sync_vault", ["leaves"], unique=False)


def _blob() -> None:
    op.create_table(
        "wallet_sync_blob",
        sa.Column("vault", sa.String(22), nullable=False),
        sa.Column("item", sa.String(22), nullable=False),
        sa.Column("hash", sa.String(43), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("vault", "item", "hash", name="pk_wallet_sync_blob"),
        _of_vault("wallet_sync_blob"),
    )


def _device() -> None:
    op.create_table(
        "wallet_sync_device",
        sa.Column("vault", sa.String(22), nullable=False),
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("opens", _TIME, nullable=False),
        sa.Column("seen", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("vault", "id", name="pk_wallet_sync_device"),
        _of_vault("wallet_sync_device"),
    )


def _of_vault(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_vault_wallet_sync_vault"
    return sa.ForeignKeyConstraint(["vault"], ["wallet_sync_vault.id"], name=name, ondelete="CASCADE")


def _session() -> None:
    op.create_table(
        "wallet_sync_session",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("vault", sa.String(22), nullable=False),
        sa.Column("device", sa.String(22), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wallet_sync_session"),
        sa.ForeignKeyConstraint(
            ["vault", "device"],
            ["wallet_sync_device.vault", "wallet_sync_device.id"],
            name="fk_wallet_sync_session_vault_device_wallet_sync_device",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_wallet_sync_session_vault_device", "wallet_sync_session", ["vault", "device"], unique=False)
    op.create_index("ix_wallet_sync_session_expires", "wallet_sync_session", ["expires"], unique=False)


def _challenge() -> None:
    op.create_table(
        "wallet_sync_challenge",
        sa.Column("challenge", sa.String(43), nullable=False),
        sa.Column("vault", sa.String(22), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("challenge", name="pk_wallet_sync_challenge"),
    )
    op.create_index("ix_wallet_sync_challenge_expires", "wallet_sync_challenge", ["expires"], unique=False)


def _pace() -> None:
    op.create_table(
        "kit_pace",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("began", _TIME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kit_pace"),
    )
    op.create_index("ix_kit_pace_began", "kit_pace", ["began"], unique=False)
