"""Create webhooks: where an issuer's systems listen, and how far each was told."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "issuer_webhook",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("events", sa.String(400), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("pinged", sa.Boolean(), nullable=False),
        sa.Column("answered", _TIME, nullable=True),
        sa.Column("stopped", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_webhook_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_webhook"),
        sa.UniqueConstraint("issuer", "slot", name="uq_issuer_webhook_issuer_slot"),
    )
    op.create_index("ix_issuer_webhook_due", "issuer_webhook", ["due"], unique=False)


def downgrade() -> None:
    op.drop_table("issuer_webhook")
