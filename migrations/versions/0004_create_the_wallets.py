"""Create the wallets that the process keeps: sealed vaults, and sessions with a vault key under a token."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _wallet_vault()
    _wallet_session()


def downgrade() -> None:
    op.drop_table("wallet_session")
    op.drop_table("wallet_vault")


def _wallet_vault() -> None:
    op.create_table(
        "wallet_vault",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wallet_vault"),
    )
    op.create_index("ix_wallet_vault_owner", "wallet_vault", ["owner"], unique=False)


def _wallet_session() -> None:
    op.create_table(
        "wallet_session",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("vault", sa.String(22), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wallet_session"),
        sa.ForeignKeyConstraint(
            ["vault"], ["wallet_vault.id"], name="fk_wallet_session_vault_wallet_vault", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_wallet_session_vault", "wallet_session", ["vault"], unique=False)
    op.create_index("ix_wallet_session_expires", "wallet_session", ["expires"], unique=False)
