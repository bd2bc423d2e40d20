"""Create reissues, and let an offer say of which reissue it is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "issuer_reissue",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.BigInteger(), nullable=True),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.Column("ready", _TIME, nullable=True),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="ck_issuer_reissue_state"),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_reissue_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_reissue"),
        sa.UniqueConstraint("stands", name="uq_issuer_reissue_stands"),
    )
    op.create_index("ix_issuer_reissue_n", "issuer_reissue", ["n"], unique=False)
    op.add_column("issuer_offer", sa.Column("reissue", sa.String(22), nullable=True))
    op.create_index("ix_issuer_offer_reissue", "issuer_offer", ["reissue"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_issuer_offer_reissue", table_name="issuer_offer")
    op.drop_column("issuer_offer", "reissue")
    op.drop_table("issuer_reissue")
