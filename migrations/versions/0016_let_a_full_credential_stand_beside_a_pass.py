"""Let a full credential stand beside a pass: how many twins a chunk has, and what an issuer is called in them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issuer_chunk", sa.Column("twins", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("issuer_issuer", sa.Column("name", sa.String(120), nullable=False, server_default=""))
    # An issuer that is here already is called what the registry of this house calls it, where it has one.
    op.execute(
        "UPDATE issuer_issuer SET name = COALESCE((SELECT r.name_es FROM registry_issuer r"
        " WHERE r.did = issuer_issuer.did), '')"
    )


def downgrade() -> None:
    op.drop_column("issuer_issuer", "name")
    op.drop_column("issuer_chunk", "twins")
