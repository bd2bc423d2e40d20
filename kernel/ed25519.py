"""Ed25519: the one acceptance rule for signatures, E1-E6 (TRUST section 2), and a signer from a seed.

Libraries disagree on small-order and mixed-order points, and one library changes from year to year; the gate in front
of ours makes the verdict the same everywhere. No other kernel file checks a signature. Keys at rest are not here.
"""

from functools import lru_cache
from typing import Final

from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign, crypto_sign_open, crypto_sign_seed_keypair
from nacl.exceptions import BadSignatureError

from kernel.errors import BadProof
from schemas.identifiers import DidUrl

KEY_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
"""L, the order of the base point (RFC 8032 section 5.1)."""
PRIME: Final = 2**255 - 19
_MASK: Final = 2**255 - 1
_EIGHTH: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
"""The y of a point of order 8; the other such y is its negative. A test computes both from the curve equation."""
SMALL_ORDER: Final = frozenset(
    (y | sign << 255).to_bytes(32, "little")
    for y in (0, 1, PRIME - 1, _EIGHTH, PRIME - _EIGHTH, PRIME, PRIME + 1)
    for sign in (0, 1)
)
"""The 14 encodings of the 8 points of small order; those of 0 and 1 written as p and p+1 are among them."""


def gate(public: bytes, message: bytes, signature: bytes) -> None:  # noqa: ARG001 - the same face as `check`
    """E1-E4 alone, without any library. Raises low_order_key for the key, invalid_signature for the signature."""
    _gate_key(public)
    _gate_signature(signature)


@lru_cache(maxsize=4096)
def require_key(public: bytes) -> None:
    """E1, E3, E4 and E5 of a key: canonical, on the curve, in the prime-order subgroup. Raises low_order_key."""
    _gate_key(public)
    if not crypto_core_ed25519_is_valid_point(public):
        raise BadProof("low_order_key", detail="a key outside the prime-order subgroup")


def check(public: bytes, message: bytes, signature: bytes) -> None:
    """E1-E6. Raises low_order_key when the key is at fault, else invalid_signature."""
    require_key(public)
    _gate_signature(signature)
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        raise BadProof("invalid_signature", detail="the signature does not verify") from None


class SeedSigner:
    """A Signer that holds its private key in memory: for key stores, tests and demos. Its repr shows no key."""

    __slots__ = ("_method", "_secret", "public")

    def __init__(self, seed: bytes, method: DidUrl) -> None:
        self.public, self._secret = crypto_sign_seed_keypair(seed)
        self._method = method

    @property
    def method(self) -> DidUrl:
        """The verification method it signs for."""
        return self._method

    def sign(self, data: bytes, /) -> bytes:
        """64 bytes (RFC 8032 section 5.1.6)."""
        return crypto_sign(data, self._secret)[:SIGNATURE_SIZE]

    def __repr__(self) -> str:
        return f"SeedSigner({self._method!r})"


def _gate_key(public: bytes) -> None:
    if len(public) != KEY_SIZE or int.from_bytes(public, "little") & _MASK >= PRIME or public in SMALL_ORDER:
        raise BadProof("low_order_key", detail="a key of wrong length, not canonical, or of small order")


def _gate_signature(signature: bytes) -> None:
    if len(signature) != SIGNATURE_SIZE or int.from_bytes(signature[32:], "little") >= ORDER:
        raise BadProof("invalid_signature", detail="a signature of wrong length, or S not below L")
    point = signature[:32]
    if int.from_bytes(point, "little") & _MASK >= PRIME or point in SMALL_ORDER:
        raise BadProof("invalid_signature", detail="R not canonical, or of small order")
