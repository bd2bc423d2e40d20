"""Pick-up at an issuer: code and PIN, proof of the holder's key, and the passes made for it (DOMAIN P2). Over Fetch.

What comes back is not believed here: `receiving.py` verifies each pass before it is kept. The proof is a presentation
without passes, for the issuer's own challenge and domain: it says that the key is held, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kernel import codec, presentation
from kernel.errors import Invalid, Malformed, WrongShape
from kernel.ports import Fetch, Fetched, Signer
from kernel.proofs import integrity
from schemas import bounds, codes
from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.problem import MEDIA_TYPE as PROBLEM
from schemas.terms import AUTHENTICATION, JSON_MEDIA, VP_MEDIA
from wallet.letters import read_claim, read_pin

_ANSWER: Final = bounds.Bound(bytes=256 * bounds.KIB, members=4000, string=8 * bounds.KIB, depth=16)
_MOST: Final = 16
_SHORT: Final = 200


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
    opened = _object(fetch.post(Url(base), asked, media_type=JSON_MEDIA, limit=_ANSWER.bytes))
    identity, challenge, domain = (_short(opened, name) for name in ("id", "challenge", "domain"))
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
        Url(f"{base}/{identity}/present"), codec.write(proof), media_type=VP_MEDIA, limit=_ANSWER.bytes
    )
    return _credentials(_object(answered))


def _object(fetched: Fetched) -> JsonObject:
    document = codec.read(fetched.body, bound=_ANSWER).document
    if fetched.media_type.partition(";")[0].strip() == PROBLEM:
        code = document.get("code")
        # Only codes that we know: the issuer's text is not shown.
        known = isinstance(code, str) and codes.find(code) is not None
        raise Invalid(str(code) if known else "bad_request", detail="the issuer refused the pick-up")
    return document


def _credentials(answer: JsonObject) -> tuple[JsonObject, ...]:
    rows = answer.get("credentials")
    if not isinstance(rows, (list, tuple)) or not 0 < len(rows) <= _MOST:
        raise WrongShape("schema", detail="an answer without credentials", pointer="/credentials")
    found = [row.get("credential") if isinstance(row, Mapping) else None for row in rows]
    documents = tuple(each for each in found if isinstance(each, Mapping))
    if len(documents) != len(rows):
        raise WrongShape("schema", detail="an answer without credentials", pointer="/credentials")
    return documents


def _short(document: JsonObject, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _SHORT:
        raise Malformed("bad_request", detail="the issuer's answer lacks a member", pointer=f"/{name}")
    return value
