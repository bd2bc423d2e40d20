"""The holder's proof of her key: a presentation without passes, for one challenge and domain. Nothing is stored."""

import hmac

from kernel import codec, dids
from kernel.errors import NotBelieved, WrongShape
from kernel.proofs import integrity
from schemas.bounds import PRESENTATION
from schemas.identifiers import Did
from schemas.terms import AUTHENTICATION, PRESENTATION_CONTEXTS, VERIFIABLE_PRESENTATION

_MEMBERS = {"@context", "type", "proof"}


def holder_of(raw: bytes, *, challenge: str, domain: str) -> Did:
    """The did:key that signed it. Raises the codes of V11, V13 and V15, and holder_, challenge_, domain_mismatch.

    Only what the proof needs may stand in it: a `holder`, if present, equals the key's DID.
    """
    document = codec.read(raw, bound=PRESENTATION).document
    if not set(document) - {"holder"} == _MEMBERS or document["type"] != [VERIFIABLE_PRESENTATION]:
        raise WrongShape("invalid_shape", detail="not a presentation that proves a key alone")
    if document["@context"] != list(PRESENTATION_CONTEXTS):
        raise WrongShape("unknown_context", detail="not the contexts of a presentation")
    proof = integrity.form(document, purpose=AUTHENTICATION)
    key = dids.key_of_did_key_method(proof.method)
    integrity.check(document, key=key, purpose=AUTHENTICATION, proof=proof)
    holder = dids.controller(proof.method)
    if document.get("holder", holder) != holder:
        raise NotBelieved("holder_mismatch", detail="another holder than the key's")
    if proof.challenge is None or not hmac.compare_digest(proof.challenge.encode(), challenge.encode()):
        raise NotBelieved("challenge_mismatch", detail="a proof for another pick-up")
    if proof.domain != domain:
        raise NotBelieved("domain_mismatch", detail="a proof for another issuer")
    return holder
