"""What a cryptosuite is: how it hashes, proves and checks (Data Integrity 1.0 section 3). It decides no trust.

A suite gets the document without its proof and the proof's options without `proofValue`. Which proof a document must
have, its purpose and its contexts are `kernel/proofs/integrity.py`'s.
"""

from collections.abc import Callable
from typing import Protocol

from kernel.keys import PublicKey
from kernel.ports import Signer
from schemas.json import JsonObject


class Suite(Protocol):
    """One way of proving."""

    @property
    def name(self) -> str:
        """Its name on the wire."""
        ...

    def hash(self, document: JsonObject, options: JsonObject) -> bytes:
        """Transformation and hashing; raises malformed_json where the document has no canonical form."""
        ...

    def hashing(self, options: JsonObject) -> Callable[[bytes], bytes]:
        """As `hash`, for documents that are in their canonical form already; the options are hashed once."""
        ...

    def prove(self, hashed: bytes, signer: Signer) -> str:
        """The proofValue; raises Unavailable."""
        ...

    def check(self, hashed: bytes, value: str, key: PublicKey) -> None:
        """Raises low_order_key, invalid_signature."""
        ...
