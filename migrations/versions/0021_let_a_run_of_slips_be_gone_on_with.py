"""Let a run of slips be gone on with: for how many rows it is, and how many open slips of before it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_slips", sa.Column("rows", sa.Integer(), nullable=True))
    op.add_column("issuer_slips", sa.Column("ended", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("issuer_slips", "ended")
    op.drop_column("issuer_slips", "rows")
