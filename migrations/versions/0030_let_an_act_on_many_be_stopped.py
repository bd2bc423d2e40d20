"""Let an act on many that is under way be stopped: when, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_bulk", sa.Column("stopped", sa.DateTime(timezone=True), nullable=True))
    op.add_column("issuer_bulk", sa.Column("stopped_by", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("issuer_bulk", "stopped_by")
    op.drop_column("issuer_bulk", "stopped")
