"""The sealed vault format PVL1, both ways (TRUST section 8): one blob, sealed under one key. Pure; no file, no network.

What is inside a blob, which blobs make a wallet and where they lie is the wallet story's. The words that a person
types (recovery sheet, passphrase) become keys in `kernel/vault_keys.py`; this file knows only keys and bytes.

    off len field (little-endian; header = 0..79, associated data = 0..111)
      0  4  "PVL1"        16 16 salt (zeros if kdf 0)
      4  1  version = 1   32 24 nonce, random for every write
      5  1  kind          56 16 vault id
      6  1  kdf 0 | 1     72  8 sequence
      7  1  reserved 0    80 32 key commitment Kc
      8  4  opslimit     112  n ciphertext || tag(16), plaintext padded (ISO 7816-4) to 512 B * 2^k, at most 8 MiB
     12  4  memlimit KiB
    Ke || Kc = BLAKE2b-512(key = K, "PuenteVault1" || header)

The reader's order is the format's: length, magic, version, kind, KDF bounds, commitment, AEAD, padding. All that the
key decides (commitment, AEAD, padding) ends in one and the same error, so that a guess learns nothing.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from nacl import bindings as sodium
from nacl import exceptions as sodium_exceptions

from kernel.errors import Malformed
from kernel.ports import Random
from schemas import bounds

MAGIC: Final = b"PVL1"
VERSION: Final = 1
HEADER_SIZE: Final = 80
COMMITMENT_SIZE: Final = 32
PREFIX_SIZE: Final = HEADER_SIZE + COMMITMENT_SIZE
TAG_SIZE: Final = 16
KEY_SIZE: Final = 32
ID_SIZE: Final = 16
SALT_SIZE: Final = 16
NONCE_SIZE: Final = 24
PAD_UNIT: Final = 512
MAX_PADDED: Final = bounds.VAULT.size
"""Bytes of padded plaintext; a blob is at most this and 128 bytes."""
MAX_BLOB: Final = PREFIX_SIZE + MAX_PADDED + TAG_SIZE

# TRUST 8: outside of these the reader refuses before anything is allocated.
MIN_MEMORY_KIB: Final = 19 * 1024
MAX_MEMORY_KIB: Final = 256 * 1024
MIN_PASSES: Final = 2
MAX_PASSES: Final = 6

_HEADER: Final = struct.Struct("<4sBBBBII16s24s16sQ")
_LABEL: Final = b"PuenteVault1"
_NO_SALT: Final = bytes(SALT_SIZE)


class Kind(IntEnum):
    """What a blob holds."""

    MANIFEST = 1
    ITEM = 2
    WRAP_RECOVERY = 3
    WRAP_PASSPHRASE = 4
    WRAP_PASSKEY = 5
    WRAP_HELPER = 6
    SHOW_PACK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Kdf:
    """The work that a passphrase costs: argon2id 1.3, one lane. Made only within the bounds of TRUST 8."""

    passes: int
    memory_kib: int
    salt: bytes

    def __post_init__(self) -> None:
        if not MIN_PASSES <= self.passes <= MAX_PASSES or not MIN_MEMORY_KIB <= self.memory_kib <= MAX_MEMORY_KIB:
            raise Malformed("vault_unreadable", detail="key derivation outside its bounds", pointer="/kdf")
        if len(self.salt) != SALT_SIZE:
            raise Malformed("vault_unreadable", detail="salt of a wrong length", pointer="/kdf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The first 80 bytes. They travel in the clear and are bound by the commitment and the tag."""

    kind: Kind
    kdf: Kdf | None
    nonce: bytes
    vault_id: bytes
    sequence: int

    def to_bytes(self) -> bytes:
        kdf = self.kdf
        return _HEADER.pack(
            MAGIC,
            VERSION,
            self.kind,
            0 if kdf is None else 1,
            0,
            0 if kdf is None else kdf.passes,
            0 if kdf is None else kdf.memory_kib,
            _NO_SALT if kdf is None else kdf.salt,
            self.nonce,
            self.vault_id,
            self.sequence,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A blob whose commitment, tag and padding held."""

    header: Header
    plaintext: bytes


def read_header(blob: bytes) -> Header:
    """The header of a blob, its form and its KDF bounds checked; nothing is decrypted or derived.

    Raises Malformed `vault_unreadable`.
    """
    _require_length(len(blob))
    magic, version, kind, kdf, reserved, passes, memory_kib, salt, nonce, vault_id, sequence = _HEADER.unpack_from(blob)
    if magic != MAGIC or version != VERSION or reserved != 0:
        raise Malformed("vault_unreadable", detail="not a PVL1 blob of version 1", pointer="/version")
    if kind not in Kind.__members__.values():
        raise Malformed("vault_unreadable", detail="unknown kind of blob", pointer="/kind")
    if kdf not in (0, 1) or (kdf == 0 and (passes or memory_kib or salt != _NO_SALT)):
        raise Malformed("vault_unreadable", detail="unknown key derivation", pointer="/kdf")
    return Header(
        kind=Kind(kind),
        kdf=Kdf(passes=passes, memory_kib=memory_kib, salt=salt) if kdf else None,
        nonce=nonce,
        vault_id=vault_id,
        sequence=sequence,
    )


def seal(
    plaintext: bytes, *, key: bytes, kind: Kind, vault_id: bytes, sequence: int, random: Random, kdf: Kdf | None = None
) -> bytes:
    """One blob; the nonce is drawn anew. `kdf` says how `key` came from a passphrase, if it did.

    Raises Malformed `limits_exceeded` for more than 8 MiB with padding.
    """
    if len(key) != KEY_SIZE or len(vault_id) != ID_SIZE:
        raise ValueError("a key is 32 bytes and a vault id 16")
    header = Header(kind=kind, kdf=kdf, nonce=random(NONCE_SIZE), vault_id=vault_id, sequence=sequence)
    raw = header.to_bytes()
    encryption, commitment = _split(key, raw)
    sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        pad(plaintext), raw + commitment, header.nonce, encryption
    )
    return raw + commitment + sealed


def open_blob(blob: bytes, *, key: bytes) -> Opened:
    """The plaintext under `key`. Raises Malformed `vault_unreadable`, one text for every wrong key or changed byte."""
    header = read_header(blob)
    raw, commitment = blob[:HEADER_SIZE], blob[HEADER_SIZE:PREFIX_SIZE]
    encryption, expected = _split(key, raw)
    if not compare_digest(commitment, expected):
        raise _wrong_key()
    try:
        padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            blob[PREFIX_SIZE:], raw + commitment, header.nonce, encryption
        )
    except sodium_exceptions.CryptoError as error:
        raise _wrong_key() from error
    return Opened(header=header, plaintext=unpad(padded))


def stretch(words: bytes, *, kdf: Kdf, size: int = KEY_SIZE) -> bytes:
    """argon2id 1.3 with one lane over `words`. Takes tens of milliseconds and `kdf.memory_kib` of memory on purpose."""
    stretched: bytes = sodium.crypto_pwhash_alg(
        size, words, kdf.salt, kdf.passes, kdf.memory_kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13
    )
    return stretched


def pad(plaintext: bytes) -> bytes:
    """ISO 7816-4 to 512 B times a power of two, so that a size says little. Raises Malformed `limits_exceeded`."""
    size = PAD_UNIT
    while size <= len(plaintext):
        size *= 2
    if size > MAX_PADDED:
        raise Malformed("limits_exceeded", detail="more than 8 MiB in one vault blob")
    return plaintext + b"\x80" + bytes(size - len(plaintext) - 1)


def unpad(padded: bytes) -> bytes:
    """What stood before the padding. Raises Malformed `vault_unreadable`; more padding than `pad` makes is refused."""
    plaintext = padded.rstrip(b"\x00")
    if not plaintext.endswith(b"\x80") or len(pad(plaintext[:-1])) != len(padded):
        raise _wrong_key()
    return plaintext[:-1]


def _split(key: bytes, header: bytes) -> tuple[bytes, bytes]:
    """Ke encrypts; Kc commits, because Poly1305 alone does not bind a ciphertext to one key."""
    both = blake2b(_LABEL + header, digest_size=64, key=key).digest()
    return both[:KEY_SIZE], both[KEY_SIZE:]


def _require_length(size: int) -> None:
    body = size - PREFIX_SIZE - TAG_SIZE
    units, rest = divmod(body, PAD_UNIT)
    # Whole units, and their number a power of two.
    if rest or units < 1 or units & (units - 1) or body > MAX_PADDED:
        raise Malformed("vault_unreadable", detail="no PVL1 blob has this length", pointer="/length")


def _wrong_key() -> Malformed:
    return Malformed("vault_unreadable", detail="the blob does not open with this key")
