"""Let a batch be paused."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_progress", sa.Column("paused", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("issuer_progress", "paused")
