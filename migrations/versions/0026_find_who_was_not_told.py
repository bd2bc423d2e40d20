"""Find the acts whose people may still have to be told without going through all of them: they are counted often."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_UNTOLD = sa.text(
    "told IS NULL AND (phase = 'untold' AND ended IS NULL OR act = 'suspend'"
    " OR act = 'revoke' AND phase IS NULL AND reason IN ('fraud', 'key_compromise'))"
)


def upgrade() -> None:
    op.create_index(
        "ix_issuer_act_untold", "issuer_act", ["issuer", "bulk"], sqlite_where=_UNTOLD, postgresql_where=_UNTOLD
    )


def downgrade() -> None:
    op.drop_index("ix_issuer_act_untold", "issuer_act")
