"""Say why the last message to a system was not taken, by a short code."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_webhook", sa.Column("failed", sa.String(12), nullable=True))


def downgrade() -> None:
    op.drop_column("issuer_webhook", "failed")
