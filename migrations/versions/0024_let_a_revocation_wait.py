"""Let a revocation wait until its person was told and has had her days, and a suspension by one person lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_WAITS = sa.text("phase IS NOT NULL AND ended IS NULL")


def upgrade() -> None:
    op.add_column("issuer_act", sa.Column("phase", sa.String(12), nullable=True))
    op.add_column("issuer_act", sa.Column("told", _TIME, nullable=True))
    op.add_column("issuer_act", sa.Column("way", sa.String(8), nullable=True))
    op.add_column("issuer_act", sa.Column("due", _TIME, nullable=True))
    op.add_column("issuer_act", sa.Column("ended", _TIME, nullable=True))
    op.add_column("issuer_act", sa.Column("ended_by", sa.String(64), nullable=True))
    op.create_index("ix_issuer_act_waits", "issuer_act", ["due"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.add_column("issuer_bulk", sa.Column("phase", sa.String(12), nullable=True))
    op.add_column("issuer_bulk", sa.Column("due", _TIME, nullable=True))
    op.add_column("issuer_bulk", sa.Column("ended", _TIME, nullable=True))
    op.add_column("issuer_bulk", sa.Column("ended_by", sa.String(64), nullable=True))


def downgrade() -> None:
    for column in ("ended_by", "ended", "due", "phase"):
        op.drop_column("issuer_bulk", column)
    op.drop_index("ix_issuer_act_waits", "issuer_act")
    for column in ("ended_by", "ended", "due", "way", "told", "phase"):
        op.drop_column("issuer_act", column)
