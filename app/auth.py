"""API key -> Principal; the only place that answers 401 (TRUST section 10).

A key reads `pte_<env>_<8 id>_<43 secret>_<6 check>`; only the SHA-256 of the secret is stored, and it is shown once.
"""

import hashlib
import hmac
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from kernel.access import PUBLIC, Policy, Principal, allow
from kernel.encoding import base64url_encode
from kernel.errors import Forbidden, Malformed, PuenteError
from kernel.ports import Clock, Random
from kit.api_keys import ApiKey
from schemas.access import Role
from schemas.question import CROCKFORD

_LENGTH = 120
_NAME = 64
LONGEST_LIFE = timedelta(days=365)


class NotSignedIn(PuenteError):
    """No key, or none that is known: 401. Never raised by a story."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRequest:
    """Whom a new key is for."""

    person: str
    roles: frozenset[Role]
    issuer: str | None
    centre: str | None
    life: timedelta


def _check_digits(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"[:6]


def person_of(name: str) -> str:
    """The one form of a person's name, by which four eyes are compared: NFKC, case folded, blanks trimmed and joined.

    Raises bad_request for a name that is empty, too long, or has signs that nobody sees: those would make a second
    person beside the first.
    """
    form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    person = " ".join(form.split())
    if not 0 < len(person) <= _NAME or not person.isprintable():
        raise Malformed("bad_request", detail="a person has a name of 1 to 64 visible characters")
    return person


def make_key(session: Session, ask: KeyRequest, *, env: str, now: datetime, random: Random) -> str:
    """Store a new key and give its text, which is shown once. Raises what `person_of` raises."""
    key_id = "".join(CROCKFORD[byte % 32] for byte in random(8))
    secret = base64url_encode(random(32))
    session.add(
        ApiKey(
            id=key_id,
            secret_hash=hashlib.sha256(secret.encode()).digest(),
            person=person_of(ask.person),
            roles=",".join(sorted(ask.roles)),
            issuer=ask.issuer,
            centre=ask.centre,
            created=now,
            expires=now + min(ask.life, LONGEST_LIFE),
        )
    )
    head = f"pte_{env}_{key_id}_{secret}"
    return f"{head}_{_check_digits(head)}"


def _read_key(session: Session, text: str, now: datetime) -> Principal:
    refused = NotSignedIn("not_signed_in", detail="no such key")
    head, _, check = text.rpartition("_")
    parts = head.split("_", 3)
    if len(text) > _LENGTH or len(parts) != 4 or parts[0] != "pte" or check != _check_digits(head):
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
    return Principal(person=row.person, roles=roles | {"public"}, issuer=row.issuer, centre=row.centre)


def enter(engine: Engine, clock: Clock, text: str, policy: Policy) -> Principal:
    """Who a key's text is, if she may do that. Raises NotSignedIn, Forbidden."""
    with transaction(engine) as session:
        principal = _read_key(session, text.strip(), clock.now())
    allow(principal, policy)
    return principal


def make_gate(engine: Engine, clock: Clock) -> Callable[[Request, Policy], Principal]:
    """The gate of all routes: who asks, and may they (raises NotSignedIn, Forbidden)."""

    def gate(request: Request, policy: Policy) -> Principal:
        header = request.headers.get("authorization", "")
        if not header:
            try:
                allow(PUBLIC, policy)
            except Forbidden as error:
                raise NotSignedIn("not_signed_in", detail="this route needs an API key") from error
            return PUBLIC
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "bearer":
            raise NotSignedIn("not_signed_in", detail="the only scheme is Bearer")
        return enter(engine, clock, text, policy)

    return gate
