"""The issuer's ledger: issuers, status lists, promised rows, sealed rows, the log's leaves, the audit chain.

Rooms keep their own rows in `issuer/batches`, `issuer/status`, `issuer/pickups`. Intent and sealed rows are never
updated; what is sealed is the credential itself, as CBOR-LD (FORMAT section 1). No secret stands in any of them.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from kit.columns import UtcDateTime

# Only holders' copies have an origin, so in bulk this index costs nothing.
_IS_COPY = text("origin IS NOT NULL")


ERASED: Final = "erased"
"""The code of a void row that had a pass, and was erased since."""


def _bytes(*, null: bool = False, unique: bool = False) -> Any:
    return Field(sa_column=Column(LargeBinary, nullable=null, unique=unique))


def _time(*, null: bool = False) -> Any:
    return Field(default=None if null else ..., sa_column=Column(UtcDateTime, nullable=null))


def _big(*, primary: bool = False, null: bool = False) -> Any:
    # On SQLite only a key of the type INTEGER is the row's own number; 64 bits wide it is in any case.
    column = Column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=primary, autoincrement=False, nullable=null
    )
    return Field(default=None if null else ..., sa_column=column)


class IssuerRow(SQLModel, table=True):
    """One issuer of this house: its DID, the key it signs with now, and the next leaf of its log."""

    __tablename__ = "issuer_issuer"

    id: str = Field(primary_key=True, max_length=64)
    number: int = Field(unique=True, sa_type=SmallInteger, description="the upper bits of its rows' numbers")
    did: str = Field(unique=True, max_length=256)
    key: str = Field(max_length=128, description="KeyId of the signing key; never the key")
    method: str = Field(max_length=320)
    public: bytes = _bytes()
    next_leaf: int = _big()
    name: str = Field(
        default="", max_length=120, description="what its full credentials call it; the passes name it by DID"
    )
    published: datetime | None = _time(null=True)
    """When a bundle was kept last that has its lists as they stood then."""


class ListRow(SQLModel, table=True):
    """One status list: odd numbers revoke, even ones suspend; `pair` joins two. `bits` as last published."""

    __tablename__ = "issuer_list"
    __table_args__ = (
        UniqueConstraint("issuer", "number"),
        CheckConstraint("purpose IN ('revocation', 'suspension')", name="purpose"),
    )

    id: int = _big(primary=True)
    """Issuer number x 4096 + number."""
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    family: str = Field(max_length=8, description="credential type whose passes stand in it (C06)")
    number: int
    pair: int
    purpose: str = Field(max_length=10)
    url: str = Field(unique=True, max_length=256)
    bits: bytes | None = _bytes(null=True)
    held: bytes | None = _bytes(null=True)
    """With what waits for the registry's word, as it would be published."""
    published: datetime | None = _time(null=True)
    raw: bytes | None = _bytes(null=True)


class CounterRow(SQLModel, table=True):
    """The next place of a type family: one UPDATE a chunk takes places, and its row lock orders the takers."""

    __tablename__ = "issuer_counter"

    issuer: str = Field(primary_key=True, foreign_key="issuer_issuer.id", max_length=64)
    family: str = Field(primary_key=True, max_length=8)
    next_place: int = _big()


class ChunkRow(SQLModel, table=True):
    """Up to 4,096 rows promised together; `at` is their validFrom, `key` what signs them, also after a crash."""

    __tablename__ = "issuer_chunk"

    first: int = _big(primary=True)
    issuer: str = Field(foreign_key="issuer_issuer.id", max_length=64)
    batch: str | None = Field(default=None, max_length=22, index=True)
    centre: str | None = Field(default=None, max_length=64, description="whose staff may see its rows")
    family: str = Field(max_length=8)
    size: int
    at: datetime = _time()
    key: str = Field(max_length=128)
    method: str = Field(max_length=320)
    public: bytes = _bytes()
    entry: int = Field(description="CBOR-LD registry entry")
    twins: int = Field(default=0, description="so many of its last rows are the full credentials of as many first ones")

    @property
    def passes(self) -> range:
        """The numbers of its rows and copies, without the full credentials beside them."""
        return range(self.first, self.first + self.size - self.twins)


class IntentRow(SQLModel, table=True):
    """A row promised with its places, before it is signed. `n` = issuer number << 40 | leaf number.

    `idem` is a keyed hash of the normalised row and never leaves this table (DOMAIN S4.10). `origin` is the row that a
    holder's copy was made from; one act on either flips both.
    """

    __tablename__ = "issuer_intent"
    __table_args__ = (
        UniqueConstraint("pair", "revocation"),
        UniqueConstraint("pair", "suspension"),
        Index("ix_issuer_intent_origin", "origin", sqlite_where=_IS_COPY, postgresql_where=_IS_COPY),
    )

    n: int = _big(primary=True)
    idem: bytes = _bytes(unique=True)
    pair: int
    revocation: int
    suspension: int
    line: int
    profile: int = Field(sa_type=SmallInteger)
    origin: int | None = _big(null=True)
    subject: str | None = Field(default=None, max_length=64)
    payload: bytes = _bytes()


class WordRow(SQLModel, table=True):
    """One shelf of a chunk's index: keyed hashes of what its rows are found by (`issuer/words.py`); no word, no name.

    Apart from what is promised and sealed, so that a person can be erased from it and those rows stay as they are.
    """

    __tablename__ = "issuer_word"

    shelf: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    first: int = _big(primary=True)
    entries: bytes = _bytes()


class SealedRow(SQLModel, table=True):
    """The credential, as the CBOR-LD that its QR holds: lossless, so JSON and QR text are made when asked.

    A full credential never travels in a QR and stands there as compressed JSON; the first byte tells them apart.
    """

    __tablename__ = "issuer_sealed"

    n: int = _big(primary=True)
    cborld: bytes = _bytes()


class VoidRow(SQLModel, table=True):
    """A promised row that could not be sealed: its places and its leaf are burnt, the rest of its chunk goes on."""

    __tablename__ = "issuer_void"

    n: int = _big(primary=True)
    code: str = Field(max_length=32)


class LogChunkRow(SQLModel, table=True):
    """The leaves of a chunk, 32 bytes each, and the root of its subtree; a chunk without one is not sealed yet."""

    __tablename__ = "issuer_log_chunk"

    first: int = _big(primary=True)
    size: int
    leaves: bytes = _bytes()


class CheckpointRow(SQLModel, table=True):
    """The log's tree as last published: its size, its root, the signed note, and the frontier to go on from."""

    __tablename__ = "issuer_checkpoint"

    issuer: str = Field(primary_key=True, foreign_key="issuer_issuer.id", max_length=64)
    size: int = _big(primary=True)
    root: bytes = _bytes()
    frontier: bytes = _bytes()
    note: str = Field(max_length=2048)
    at: datetime = _time()


class AuditHeadRow(SQLModel, table=True):
    """The end of the chain: one row, taken last in a transaction, so that lines come in one order."""

    __tablename__ = "issuer_audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    n: int = _big()
    hash: bytes = _bytes()


class AuditRow(SQLModel, table=True):
    """One act: append-only, each line holds the hash of the one before (TRUST section 13); triggers refuse the rest."""

    __tablename__ = "issuer_audit"

    n: int = _big(primary=True)
    at: datetime = _time()
    actor: str = Field(max_length=64)
    act: str = Field(max_length=32)
    object: str = Field(max_length=64)
    details: bytes = _bytes()
    former: bytes = _bytes()
    hash: bytes = _bytes()
