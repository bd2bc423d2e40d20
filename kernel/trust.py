"""V16 and V17: issuer scope and tier, key state at the time of signing, asked of the bundle (TRUST sections 4 and 7).

The bundle's own usability (V1, V2) is `bundle/usable.py`'s and is named here too, so that a verifier asks one module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from kernel import issued_log
from kernel.bundle.installed import FrozenTree, Issuer, IssuerKey, Tier
from kernel.bundle.usable import require_usable
from kernel.errors import Invalid, NotBelieved, NotInForce
from kernel.issued_log import LogProof
from schemas.identifiers import DidUrl, Url

MAX_PROOFS: Final = 16

__all__ = ["SignedRow", "require_key", "require_scope", "require_usable"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedRow:
    """What a log proof must speak of: one signature (64 bytes) and the revocation place of the pass, if it has one."""

    signature: bytes
    list_url: Url | None
    index: int | None


def require_scope(issuer: Issuer, pass_type: str, scheme: str | None) -> Tier:
    """V16: the issuer may sign this pair; its tier comes from the registry. Raises NotBelieved `out_of_scope`."""
    if not any(part.covers(pass_type, scheme) for part in issuer.scope):
        raise NotBelieved("out_of_scope", detail="the issuer's scope does not cover the type and scheme", step="V16")
    return issuer.tier


def require_key(
    key: IssuerKey, *, valid_from: datetime | None, signed: SignedRow, log_proofs: Sequence[str] = ()
) -> tuple[str, ...]:
    """V17: the marks of the key's state, `key_review` or none.

    Raises NotInForce `key_window`, and NotBelieved `key_compromised` where a stolen key's pass has no log proof
    (`VR1-R` text) that leads to the frozen checkpoint. A proof that cannot be read helps nobody and harms nobody.
    """
    match key.state:
        case "announced":
            raise NotInForce("key_window", detail="the key was announced but is not in use", step="V17")
        case "active" | "retired" | "destroyed":
            _require_window(key, valid_from)
            return ()
        case "suspended":
            _require_window(key, valid_from)
            return ("key_review",)
        case "compromised":
            _require_logged(key.method, key.frozen, signed, log_proofs)
            _require_window(key, valid_from)
            return ()


def _require_window(key: IssuerKey, valid_from: datetime | None) -> None:
    """A pass without a validFrom lies in no window, unless the key has none."""
    early = key.not_before is not None and (valid_from is None or valid_from < key.not_before)
    late = key.not_after is not None and (valid_from is None or valid_from > key.not_after)
    if early or late:
        raise NotInForce("key_window", detail="the pass is dated outside the key's window", step="V17")


def _require_logged(method: DidUrl, frozen: FrozenTree | None, signed: SignedRow, log_proofs: Sequence[str]) -> None:
    for text in log_proofs[:MAX_PROOFS]:
        try:
            proof = issued_log.read_proof(text)
            _require_speaks_of(proof, method, signed)
            _require_leads(proof, frozen)
        except Invalid:
            continue
        return
    raise NotBelieved("key_compromised", detail="the key was stolen and no log proof holds for the pass", step="V17")


def _require_speaks_of(proof: LogProof, method: DidUrl, signed: SignedRow) -> None:
    here = (method, sha256(signed.signature).digest(), signed.list_url, signed.index)
    if (proof.method, proof.signature_hash, proof.list_url, proof.index) != here:
        raise NotBelieved("key_compromised", detail="the log proof is of another pass", step="V17")


def _require_leads(proof: LogProof, frozen: FrozenTree | None) -> None:
    if frozen is None or proof.size != frozen.size:
        raise NotBelieved("key_compromised", detail="the log proof is of another checkpoint", step="V17")
    issued_log.check_path(proof.leaf(), index=proof.leaf_index, size=frozen.size, path=proof.path, root=frozen.root)
