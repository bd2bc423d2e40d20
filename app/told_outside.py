"""Whether the database still goes on from what its folder has told outside: each issuer's log, and the audit chain.

One that went back to an older state, by whatever hand, would give places and leaves twice. A folder that holds nothing
of a log or of the chain says nothing of it (decision 0035).
"""

from pathlib import Path

from sqlalchemy import Engine

from app import audit_points, log_files
from app.db import reading
from issuer.store import Ledger
from kernel.errors import BadProof, Conflict, Malformed, Unavailable


def contradicted(engine: Engine, data: Path) -> tuple[str, ...]:
    """Issuers whose log went back behind its published checkpoint, and `audit` for the chain. Raises Unavailable."""
    with reading(engine) as session:
        found = [id_ for id_, leaves in Ledger(session=session).lengths() if leaves < log_files.told_size(data, id_)]
    try:
        audit_points.require_told(engine, data)
    except (Conflict, Malformed, BadProof):
        found.append(audit_points.FOLDER)
    return tuple(found)


def require_forward(engine: Engine, data: Path) -> None:
    """Raise Unavailable `database_went_back` where anything contradicts."""
    if contradicted(engine, data):
        raise Unavailable("database_went_back", detail="the database does not go on from what was told outside")
