"""The form of `VD1-R` (FORMAT section 9): what a text may hold, written and read in one deterministic way.

`[1, from version, to version, {file: bytes or words}, {list: gaps}]` as CBOR in base45. A file is its new bytes, or an
array: words passed over, the word that stands there now, and so on (docs/decisions/0021). What they are applied to, and
whether the result is believed, is not known here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kernel.bundle.cursor import ARRAY, BYTES, MAP, TEXT, UINT, Cursor
from kernel.cborld.cbor import head
from kernel.encoding import base45_decode, base45_encode
from kernel.errors import Invalid
from schemas.bounds import DELTA

PREFIX: Final = "VD1-R"
EDITION: Final = 1
LIST: Final = ".bits"
"""How the path of a status list ends."""
WORD: Final = re.compile(rb"[0-9A-Za-z]+")
_HEX: Final = re.compile(rb"(?:[0-9a-f]{2})+")
_MOST: Final = DELTA.count or 0
_GAP_BITS: Final = 21

Words = tuple[tuple[int, bytes], ...]
"""How a file differs from the one before: words passed over, then the word that stands there now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """What a text holds: of metadata and key states the bytes or the words, of each list the places that flip."""

    from_version: int
    to_version: int
    files: Mapping[str, bytes | Words]
    lists: Mapping[str, tuple[int, ...]]


def write(delta: Delta) -> str:
    """The text of a delta. Raises Invalid `delta_too_large` above 4,296 characters, 64 files or 64 lists."""
    files = {path: write_file(change) for path, change in delta.files.items()}
    gaps = {path: _gaps(places) for path, places in delta.lists.items()}
    lists = {path: head(BYTES, len(raw)) + raw for path, raw in gaps.items()}
    numbers = b"".join(head(UINT, number) for number in (EDITION, delta.from_version, delta.to_version))
    text = PREFIX + base45_encode(head(ARRAY, 5) + numbers + _map(files) + _map(lists))
    if len(text) > DELTA.size or max(len(files), len(lists)) > _MOST:
        raise Invalid("delta_too_large", detail="more than an update by codes may hold")
    return text


def _map(entries: Mapping[str, bytes]) -> bytes:
    rows = sorted((head(TEXT, len(path)) + path.encode(), value) for path, value in entries.items())
    return head(MAP, len(rows)) + b"".join(key + value for key, value in rows)


def write_file(change: bytes | Words) -> bytes:
    """One file as it travels: a byte string, or an array of pairs."""
    if isinstance(change, bytes):
        return head(BYTES, len(change)) + change
    return head(ARRAY, 2 * len(change)) + b"".join(head(UINT, passed) + _word(word) for passed, word in change)


def _word(word: bytes) -> bytes:
    """Text; what is hex of whole bytes as those bytes."""
    if _HEX.fullmatch(word):
        return head(BYTES, len(word) // 2) + bytes.fromhex(word.decode())
    return head(TEXT, len(word)) + word


def _gaps(places: Sequence[int]) -> bytes:
    """How many places are passed over before each, as LEB128: seven bits a byte, the lowest first."""
    out = bytearray()
    for former, at in pairwise((-1, *places)):
        gap = at - former - 1
        while gap > 0x7F:
            out.append(gap & 0x7F | 0x80)
            gap >>= 7
        out.append(gap)
    return bytes(out)


def read(text: str) -> Delta:
    """A text, bounded first. Raises Invalid `limits_exceeded`, `unsupported_prefix`, `delta_unreadable`."""
    if len(text) > DELTA.size:
        raise Invalid("limits_exceeded", detail="an update over its bound")
    if not text.startswith(PREFIX):
        raise Invalid("unsupported_prefix", detail="not an update")
    try:
        return _read(Cursor(base45_decode(text[len(PREFIX) :])))
    except (Invalid, UnicodeDecodeError) as fault:
        raise unreadable("an update of the wrong form") from fault


def _read(cursor: Cursor) -> Delta:
    if cursor.count(ARRAY) != 5 or cursor.count(UINT) != EDITION:
        raise unreadable("another edition of updates")
    numbers = cursor.count(UINT), cursor.count(UINT)
    files = {key.decode("ascii"): _read_file(cursor) for key in cursor.keys(_MOST)}
    lists = {key.decode("ascii"): tuple(_places(cursor.string(BYTES))) for key in cursor.keys(_MOST)}
    cursor.end()
    if not files or not all(lists.values()) or any(not path.endswith(LIST) for path in lists):
        raise unreadable("an update of nothing, or of a list that is none")
    return Delta(from_version=numbers[0], to_version=numbers[1], files=files, lists=lists)


def _read_file(cursor: Cursor) -> bytes | Words:
    if cursor.major() == BYTES:
        return cursor.string(BYTES)
    pairs, rest = divmod(cursor.count(ARRAY), 2)
    if rest or not pairs:
        raise unreadable("words that are not in pairs")
    return tuple([(cursor.count(UINT), _read_word(cursor)) for _ in range(pairs)])


def _read_word(cursor: Cursor) -> bytes:
    if cursor.major() == BYTES:
        word = cursor.string(BYTES).hex().encode()
    else:
        word = cursor.string(TEXT)
        if _HEX.fullmatch(word):
            raise unreadable("hex that is written as text")
    if not WORD.fullmatch(word):
        raise unreadable("a word that is none")
    return word


def _places(gaps: bytes) -> Iterator[int]:
    """What `_gaps` wrote; a number longer than it needs, or cut short, is refused."""
    at, gap, shift = -1, 0, 0
    for byte in gaps:
        gap |= (byte & 0x7F) << shift
        shift += 7
        if shift > _GAP_BITS or (byte == 0 and shift > 7):
            raise unreadable("a gap longer than it needs")
        if byte < 0x80:
            at += gap + 1
            yield at
            gap = shift = 0
    if shift:
        raise unreadable("a gap that is cut short")


def unreadable(detail: str) -> Invalid:
    """Invalid `delta_unreadable`; `detail` is a literal."""
    return Invalid("delta_unreadable", detail=detail)
