"""Principal, Policy, and `allow`: raises where the table of `schemas/access.py` says no. Who the caller is comes in."""

from dataclasses import dataclass

from kernel.errors import Forbidden
from schemas.access import TABLE, VERBS, Resource, Role, Scope, Verb


@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """Somebody who asks. `person` is the human behind every account of theirs: four eyes are compared by it."""

    person: str
    roles: frozenset[Role]
    issuer: str | None = None
    centre: str | None = None

    def require_other_hand(self, person: str) -> None:
        """Who prepared never approves (TRUST 10); raises Forbidden `same_hand`."""
        if self.person == person:
            raise Forbidden("same_hand", detail="the person who prepares may not approve")


PUBLIC = Principal(person="", roles=frozenset({"public"}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a route needs of its caller."""

    resource: Resource
    verb: Verb


def _grant(text: str) -> tuple[frozenset[Verb], Scope]:
    letters, _, scope = text.partition("@")
    widths: dict[str, Scope] = {"": "any", "own": "own", "ctr": "ctr", "iss": "iss", "agg": "agg"}
    return frozenset(VERBS[letter] for letter in letters), widths[scope]


_GRANTS = {resource: {role: _grant(text) for role, text in row.items()} for resource, row in TABLE.items()}
_WIDTH: tuple[Scope, ...] = ("any", "iss", "ctr", "own", "agg")


def allow(principal: Principal, policy: Policy) -> Scope:
    """The widest scope in which `principal` may do it; raises Forbidden `not_allowed` where no role grants it."""
    row = _GRANTS[policy.resource]
    scopes = {row[role][1] for role in principal.roles if role in row and policy.verb in row[role][0]}
    for scope in _WIDTH:
        if scope in scopes:
            return scope
    raise Forbidden("not_allowed", detail="no role of the caller grants this")
