"""What may be shown under which disclosure profile (DOMAIN section 7): closed lists, signed in the bundle's policy.

A pass is shown whole, so one member too many refuses the whole pass: `over_asking`, "Piden datos de más". The holder
may always show less. Here too: reading a verifier's `VQ1-` request, which can ask for a profile and for nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kernel.errors import Invalid, Malformed, WrongShape
from schemas.json import JsonObject, JsonValue
from schemas.question import CHALLENGE_LENGTH, CROCKFORD, PROFILES, REQUEST
from wallet.letters import read_challenge

ANY: Final = "*"
_REQUEST: Final = re.compile(
    rf"{REQUEST}([A-Z])([{CROCKFORD}]{{{CHALLENGE_LENGTH}}})\.(?=[ -]*[A-Z0-9])([A-Z0-9 -]{{1,24}})"
)
"""A name has a letter or a figure at least: of spaces and hyphens alone nobody could tell who asks."""
_ALWAYS: Final = frozenset({"id"})
"""The holder's own key: it proves who shows, and says nothing else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A verifier's question: by which profile, the letters to answer, and its short name when it was scanned."""

    profile: str
    challenge: str
    domain: str | None


def read_request(text: str, *, profile: str) -> Request:
    """A scanned `VQ1-` text, or the eight letters as typed (then `profile` is what the holder chose).

    Raises Malformed `bad_request`; Invalid `over_asking` when the scanned request goes beyond the profiles that exist
    or beyond the one that the holder chose.
    """
    if not text.startswith(REQUEST):
        return Request(profile=profile, challenge=read_challenge(text), domain=None)
    found = _REQUEST.fullmatch(text)
    if found is None:
        raise Malformed("bad_request", detail="not a verifier's request", pointer="/request")
    if found[1] != PROFILES.get(profile):
        raise _over_asking("/profile")
    return Request(profile=profile, challenge=found[2], domain=found[3])


def require_within(passes: Sequence[JsonObject], *, profile: str, profiles: JsonObject) -> None:
    """Raise Invalid `over_asking`, pointing at the member, where a pass says more than the profile lists.

    `profiles` = the bundle's `policy.profiles`. A profile that the bundle does not hold allows nothing.
    """
    rows = _rows(profiles.get(profile))
    for number, document in enumerate(passes):
        subject = document.get("credentialSubject")
        if not isinstance(subject, Mapping):
            raise WrongShape("schema", detail="a pass without a subject", pointer=f"/{number}")
        allowed = _allowed(document, subject, rows)
        for member in subject:
            if member not in allowed and member not in _ALWAYS:
                raise _over_asking(f"/{number}/credentialSubject/{member}")
        if not allowed:
            raise _over_asking(f"/{number}")


def may_show(document: JsonObject, *, profile: str, profiles: JsonObject) -> bool:
    """Whether a pass lies within the profile: for choosing what to offer; the refusal itself is `require_within`."""
    try:
        require_within([document], profile=profile, profiles=profiles)
    except Invalid:
        return False
    return True


def _allowed(document: JsonObject, subject: JsonObject, rows: Sequence[JsonObject]) -> frozenset[str]:
    """The claims of the most specific row: the pair, then the type with any scheme."""
    types = document.get("type")
    named = types[-1] if isinstance(types, (list, tuple)) and types else None
    for scheme in (subject.get("scheme"), ANY):
        for row in rows:
            if row.get("type") == named and row.get("scheme") == scheme:
                claims = row.get("claims")
                return frozenset(map(str, claims)) if isinstance(claims, (list, tuple)) else frozenset()
    return frozenset()


def _rows(profile: JsonValue) -> Sequence[JsonObject]:
    shows = profile.get("shows") if isinstance(profile, Mapping) else None
    return [row for row in shows if isinstance(row, Mapping)] if isinstance(shows, (list, tuple)) else []


def _over_asking(pointer: str) -> Invalid:
    return Invalid("over_asking", detail="more than the disclosure profile lists", pointer=pointer)
