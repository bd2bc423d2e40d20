"""The primitives that the vault and the backups stand on, held to the sets that others published (Wycheproof).

Our own code around them is tested in `test_vault.py`; here a library that changed its mind would be caught.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.exceptions import CryptoError

from tests.published import published


def cases(name: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each case with whether it is valid."""
    for group in json.loads(published(f"wycheproof/{name}_test.json").read_text())["testGroups"]:
        for case in group["tests"]:
            yield {**group, **case}, case["result"] != "invalid"


def _bytes(case: dict[str, Any], *names: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(case[name]) for name in names)


def _open_xchacha(case: dict[str, Any]) -> bytes:
    key, nonce, more, text, tag = _bytes(case, "key", "iv", "aad", "ct", "tag")
    return crypto_aead_xchacha20poly1305_ietf_decrypt(text + tag, more, nonce, key)


def _open_chacha(case: dict[str, Any]) -> bytes:
    key, nonce, more, text, tag = _bytes(case, "key", "iv", "aad", "ct", "tag")
    return ChaCha20Poly1305(key).decrypt(nonce, text + tag, more)


@pytest.mark.parametrize(
    ("name", "open_it"), [("xchacha20_poly1305", _open_xchacha), ("chacha20_poly1305", _open_chacha)]
)
def test_an_aead_opens_the_valid_and_nothing_else(name: str, open_it: Any) -> None:
    looked = 0
    for case, valid in cases(name):
        looked += 1
        if valid:
            assert open_it(case).hex() == case["msg"], case["tcId"]
        else:
            with pytest.raises((CryptoError, InvalidTag, ValueError, TypeError)):
                open_it(case)
    assert looked > 100


def test_xchacha_seals_as_published() -> None:
    for case, valid in cases("xchacha20_poly1305"):
        if valid:
            key, nonce, more, message = _bytes(case, "key", "iv", "aad", "msg")
            sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(message, more, nonce, key)
            assert sealed.hex() == case["ct"] + case["tag"], case["tcId"]


def test_hkdf_gives_what_is_published() -> None:
    for case, valid in cases("hkdf_sha256"):
        if not valid:
            continue
        material, salt, info = _bytes(case, "ikm", "salt", "info")
        made = HKDF(algorithm=SHA256(), length=case["size"], salt=salt, info=info).derive(material)
        assert made.hex() == case["okm"], case["tcId"]


def test_x25519_gives_what_is_published() -> None:
    for case, valid in cases("x25519"):
        private, public = _bytes(case, "private", "public")
        if valid and any(bytes.fromhex(case["shared"])):
            shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
            assert shared.hex() == case["shared"], case["tcId"]
