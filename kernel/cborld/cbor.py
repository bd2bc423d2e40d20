"""The CBOR of a QR: one deterministic form, read strictly and written (RFC 8949 section 4.2.1; FORMAT 1.3, 2.6, 7).

Only what a pass can hold: integers within 2^53, byte strings, text, arrays, maps keyed by integers or text, false, true
and null. Everything else is refused while reading, and a declared length is compared with the bytes left before
anything is made of it. What the integers stand for is not known here (`expand.py`, `compress.py`).
"""

from typing import Final

from kernel.errors import Malformed, PuenteError, WrongShape
from schemas import bounds

Item = int | str | bytes | bool | None | list["Item"] | dict[int | str, "Item"]
"""A CBOR item of the profile as Python has it; map keys stay in the order of the wire."""

SAFE_INTEGER: Final = 2**53 - 1
TAG: Final = 51997
"""CBOR-LD 1.0; older tags are refused (FORMAT 1.3)."""

_HEADER: Final = b"\xd9\xcb\x1d\x82"
_MAX_TEXT: Final = bounds.CBOR_TEXT.size
_MAX_BYTES: Final = bounds.CBOR_BYTES.size
_MAX_ENTRIES: Final = bounds.CBOR_CONTAINER.size
_MAX_DEPTH: Final = bounds.CBOR.depth or 0
_MAX_ITEMS: Final = bounds.CBOR.count or 0


def read(data: bytes) -> tuple[int, Item]:
    """Tagged bytes -> registry entry id and payload.

    Raises limits_exceeded, unsupported_tag (V6), malformed_cbor, noncanonical_cbor (V7).
    """
    if len(data) > bounds.CBOR.size:
        raise _too_much("more bytes than a QR holds")
    if not data.startswith(_HEADER):
        raise _header_fault(data)
    room = [_MAX_ITEMS - 3]  # the outer array and its two items
    try:
        if data[4] >> 5:
            raise _malformed("the registry entry id is no unsigned integer")
        entry, at = item(data, 4, 1, room)
        payload, at = item(data, at, 1, room)
    except (IndexError, UnicodeDecodeError):
        raise _malformed("cut short, or text that is not UTF-8") from None
    if at != len(data):
        raise _malformed("bytes after the end")
    if type(entry) is not int:
        raise _malformed("the registry entry id is no unsigned integer")
    return entry, payload


def item(data: bytes, at: int, depth: int, room: list[int]) -> tuple[Item, int]:  # noqa: PLR0911 (one a major type)
    """The item at `at` and where the next one starts. `depth` = containers around it, `room` = items still free."""
    first = data[at]
    at += 1
    if first < 0x18:
        return first, at
    length = first & 0x1F
    if length > 23:
        length, at = _argument(data, at, first)
    major = first >> 5
    if major == 0:
        return length, at
    if major in {2, 3}:
        end = at + length
        if end > len(data):
            raise _malformed("declares more bytes than are left")
        if major == 3:
            if length > _MAX_TEXT:
                raise _too_much("a text over its bound")
            return str(data[at:end], "utf-8"), end
        if length > _MAX_BYTES:
            raise _too_much("a byte string over its bound")
        return data[at:end], end
    if major == 5:
        return _map(data, at, length, depth + 1, room)
    if major == 4:
        return _array(data, at, length, depth + 1, room)
    if major == 1:
        return -1 - length, at
    if major == 7 and length in _SIMPLE:
        return _SIMPLE[length], at
    raise _malformed("a tag, float or simple value that has no place here")


_SIMPLE: Final[dict[int, bool | None]] = {20: False, 21: True, 22: None}


def _array(data: bytes, at: int, length: int, depth: int, room: list[int]) -> tuple[Item, int]:
    _take(room, length, len(data) - at, depth)
    if length > _MAX_ENTRIES:
        raise _too_much("an array over its bound")
    items: list[Item] = []
    for _ in range(length):
        each, at = item(data, at, depth, room)
        items.append(each)
    return items, at


def _map(data: bytes, at: int, length: int, depth: int, room: list[int]) -> tuple[Item, int]:
    _take(room, 2 * length, len(data) - at, depth)
    if length > _MAX_ENTRIES:
        raise _too_much("a map over its bound")
    entries: dict[int | str, Item] = {}
    last = b""
    for _ in range(length):
        start = at
        if data[at] == 0x18 and data[at + 1] > 23:  # most keys: an id of one byte
            key: Item = data[at + 1]
            at += 2
        else:
            if data[at] >> 5 not in {0, 3}:
                raise _malformed("a key that is neither unsigned integer nor text")
            key, at = item(data, at, depth, room)
        encoded = data[start:at]
        if encoded <= last:
            raise _noncanonical("keys twice or not in order")
        last = encoded
        entries[key], at = item(data, at, depth, room)  # type: ignore[index]  # int or str by its major type above
    return entries, at


def _take(room: list[int], items: int, left: int, depth: int) -> None:
    """Bounds of an array or map of that many items, each at least a byte, before anything is made of it."""
    if items > left:
        raise _malformed("declares more entries than there are bytes")
    room[0] -= items
    if depth > _MAX_DEPTH or room[0] < 0:
        raise _too_much("too many items, or too deep")


def _argument(data: bytes, at: int, first: int) -> tuple[int, int]:
    """The argument that follows a first byte whose low bits are over 23 (RFC 8949 section 3)."""
    major, low = first >> 5, first & 0x1F
    if low == 31 and 2 <= major <= 5:
        raise _noncanonical("an indefinite length")
    if low > 27 or major == 7:
        raise _malformed("a float, a simple value or a reserved length")
    end = at + (1 << (low - 24))
    if end > len(data):
        raise _malformed("cut short")
    value = int.from_bytes(data[at:end], "big")
    if value < _LEAST[low]:
        raise _noncanonical("an integer longer than it needs")
    if value > SAFE_INTEGER - major and major < 2:  # -1 - n reaches one further than n
        raise _too_much("an integer beyond 2^53")
    return value, end


_LEAST: Final = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}


def _header_fault(data: bytes) -> PuenteError:
    """Why bytes that do not start with our tag on an array of two are refused: V6 for the tag, V7 for the rest."""
    if not data:
        return _malformed("empty")
    if data[0] >> 5 != 6:
        return WrongShape("unsupported_tag", detail="no CBOR tag", step="V6")
    tag, at = data[0] & 0x1F, 1
    if tag > 23:
        at = 1 + (1 << (tag - 24))
        if tag > 27 or len(data) < at:
            return _malformed("a tag cut short")
        tag = int.from_bytes(data[1:at], "big")
    if tag != TAG:
        return WrongShape("unsupported_tag", detail="not the tag of CBOR-LD 1.0", step="V6")
    return _noncanonical("a tag longer than it needs") if at != 3 else _array_fault(data)


def _array_fault(data: bytes) -> PuenteError:
    if data[3:4] > b"\x97" and data[3] >> 5 == 4:
        try:
            _argument(data, 4, data[3])
        except Malformed as fault:
            return fault
    return _malformed("no array of two")


def _malformed(detail: str) -> PuenteError:
    return Malformed("malformed_cbor", detail=detail, step="V7")


def _noncanonical(detail: str) -> PuenteError:
    return Malformed("noncanonical_cbor", detail=detail, step="V7")


def _too_much(detail: str) -> PuenteError:
    return Malformed("limits_exceeded", detail=detail, step="V7")


def head(major: int, value: int) -> bytes:
    """First byte and argument, the shortest there is."""
    if value < 24:
        return bytes((major << 5 | value,))
    if value < 1 << 8:
        return bytes((major << 5 | 24, value))
    if value < 1 << 16:
        return bytes((major << 5 | 25,)) + value.to_bytes(2, "big")
    if value < 1 << 32:
        return bytes((major << 5 | 26,)) + value.to_bytes(4, "big")
    return bytes((major << 5 | 27,)) + value.to_bytes(8, "big")


_HEADS: Final = tuple(tuple(head(major, n) for n in range(256)) for major in range(8))


def integer(value: int) -> bytes:
    """An integer within 2^53. Raises limits_exceeded."""
    if not -SAFE_INTEGER <= value <= SAFE_INTEGER:
        raise Malformed("limits_exceeded", detail="an integer beyond 2^53")
    return head(0, value) if value >= 0 else head(1, -1 - value)


def text(value: str) -> bytes:
    """UTF-8 text of at most 512 bytes. Raises limits_exceeded, invalid_value (half a surrogate pair)."""
    try:
        raw = value.encode()
    except UnicodeEncodeError:
        raise WrongShape("invalid_value", detail="text that is not Unicode") from None
    if len(raw) > _MAX_TEXT:
        raise Malformed("limits_exceeded", detail="a text over its bound")
    return (_HEADS[3][len(raw)] if len(raw) < 256 else head(3, len(raw))) + raw


def byte_string(value: bytes) -> bytes:
    """At most 128 bytes. Raises limits_exceeded."""
    if len(value) > _MAX_BYTES:
        raise Malformed("limits_exceeded", detail="a byte string over its bound")
    return _HEADS[2][len(value)] + value


def array(items: list[bytes]) -> bytes:
    """An array of items that are written already. Raises limits_exceeded."""
    if len(items) > _MAX_ENTRIES:
        raise Malformed("limits_exceeded", detail="an array over its bound")
    return _HEADS[4][len(items)] + b"".join(items)


def map_head(length: int) -> bytes:
    """The head of a map of that many entries. Raises limits_exceeded."""
    if length > _MAX_ENTRIES:
        raise Malformed("limits_exceeded", detail="a map over its bound")
    return _HEADS[5][length]


def tagged(entry: int, payload: bytes) -> bytes:
    """The whole: tag, array of two, registry entry id, payload."""
    return _HEADER + head(0, entry) + payload
