"""What an installed bundle answers from: issuers, keys, policy, lists, words. Only `install.py` makes one.

No bytes are read here and no signature is checked; asking scope and key state is `kernel/trust.py`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from kernel.cborld import Dictionary
from kernel.claims import Checker
from kernel.keys import PublicKey
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject

Tier = Literal["T1", "T2", "T3"]
KeyState = Literal["announced", "active", "retired", "destroyed", "suspended", "compromised"]
Purpose = Literal["revocation", "suspension"]

ANY: Final = "*"
"""In a scope or a policy rule: every type, or every scheme."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """A pair that an issuer may sign: pass type and scheme, either of them `*`."""

    type: str
    scheme: str

    def covers(self, pass_type: str, scheme: str | None) -> bool:
        """Whether the pair lies inside; a pass without a scheme lies only under `*`."""
        return self.type in (ANY, pass_type) and self.scheme in (ANY, scheme)


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenTree:
    """The last honest checkpoint of a compromised key's log: leaves counted, and their root (TRUST section 7)."""

    size: int
    root: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuerKey:
    """One key of an issuer, with its life as the registry tells it. E5 held when the bundle was installed."""

    method: DidUrl
    key: PublicKey
    state: KeyState
    not_before: datetime | None = None
    not_after: datetime | None = None
    frozen: FrozenTree | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Issuer:
    """An issuer of the closed trust list; `id` names its folder and its delegation in the bundle."""

    id: str
    did: Did
    name: Mapping[str, str]
    tier: Tier
    country: str
    scope: tuple[Scope, ...]
    keys: Mapping[DidUrl, IssuerKey]
    lists: tuple[Url, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusList:
    """One list: `signed` is exactly what its role signed, `sticky` what V21 reads (TRUST section 5, install step 6).

    `held` are bits of a list held back for setting too many at once; they count for nothing until the registry lists
    their hash. `unset` says how many bits the newest list lacks that an earlier one had (`status_unset`).
    """

    url: Url
    issuer: Did
    purpose: Purpose
    signed: bytes
    sticky: bytes
    signed_at: datetime
    epoch: int
    held: bool = False
    unset: int = 0
    added: tuple[tuple[datetime, int], ...] = ()
    """New bits of the last 24 hours, by the time they were signed: what the next install counts on."""

    @property
    def size(self) -> int:
        """Entries of the list; an index must lie below."""
        return len(self.sticky) * 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Policy for a pair of pass type and scheme: purposes it must carry, and how old its status may be."""

    type: str
    scheme: str
    purposes: tuple[str, ...]
    fresh: timedelta
    max_age: timedelta
    needs_valid_until: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """All rules, and the disclosure profiles as they came."""

    rules: Mapping[tuple[str, str], Rule]
    profiles: JsonObject = field(default_factory=dict)

    def rule(self, pass_type: str, scheme: str | None) -> Rule | None:
        """The most specific rule: the pair, then type with any scheme, then any type with the scheme, then any."""
        named = scheme if scheme is not None else ANY
        for pair in ((pass_type, named), (pass_type, ANY), (ANY, named), (ANY, ANY)):
            found = self.rules.get(pair)
            if found is not None:
                return found
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """What the next install needs of this one, small enough for one file (`kernel/bundle/memory.py`).

    `root` is the trusted root metadata as bytes, `versions` the last accepted version of each role in the snapshot.
    """

    root: bytes
    versions: Mapping[str, int]
    floor_off: datetime
    floor_on: datetime | None
    lists: Mapping[Url, StatusList]


@dataclass(frozen=True, kw_only=True, slots=True)
class InstalledBundle:
    """A bundle whose signatures all held. `version` is the snapshot's; times are aware UTC.

    `remembered` is there on every bundle that `install` made; one put together by hand cannot be followed by another.
    """

    version: int
    root_version: int
    root_expires: datetime
    timestamp_expires: datetime
    floor_off: datetime
    floor_on: datetime | None
    issuers: Mapping[Did, Issuer]
    policy: Policy
    dictionary: Dictionary
    schemas: Mapping[str, Checker]
    labels: Mapping[str, JsonObject]
    law: JsonObject
    log: JsonObject
    lists: Mapping[Url, StatusList]
    canary_fault: bool = False
    remembered: Remembered | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeFrame:
    """The time to judge by (V2), the floor that held, and the marks that finding them set, in step order."""

    t: datetime
    floor: datetime
    marks: tuple[str, ...]
