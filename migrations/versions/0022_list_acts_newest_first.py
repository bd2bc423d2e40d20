"""List acts of status newest first, whatever their number."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_issuer_act_newest", "issuer_act", ["issuer", "proposed", "id"])


def downgrade() -> None:
    op.drop_index("ix_issuer_act_newest", "issuer_act")
