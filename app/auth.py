"""Session cookie or API key -> Principal; the only place that answers 401 (TRUST section 10).

A program sends a key, a browser a cookie; a request with a key is never looked at for a cookie. What all may do is done
by nobody in particular: there a cookie says nothing, so that no other page of this house acts in a person's name.
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from fastapi import Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.db import transaction
from kernel.access import PUBLIC, Policy, Principal, allow, is_open, require_scope
from kernel.errors import PuenteError
from kernel.ports import Clock
from kit.api_keys import ApiKey, check_digits
from kit.site import Site
from schemas.access import Role
from staff import sessions
from staff.routes import COOKIE
from staff.store import StaffStore

MARK: Final = "X-Puente"
"""Our header. Its value `quiet` says that the page asks by itself: such a request keeps no session awake."""
_LENGTH = 120
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
Gate = Callable[[Request, Policy], Principal]


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


def make_gate(engine: Engine, clock: Clock, site: Site) -> Gate:
    """The gate of all routes: who asks, and may they (raises NotSignedIn, Forbidden)."""

    def gate(request: Request, policy: Policy) -> Principal:
        header = request.headers.get("authorization", "")
        if header:
            scheme, _, text = header.partition(" ")
            if scheme.lower() != "bearer":
                raise NotSignedIn("not_signed_in", detail="the only scheme is Bearer")
            principal = enter(engine, clock, text, policy)
            policy.require_person()
            return principal
        if is_open(policy):
            if policy.resource == "sign_in":
                _require_same_site(request, site)
            return PUBLIC
        return _enter_session(engine, clock, request, policy, site)

    return gate


def _enter_session(engine: Engine, clock: Clock, request: Request, policy: Policy, site: Site) -> Principal:
    token = request.cookies.get(COOKIE, "")
    refused = NotSignedIn("not_signed_in", detail="this route needs an API key or a session")
    if not token:
        raise refused
    if request.method not in _SAFE:
        _require_same_site(request, site)
    quiet = request.headers.get(MARK) == "quiet"
    with transaction(engine) as session:
        principal = sessions.enter(StaffStore(session=session), token, policy, clock.now(), quiet=quiet)
    if principal is None:
        raise refused
    return principal


def _require_same_site(request: Request, site: Site) -> None:
    told = request.headers
    site.require_same(fetched=told.get("sec-fetch-site"), origin=told.get("origin"), marked=MARK in told)
