"""A request's session cookie or API key -> Principal (TRUST section 10). What a key says is `entering.py`'s.

A program sends a key, a browser a cookie; a request with a key is never looked at for a cookie. What all may do is done
by nobody in particular: there a cookie says nothing, so that no other page of this house acts in a person's name.
"""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from sqlalchemy import Engine

from app.db import transaction
from app.entering import NotSignedIn, enter
from kernel.access import PUBLIC, Policy, Principal, is_open
from kernel.ports import Clock
from kit.site import Site
from staff import sessions
from staff.routes import COOKIE
from staff.store import StaffStore

MARK: Final = "X-Puente"
"""Our header. Its value `quiet` says that the page asks by itself: such a request keeps no session awake."""
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
Gate = Callable[[Request, Policy], Principal]


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
