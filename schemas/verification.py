"""A verifier's challenge and report as they travel (TRUST sections 3 and 4). What makes one is `kernel/verify/`'s.

A report is plain data: verdicts, codes, and claims only where signature, scope and key held (V17); camelCase.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from schemas.identifiers import Did
from schemas.json import JsonObject, JsonValue

Verdict = Literal["valid", "valid_as_of", "expired", "revoked", "under_review", "cannot_verify"]
Level = Literal["copy", "live", "live_challenge"]
Tier = Literal["T1", "T2", "T3"]
LooksLike = Literal[
    "url",
    "smart_health_card",
    "eu_dcc",
    "jwt",
    "json",
    "puente_update",
    "puente_log_proof",
    "puente_request",
    "puente_claim",
    "puente_sheet",
    "other_credential",
    "base45",
]
"""What a text of another system looks like (FORMAT 1.2): a name for a sentence, never a reason to open it."""

WORST_FIRST: Final[tuple[Verdict, ...]] = (
    "cannot_verify",
    "revoked",
    "under_review",
    "expired",
    "valid_as_of",
    "valid",
)
"""The headline of several passes is the first of these that any of them has (TRUST section 4, V26)."""
LOWEST_FIRST: Final[tuple[Level, ...]] = ("copy", "live", "live_challenge")


def worst(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The headline; of nothing it is `cannot_verify`."""
    return min(verdicts, key=WORST_FIRST.index, default="cannot_verify")


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """An open question of the verifier (TRUST section 9): eight Crockford letters, its short name, its time."""

    challenge: str
    domain: str | None
    issued_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuerShown:
    """An issuer by DID, and its name per language as the registry writes it: never as the code does."""

    did: Did
    name: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PassReport:
    """One pass. `issuer` is there once V15 held, `tier` once V16, everything else once V17; `status_age` in days.

    `reasons` and `steps` go in parallel: the code that ended it and every mark, in step order; none for `valid`.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    tier: Tier | None = None
    issuer: IssuerShown | None = None
    type: str | None = None
    scheme: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    as_of: datetime | None = None
    status_age: int | None = None
    claims: JsonObject | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """As it travels."""
        issuer: JsonValue = None
        if self.issuer is not None:
            issuer = {"did": self.issuer.did, "name": dict(self.issuer.name)}
        return {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "steps": list(self.steps),
            "tier": self.tier,
            "issuer": issuer,
            "type": self.type,
            "scheme": self.scheme,
            "validFrom": self.valid_from,
            "validUntil": self.valid_until,
            "asOf": None if self.as_of is None else moment(self.as_of),
            "statusAge": self.status_age,
            "claims": self.claims,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What the verifier answers, whatever came: a headline, and one report a pass.

    `judged_at` is the time it was judged by (V2), which is not the device's when that runs behind. `seen_before` counts
    the seconds since this very presentation was first shown here (V25).
    """

    verdict: Verdict
    level: Level | None
    bundle_version: int | None
    judged_at: datetime
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    passes: tuple[PassReport, ...] = ()
    same_holder: bool = False
    looks_like: LooksLike | None = None
    seen_before: int | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """As it travels."""
        return {
            "verdict": self.verdict,
            "level": self.level,
            "bundleVersion": self.bundle_version,
            "judgedAt": moment(self.judged_at),
            "reasons": list(self.reasons),
            "steps": list(self.steps),
            "sameHolder": self.same_holder,
            "looksLike": self.looks_like,
            "seenBefore": self.seen_before,
            "passes": [one.to_json() for one in self.passes],
        }


def moment(at: datetime) -> str:
    """A time on the wire: UTC, whole seconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
