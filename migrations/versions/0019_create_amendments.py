"""Create corrections of issued credentials without a dispute."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "issuer_amendment",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.BigInteger(), nullable=True),
        sa.Column("correction", sa.LargeBinary(), nullable=True),
        sa.Column("first", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="ck_issuer_amendment_state"),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_amendment_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_amendment"),
        sa.UniqueConstraint("stands", name="uq_issuer_amendment_stands"),
    )
    op.create_index("ix_issuer_amendment_issuer", "issuer_amendment", ["issuer"], unique=False)
    op.create_index("ix_issuer_amendment_n", "issuer_amendment", ["n"], unique=False)


def downgrade() -> None:
    op.drop_table("issuer_amendment")
