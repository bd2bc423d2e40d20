"""Let a holder take her dispute back: when she did."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_dispute", sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("issuer_dispute", "withdrawn")
