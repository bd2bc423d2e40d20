"""Principal, Policy, and `allow`: raises where the table of `schemas/access.py` says no. Who the caller is comes in."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kernel.errors import Forbidden, Malformed
from schemas.access import STAFF, STEP_UP, TABLE, VERBS, Resource, Role, Scope, Verb

STEPPED_UP: Final = timedelta(minutes=5)
"""How long an act may follow the passkey that was shown for it (TRUST section 10)."""
SKEW: Final = timedelta(seconds=30)
"""How far the clocks of two machines may be apart. What lies further ahead was written by a clock that has gone back
since: it is no act of just now."""
_NAME: Final = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """Somebody who asks. `person` is the human behind every account of theirs: four eyes are compared by it."""

    person: str
    roles: frozenset[Role]
    issuer: str | None = None
    centre: str | None = None
    session: str | None = None
    """The session that asks; None for an API key."""

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

    def require_person(self) -> None:
        """Of an API key: it has no passkey to approve with. Raises Forbidden `person_needed`."""
        if self.verb == "approve":
            raise Forbidden("person_needed", detail="a key prepares and reads; a person approves, with her passkey")

    def require_step_up(self, stepped: datetime | None, now: datetime) -> None:
        """Of a session: some acts need a passkey shown just now. Raises Forbidden `step_up_needed`."""
        if (self.resource, self.verb) in STEP_UP and (stepped is None or not is_recent(stepped, STEPPED_UP, now)):
            raise Forbidden("step_up_needed", detail="this act needs a passkey shown in the last five minutes")


def is_recent(moment: datetime, life: timedelta, now: datetime) -> bool:
    """Whether no more than `life` has passed since, and it does not lie in the future (`SKEW`)."""
    return -SKEW <= now - moment <= life


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


def require_scope(scopes: frozenset[str] | None, policy: Policy) -> None:
    """Of a key's scopes (`resource:verb`) one names it; None are all. Raises Forbidden `not_allowed`."""
    if scopes is not None and f"{policy.resource}:{policy.verb}" not in scopes:
        raise Forbidden("not_allowed", detail="no scope of the key names this")


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


def granted(policy: Policy) -> Sequence[Role]:
    """The roles of staff that may do it, in the table's order. For words to people, not for a decision."""
    return [role for role, (verbs, _) in _GRANTS[policy.resource].items() if policy.verb in verbs and role in STAFF]


def scopes_of(roles: Collection[str]) -> set[str]:
    """What a key of these roles may be held to (`resource:verb`), for words to people and not for a
    decision."""
    return {
        f"{resource}:{verb}"
        for resource, row in _GRANTS.items()
        for role, (verbs, _) in row.items()
        if role in roles
        for verb in verbs
    }


def is_open(policy: Policy) -> bool:
    """Whether all may do it. For a question to the table, not for a decision: that is `allow`'s."""
    try:
        allow(PUBLIC, policy)
    except Forbidden:
        return False
    return True
