"""Rows of the ledger as values: what travels between store, service and sealing. No session, no table."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from schemas.identifiers import Url

LEAF_BITS: Final = 40
"""A row's number is issuer number << 40 | leaf number: one whole number is the key everywhere."""
CHUNK: Final = 4096
"""Rows that are promised and sealed together at most: more gains nothing and loses more on a kill (measured). The full
credentials of such rows come beside them."""


class Wanted(NamedTuple):
    """A row to promise: its line in its source, as people are told it; what it holds; and for a holder's copy of which
    row and for whom."""

    line: int
    payload: bytes
    profile: int = 0
    origin: int | None = None
    subject: str | None = None
    copy: bytes = b""
    """What tells a holder's copy from its origin and from other copies; empty for an origin."""
    of_first: bool = False
    """A copy of the first row that is promised with it, whose number nobody knows before."""
    same: bytes = b""
    """What it is known again by where that is not its payload."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two lists of one type family: rows of the tables and the URLs that stand in passes."""

    number: int
    revocation: int
    suspension: int
    revocation_url: Url
    suspension_url: Url


class Intent(NamedTuple):
    """A promised row as sealing needs it, its members named as the table's columns; millions of them are made."""

    n: int
    pair: int
    revocation: int
    suspension: int
    profile: int
    subject: str | None
    payload: bytes
