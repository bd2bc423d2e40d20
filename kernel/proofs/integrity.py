"""Add a proof, check a proof (Data Integrity 1.0 sections 4.2 and 4.4), stricter than both.

A proof carries the document's own contexts, whole: the specification lets the proof's be a prefix, and then anyone can
append a context after signing. Whose key it is, and what the document may say, are the verifier's questions.
"""

from dataclasses import dataclass
from typing import Final

from kernel.errors import BadProof, NotBelieved, WrongShape
from kernel.keys import PublicKey
from kernel.ports import Signer
from kernel.proofs import registry
from schemas import terms
from schemas.identifiers import DidUrl
from schemas.json import JsonObject, JsonValue
from schemas.proof import DataIntegrityProof

_NEEDED: Final = frozenset(("type", "cryptosuite", "verificationMethod", "proofPurpose", "@context", "proofValue"))
_ALLOWED: Final = _NEEDED | {"created", "challenge", "domain"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedProof:
    """A proof that verified: by which suite and method, for what. Made by `check` alone."""

    suite: str
    method: DidUrl
    purpose: str
    created: str | None
    challenge: str | None
    domain: str | None


def add(
    document: JsonObject,
    *,
    signer: Signer,
    purpose: str,
    suite: str = terms.EDDSA_JCS_2022,
    created: str | None = None,
    challenge: str | None = None,
    domain: str | None = None,
) -> dict[str, JsonValue]:
    """The document with its proof last. Raises wrong_cryptosuite, invalid_shape, unknown_context, Unavailable."""
    prover = registry.find(suite)
    if "proof" in document:
        raise WrongShape("invalid_shape", detail="a document that has a proof already")
    told = {"created": created, "challenge": challenge, "domain": domain}
    proof = options(document, method=signer.method, purpose=purpose, suite=suite, **told)
    proof["proofValue"] = prover.prove(prover.hash(document, proof), signer)
    return {**document, "proof": proof}


def options(
    document: JsonObject,
    *,
    method: DidUrl,
    purpose: str,
    suite: str = terms.EDDSA_JCS_2022,
    created: str | None = None,
    challenge: str | None = None,
    domain: str | None = None,
) -> dict[str, JsonValue]:
    """A proof without its value: what is hashed beside the document. Raises unknown_context."""
    proof: dict[str, JsonValue] = {"type": terms.DATA_INTEGRITY_PROOF}
    if created is not None:
        proof["created"] = created
    proof |= {"verificationMethod": method, "cryptosuite": suite, "proofPurpose": purpose}
    if challenge is not None:
        proof["challenge"] = challenge
    if domain is not None:
        proof["domain"] = domain
    proof["@context"] = _contexts(document)
    return proof


def form(document: JsonObject, *, purpose: str) -> DataIntegrityProof:
    """The one proof of a document, of the right form, before any key is known (step V11), in the step's order.

    Raises invalid_shape (none or several), wrong_cryptosuite, wrong_proof_purpose, unknown_context (the proof's
    contexts are not the document's), invalid_shape again for a member too many, too few, or that is no text.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise WrongShape("invalid_shape", detail="not exactly one proof")
    if proof.get("type") != terms.DATA_INTEGRITY_PROOF or not _is_known(proof.get("cryptosuite")):
        raise BadProof("wrong_cryptosuite", detail="not a DataIntegrityProof of a suite in the table")
    if proof.get("proofPurpose") != purpose:
        raise NotBelieved("wrong_proof_purpose", detail="a proof for another purpose")
    if proof.get("@context") != _contexts(document):
        raise WrongShape("unknown_context", detail="the proof's contexts are not the document's")
    if not _NEEDED <= proof.keys() <= _ALLOWED:
        raise WrongShape("invalid_shape", detail="other members than a proof has here")
    if any(type(member) is not str for name, member in proof.items() if name != "@context"):
        raise WrongShape("invalid_shape", detail="a member of a proof that is no text")
    return DataIntegrityProof(
        document=proof,
        suite=proof["cryptosuite"],
        method=DidUrl(proof["verificationMethod"]),
        purpose=purpose,
        value=proof["proofValue"],
        created=proof.get("created"),
        challenge=proof.get("challenge"),
        domain=proof.get("domain"),
    )


def check(
    document: JsonObject, *, key: PublicKey, purpose: str, proof: DataIntegrityProof | None = None
) -> CheckedProof:
    """Form (unless `proof` is what `form` gave for this document), then V13-V15: the key, the hash, the signature.

    Raises what `form` raises, low_order_key, invalid_signature; malformed_json where there is no canonical form.
    """
    proof = form(document, purpose=purpose) if proof is None else proof
    if proof.document is not document.get("proof") or proof.purpose != purpose:
        raise WrongShape("invalid_shape", detail="a reading of another proof")
    unsecured = {name: member for name, member in document.items() if name != "proof"}
    options = {name: member for name, member in proof.document.items() if name != "proofValue"}
    suite = registry.find(proof.suite)
    suite.check(suite.hash(unsecured, options), proof.value, key)
    return CheckedProof(
        suite=proof.suite,
        method=proof.method,
        purpose=proof.purpose,
        created=proof.created,
        challenge=proof.challenge,
        domain=proof.domain,
    )


def _is_known(suite: JsonValue) -> bool:
    return isinstance(suite, str) and suite in registry.SUITES


def _contexts(document: JsonObject) -> list[JsonValue]:
    """The document's contexts: an array of texts, never an inline one, which could say anything."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(type(context) is str for context in contexts):
        raise WrongShape("unknown_context", detail="contexts that are not an array of texts")
    return contexts
