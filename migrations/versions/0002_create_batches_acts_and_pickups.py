"""Create what the issuer's people work with: batches and their sources, status acts, offers and pick-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _issuer_offer()
    _issuer_act()
    _issuer_batch()
    _issuer_pickup()
    _issuer_finding()
    _issuer_flag()
    _issuer_progress()
    _issuer_source()


def downgrade() -> None:
    op.drop_table("issuer_source")
    op.drop_table("issuer_progress")
    op.drop_table("issuer_flag")
    op.drop_table("issuer_finding")
    op.drop_table("issuer_pickup")
    op.drop_table("issuer_batch")
    op.drop_table("issuer_act")
    op.drop_table("issuer_offer")


def _issuer_offer() -> None:
    op.create_table(
        "issuer_offer",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("pin", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_offer"),
        sa.UniqueConstraint("code", name="uq_issuer_offer_code"),
    )
    op.create_index("ix_issuer_offer_n", "issuer_offer", ["n"], unique=False)


def _issuer_act() -> None:
    op.create_table(
        "issuer_act",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.CheckConstraint("act IN ('suspend', 'lift', 'revoke')", name="ck_issuer_act_act"),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="ck_issuer_act_state"),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_act_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_act"),
    )
    op.create_index("ix_issuer_act_n", "issuer_act", ["n"], unique=False)


def _issuer_batch() -> None:
    op.create_table(
        "issuer_batch",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("setup", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("detected", sa.LargeBinary(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("skip", sa.Integer(), nullable=False),
        sa.Column("error", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(64), nullable=False),
        sa.Column("prepared", _TIME, nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=True),
        sa.Column("released_by", sa.String(64), nullable=True),
        sa.Column("released", _TIME, nullable=True),
        sa.Column("forget", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('checked', 'proposed', 'released', 'done', 'refused')", name="ck_issuer_batch_state"
        ),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_batch_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_batch"),
        sa.UniqueConstraint("issuer", "digest", name="uq_issuer_batch_issuer_digest"),
    )
    op.create_index("ix_issuer_batch_issuer", "issuer_batch", ["issuer"], unique=False)


def _issuer_pickup() -> None:
    op.create_table(
        "issuer_pickup",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("offer", sa.String(22), nullable=False),
        sa.Column("challenge", sa.String(43), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("subject", sa.String(64), nullable=True),
        sa.Column("chunk", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["offer"], ["issuer_offer.id"], name="fk_issuer_pickup_offer_issuer_offer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_pickup"),
    )
    op.create_index("ix_issuer_pickup_offer", "issuer_pickup", ["offer"], unique=False)


def _issuer_finding() -> None:
    op.create_table(
        "issuer_finding",
        sa.Column("batch", sa.String(22), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("code", sa.String(32), nullable=True),
        sa.Column("column_name", sa.String(32), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("warnings", sa.String(128), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["issuer_batch.id"], name="fk_issuer_finding_batch_issuer_batch"),
        sa.PrimaryKeyConstraint("batch", "row", name="pk_issuer_finding"),
    )


def _issuer_flag() -> None:
    op.create_table(
        "issuer_flag",
        sa.Column("list", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(22), nullable=False),
        sa.ForeignKeyConstraint(["list"], ["issuer_list.id"], name="fk_issuer_flag_list_issuer_list"),
        sa.PrimaryKeyConstraint("list", "place", name="pk_issuer_flag"),
    )
    op.create_index("ix_issuer_flag_n", "issuer_flag", ["n"], unique=False)


def _issuer_progress() -> None:
    op.create_table(
        "issuer_progress",
        sa.Column("batch", sa.String(22), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("promised", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["issuer_batch.id"], name="fk_issuer_progress_batch_issuer_batch"),
        sa.PrimaryKeyConstraint("batch", name="pk_issuer_progress"),
    )


def _issuer_source() -> None:
    op.create_table(
        "issuer_source",
        sa.Column("batch", sa.String(22), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["issuer_batch.id"], name="fk_issuer_source_batch_issuer_batch"),
        sa.PrimaryKeyConstraint("batch", "part", name="pk_issuer_source"),
    )
