"""V23-V25: does the person to whom the passes were given show them, now, to this verifier, and for the first time?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kernel import codec
from kernel.canonical import sha256
from kernel.errors import Invalid, NotBelieved, NotInForce
from kernel.presentation import OPEN
from kernel.proofs import integrity
from kernel.verify.believing import key_of_did_key
from kernel.verify.dates import read_date_time
from kernel.verify.ground import Ground
from schemas.identifiers import Did
from schemas.json import JsonObject
from schemas.presentation import Presentation
from schemas.proof import DataIntegrityProof
from schemas.terms import AUTHENTICATION
from schemas.verification import Level

LIVE_TOLERANCE: Final = timedelta(seconds=90)
SESSION_LIFE: Final = timedelta(seconds=120)


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedPresentation:
    """A presentation whose holder's proof held (V23, V24). `seen_before`: seconds since it was first shown here."""

    level: Level
    seen_before: int | None


def require_shown(document: JsonObject, *, ground: Ground) -> VerifiedPresentation:
    """V23-V25 in order; raises Invalid with its step."""
    reading = codec.presentation(document)
    try:
        proof = require_holder(reading)
    except Invalid as fault:
        fault.step = "V23"
        raise
    level = require_answer(proof, ground=ground)
    seconds = ground.seen.look(sha256(proof.value.encode()), now=ground.now)  # V25
    return VerifiedPresentation(level=level, seen_before=seconds)


def require_holder(reading: Presentation) -> DataIntegrityProof:
    """V23: one proof for authentication, by the did:key to which every enclosed pass was given."""
    proof = integrity.form(reading.document, purpose=AUTHENTICATION)
    holder = Did(proof.method.partition("#")[0])
    key = key_of_did_key(proof.method, otherwise="holder_mismatch", step="V23")
    integrity.check(reading.document, key=key, purpose=AUTHENTICATION, proof=proof)
    if "holder" in reading.document and reading.holder != holder:
        raise NotBelieved("holder_mismatch", detail="the holder named is not the one that signed")
    for one in reading.credentials:
        subject = one.get("credentialSubject")
        if not isinstance(subject, dict) or subject.get("id") != holder:
            raise NotBelieved("holder_mismatch", detail="a pass was given to another holder")
    return proof


def require_answer(proof: DataIntegrityProof, *, ground: Ground) -> Level:
    """V24: the answer to this session's question, or without a session a code made within 90 s of now."""
    session = ground.session
    wanted = OPEN if session is None else session.challenge
    if proof.challenge != wanted:
        raise NotBelieved("challenge_mismatch", detail="the proof answers another challenge", step="V24")
    if session is None:
        _require_recent(proof, ground=ground)
        return "live"
    if proof.domain is not None and proof.domain != session.domain:
        raise NotBelieved("domain_mismatch", detail="the proof answers another verifier", step="V24")
    if not timedelta(0) <= ground.now - session.issued_at <= SESSION_LIFE:
        raise NotInForce("stale_presentation", detail="the question is older than its life", step="V24")
    return "live_challenge"


def _require_recent(proof: DataIntegrityProof, *, ground: Ground) -> None:
    """By the raw device clock: a phone that runs behind the bundle still agrees with the phone before it."""
    try:
        created = read_date_time(proof.created, pointer="/proof/created")
    except Invalid as fault:
        raise NotInForce("stale_presentation", detail="no time of making that can be read", step="V24") from fault
    if abs(created - ground.now) > LIVE_TOLERANCE:
        raise NotInForce("stale_presentation", detail="made more than 90 s away from now", step="V24")
