"""base64url, base58btc, base45 and multibase: bytes <-> text, strict both ways, bounded before any work.

Strict means: decoding then encoding gives the same text for every text that is accepted, so no two texts are one value.
What the bytes mean is for others (`kernel/keys.py`, `kernel/cborld`).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache, lru_cache
from struct import Struct, unpack
from typing import Final, Literal, NamedTuple

from kernel.errors import Malformed, WrongShape

BASE58_LIMIT: Final = 128  # characters; the work is quadratic, so bound first (TRUST 11)
BASE45_LIMIT: Final = 4296  # characters; the largest QR there is (ISO/IEC 18004 40-L)

_ALPHABET45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_ALPHABET58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ALPHABET64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TWO: Final = 58**2
_FOUR: Final = 58**4
_EIGHT: Final = 58**8
_NONE: Final = 0xFF
"""What a character outside an alphabet is worth."""
_DIGITS58: Final = _ALPHABET58.encode().ljust(256, b"?")
_VALUES58: Final = bytes(_ALPHABET58.find(chr(n)) % 256 for n in range(256))
_VALUES45: Final = bytes(_ALPHABET45.find(chr(n)) % 256 for n in range(256))


def base64url_encode(data: bytes) -> str:
    """RFC 4648 section 5, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_decode(text: str, *, limit: int) -> bytes:
    """At most `limit` characters, no padding, unused bits zero. Raises limits_exceeded, invalid_value."""
    _bound(text, limit)
    raw = text.encode() if text.isascii() else b"="
    if raw.translate(None, _ALPHABET64) or len(raw) % 4 == 1:
        raise WrongShape("invalid_value", detail="not base64url without padding")
    data = urlsafe_b64decode(raw + b"=" * (-len(raw) % 4))
    if base64url_encode(data) != text:
        raise WrongShape("invalid_value", detail="base64url with unused bits set")
    return data


def base58btc_encode(data: bytes) -> str:
    """The Bitcoin alphabet; a leading zero byte is a leading 1."""
    number = int.from_bytes(data, "big")
    chunks = []
    while number:
        number, rest = divmod(number, _EIGHT)
        chunks.append(rest)
    chunks.reverse()
    # All chunks are halved at once: each stands in a lane of one large integer, and a lane is divided by multiplying
    # with a reciprocal that is exact for so few bits. Lanes hold eight digits, then four, two and one.
    lanes = _lanes58(len(chunks))
    whole = int.from_bytes(lanes.form.pack(*chunks), "big")
    high = whole * _BY_FOUR.factor >> _BY_FOUR.shift & lanes.quarter
    whole = (high << 64) + whole - high * _FOUR
    high = whole * _BY_TWO.factor >> _BY_TWO.shift & lanes.half
    whole = (high << 32) + whole - high * _TWO
    high = whole * _BY_ONE.factor >> _BY_ONE.shift & lanes.single
    whole = (high << 16) + whole - high * 58
    digits = whole.to_bytes(16 * len(chunks), "big")[1::2].translate(_DIGITS58).decode()
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits.lstrip("1")


def base58btc_decode(text: str, *, limit: int = BASE58_LIMIT) -> bytes:
    """At most `limit` characters. Raises limits_exceeded, invalid_value."""
    _bound(text, limit)
    digits = text.lstrip("1")
    values = digits.encode("ascii", "replace").translate(_VALUES58)
    if _NONE in values:
        raise WrongShape("invalid_value", detail="a character outside base58btc")
    count = -(-len(values) // 8)
    spread = bytearray(16 * count)
    spread[16 * count - 2 * len(values) + 1 :: 2] = values
    lanes = _lanes58(count)
    whole = int.from_bytes(spread, "big")
    whole = (whole >> 16 & lanes.single) * 58 + (whole & lanes.single)
    whole = (whole >> 32 & lanes.half) * _TWO + (whole & lanes.half)
    whole = (whole >> 64 & lanes.quarter) * _FOUR + (whole & lanes.quarter)
    number = 0
    for chunk in lanes.form.unpack(whole.to_bytes(16 * count, "big")):
        number = number * _EIGHT + chunk
    return b"\0" * (len(text) - len(digits)) + number.to_bytes((number.bit_length() + 7) // 8, "big")


class _Reciprocal(NamedTuple):
    """`value * factor >> shift` is `value // divisor` for values of so many bits (Granlund and Montgomery, 1994)."""

    factor: int
    shift: int


def _reciprocal(bits: int, divisor: int) -> _Reciprocal:
    shift = bits + divisor.bit_length()
    return _Reciprocal(-(-(1 << shift) // divisor), shift)


_BY_FOUR: Final = _reciprocal(47, _FOUR)
_BY_TWO: Final = _reciprocal(24, _TWO)
_BY_ONE: Final = _reciprocal(12, 58)


class _Lanes58(NamedTuple):
    """For so many chunks of eight digits: how they are packed, and what picks four, two and one digit of each lane."""

    form: Struct
    quarter: int
    half: int
    single: int


@lru_cache(64)
def _lanes58(count: int) -> _Lanes58:
    return _Lanes58(
        form=Struct(">" + "8xQ" * count),
        quarter=int.from_bytes((bytes(13) + b"\xff\xff\xff") * count, "big"),
        half=int.from_bytes((bytes(6) + b"\x0f\xff") * 2 * count, "big"),
        single=int.from_bytes(b"\0\0\0\x3f" * 4 * count, "big"),
    )


@cache
def _triples45() -> tuple[str, ...]:
    """The three characters of each of the 65,536 byte pairs; made once, when the first QR is written."""
    tail = [c + d for d in _ALPHABET45 for c in _ALPHABET45]
    return tuple(tail[n % 2025] + _ALPHABET45[n // 2025] for n in range(65536))


def base45_encode(data: bytes) -> str:
    """RFC 9285 section 4."""
    triples = _triples45()
    half = len(data) // 2
    text = "".join([triples[n] for n in unpack(f">{half}H", data[: 2 * half])])
    return text + triples[data[-1]][:2] if len(data) % 2 else text


def base45_decode(text: str) -> bytes:
    """At most 4,296 characters, none trimmed. Raises limits_exceeded, malformed_base45 (RFC 9285 sections 4 and 6).

    All triples are summed at once: each stands in a lane of three bytes of one large integer, where its value
    (44 + 44*45 + 44*2025 at most) fits; a lane above 65,535 shows in the lane's first byte.
    """
    _bound(text, BASE45_LIMIT)
    values = text.encode("ascii", "replace").translate(_VALUES45)
    if _NONE in values or len(values) % 3 == 1:
        raise Malformed("malformed_base45", detail="not base45, or a character outside it")
    count = len(values) // 3
    whole = int.from_bytes(values[: 3 * count], "big")
    low = _lowest_of_three(count)
    sums = (whole >> 16 & low) + 45 * (whole >> 8 & low) + 2025 * (whole & low)
    out = bytearray(sums.to_bytes(3 * count, "big"))
    if any(out[0::3]):
        raise Malformed("malformed_base45", detail="a triple over 65535")
    del out[0::3]
    if len(values) % 3:
        last = values[-2] + 45 * values[-1]
        if last > 0xFF:
            raise Malformed("malformed_base45", detail="a last pair over 255")
        out.append(last)
    return bytes(out)


@lru_cache(256)
def _lowest_of_three(count: int) -> int:
    return int.from_bytes(b"\0\0\xff" * count, "big")


def multibase_encode(data: bytes, base: Literal["z", "u"] = "z") -> str:
    """`z` base58btc or `u` base64url (Controlled Identifiers 1.0 section 2.4)."""
    return base + (base58btc_encode(data) if base == "z" else base64url_encode(data))


def multibase_decode(text: str, *, limit: int) -> bytes:
    """`z` (never above 128 characters) or `u`, at most `limit` characters. Raises limits_exceeded, invalid_value."""
    _bound(text, limit)
    if text.startswith("z"):
        return base58btc_decode(text[1:])
    if text.startswith("u"):
        return base64url_decode(text[1:], limit=limit)
    raise WrongShape("invalid_value", detail="a multibase prefix that is not read here")


def _bound(text: str, limit: int) -> None:
    if len(text) > limit:
        raise Malformed("limits_exceeded", detail="text longer than its bound")


_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def plain_utf8(raw: bytes) -> bytes:
    """A text file as UTF-8 without a byte order mark: some editors save UTF-16, or mark what they save.

    Anything else, and what only looks marked, as it is.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding).encode()
            except UnicodeError:
                return raw
    return raw
