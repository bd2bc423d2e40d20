"""The cryptosuite eddsa-jcs-2022 (Data Integrity EdDSA 1.0 section 3.3): JCS, SHA-256, Ed25519, base58btc."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kernel.canonical import canonical, sha256
from kernel.ed25519 import SIGNATURE_SIZE
from kernel.encoding import multibase_decode, multibase_encode
from kernel.errors import BadProof, Invalid
from kernel.keys import PublicKey
from kernel.ports import Signer
from schemas import terms
from schemas.json import JsonObject

_PLAIN: Final = frozenset(("type", "cryptosuite", "verificationMethod", "proofPurpose", "@context"))
_LONGEST: Final = 89  # `z` and the 88 characters that 64 bytes may take


class EddsaJcs2022:
    """It has no state; the options of a batch, equal in every document, are hashed once."""

    @property
    def name(self) -> str:
        return terms.EDDSA_JCS_2022

    def hash(self, document: JsonObject, options: JsonObject) -> bytes:
        """SHA-256 of the options, then of the document (sections 3.3.3 and 3.3.4); 64 bytes."""
        return _hash_options(options) + sha256(canonical(document))

    def hashing(self, options: JsonObject) -> Callable[[bytes], bytes]:
        """As `hash`, for documents that are in their canonical form already; the options are hashed once."""
        head = _hash_options(options)
        return lambda document: head + sha256(document)

    def prove(self, hashed: bytes, signer: Signer) -> str:
        """Section 3.3.6."""
        return multibase_encode(signer.sign(hashed))

    def check(self, hashed: bytes, value: str, key: PublicKey) -> None:
        """Section 3.3.7, with the acceptance rule E1-E6; the key is judged before the signature is looked at."""
        key.require_sound()
        if not value.startswith("z"):
            raise BadProof("invalid_signature", detail="a proofValue that is not base58btc")
        try:
            signature = multibase_decode(value, limit=_LONGEST)
        except Invalid as error:
            raise BadProof("invalid_signature", detail="a proofValue that cannot be read") from error
        if len(signature) != SIGNATURE_SIZE:
            raise BadProof("invalid_signature", detail="a proofValue of another length")
        key.check(hashed, signature)


def _hash_options(options: JsonObject) -> bytes:
    # Only options without a time, challenge or domain come back, and only plain text makes a sound key for the memory.
    contexts = options.get("@context")
    if options.keys() == _PLAIN and type(contexts) is list:
        texts = [options["type"], options["cryptosuite"], options["verificationMethod"], options["proofPurpose"]]
        texts += contexts
        if all(type(text) is str for text in texts):
            return _hash_plain(*texts)
    return sha256(canonical(options))


@lru_cache(maxsize=1024)
def _hash_plain(kind: str, suite: str, method: str, purpose: str, *contexts: str) -> bytes:
    return sha256(
        canonical(
            {
                "type": kind,
                "cryptosuite": suite,
                "verificationMethod": method,
                "proofPurpose": purpose,
                "@context": list(contexts),
            }
        )
    )
