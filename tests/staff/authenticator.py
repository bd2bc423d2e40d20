"""A passkey device in software: makes and shows passkeys as a browser would hand them over, and can lie in each part.

Ed25519 or ES256 (WebAuthn level 3, section 6). Its keys come from what it is seeded with.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kernel.encoding import base64url_decode, base64url_encode

PRESENT: Final = 0x01
VERIFIED: Final = 0x04
ATTESTED: Final = 0x40


@dataclass(frozen=True, kw_only=True)
class Lie:
    """What the device or the browser says; the defaults are the truth."""

    origin: str = "http://localhost:8710"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    challenge: str | None = None
    kind: str | None = None
    count: int | None = None
    handle: str | None = None
    framed: bool = False


TRUTH: Final = Lie()


@dataclass
class Authenticator:
    """One passkey; `make` once, then `show` as often as asked."""

    seed: str = "device"
    kind: str = "ed25519"
    count: int = 0
    handle: str = ""

    @property
    def id(self) -> str:
        return base64url_encode(hashlib.sha256(f"id:{self.seed}".encode()).digest())

    def make(self, options: Any, lie: Lie = TRUTH) -> dict[str, Any]:
        """What `navigator.credentials.create` gives for those options."""
        self.handle = options["user"]["id"]
        raw = base64url_decode(self.id, limit=64)
        attested = bytes(16) + len(raw).to_bytes(2, "big") + raw + cbor2.dumps(self._cose())
        data = self._data(replace(lie, flags=lie.flags | ATTESTED)) + attested
        answer = {
            "clientDataJSON": self._client("webauthn.create", options, lie),
            "attestationObject": base64url_encode(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._credential(answer)

    def show(self, options: Any, lie: Lie = TRUTH) -> dict[str, Any]:
        """What `navigator.credentials.get` gives for those options."""
        self.count += 1
        client = self._client("webauthn.get", options, lie)
        data = self._data(lie)
        told = data + hashlib.sha256(base64url_decode(client, limit=4096)).digest()
        answer = {
            "clientDataJSON": client,
            "authenticatorData": base64url_encode(data),
            "signature": base64url_encode(self._sign(told)),
            "userHandle": self.handle if lie.handle is None else lie.handle,
        }
        return self._credential(answer)

    def _credential(self, answer: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self.id, "rawId": self.id, "type": "public-key", "response": answer, "clientExtensionResults": {},
        }  # fmt: skip

    def _client(self, kind: str, options: Any, lie: Lie) -> str:
        told = {
            "type": lie.kind or kind,
            "challenge": lie.challenge or options["challenge"],
            "origin": lie.origin,
            "crossOrigin": lie.framed,
        }
        return base64url_encode(json.dumps(told).encode())

    def _data(self, lie: Lie) -> bytes:
        count = self.count if lie.count is None else lie.count
        return hashlib.sha256(lie.host.encode()).digest() + bytes([lie.flags]) + count.to_bytes(4, "big")

    def _secret(self) -> bytes:
        return hashlib.sha256(f"key:{self.seed}".encode()).digest()

    def _p256(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self._secret()) >> 8, ec.SECP256R1())

    def _cose(self) -> dict[int, Any]:
        if self.kind == "ed25519":
            public = ed25519.Ed25519PrivateKey.from_private_bytes(self._secret()).public_key()
            return {1: 1, 3: -8, -1: 6, -2: public.public_bytes(Encoding.Raw, PublicFormat.Raw)}
        point = self._p256().public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}

    def _sign(self, told: bytes) -> bytes:
        if self.kind == "ed25519":
            return ed25519.Ed25519PrivateKey.from_private_bytes(self._secret()).sign(told)
        return self._p256().sign(told, ec.ECDSA(SHA256()))
