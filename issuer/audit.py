"""The audit chain of the issuer: one line an act, in the act's own transaction (TRUST section 13). Append-only.

A line says who, what and on what, never about whom; of the details only a hash. Triggers of the database refuse to
change or delete a line, and one that does not follow the last; `recompute` finds what was changed below them. A cut
end is caught by a head told outside.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from issuer.tables import AuditHeadRow, AuditRow
from kernel.canonical import canonical
from kernel.credential import whole_seconds
from kernel.errors import Conflict

HEAD: Final = 1
RESTORED: Final = "restored"
_CUT: Final = "the audit chain was cut at its end"
ORIGIN: Final = bytes(32)
"""What the first line holds as the hash of the one before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What is written: `actor` is a person's id or `house` for what the clock calls; `object` an id that is random."""

    at: datetime
    actor: str
    act: str
    object: str
    details: Any = None


def append(session: Session, act: Act) -> None:
    """Write one line. Call it last: the head's row stays locked until the door commits."""
    heads = AuditHeadRow.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass
    taken = session.execute(
        update(heads).where(heads.c.id == HEAD).values(n=heads.c.n + 1).returning(heads.c.n, heads.c.hash)
    ).one_or_none()
    if taken is None:
        raise LookupError("the audit chain has no head: the migration makes it")
    n, former = int(taken[0]), bytes(taken[1])
    row = {
        "n": n,
        "at": act.at.replace(microsecond=0),  # what the hash is of
        "actor": act.actor,
        "act": act.act,
        "object": act.object,
        "details": hashlib.sha256(canonical(act.details)).digest(),
        "former": former,
    }
    row["hash"] = _hash(row)
    session.execute(AuditRow.__table__.insert().values(**row))  # type: ignore[attr-defined]  # SQLModel's metaclass
    session.execute(update(heads).where(heads.c.id == HEAD).values(hash=row["hash"]))


def recompute(session: Session) -> tuple[int, bytes]:
    """Walk the whole chain; gives its length and its head. Raises Conflict `record_broken` where it does not hold."""
    former, count = ORIGIN, 0
    for row in session.exec(select(AuditRow).order_by(AuditRow.n)).yield_per(1000):  # type: ignore[arg-type]  # a column
        count += 1
        follows = row.n == count and row.former == former
        if not follows or row.at.microsecond or row.hash != _hash(row.model_dump()):
            raise Conflict("record_broken", detail="the audit chain does not hold", pointer=f"/{row.n}")
        former = row.hash
    head = session.get_one(AuditHeadRow, HEAD)
    if (head.n, head.hash) != (count, former):
        raise Conflict("record_broken", detail=_CUT, pointer=f"/{count}")
    return count, former


def reaches(session: Session) -> datetime | None:
    """When the last act was told that no restore was; None where there is none."""
    ask = select(AuditRow.at).where(AuditRow.act != RESTORED).order_by(col(AuditRow.n).desc()).limit(1)
    return session.exec(ask).first()


def last_told(session: Session) -> datetime | None:
    """When the chain's last line was written."""
    return session.exec(select(AuditRow.at).order_by(col(AuditRow.n).desc()).limit(1)).first()


def last_restore(session: Session) -> datetime | None:
    """When a copy was brought back last."""
    return session.exec(select(func.max(AuditRow.at)).where(AuditRow.act == RESTORED)).one()


def head(session: Session) -> tuple[int, bytes]:
    """The chain's length and its last hash."""
    row = session.get_one(AuditHeadRow, HEAD)
    return row.n, row.hash


def hash_at(session: Session, n: int) -> bytes:
    """The hash of line `n`, of the chain's beginning for 0. Raises Conflict where the chain has no such line."""
    if n == 0:
        return ORIGIN
    row = session.get(AuditRow, n)
    if row is None:
        raise Conflict("record_broken", detail=_CUT, pointer=f"/{n}")
    return row.hash


def require_goes_on_from(session: Session, n: int, told: bytes) -> None:
    """Raise Conflict `record_broken` unless the chain still holds what was told outside: its hash at that length."""
    if hash_at(session, n) != told:
        raise Conflict("record_broken", detail="the audit chain is not the one that was told outside", pointer=f"/{n}")


def _hash(row: dict[str, Any]) -> bytes:
    told = {name: row[name] for name in ("n", "actor", "act", "object")}
    told |= {"at": whole_seconds(row["at"]), "details": row["details"].hex(), "former": row["former"].hex()}
    return hashlib.sha256(canonical(told)).digest()
