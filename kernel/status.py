"""Status bitstring: draw a place, set, compress, expand, read (Bitstring Status List 1.0 section 3; TRUST section 6).

Which list a credential must carry and how old it may be is the bundle's policy; signing a list is `proofs`' part.
Two lengths matter: everything here makes lists of LIST_SIZE entries, and reads multiples of it up to 128 KiB.
"""

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Malformed, WrongShape
from kernel.ports import Random
from schemas import terms
from schemas.identifiers import Did, Url
from schemas.json import JsonObject, JsonValue

LIST_SIZE: Final = 131_072
"""Entries of a list: the least that the specification allows, for privacy in the crowd (BSL 1.0 section 3.1)."""
LIST_BYTES: Final = LIST_SIZE // 8
USED: Final = 124_518
"""Entries that may be issued: 5 % stay in reserve for canaries and decoys."""
_LATE: Final = 94 * 2**64 // 100
"""So many sort keys are above it that the reserve's are among them, but for a chance below 2^-100 a list."""
CANARIES: Final = 8
GROUP: Final = 8
"""The bits set in a published list are always a multiple of this, so no day's count is exact."""
MAX_PACKED: Final = 65_536
MAX_INFLATED: Final = 131_072
KEY_BYTES: Final = 32

_VC2: Final = "https://www.w3.org/ns/credentials/v2"


def expand_list(encoded: str) -> bytes:
    """`encodedList` -> bits, at least 16,384 bytes and a multiple of it, at most 128 KiB (BSL 1.0 section 3.4).

    Raises Malformed `limits_exceeded` as soon as too much comes out of it, `invalid_value` for anything else.
    """
    if not encoded.startswith("u"):
        raise Malformed("invalid_value", detail="the list is not multibase base64url")
    if len(encoded) > 1 + MAX_PACKED * 4 // 3 + 4:
        raise Malformed("limits_exceeded", detail="the packed list is too long")
    packed = base64url_decode(encoded[1:], limit=MAX_PACKED * 4 // 3 + 4)
    inflate = zlib.decompressobj(wbits=31)
    try:
        bits = inflate.decompress(packed, MAX_INFLATED + 1)
    except zlib.error as fault:
        raise Malformed("invalid_value", detail="the list is not gzip") from fault
    if len(bits) > MAX_INFLATED:
        raise Malformed("limits_exceeded", detail="the list inflates beyond its bound")
    if not inflate.eof or inflate.unused_data:
        raise Malformed("invalid_value", detail="the list's gzip is cut short or goes on")
    if not bits or len(bits) % LIST_BYTES:
        raise Malformed("invalid_value", detail="the list's length is not a multiple of 16,384 bytes")
    return bits


def compress_list(bits: bytes) -> str:
    """Bits -> `encodedList`: multibase base64url of gzip with no time in it, so equal bits give equal text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return "u" + base64url_encode(packer.compress(bits) + packer.flush())


def bit(bits: bytes, index: int) -> bool:
    """The bit at `index`, most significant first (BSL 1.0 section 3.2); WrongShape `invalid_value` outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise WrongShape("invalid_value", detail="the index is outside the list")
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def set_bits(bits: bytes, indexes: Iterable[int]) -> bytes:
    """A copy with these bits set; WrongShape `invalid_value` outside the list."""
    out = bytearray(bits)
    size = len(out) * 8
    for index in indexes:
        if not 0 <= index < size:
            raise WrongShape("invalid_value", detail="the index is outside the list")
        out[index >> 3] |= 0x80 >> (index & 7)
    return bytes(out)


def empty() -> bytes:
    """A list with nothing set."""
    return bytes(LIST_BYTES)


def count(bits: bytes) -> int:
    """How many bits are set."""
    return int.from_bytes(bits).bit_count()


def union(a: bytes, b: bytes) -> bytes:
    """Bits set in either; both of one length."""
    return (int.from_bytes(a) | int.from_bytes(b)).to_bytes(len(a))


def common(a: bytes, b: bytes) -> bytes:
    """Bits set in both; both of one length."""
    return (int.from_bytes(a) & int.from_bytes(b)).to_bytes(len(a))


def without(a: bytes, b: bytes) -> bytes:
    """Bits set in `a` and not in `b`; both of one length."""
    return (int.from_bytes(a) & ~int.from_bytes(b)).to_bytes(len(a))


def permutation(key: bytes, list_url: str) -> Sequence[int]:
    """The order in which a list's places are given out: place of counter c = permutation[c] (TRUST section 6).

    SHAKE-256 over the list's 32-byte key and its URL, cut into 64-bit sort keys (big-endian), stable argsort. The key
    has a fixed length, so key and URL cannot run into each other. About 0.1 s: a caller keeps it for each list.
    """
    return array("I", sorted(range(LIST_SIZE), key=_sort_keys(key, list_url).__getitem__))


def _sort_keys(key: bytes, list_url: str) -> "array[int]":
    if len(key) != KEY_BYTES:
        raise ValueError("a list key has 32 bytes")
    sort_keys = array("Q", hashlib.shake_256(key + list_url.encode()).digest(LIST_SIZE * 8))
    if sys.byteorder == "little":
        sort_keys.byteswap()
    return sort_keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserve:
    """The places that are never issued: four that are always set, four always clear, and the rest for decoys."""

    canaries_set: tuple[int, ...]
    canaries_clear: tuple[int, ...]
    decoys: Sequence[int]


def reserve(order: Sequence[int]) -> Reserve:
    """The last 5 % of a permutation, cut up."""
    return _cut_up(order[USED:])


def reserve_of(key: bytes, list_url: str, *, late: int = _LATE) -> Reserve:
    """The reserve of that list's permutation, for a fifth of what the whole order costs: only places with a sort key
    from `late` on are sorted, and all where those are too few."""
    sort_keys = _sort_keys(key, list_url)
    places: Sequence[int] = [place for place, told in enumerate(sort_keys) if told >= late]
    if len(places) < LIST_SIZE - USED:
        places = range(LIST_SIZE)
    return _cut_up(array("I", sorted(places, key=sort_keys.__getitem__)[USED - LIST_SIZE :]))


def _cut_up(rest: Sequence[int]) -> Reserve:
    half = CANARIES // 2
    marks = tuple(rest[:CANARIES])
    return Reserve(canaries_set=marks[:half], canaries_clear=marks[half:], decoys=rest[CANARIES:])


def dress(bits: bytes, *, former: bytes, rest: Reserve, purpose: str, random: Random) -> bytes:
    """The issuer's own bits -> the list to publish: canaries, and decoys until the count is a multiple of GROUP.

    `former` is the list as last published (an empty one at first). Decoys of a revocation list stay for ever, like any
    bit there; in a suspension list they come and go as the others do. `bits` holds issued places only.
    """
    base = set_bits(bits, rest.canaries_set)
    worn = [index for index in rest.decoys if bit(former, index)]
    kept = len(worn) if purpose == "revocation" else -count(base) % GROUP
    base = set_bits(base, worn[:kept])
    free = [index for index in rest.decoys if not bit(base, index)]
    wanted = min(-count(base) % GROUP, len(free))
    picks = []
    for _ in range(wanted):
        picks.append(free.pop(int.from_bytes(random(8)) % len(free)))
    return set_bits(base, picks)


def require_canaries(bits: bytes, *, canaries_set: Sequence[int], canaries_clear: Sequence[int]) -> None:
    """Raise WrongShape `canary` where a list is all zero, shifted, cut, or read in the other bit order."""
    wrong = any(not bit(bits, index) for index in canaries_set) or any(bit(bits, index) for index in canaries_clear)
    if wrong:
        raise WrongShape("canary", detail="a status list does not hold its canaries", step="V1")


def list_credential(
    *, url: Url, issuer: Did, purpose: str, bits: bytes, valid_from: datetime, valid_until: datetime
) -> dict[str, JsonValue]:
    """The W3C list credential, unsigned (BSL 1.0 section 3.1), for those who read lists without our bundle."""
    subject: JsonObject = {
        "id": f"{url}#list",
        "type": terms.STATUS_LIST,
        "statusPurpose": purpose,
        "encodedList": compress_list(bits),
    }
    return {
        "@context": [_VC2],
        "id": url,
        "type": [terms.VERIFIABLE_CREDENTIAL, terms.STATUS_LIST_CREDENTIAL],
        "issuer": issuer,
        "validFrom": valid_from.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "validUntil": valid_until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": subject,
    }
