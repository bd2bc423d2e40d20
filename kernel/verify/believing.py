"""V10-V17: may this pass be believed? Type, proof, key, signature, scope, key state. Its own dates are looked at later.

`believe` raises the first Invalid, or returns a VerifiedCredential: the only thing that holds claims to show. What it
learned before an error stays in the Trail, since a report says who signed even when the scope does not hold (V16).
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kernel import codec, dids, trust
from kernel.bundle.installed import Issuer, IssuerKey, Rule
from kernel.encoding import multibase_decode
from kernel.errors import Invalid, NotBelieved, WrongShape
from kernel.keys import PublicKey
from kernel.proofs import integrity
from kernel.trust import SignedRow
from kernel.verify.dates import read_date_time
from kernel.verify.ground import Ground
from kernel.verify.marks import Mark
from schemas import bounds
from schemas.credential import Credential
from schemas.identifiers import Did, DidUrl
from schemas.json import JsonObject
from schemas.proof import DataIntegrityProof
from schemas.terms import ASSERTION, REVOCATION, VERIFIABLE_CREDENTIAL
from schemas.verification import IssuerShown, Tier

PROOF_STEPS: Final = {"low_order_key": "V13", "malformed_json": "V14", "invalid_signature": "V15"}
"""The steps of the codes that a proof's check gives; every other one speaks of the proof's form (V11)."""
INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}")
"""A canonical decimal (V20); ten digits are more than any list has."""


@dataclass(slots=True)
class Trail:
    """What is known of a pass so far; each step that holds adds to it."""

    marks: list[Mark]
    issuer: IssuerShown | None = None
    tier: Tier | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What V10 found: the pair, its policy, and the dates as times."""

    type: str
    scheme: str | None
    rule: Rule
    valid_from: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningKey:
    """What V12 found. An issuer that speaks of itself (T3) is in no registry: no `known`, no `life`."""

    key: PublicKey
    known: Issuer | None = None
    life: IssuerKey | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedCredential:
    """A pass whose signature, scope and key state held (V17): from here on its claims may be shown."""

    reading: Credential
    kind: Kind
    tier: Tier
    is_self_declared: bool = False
    marks: tuple[Mark, ...] = field(default=())


def believe(document: JsonObject, *, ground: Ground, trail: Trail, log_proofs: tuple[str, ...]) -> VerifiedCredential:
    """V10-V17, in order; raises Invalid with its step."""
    reading = _read(document)
    kind = require_kind(reading, ground=ground)  # V10
    proof = require_proof_form(document)  # V11
    signing = find_key(reading, method=proof.method, ground=ground, trail=trail)  # V12
    require_signature(document, key=signing.key, proof=proof)  # V13-V15
    trail.issuer = _shown(reading.issuer, signing.known)
    if signing.known is None or signing.life is None:
        trail.tier = "T3"  # V16 and V17 hold: nobody else's scope, nobody else's key
    else:
        trail.tier = trust.require_scope(signing.known, kind.type, kind.scheme)  # V16
        trail.marks += require_key(signing.life, proof=proof, reading=reading, kind=kind, log_proofs=log_proofs)  # V17
    return VerifiedCredential(reading=reading, kind=kind, tier=trail.tier, is_self_declared=signing.known is None)


def _read(document: JsonObject) -> Credential:
    try:
        return codec.credential(document)
    except Invalid as fault:
        fault.step = "V10"
        raise


def require_kind(reading: Credential, *, ground: Ground) -> Kind:
    """V10: type and scheme known to the policy, the schema of the type holds, dates can be read."""
    pass_type = reading.type
    checker = None
    if pass_type is not None and reading.types[0] == VERIFIABLE_CREDENTIAL:
        checker = ground.bundle.schemas.get(pass_type)
    if pass_type is None or checker is None:
        raise WrongShape("unknown_type", detail="a type that the bundle has no schema for", step="V10")
    checker.check(reading.document)
    rule = ground.bundle.policy.rule(pass_type, reading.scheme)
    if rule is None:
        raise WrongShape("unknown_type", detail="a pair of type and scheme without policy", step="V10")
    valid_from = valid_until = None
    if "validFrom" in reading.document:
        valid_from = read_date_time(reading.document["validFrom"], pointer="/validFrom")
    if "validUntil" in reading.document:
        valid_until = read_date_time(reading.document["validUntil"], pointer="/validUntil")
    elif rule.needs_valid_until:
        raise WrongShape("schema", detail="policy asks an end date of this type", pointer="/validUntil", step="V10")
    return Kind(type=pass_type, scheme=reading.scheme, rule=rule, valid_from=valid_from, valid_until=valid_until)


def require_proof_form(document: JsonObject) -> DataIntegrityProof:
    """V11: exactly one proof, of the one suite, for the one purpose, over the document's own contexts."""
    try:
        return integrity.form(document, purpose=ASSERTION)
    except Invalid as fault:
        fault.step = "V11"
        raise


def find_key(reading: Credential, *, method: DidUrl, ground: Ground, trail: Trail) -> SigningKey:
    """V12: the issuer controls the method, and the bundle knows the key under that issuer."""
    issuer = reading.issuer
    if method.partition("#")[0] != issuer:
        raise NotBelieved("issuer_mismatch", detail="the method is not the issuer's", step="V12")
    known = ground.bundle.issuers.get(issuer)
    if known is not None:
        life = known.keys.get(method)
        if life is None:
            raise NotBelieved("unknown_key", detail="the issuer has no such key in the bundle", step="V12")
        return SigningKey(key=life.key, known=known, life=life)
    if not issuer.startswith("did:key:") or reading.subject_id != issuer:
        raise NotBelieved("unknown_issuer", detail="an issuer that the bundle does not know", step="V12")
    key = key_of_did_key(method, otherwise="unknown_key", step="V12")
    trail.marks.append(Mark("V12", "self_declared"))
    return SigningKey(key=key)


def key_of_did_key(method: DidUrl, *, otherwise: str, step: str) -> PublicKey:
    """The key that a did:key's own method names; NotBelieved `otherwise` where it is none. Soundness comes with V13."""
    try:
        return dids.key_of_did_key_method(method)
    except Invalid as fault:
        raise NotBelieved(otherwise, detail="not the method of a did:key of Ed25519", step=step) from fault


def require_signature(document: JsonObject, *, key: PublicKey, proof: DataIntegrityProof) -> None:
    """V13-V15: the strict Ed25519 rule over the hash of proof options and document (TRUST section 2)."""
    try:
        integrity.check(document, key=key, purpose=ASSERTION, proof=proof)
    except Invalid as fault:
        fault.step = PROOF_STEPS.get(fault.code, "V11")
        raise


def require_key(
    life: IssuerKey, *, proof: DataIntegrityProof, reading: Credential, kind: Kind, log_proofs: tuple[str, ...]
) -> list[Mark]:
    """V17: the key's state; a stolen key's pass stands only with a log proof (TRUST section 7)."""
    signed = _signed_row(proof, reading) if life.state == "compromised" else _NO_ROW
    codes = trust.require_key(life, valid_from=kind.valid_from, signed=signed, log_proofs=log_proofs)
    return [Mark("V17", code) for code in codes]


_NO_ROW: Final = SignedRow(signature=b"", list_url=None, index=None)


def _signed_row(proof: DataIntegrityProof, reading: Credential) -> SignedRow:
    """What a log proof must speak of: this signature and the pass's place for revocation."""
    signature = multibase_decode(proof.value, limit=bounds.BASE58.size)
    for entry in reading.status:
        if entry.purpose == REVOCATION and entry.index is not None and INDEX.fullmatch(entry.index):
            return SignedRow(signature=signature, list_url=entry.list, index=int(entry.index))
    return SignedRow(signature=signature, list_url=None, index=None)


def _shown(did: Did, known: Issuer | None) -> IssuerShown:
    return IssuerShown(did=did, name={} if known is None else known.name)
