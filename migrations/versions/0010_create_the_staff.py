"""Create the staff: people, invitations, enrolments, passkeys, passwords, sessions; let an API key have scopes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _person()
    _coming_in()
    _passkey()
    _password()
    _session()
    _key_scopes()


def downgrade() -> None:
    op.drop_index("uq_kit_api_key_slot", table_name="kit_api_key")
    for name in ("slot", "label", "scopes"):
        op.drop_column("kit_api_key", name)
    for name in ("session", "challenge", "device", "recovery", "password", "passkey", "enrolment", "invitation"):
        op.drop_table(f"staff_{name}")
    op.drop_table("staff_person")


def _whose(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person"], ["staff_person.id"], name=f"fk_{table}_person_staff_person")


def _person() -> None:
    op.create_table(
        "staff_person",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("roles", sa.String(200), nullable=False),
        sa.Column("issuer", sa.String(64), nullable=True),
        sa.Column("centre", sa.String(64), nullable=True),
        sa.Column("invited", _TIME, nullable=False),
        sa.Column("enrolled", _TIME, nullable=True),
        sa.Column("ended", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_person"),
        sa.UniqueConstraint("person", name="uq_staff_person_person"),
    )
    op.create_index("ix_staff_person_issuer", "staff_person", ["issuer"], unique=False)


def _coming_in() -> None:
    op.create_table(
        "staff_invitation",
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("code", sa.String(43), nullable=False),
        sa.Column("opens", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        _whose("staff_invitation"),
        sa.PrimaryKeyConstraint("person", name="pk_staff_invitation"),
        sa.UniqueConstraint("code", name="uq_staff_invitation_code"),
    )
    op.create_table(
        "staff_enrolment",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=True),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("password", sa.LargeBinary(), nullable=True),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        _whose("staff_enrolment"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_enrolment"),
        sa.UniqueConstraint("person", name="uq_staff_enrolment_person"),
    )
    op.create_index("ix_staff_enrolment_expires", "staff_enrolment", ["expires"], unique=False)


def _passkey() -> None:
    op.create_table(
        "staff_passkey",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        _whose("staff_passkey"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_passkey"),
    )
    op.create_index("ix_staff_passkey_person", "staff_passkey", ["person"], unique=False)


def _password() -> None:
    op.create_table(
        "staff_password",
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        _whose("staff_password"),
        sa.PrimaryKeyConstraint("person", name="pk_staff_password"),
    )
    op.create_table(
        "staff_recovery",
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("code", sa.String(43), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        _whose("staff_recovery"),
        sa.PrimaryKeyConstraint("person", "code", name="pk_staff_recovery"),
    )
    op.create_table(
        "staff_device",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        _whose("staff_device"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_device"),
    )
    op.create_index("ix_staff_device_expires", "staff_device", ["expires"], unique=False)


def _session() -> None:
    op.create_table(
        "staff_challenge",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("session", sa.String(22), nullable=True),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_challenge"),
    )
    op.create_index("ix_staff_challenge_expires", "staff_challenge", ["expires"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("token", sa.String(43), nullable=False),
        sa.Column("person", sa.String(22), nullable=False),
        sa.Column("began", _TIME, nullable=False),
        sa.Column("seen", _TIME, nullable=False),
        sa.Column("stepped", _TIME, nullable=True),
        _whose("staff_session"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.UniqueConstraint("token", name="uq_staff_session_token"),
    )
    op.create_index("ix_staff_session_person", "staff_session", ["person"], unique=False)


def _key_scopes() -> None:
    op.add_column("kit_api_key", sa.Column("scopes", sa.String(1000), nullable=True))
    op.add_column("kit_api_key", sa.Column("label", sa.String(60), nullable=True))
    op.add_column("kit_api_key", sa.Column("slot", sa.SmallInteger(), nullable=True))
    op.create_index("uq_kit_api_key_slot", "kit_api_key", ["issuer", "label", "slot"], unique=True)
