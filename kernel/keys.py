"""Public keys as Multikey and JWK: Ed25519 alone. Private keys never come here; they stay in a Signer."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kernel import ed25519
from kernel.encoding import BASE58_LIMIT, base64url_decode, base64url_encode, multibase_decode, multibase_encode
from kernel.errors import WrongShape
from schemas.json import JsonObject

_MULTICODEC: Final = b"\xed\x01"  # ed25519-pub, as a varint (Controlled Identifiers 1.0 section 2.2.2)
_JWK_MEMBERS: Final = frozenset(("kty", "crv", "x", "alg", "use", "kid", "key_ops"))


@dataclass(frozen=True, slots=True)
class PublicKey:
    """32 bytes under a name; whether they are a point worth trusting is `require_sound`'s to say."""

    raw: bytes

    def multikey(self) -> str:
        """`z6Mk…` (Controlled Identifiers 1.0 section 2.2.2)."""
        return multibase_encode(_MULTICODEC + self.raw)

    def jwk(self) -> JsonObject:
        """RFC 8037 section 2, public members only."""
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(self.raw)}

    def require_sound(self) -> None:
        """E1 and E3-E5 (TRUST section 2). Raises low_order_key."""
        ed25519.require_key(self.raw)

    def check(self, message: bytes, signature: bytes) -> None:
        """E1-E6. Raises low_order_key, invalid_signature."""
        ed25519.check(self.raw, message, signature)


@lru_cache(maxsize=4096)
def read_multikey(text: str) -> PublicKey:
    """A Multikey in base58btc. Raises limits_exceeded, invalid_value for any key that is not Ed25519 of 32 bytes."""
    data = multibase_decode(text, limit=BASE58_LIMIT) if text.startswith("z") else b""
    if len(data) != len(_MULTICODEC) + ed25519.KEY_SIZE or not data.startswith(_MULTICODEC):
        raise WrongShape("invalid_value", detail="not an Ed25519 public key as Multikey")
    return PublicKey(data[len(_MULTICODEC) :])


def read_jwk(jwk: JsonObject) -> PublicKey:
    """A public OKP key. Raises invalid_value for another kind, an unknown member, or a private one."""
    x = jwk.get("x")
    known = (jwk.get("kty"), jwk.get("crv"), jwk.get("alg", "EdDSA")) == ("OKP", "Ed25519", "EdDSA")
    if not known or not isinstance(x, str) or len(x) != 43 or not _JWK_MEMBERS.issuperset(jwk):
        raise WrongShape("invalid_value", detail="not a public Ed25519 JWK")
    return PublicKey(base64url_decode(x, limit=43))
