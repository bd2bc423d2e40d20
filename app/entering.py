"""An API key -> Principal (TRUST section 10): for a request (`auth.py`) and for a command (`staff.py`) alike.

Nothing of HTTP is here but what a refusal becomes there: 401.
"""

import hashlib
import hmac

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from kernel.access import Policy, Principal, allow, require_scope
from kernel.errors import PuenteError
from kernel.ports import Clock
from kit.api_keys import ApiKey, check_digits
from schemas.access import Role

_LENGTH = 120


class NotSignedIn(PuenteError):
    """No key or session, or none that is known: 401. Never raised by a story."""


def _read_key(session: Session, text: str, clock: Clock) -> tuple[Principal, frozenset[str] | None]:
    now = clock.now()
    refused = NotSignedIn("not_signed_in", detail="no such key")
    head, _, check = text.rpartition("_")
    parts = head.split("_", 3)
    if len(text) > _LENGTH or len(parts) != 4 or parts[0] != "pte" or check != check_digits(head):
        raise refused
    row = session.get(ApiKey, parts[2])
    digest = hashlib.sha256(parts[3].encode()).digest()
    # Compare in constant time, and also where there is no such row.
    if not hmac.compare_digest(digest, row.secret_hash if row else bytes(32)) or row is None:
        raise refused
    if row.ended is not None or row.expires <= now:
        raise refused
    if row.last_day != now.date():
        row.last_day = now.date()
        session.add(row)
    roles: frozenset[Role] = frozenset(row.roles.split(","))  # type: ignore[arg-type]  # written by make_key alone
    scopes = None if row.scopes is None else frozenset(row.scopes.split(","))
    return Principal(person=row.person, roles=roles | {"public"}, issuer=row.issuer, centre=row.centre), scopes


def enter(engine: Engine, clock: Clock, text: str, policy: Policy) -> Principal:
    """Who a key's text is, if her roles and its scopes grant that. Raises NotSignedIn, Forbidden.

    At the machine itself a person's key also approves (`app/staff.py`); over the network none does.
    """
    with transaction(engine) as session:
        principal, scopes = _read_key(session, text.strip(), clock)
    allow(principal, policy)
    require_scope(scopes, policy)
    return principal
