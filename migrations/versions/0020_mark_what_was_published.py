"""Mark each urgent act that a published bundle carries, and when an issuer's lists went out last."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_URGENT = sa.text("state = 'approved' AND reason IN ('fraud', 'key_compromise') AND published IS NULL")
_PROPOSED = sa.text("state = 'proposed'")


def upgrade() -> None:
    op.add_column("issuer_act", sa.Column("published", _TIME, nullable=True))
    op.add_column("issuer_issuer", sa.Column("published", _TIME, nullable=True))
    # What was decided before its issuer published last went out then; the rest goes out at the next beat of the clock.
    op.execute(
        "UPDATE issuer_act SET published = decided WHERE state = 'approved' AND reason IN ('fraud', 'key_compromise')"
        " AND decided < (SELECT min(published) FROM issuer_list WHERE issuer_list.issuer = issuer_act.issuer)"
    )
    op.execute(
        "UPDATE issuer_issuer SET published ="
        " (SELECT min(published) FROM issuer_list WHERE issuer_list.issuer = issuer_issuer.id)"
    )
    op.create_index("ix_issuer_act_urgent", "issuer_act", ["decided"], sqlite_where=_URGENT, postgresql_where=_URGENT)
    op.create_index(
        "ix_issuer_act_proposed", "issuer_act", ["issuer", "id"], sqlite_where=_PROPOSED, postgresql_where=_PROPOSED
    )


def downgrade() -> None:
    op.drop_index("ix_issuer_act_proposed", "issuer_act")
    op.drop_index("ix_issuer_act_urgent", "issuer_act")
    op.drop_column("issuer_issuer", "published")
    op.drop_column("issuer_act", "published")
