"""Let another hand confirm whom an administrator let in.

Who is in already stays in; of an invitation that is open nobody knows any more who gave it, so any other hand confirms
whoever comes in by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_person", sa.Column("let_in_by", sa.String(64), nullable=True))
    op.add_column("staff_person", sa.Column("confirmed_by", sa.String(64), nullable=True))
    op.add_column("staff_person", sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True))
    op.add_column("staff_invitation", sa.Column("by", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("staff_invitation", "by")
    op.drop_column("staff_person", "confirmed")
    op.drop_column("staff_person", "confirmed_by")
    op.drop_column("staff_person", "let_in_by")
