"""The holder's proof of her key, for one challenge and domain: alone (pick-up), or with a pass of hers (dispute)."""

import hmac
from dataclasses import dataclass

from kernel import codec, dids
from kernel.errors import NotBelieved, WrongShape
from kernel.proofs import integrity
from schemas.bounds import PRESENTATION
from schemas.identifiers import Did
from schemas.json import JsonObject
from schemas.terms import AUTHENTICATION, PRESENTATION_CONTEXTS, VERIFIABLE_PRESENTATION

_MEMBERS = {"@context", "type", "proof"}
_PASSES = "verifiableCredential"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proved:
    """A presentation whose signature held: by which key, and for which challenge and domain it says to be."""

    holder: Did
    challenge: str
    domain: str

    def require_for(self, *, challenge: str, domain: str) -> None:
        """Raises NotBelieved `challenge_mismatch`, `domain_mismatch`."""
        if not hmac.compare_digest(self.challenge.encode(), challenge.encode()):
            raise NotBelieved("challenge_mismatch", detail="a proof that answers another challenge")
        if self.domain != domain:
            raise NotBelieved("domain_mismatch", detail="a proof for another domain")


def holder_of(raw: bytes, *, challenge: str, domain: str) -> Did:
    """The did:key that signed it. Raises the codes of V11, V13 and V15, and holder_, challenge_, domain_mismatch.

    Only what the proof needs may stand in it: a `holder`, if present, equals the key's DID.
    """
    proved = _proved(codec.read(raw, bound=PRESENTATION).document, _MEMBERS)
    proved.require_for(challenge=challenge, domain=domain)
    return proved.holder


def pass_of(document: JsonObject) -> tuple[Proved, JsonObject]:
    """The proof, and the one pass inside, which was given to the key that signed. Raises likewise.

    That the pass is one of ours is not said yet: who calls compares it with what was issued.
    """
    proved = _proved(document, {*_MEMBERS, _PASSES})
    match document[_PASSES]:
        case [dict() as one] | (dict() as one):
            subject = one.get("credentialSubject")
            if not isinstance(subject, dict) or subject.get("id") != proved.holder:
                raise NotBelieved("holder_mismatch", detail="the pass was given to another key")
            return proved, one
        case _:
            raise WrongShape("invalid_shape", detail="not a presentation of one pass")


def _proved(document: JsonObject, members: set[str]) -> Proved:
    if not set(document) - {"holder"} == members or document["type"] != [VERIFIABLE_PRESENTATION]:
        raise WrongShape("invalid_shape", detail="not a presentation of the kind that is asked for")
    if document["@context"] != list(PRESENTATION_CONTEXTS):
        raise WrongShape("unknown_context", detail="not the contexts of a presentation")
    proof = integrity.form(document, purpose=AUTHENTICATION)
    key = dids.key_of_did_key_method(proof.method)
    integrity.check(document, key=key, purpose=AUTHENTICATION, proof=proof)
    holder = dids.controller(proof.method)
    if document.get("holder", holder) != holder:
        raise NotBelieved("holder_mismatch", detail="another holder than the key's")
    return Proved(holder=holder, challenge=proof.challenge or "", domain=proof.domain or "")
