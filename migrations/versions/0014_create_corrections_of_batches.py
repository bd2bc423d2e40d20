"""Create the record of which batch corrects which, and which rows it mends."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issuer_correction",
        sa.Column("child", sa.String(22), nullable=False),
        sa.Column("parent", sa.String(22), nullable=False),
        sa.ForeignKeyConstraint(["child"], ["issuer_batch.id"], name="fk_issuer_correction_child_issuer_batch"),
        sa.ForeignKeyConstraint(["parent"], ["issuer_batch.id"], name="fk_issuer_correction_parent_issuer_batch"),
        sa.PrimaryKeyConstraint("child", name="pk_issuer_correction"),
    )
    op.create_index("ix_issuer_correction_parent", "issuer_correction", ["parent"], unique=False)
    op.create_table(
        "issuer_mended",
        sa.Column("child", sa.String(22), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["child"], ["issuer_batch.id"], name="fk_issuer_mended_child_issuer_batch"),
        sa.PrimaryKeyConstraint("child", "row", name="pk_issuer_mended"),
    )


def downgrade() -> None:
    op.drop_table("issuer_mended")
    op.drop_table("issuer_correction")
