"""From what a person keeps to the keys of a vault (TRUST section 8): subkeys, recovery sheet, two helpers, passphrase.

Pure: random bytes come in as an argument. The blobs that these keys seal are `kernel/vault.py`'s.
"""

import re
import unicodedata
from hashlib import blake2b
from typing import Final

from kernel.errors import Malformed
from kernel.ports import Random
from kernel.vault import KEY_SIZE, Kdf, stretch

_CONTEXT: Final = b"PuenteV1"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U."""
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SHEET_BITS: Final = 128
_CHECK_BITS: Final = 12
_LETTERS: Final = (_SHEET_BITS + _CHECK_BITS) // 5
_MAX_TYPED: Final = 64
MIN_PASSPHRASE: Final = 12
MAX_PASSPHRASE: Final = 256
_USUAL_PASSES: Final = 3
_USUAL_MEMORY_KIB: Final = 64 * 1024

ITEMS: Final = 1
MANIFEST: Final = 2
SEARCH: Final = 3
SYNC_AUTH: Final = 4
HOLDER_SEEDS: Final = 5
SHOW_PACK: Final = 6

# What people choose first: a word of this list, repeated or with figures around it, is no passphrase.
_COMMON_TEXT: Final = """
password contrasena clave secreto micontrasena miclave puente billetera hola holamundo teamo teamomucho amor amormio
miamor princesa corazon colombia venezuela peru bogota caracas medellin barranquilla maracaibo valencia bienvenido
bienvenida familia felicidad jesus jesuscristo dios diosesamor diosteama virgenmaria santamaria maria jose carlos
daniela alejandra mariposa estrella futbol barcelona realmadrid nacional millonarios administrador administrator admin
letmein welcome iloveyou sunshine football baseball superman batman pokemon monkey dragon qwerty qwertyuiop asdfgh
asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcdef abcdefgh abcdefghijkl abcdefghijklm unodostres sena ppt pep hello
computer computador internet facebook whatsapp instagram
"""
_COMMON_WORDS: Final = frozenset(_COMMON_TEXT.split())
_FIGURES: Final = "01234567890" * 12
_FIGURES_DOWN: Final = _FIGURES[::-1]


def subkey(vault_key: bytes, number: int) -> bytes:
    """Subkey `number` of the vault key: libsodium's crypto_kdf with context "PuenteV1", 32 bytes."""
    return blake2b(
        b"", digest_size=KEY_SIZE, key=vault_key, salt=number.to_bytes(8, "little") + bytes(8), person=_CONTEXT
    ).digest()


def item_key(vault_key: bytes, item_id: bytes) -> bytes:
    """The key of one item: BLAKE2b(key = subkey 1, item id)."""
    return blake2b(item_id, digest_size=KEY_SIZE, key=subkey(vault_key, ITEMS)).digest()


def holder_seed(vault_key: bytes, persona: int) -> bytes:
    """The Ed25519 seed of persona `persona` (0 is the default): BLAKE2b(key = subkey 5, number as 8 bytes LE)."""
    return blake2b(persona.to_bytes(8, "little"), digest_size=KEY_SIZE, key=subkey(vault_key, HOLDER_SEEDS)).digest()


def sheet_text(secret: bytes) -> str:
    """The recovery sheet: 128 bits and 12 of checksum as seven groups of four Crockford letters."""
    if len(secret) * 8 != _SHEET_BITS:
        raise ValueError("a recovery secret is 16 bytes")
    number = int.from_bytes(secret, "big") << _CHECK_BITS | _checksum(secret)
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))


def read_sheet(typed: str) -> bytes:
    """The 16 bytes of a sheet as typed: case, blanks, hyphens and look-alikes (I L O) do not matter.

    Raises Malformed `vault_unreadable` for a wrong length, letter or checksum.
    """
    letters = re.sub(r"[\s-]", "", typed).upper().translate(_LOOKALIKES) if len(typed) <= _MAX_TYPED else ""
    if len(letters) != _LETTERS or not set(letters) <= set(_ALPHABET):
        raise Malformed("vault_unreadable", detail="a recovery sheet has 28 letters", pointer="/sheet")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    secret = (number >> _CHECK_BITS).to_bytes(_SHEET_BITS // 8, "big")
    if number & (1 << _CHECK_BITS) - 1 != _checksum(secret):
        raise Malformed("vault_unreadable", detail="a letter of the recovery sheet is wrong", pointer="/sheet")
    return secret


def sheet_key(secret: bytes, vault_id: bytes) -> bytes:
    """What a sheet wraps with: BLAKE2b(key = sheet, person "PuenteRecov1", salt = vault id); 128 bits need no KDF."""
    return blake2b(b"", digest_size=KEY_SIZE, key=secret, salt=vault_id, person=b"PuenteRecov1").digest()


def halves(secret: bytes, *, mask: bytes) -> tuple[bytes, bytes]:
    """The sheet for two helpers: each half alone is as good as random. `mask` = 16 random bytes."""
    if len(mask) != len(secret):
        raise ValueError("the mask is as long as the secret")
    return mask, _xor(secret, mask)


def join_halves(one: bytes, other: bytes) -> bytes:
    """The sheet from both halves, in either order. What it is worth only opening the vault says."""
    if len(one) != len(other):
        raise Malformed("vault_unreadable", detail="two halves of one sheet are of one length", pointer="/sheet")
    return _xor(one, other)


def usual_kdf(random: Random) -> Kdf:
    """argon2id over 64 MiB three times, with a fresh salt (TRUST 8)."""
    return Kdf(passes=_USUAL_PASSES, memory_kib=_USUAL_MEMORY_KIB, salt=random(16))


def passphrase_key(passphrase: str, kdf: Kdf) -> bytes:
    """The wrapping key of a passphrase: argon2id over its NFC in UTF-8."""
    if len(passphrase) > MAX_PASSPHRASE:
        raise Malformed("limits_exceeded", detail="a passphrase has at most 256 characters", pointer="/passphrase")
    return stretch(unicodedata.normalize("NFC", passphrase).encode(), kdf=kdf)


def require_strong(passphrase: str) -> None:
    """Raise Malformed `weak_passphrase`: under 12 characters, figures in a row, a common word with trimmings."""
    plain = unicodedata.normalize("NFKD", passphrase).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    bare = "".join(c for c in plain if c.isalnum())
    if len(passphrase) < MIN_PASSPHRASE or len(passphrase) > MAX_PASSPHRASE:
        raise Malformed("weak_passphrase", detail="between 12 and 256 characters", pointer="/passphrase")
    word = _unit(bare.strip("0123456789"))
    if len(set(bare)) < 5 or bare in _FIGURES or bare in _FIGURES_DOWN or word in _COMMON_WORDS or not word:
        raise Malformed("weak_passphrase", detail="one of the first that others would try", pointer="/passphrase")


def _unit(text: str) -> str:
    """The shortest text whose repetition `text` is ("holahola" -> "hola")."""
    place = (text + text).find(text, 1)
    return text[:place] if 0 < place < len(text) else text


def _checksum(secret: bytes) -> int:
    digest = blake2b(secret, digest_size=32, person=b"PuenteSheet").digest()
    return int.from_bytes(digest[:2], "big") >> 16 - _CHECK_BITS


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
