"""Let one offer of a row stand: of earlier ones the used one, else the one that lives longest; the others end."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STANDING = """
UPDATE issuer_offer SET stands = n WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY n ORDER BY CASE WHEN used IS NULL THEN 1 ELSE 0 END, expires DESC, id
        ) AS place
        FROM issuer_offer
    ) AS ranked
    WHERE place = 1
)
"""


def upgrade() -> None:
    op.add_column("issuer_offer", sa.Column("stands", sa.BigInteger(), nullable=True))
    op.execute(_STANDING)
    op.create_index("ix_issuer_offer_stands", "issuer_offer", ["stands"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_issuer_offer_stands", table_name="issuer_offer")
    op.drop_column("issuer_offer", "stands")
