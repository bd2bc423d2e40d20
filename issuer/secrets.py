"""The issuer's keyed secrets: the order of places, the names of rows, the salts of leaves, the hashes of codes
of the words that people are found by, what webhooks are signed with, and which rows are looked at before a release.

None is stored. All come from one private key that signs nothing else: an Ed25519 signature is a deterministic value
that only the key's holder can make, and BLAKE2b cuts it up. So the database and its backups hold no key (TRUST 13).
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import NotFound
from kernel.ports import Signer
from schemas.identifiers import CredentialId, KeyId

LABEL: Final = b"puente-issuer-secrets-1"
"""All that the key of the secrets ever signs."""
_NAME_BYTES: Final = 16
NO_CREDENTIAL: Final = "no credential of that name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """32 bytes each; see the methods for what they are for."""

    places: bytes
    rows: bytes
    leaves: bytes
    names: bytes
    codes: bytes
    words: bytes
    hooks: bytes
    looks: bytes

    def __repr__(self) -> str:
        return "Secrets(***)"

    def row(self, family: str, payload: bytes, copy: bytes = b"") -> bytes:
        """16 bytes that name a row to ourselves: the same row twice is one row. Never leaves the ledger (S4.10)."""
        return _hash(self.rows, b"\x1e".join((family.encode(), copy, payload)))

    def code(self, text: str) -> bytes:
        """Of a claim code, or of a code with its PIN."""
        return hashlib.blake2b(text.encode(), digest_size=32, key=self.codes).digest()

    def word(self, text: str) -> bytes:
        """16 bytes that a word is found by: who has the database and not the key cannot look anybody up."""
        return _hash(self.words, text.encode())

    def hook(self, id_: str) -> bytes:
        """What the messages to a webhook are signed with."""
        return hashlib.blake2b(id_.encode(), digest_size=32, key=self.hooks).digest()

    def look(self, digest: bytes, person: str) -> bytes:
        """What the rows are drawn by that a person compares with the papers before she decides what has this digest."""
        return hashlib.blake2b(digest + person.encode(), digest_size=32, key=self.looks).digest()

    def name(self, n: int) -> CredentialId:
        """The outside name of row `n`: 16 bytes that say nothing and that nobody can make up.

        A synthetic-IV cipher over the number: half is a keyed hash, half the number under a pad made from that half.
        So no column and no index is spent on names, and a name is checked without a query.
        """
        tag = hashlib.blake2b(n.to_bytes(8), digest_size=8, key=self.names).digest()
        return CredentialId(base64url_encode(tag + _xor(n.to_bytes(8), self._pad(tag))))

    def urn(self, n: int) -> str:
        """The same 16 bytes as a URN, which names the full credential of a row (RFC 9562 section 4, any bits)."""
        return f"urn:uuid:{UUID(bytes=base64url_decode(self.name(n), limit=22))}"

    def number(self, name: str) -> int:
        """Back again; raises NotFound for a name that we did not give."""
        refused = NotFound("not_found", detail=NO_CREDENTIAL)
        if len(name) != 22:
            raise refused
        raw = base64url_decode(name, limit=22)
        if len(raw) != _NAME_BYTES:
            raise refused
        n = int.from_bytes(_xor(raw[8:], self._pad(raw[:8])))
        if self.name(n) != name:
            raise refused
        return n

    def _pad(self, tag: bytes) -> bytes:
        return hashlib.blake2b(tag, digest_size=8, key=self.names, person=b"pad").digest()


@lru_cache(maxsize=64)
def _begun(key: bytes) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=16, key=key)


def _hash(key: bytes, told: bytes) -> bytes:
    """16 bytes, keyed; the key is taken in once, since there are millions of rows."""
    made = _begun(key).copy()
    made.update(told)
    return made.digest()


def key_of(issuer: str) -> KeyId:
    """The name of the private key that the secrets of this issuer come from."""
    return KeyId(f"{issuer}/secrets")


def derive(signer: Signer) -> Secrets:
    """The same secrets each time; raises Unavailable where the key does not answer."""
    root = hashlib.blake2b(signer.sign(LABEL), digest_size=32).digest()
    cut = {
        part: hashlib.blake2b(part.encode(), digest_size=32, key=root).digest()
        for part in ("places", "rows", "leaves", "names", "codes", "words", "hooks", "looks")
    }
    return Secrets(**cut)


def _xor(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a) ^ int.from_bytes(b)).to_bytes(len(a))
