"""Compose an unsigned presentation for one challenge and domain (VC Data Model 2.0 section 4.13; FORMAT section 5 d).

The presentation is a plain one, passes inside; that it travels detached is `kernel/cborld`'s. No proof here: the
holder's signer adds it with purpose `authentication` and what `live`, `answer` or `at_desk` give for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from kernel.errors import Malformed
from schemas.json import JsonObject
from schemas.terms import PRESENTATION_CONTEXTS, VERIFIABLE_PRESENTATION

OPEN: Final = "0"
"""The challenge of a live code that answers nobody in particular (FORMAT section 5 d)."""
_AT_DESK: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""What an issuer's desk asks has this form, of 32 bytes, which no verifier takes: it asks by "0" or 8 letters."""
STEP: Final = 30
"""Seconds after which a live code is made anew (TRUST section 9)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Freshness:
    """The members of the holder's proof that say for whom and when: arguments of `integrity.add`."""

    challenge: str
    domain: str | None
    created: str


def compose(passes: Sequence[JsonObject]) -> dict[str, Any]:
    """The presentation of these signed passes, without its proof. With no pass it proves a key alone (pick-up)."""
    document: dict[str, Any] = {"@context": list(PRESENTATION_CONTEXTS), "type": [VERIFIABLE_PRESENTATION]}
    if passes:
        document["verifiableCredential"] = list(passes)
    return document


def live(now: datetime) -> Freshness:
    """For a live code: nobody asked."""
    return Freshness(challenge=OPEN, domain=None, created=step(now))


def answer(now: datetime, *, challenge: str, domain: str | None) -> Freshness:
    """For a verifier's question; the domain is its short name when it came with the question."""
    return Freshness(challenge=challenge, domain=domain, created=step(now))


def at_desk(now: datetime, *, challenge: str, issuer: str) -> Freshness:
    """For an issuer's desk; whom it is for says the pass, never the desk. Raises Malformed `bad_request`."""
    if _AT_DESK.fullmatch(challenge) is None:
        raise Malformed("bad_request", detail="a challenge of another form than a desk's", pointer="/challenge")
    return Freshness(challenge=challenge, domain=issuer, created=step(now))


def step(now: datetime) -> str:
    """Now rounded down to 30 s, as `created` is written."""
    at = now.astimezone(UTC)
    return f"{at.replace(second=at.second - at.second % STEP):%Y-%m-%dT%H:%M:%S}Z"
