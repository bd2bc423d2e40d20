"""Let an act on many replace what it revokes: what took which place by it, who is left out, of which act slips are."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_COUNTS = ("suspended", "superseded", "waits")
_UNTOLD = sa.text(
    "told IS NULL AND (phase = 'untold' AND ended IS NULL OR act = 'suspend' OR act = 'revoke' AND phase IS NULL"
    " AND (reason IN ('fraud', 'key_compromise') OR reason = 'superseded' AND bulk IS NOT NULL))"
)


def upgrade() -> None:
    op.add_column("issuer_bulk", sa.Column("replaces", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in _COUNTS:
        op.add_column("issuer_bulk", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("issuer_superseding", sa.Column("bulk", sa.String(22), nullable=True))
    op.create_index("ix_issuer_superseding_bulk", "issuer_superseding", ["bulk", "first"])
    op.add_column("issuer_slips", sa.Column("bulk", sa.String(22), nullable=True))
    op.create_index(
        "ix_issuer_act_to_tell", "issuer_act", ["issuer", "bulk"], sqlite_where=_UNTOLD, postgresql_where=_UNTOLD
    )


def downgrade() -> None:
    op.drop_index("ix_issuer_act_to_tell", "issuer_act")
    op.drop_column("issuer_slips", "bulk")
    op.drop_index("ix_issuer_superseding_bulk", "issuer_superseding")
    op.drop_column("issuer_superseding", "bulk")
    for name in reversed(_COUNTS):
        op.drop_column("issuer_bulk", name)
    op.drop_column("issuer_bulk", "replaces")
