"""What a holder and the issuer's people do when something is wrong: a dispute, a decision, a reissue in person."""

from typing import Any, Final

from kernel.ed25519 import SeedSigner
from tests.journeys.papers import JSON, disputing
from tests.journeys.world import Place

KINDS: Final = {"name", "data", "cancelled", "other"}


def disputed(place: Place, credential: Any, signer: SeedSigner, **words: Any) -> str:
    """The ticket of a holder's dispute."""
    opened = place.good("POST", "/v1/issuer/disputes/openings")
    place.private |= {str(word) for word in words.values()} - KINDS
    raw = disputing(opened, credential, signer, **words)
    ticket = str(place.good("POST", "/v1/issuer/disputes", content=raw, headers=JSON)["ticket"])
    place.private |= {ticket, opened["challenge"]}
    return ticket


def proposed(place: Place, dispute: str, decision: str, who: str = "oscar", **asked: Any) -> Any:
    """A decision that an officer proposes."""
    once = {"Idempotency-Key": f"decision-{len(place.urls)}-of-these"}
    whole = {"decision": decision, "sentence": "Ya lo revisamos.", **asked}
    return place.good("POST", f"/v1/issuer/disputes/{dispute}/decisions", who, json=whole, headers=once)


def reissued(place: Place, name: str, who: str = "oscar") -> Any:
    """A reissue in person that an officer opens."""
    once = {"Idempotency-Key": f"reissue-{len(place.urls)}-of-these"}
    seen = {"seen": ["document", "witness"]}
    return place.good("POST", f"/v1/issuer/credentials/{name}/reissues", who, json=seen, headers=once)
