"""base64url, base58btc, base45 and multibase: bytes <-> text, strict both ways, bounded before any work.

Strict means: decoding then encoding gives the same text for every text that is accepted, so no two texts are one value.
What the bytes mean is for others (`kernel/keys.py`, `kernel/cborld`).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from struct import unpack
from typing import Final, Literal

from kernel.errors import Malformed, WrongShape

BASE58_LIMIT: Final = 128  # characters; the work is quadratic, so bound first (TRUST 11)
BASE45_LIMIT: Final = 4296  # characters; the largest QR there is (ISO/IEC 18004 40-L)

_ALPHABET45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_ALPHABET58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ALPHABET64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHUNK: Final = 10  # 58**10 is the largest power below 2**64: one machine-sized remainder for ten digits
_POWER: Final = 58**_CHUNK
_PAIRS58: Final = tuple(a + b for a in _ALPHABET58 for b in _ALPHABET58)
_VALUES58: Final = {pair: n for n, pair in enumerate(_PAIRS58)}
_BYTES45: Final = _ALPHABET45.encode()
_VALUES45: Final = bytes(max(_ALPHABET45.find(chr(n)), 0) for n in range(256))


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
    pairs = _PAIRS58
    while number:
        number, rest = divmod(number, _POWER)
        high, low = divmod(rest, 656_356_768)  # 58**5: two halves, so that what follows stays in small integers
        a, b = divmod(high, 3364)
        c, d = divmod(low, 3364)
        a1, a2 = divmod(a, 3364)
        c1, c2 = divmod(c, 3364)
        chunks.append(_ALPHABET58[a1] + pairs[a2] + pairs[b] + _ALPHABET58[c1] + pairs[c2] + pairs[d])
    chunks.reverse()
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + "".join(chunks).lstrip("1")


def base58btc_decode(text: str, *, limit: int = BASE58_LIMIT) -> bytes:
    """At most `limit` characters. Raises limits_exceeded, invalid_value."""
    _bound(text, limit)
    digits = text.lstrip("1")
    padded = "1" * (-len(digits) % _CHUNK) + digits
    value = _VALUES58
    number = 0
    try:
        for at in range(0, len(padded), _CHUNK):
            c = padded[at : at + _CHUNK]
            high = (value[c[0:2]] * 3364 + value[c[2:4]]) * 3364 + value[c[4:6]]
            number = number * _POWER + (high * 3364 + value[c[6:8]]) * 3364 + value[c[8:10]]
    except KeyError:
        raise WrongShape("invalid_value", detail="a character outside base58btc") from None
    return b"\0" * (len(text) - len(digits)) + number.to_bytes((number.bit_length() + 7) // 8, "big")


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
    if not text.isascii() or len(text) % 3 == 1:
        raise Malformed("malformed_base45", detail="not base45")
    raw = text.encode()
    if raw.translate(None, _BYTES45):
        raise Malformed("malformed_base45", detail="a character outside base45")
    values = raw.translate(_VALUES45)
    count = len(values) // 3
    lanes = 3 * count
    total = sum(weight * _lanes(values[at:lanes:3], lanes) for at, weight in enumerate((1, 45, 2025)))
    sums = total.to_bytes(lanes, "big")
    tail = b""
    if len(values) % 3:
        last = values[-2] + 45 * values[-1]
        tail = bytes((last & 0xFF,))
        if last > 0xFF:
            raise Malformed("malformed_base45", detail="a last pair over 255")
    if sums[0::3].strip(b"\0"):
        raise Malformed("malformed_base45", detail="a triple over 65535")
    out = bytearray(2 * count)
    out[0::2] = sums[1::3]
    out[1::2] = sums[2::3]
    return bytes(out) + tail


def _lanes(values: bytes, size: int) -> int:
    spread = bytearray(size)
    spread[2::3] = values
    return int.from_bytes(spread, "big")


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
