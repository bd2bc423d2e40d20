"""Create API keys, repeated requests, and the verifier's open questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _kit_api_key()
    _kit_once()
    _verifier_question()


def downgrade() -> None:
    op.drop_table("verifier_question")
    op.drop_table("kit_once")
    op.drop_table("kit_api_key")


def _kit_api_key() -> None:
    op.create_table(
        "kit_api_key",
        sa.Column("id", sa.String(8), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("roles", sa.String(200), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=True),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("ended", _TIME, nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_kit_api_key"),
    )


def _kit_once() -> None:
    op.create_table(
        "kit_once",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", "key", name="pk_kit_once"),
    )


def _verifier_question() -> None:
    op.create_table(
        "verifier_question",
        sa.Column("challenge", sa.String(8), nullable=False),
        sa.Column("domain", sa.String(24), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("challenge", name="pk_verifier_question"),
    )
    op.create_index("ix_verifier_question_asked_at", "verifier_question", ["asked_at"], unique=False)
