"""Create the runs of claim slips; an offer says of which run it is."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "issuer_slips",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("batch", sa.String(22), nullable=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("following", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_slips_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_slips"),
    )
    op.create_index("ix_issuer_slips_issuer", "issuer_slips", ["issuer"], unique=False)
    op.add_column("issuer_offer", sa.Column("slips", sa.String(22), nullable=True))
    op.create_index("ix_issuer_offer_slips", "issuer_offer", ["slips"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_issuer_offer_slips", table_name="issuer_offer")
    op.drop_column("issuer_offer", "slips")
    op.drop_table("issuer_slips")
