"""Pick-up at an issuer: code and PIN, proof of the holder's key, and the passes made for it (DOMAIN P2). Over Fetch.

What comes back is not believed here: `receiving.py` verifies each pass before it is kept. The proof is a presentation
without passes, for the issuer's own challenge and domain: it says that the key is held, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kernel import codec, presentation
from kernel.errors import WrongShape
from kernel.ports import Fetch, Signer
from kernel.proofs import integrity
from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.terms import AUTHENTICATION, JSON_MEDIA, VP_MEDIA
from wallet.issuers import ANSWER, credential_of, no_credentials, read_answer, rows_of, short
from wallet.letters import read_claim, read_pin


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What the holder was given: where, the ten letters, and the PIN that came apart."""

    issuer: Url
    """Where the issuer's API stands, up to and without `/v1`."""
    code: str = field(repr=False)
    pin: str = field(repr=False)


def pick_up(offer: Offer, *, fetch: Fetch, signer: Signer, now: datetime) -> tuple[JsonObject, ...]:
    """The credentials of an offer, as they came. Raises Unavailable, and Invalid with the issuer's own code."""
    base = f"{offer.issuer.rstrip('/')}/v1/issuer/pickups"
    asked = codec.write({"code": read_claim(offer.code), "pin": read_pin(offer.pin)})
    opened = read_answer(fetch.post(Url(base), asked, media_type=JSON_MEDIA, limit=ANSWER.bytes))
    identity, challenge, domain = (short(opened, name) for name in ("id", "challenge", "domain"))
    if not identity.replace("-", "").replace("_", "").isalnum():
        raise WrongShape("schema", detail="a pick-up without a name", pointer="/id")
    proof = integrity.add(
        presentation.compose(()),
        signer=signer,
        purpose=AUTHENTICATION,
        created=presentation.step(now),
        challenge=challenge,
        domain=domain,
    )
    answered = fetch.post(
        Url(f"{base}/{identity}/present"), codec.write(proof), media_type=VP_MEDIA, limit=ANSWER.bytes
    )
    return _credentials(read_answer(answered))


def _credentials(answer: JsonObject) -> tuple[JsonObject, ...]:
    rows = rows_of(answer)
    if not rows:
        raise no_credentials()
    return tuple(credential_of(row) for row in rows)
