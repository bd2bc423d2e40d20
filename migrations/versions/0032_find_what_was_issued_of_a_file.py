"""Find what was issued of a file by its hash: it stood in each batch's facts alone, and all were read for it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_BATCH = sa.table(
    "issuer_batch", sa.column("id"), sa.column("detected", sa.LargeBinary()), sa.column("sha256", sa.LargeBinary())
)


def upgrade() -> None:
    op.add_column("issuer_batch", sa.Column("sha256", sa.LargeBinary(), nullable=True))
    for id_, detected in op.get_bind().execute(sa.select(_BATCH.c.id, _BATCH.c.detected)).all():
        if (told := json.loads(detected).get("sha256")) is not None:
            op.execute(_BATCH.update().where(_BATCH.c.id == id_).values(sha256=bytes.fromhex(told)))
    op.create_index("ix_issuer_batch_same_file", "issuer_batch", ["issuer", "sha256"])


def downgrade() -> None:
    op.drop_index("ix_issuer_batch_same_file", "issuer_batch")
    op.drop_column("issuer_batch", "sha256")
