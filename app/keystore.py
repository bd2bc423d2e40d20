"""Private keys at rest, rungs K0 and K1 of TRUST section 7: sealed files. Tokens are `app/hsm.py`'s (K2).

K0, for development and demo: argon2id13 makes the store's key from one passphrase. K1: two operators each hold a half,
and one alone opens nothing. Each private key is sealed with XChaCha20-Poly1305 and its name as associated data. A key
never leaves: what is given out is a Signer.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from nacl import pwhash
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from app.files import write_whole
from app.shut_keys import ShutKeys
from kernel import vault_keys
from kernel.ed25519 import SeedSigner
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Conflict, Invalid, NotFound
from kernel.ports import KeptSigner, Random
from schemas.identifiers import DidUrl, KeyId

_SALT = "store.json"
_TEXT_LIMIT = 4096
_HALF = 16


@dataclass(frozen=True, kw_only=True)
class SealedFiles:
    """A KeyStore in a folder."""

    folder: Path
    secret: bytes
    random: Random

    def signer(self, key: KeyId, /) -> KeptSigner:
        path = self._path(key)
        if not path.is_file():
            raise NotFound("not_found", detail="no private key of that name")
        row = json.loads(path.read_text())
        try:
            seed = crypto_aead_xchacha20poly1305_ietf_decrypt(
                base64url_decode(row["sealed"], limit=_TEXT_LIMIT),
                key.encode(),
                base64url_decode(row["nonce"], limit=_TEXT_LIMIT),
                self.secret,
            )
        except CryptoError as error:
            raise ShutKeys("passphrase", detail="the passphrase does not open this key") from error
        return SeedSigner(seed, DidUrl(row["method"]))

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        path = self._path(key)
        if path.exists():
            raise Conflict("name_taken", detail="a private key of that name exists")
        seed, nonce = self.random(32), self.random(24)
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(seed, key.encode(), nonce, self.secret)
        row = {"method": method, "nonce": base64url_encode(nonce), "sealed": base64url_encode(sealed)}
        write_whole(path, json.dumps(row).encode(), mode=0o600)
        return SeedSigner(seed, method).public

    def _path(self, key: KeyId) -> Path:
        return self.folder / f"{base64url_encode(key.encode())}.key"


def is_store(folder: Path) -> bool:
    """Whether a store was begun there."""
    return (folder / _SALT).is_file()


def open_keystore(folder: Path, *, passphrase: str, random: Random) -> SealedFiles:
    """Open the store in `folder`, made on first use; about 0.1 s of argon2id."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = folder / _SALT
    if not store.exists():
        told = {"kdf": "argon2id13", "salt": base64url_encode(random(16))}
        write_whole(store, json.dumps(told).encode(), mode=0o600)
    salt = base64url_decode(json.loads(store.read_text())["salt"], limit=_TEXT_LIMIT)
    secret = pwhash.argon2id.kdf(32, passphrase.encode(), salt, opslimit=3, memlimit=64 * 1024 * 1024)
    return SealedFiles(folder=folder, secret=secret, random=random)


def make_halves(random: Random) -> tuple[str, str]:
    """Two halves, each for one operator alone: 28 letters that say which half they are."""
    return vault_keys.half_texts(random(_HALF), random=random)


def open_halved(folder: Path, *, halves: tuple[str, str], random: Random) -> SealedFiles:
    """Open the store that two halves together open, in whichever order; made on first use.

    Raises Unavailable `signer_unavailable` for halves that are misread, twice the same, or of another store.
    """
    refused = ShutKeys("halves", detail="the two halves do not open the key store")
    try:
        joined = vault_keys.join_halves(*halves)
    except Invalid as error:
        raise refused from error
    secret = hashlib.blake2b(joined, digest_size=32, person=b"PuenteKeysK1").digest()
    told = {"kdf": "halves", "check": hashlib.blake2b(secret, digest_size=16, person=b"PuenteK1Check").hexdigest()}
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = folder / _SALT
    if not store.exists():
        write_whole(store, json.dumps(told).encode(), mode=0o600)
    if json.loads(store.read_text()) != told:
        raise refused
    return SealedFiles(folder=folder, secret=secret, random=random)
