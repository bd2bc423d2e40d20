"""From what a person keeps to the keys of a vault (TRUST section 8): subkeys, recovery sheet, two helpers, passphrase.

Pure: random bytes come in as an argument. The blobs that these keys seal are `kernel/vault.py`'s.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from kernel.errors import Malformed
from kernel.ports import Random
from kernel.vault import ID_SIZE, KEY_SIZE, Kdf, stretch
from schemas.question import CROCKFORD, MISREAD

_CONTEXT: Final = b"PuenteV1"
_SECRET_SIZE: Final = 16
_CHECK_BITS: Final = 12
_LETTERS: Final = (_SECRET_SIZE * 8 + _CHECK_BITS) // 5
_FORMS: Final = (b"PuenteSheet", b"PuenteHalf1", b"PuenteHalf2")
"""By the checksum that holds, letters say what they are: a whole sheet, one half, the other half."""
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


def pass_id(vault_key: bytes, document: bytes) -> bytes:
    """The item id of a pass, by its canonical bytes: the same on two phones, and telling a stranger nothing."""
    return blake2b(document, digest_size=ID_SIZE, key=subkey(vault_key, SEARCH)).digest()


def holder_seed(vault_key: bytes, persona: int) -> bytes:
    """The Ed25519 seed of persona `persona` (0 is the default): BLAKE2b(key = subkey 5, number as 8 bytes LE)."""
    return blake2b(persona.to_bytes(8, "little"), digest_size=KEY_SIZE, key=subkey(vault_key, HOLDER_SEEDS)).digest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Letters:
    """What 28 letters are: `half` is 0 for a whole sheet, else which half of one."""

    half: int
    secret: bytes = field(repr=False)


def sheet_text(secret: bytes) -> str:
    """The recovery sheet: 128 bits and 12 of checksum as seven groups of four Crockford letters."""
    return _letters(Letters(half=0, secret=secret))


def read_letters(typed: str) -> Letters:
    """A sheet or a half as typed: case, blanks, hyphens and look-alikes (I L O) do not matter.

    Raises Malformed `vault_unreadable` for a wrong length, letter or checksum.
    """
    letters = re.sub(r"[\s-]", "", typed).upper().translate(MISREAD) if len(typed) <= _MAX_TYPED else ""
    if len(letters) != _LETTERS or not set(letters) <= set(CROCKFORD):
        raise Malformed("vault_unreadable", detail="a recovery sheet has 28 letters", pointer="/sheet")
    number = 0
    for letter in letters:
        number = number << 5 | CROCKFORD.index(letter)
    secret = (number >> _CHECK_BITS).to_bytes(_SECRET_SIZE, "big")
    for half in range(len(_FORMS)):
        if number & (1 << _CHECK_BITS) - 1 == checksum(secret, half):
            return Letters(half=half, secret=secret)
    raise Malformed("vault_unreadable", detail="a letter of the recovery sheet is wrong", pointer="/sheet")


def read_sheet(typed: str) -> bytes:
    """The 16 bytes of a whole sheet. Raises Malformed `half_sheet` for a half, else as `read_letters`."""
    read = read_letters(typed)
    if read.half:
        raise _lacks_a_half()
    return read.secret


def sheet_key(secret: bytes, vault_id: bytes) -> bytes:
    """What a sheet wraps with: BLAKE2b(key = sheet, person "PuenteRecov1", salt = vault id); 128 bits need no KDF."""
    return blake2b(b"", digest_size=KEY_SIZE, key=secret, salt=vault_id, person=b"PuenteRecov1").digest()


def sheet_locator(secret: bytes) -> bytes:
    """By this a new phone asks which vault a sheet opens: 32 bytes that say nothing of the sheet or of its keys."""
    return blake2b(b"", digest_size=32, key=secret, person=b"PuenteLocate").digest()


def half_texts(secret: bytes, *, random: Random) -> tuple[str, str]:
    """The sheet for two helpers, in letters: a half alone is as good as random; its checksum says which it is."""
    while True:
        mask = random(len(secret))
        pair = mask, bytes(a ^ b for a, b in zip(secret, mask, strict=True))
        # One mask in a thousand gives a half that reads as something else as well: then another.
        if all(len({checksum(half, form) for form in range(len(_FORMS))}) == len(_FORMS) for half in pair):
            return _letters(Letters(half=1, secret=pair[0])), _letters(Letters(half=2, secret=pair[1]))


def join_halves(one: str, other: str) -> bytes:
    """The sheet from both halves as typed, in either order. What it is worth only opening the vault says.

    Raises Malformed `half_sheet` for the same half twice; `vault_unreadable` for what is no half.
    """
    pair = read_letters(one), read_letters(other)
    if not all(each.half for each in pair):
        raise Malformed("vault_unreadable", detail="a whole sheet opens alone", pointer="/sheet")
    if pair[0].half == pair[1].half:
        raise _lacks_a_half()
    return bytes(a ^ b for a, b in zip(pair[0].secret, pair[1].secret, strict=True))


def checksum(secret: bytes, half: int) -> int:
    """The top 12 bits of BLAKE2b-256: personalised by what the letters are, a whole sheet (0), one half, the other."""
    digest = blake2b(secret, digest_size=32, person=_FORMS[half]).digest()
    return int.from_bytes(digest[:2], "big") >> 16 - _CHECK_BITS


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
    plain = unicodedata.normalize("NFKD", passphrase).lower()
    bare = "".join(c for c in plain if c.isalnum())  # accents, apart after NFKD, fall out too
    if len(passphrase) < MIN_PASSPHRASE or len(passphrase) > MAX_PASSPHRASE:
        raise Malformed("weak_passphrase", detail="between 12 and 256 characters", pointer="/passphrase")
    word = _unit(bare.strip("0123456789"))
    if len(set(bare)) < 5 or bare in _FIGURES or bare in _FIGURES_DOWN or word in _COMMON_WORDS or not word:
        raise Malformed("weak_passphrase", detail="one of the first that others would try", pointer="/passphrase")


def _unit(text: str) -> str:
    """The shortest text whose repetition `text` is ("holahola" -> "hola")."""
    place = (text + text).find(text, 1)
    return text[:place] if 0 < place < len(text) else text


def _letters(read: Letters) -> str:
    if len(read.secret) != _SECRET_SIZE:
        raise ValueError("a recovery secret is 16 bytes")
    number = int.from_bytes(read.secret, "big") << _CHECK_BITS | checksum(read.secret, read.half)
    letters = "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))


def _lacks_a_half() -> Malformed:
    return Malformed("half_sheet", detail="one half of a recovery sheet; the other one is needed", pointer="/sheet")
