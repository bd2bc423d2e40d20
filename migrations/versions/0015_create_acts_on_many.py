"""Create acts on many credentials: the act, its rows by chunk, its lists; and what of a list waits for a word."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _bulk()
    op.create_table(
        "issuer_bulk_part",
        sa.Column("bulk", sa.String(22), nullable=False),
        sa.Column("first", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bulk"], ["issuer_bulk.id"], name="fk_issuer_bulk_part_bulk_issuer_bulk"),
        sa.PrimaryKeyConstraint("bulk", "first", name="pk_issuer_bulk_part"),
    )
    op.create_table(
        "issuer_bulk_list",
        sa.Column("bulk", sa.String(22), nullable=False),
        sa.Column("list", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bulk"], ["issuer_bulk.id"], name="fk_issuer_bulk_list_bulk_issuer_bulk"),
        sa.ForeignKeyConstraint(["list"], ["issuer_list.id"], name="fk_issuer_bulk_list_list_issuer_list"),
        sa.PrimaryKeyConstraint("bulk", "list", name="pk_issuer_bulk_list"),
    )
    op.add_column("issuer_act", sa.Column("bulk", sa.String(22), nullable=True))
    op.create_index("ix_issuer_act_bulk", "issuer_act", ["bulk"], unique=False)
    op.add_column("issuer_list", sa.Column("held", sa.LargeBinary(), nullable=True))


def _bulk() -> None:
    op.create_table(
        "issuer_bulk",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("way", sa.String(64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("already", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.Column("unsealed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.CheckConstraint("act IN ('suspend', 'lift', 'revoke')", name="ck_issuer_bulk_act"),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'done', 'refused')", name="ck_issuer_bulk_state"),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_bulk_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_bulk"),
    )
    op.create_index("ix_issuer_bulk_issuer", "issuer_bulk", ["issuer"], unique=False)


def downgrade() -> None:
    op.drop_column("issuer_list", "held")
    op.drop_index("ix_issuer_act_bulk", table_name="issuer_act")
    op.drop_column("issuer_act", "bulk")
    for table in ("issuer_bulk_list", "issuer_bulk_part", "issuer_bulk"):
        op.drop_table(table)
