"""Create disputes with their decisions, and the record of which row took the place of which."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _issuer_dispute()
    _issuer_decision()
    op.create_table(
        "issuer_superseding",
        sa.Column("old", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("approved_by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("done", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("old", name="pk_issuer_superseding"),
        sa.UniqueConstraint("first", name="uq_issuer_superseding_first"),
    )


def downgrade() -> None:
    for table in ("issuer_superseding", "issuer_decision", "issuer_dispute"):
        op.drop_table(table)


def _issuer_dispute() -> None:
    op.create_table(
        "issuer_dispute",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.BigInteger(), nullable=True),
        sa.Column("challenge", sa.String(64), nullable=False),
        sa.Column("ticket", sa.LargeBinary(), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opened", _TIME, nullable=False),
        sa.Column("closed", _TIME, nullable=True),
        sa.Column("sentence", sa.String(200), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('name', 'data', 'cancelled', 'other')", name="ck_issuer_dispute_kind"),
        sa.CheckConstraint(
            "state IN ('open', 'corrected', 'lifted', 'upheld', 'rejected')", name="ck_issuer_dispute_state"
        ),
        sa.ForeignKeyConstraint(["issuer"], ["issuer_issuer.id"], name="fk_issuer_dispute_issuer_issuer_issuer"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_dispute"),
        sa.UniqueConstraint("stands", name="uq_issuer_dispute_stands"),
        sa.UniqueConstraint("challenge", name="uq_issuer_dispute_challenge"),
        sa.UniqueConstraint("ticket", name="uq_issuer_dispute_ticket"),
    )
    op.create_index("ix_issuer_dispute_n", "issuer_dispute", ["n"], unique=False)


def _issuer_decision() -> None:
    op.create_table(
        "issuer_decision",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("dispute", sa.String(22), nullable=False),
        sa.Column("stands", sa.String(22), nullable=True),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("sentence", sa.String(200), nullable=False),
        sa.Column("correction", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.CheckConstraint("decision IN ('correct', 'lift', 'uphold', 'reject')", name="ck_issuer_decision_decision"),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="ck_issuer_decision_state"),
        sa.ForeignKeyConstraint(["dispute"], ["issuer_dispute.id"], name="fk_issuer_decision_dispute_issuer_dispute"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_decision"),
        sa.UniqueConstraint("stands", name="uq_issuer_decision_stands"),
    )
    op.create_index("ix_issuer_decision_dispute", "issuer_decision", ["dispute"], unique=False)
