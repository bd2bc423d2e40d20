"""How one value travels: a codec for each table type, both ways (FORMAT 2.5). URLs have their own file (`urls.py`).

A codec knows its table and its form; it never looks at contexts. Only what comes back the same is compressed, all else
stays as it is. Objects, their members and arrays of values are the walk's.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kernel.cborld import cbor, times
from kernel.cborld.ids import TermIds
from kernel.encoding import BASE58_LIMIT, base58btc_decode, base58btc_encode, base64url_decode, base64url_encode
from kernel.errors import Malformed, WrongShape
from schemas import bounds
from schemas.json import JsonValue

DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
DATE_TIME: Final = "http://www.w3.org/2001/XMLSchema#dateTime"
MULTIBASE: Final = "https://w3id.org/security#multibase"

_IN_BYTES: Final = frozenset({"none", "url", DATE, DATE_TIME})
_SIGNATURE: Final = b"\x58\x41z"  # 65 bytes: base58btc and the 64 of a signature
_WIDTHS: Final = frozenset({1, 2, 4})
_SIGNED_WIDTHS: Final = frozenset({1, 2, 4, 8})

Table = Mapping[str, int]


class Codec:
    """Values of a type without a form of its own: an id of its table, or what they are.

    `table` is None where the type has none. Writing gives CBOR and raises invalid_value, limits_exceeded; reading gives
    JSON and raises invalid_value, unknown_table_value, unknown_term (V8).
    """

    def __init__(self, kind: str, table: Table | None) -> None:
        self._in_bytes = kind in _IN_BYTES
        self._tabled = table is not None
        self._by_id = {number: name for name, number in (table or {}).items()}
        self._written = {name: self._write_id(number) for name, number in (table or {}).items()}

    def _write_id(self, number: int) -> bytes:
        if not self._in_bytes:
            return cbor.integer(number)
        # Not the shortest width but the format's: 255 takes two bytes, 65,535 four.
        width = 1 if number < 0xFF else 2 if number < 0xFFFF else 4
        return cbor.byte_string(number.to_bytes(width, "big"))

    def write(self, value: JsonValue, ids: TermIds) -> bytes:
        """Any JSON scalar."""
        if type(value) is str:
            return self.write_text(value, ids)
        if type(value) is int:
            return self.write_integer(value)
        if value is None:
            return b"\xf6"
        if type(value) is bool:
            return self.write_flag(value)
        raise invalid("a value that a pass cannot hold")

    def read(self, item: cbor.Item, ids: TermIds) -> JsonValue:
        """Any CBOR item that is neither array nor map."""
        if type(item) is bytes:
            return self.read_bytes(item)
        if type(item) is int:
            return self.read_integer(item, ids)
        if type(item) is str or item is None:
            return item
        if type(item) is bool:
            return self.read_flag(item)
        raise invalid("an array or a map where one value belongs")

    def is_written_so(self, raw: bytes, value: JsonValue, ids: TermIds) -> bool:
        """Whether the writer gives these very bytes for the value that was read from them."""
        return self.write(value, ids) == raw

    def is_text(self, value: str, _ids: TermIds) -> bool:
        """Whether the writer leaves this text as it is."""
        return value not in self._written

    def read_long(self, _raw: bytes, _start: int, _ids: TermIds) -> tuple[str, int] | None:
        """The value at `start` and where it ends, for the longer forms that nearly every pass has, where the writer
        gives these very bytes for it; None says nothing."""
        return None

    def write_text(self, value: str, _ids: TermIds) -> bytes:
        written = self._written.get(value)
        return cbor.text(value) if written is None else written

    def write_integer(self, value: int) -> bytes:
        # Where integers are table ids, an integer of its own goes as signed bytes.
        return cbor.byte_string(_signed(value)) if self._tabled and not self._in_bytes else cbor.integer(value)

    def write_flag(self, value: bool) -> bytes:
        return b"\xf5" if value else b"\xf4"

    def read_integer(self, value: int, ids: TermIds) -> JsonValue:
        return self._named(value) if self._tabled and not self._in_bytes else self._read_untabled(value, ids)

    def _read_untabled(self, value: int, _ids: TermIds) -> JsonValue:
        return value

    def read_bytes(self, value: bytes) -> JsonValue:
        if not self._tabled:
            return self._read_untabled_bytes(value)
        if not self._in_bytes:
            return _of_signed(value)
        if len(value) not in _WIDTHS:
            raise invalid("a table id of no known width")
        return self._named(int.from_bytes(value, "big"))

    def _named(self, number: int) -> str:
        found = self._by_id.get(number)
        if found is None:
            raise WrongShape("unknown_table_value", detail="an id that the table does not have", step="V8")
        return found

    def _read_untabled_bytes(self, _value: bytes) -> JsonValue:
        raise invalid("bytes where they stand for nothing")

    def read_flag(self, value: bool) -> JsonValue:
        return value

    def read_array(self, _value: list[cbor.Item]) -> JsonValue:
        """The one value that an array stands for; None where its items stand for themselves."""
        return None


class FormedCodec(Codec):
    """A codec with a form of its own for texts that are not in its table."""

    def write_text(self, value: str, ids: TermIds) -> bytes:
        written = self._written.get(value)
        return self._write_untabled(value, ids) if written is None else written

    def _write_untabled(self, value: str, ids: TermIds) -> bytes:
        raise NotImplementedError

    def is_text(self, value: str, ids: TermIds) -> bool:
        return self.write_text(value, ids)[0] >> 5 == 3


class MultibaseCodec(FormedCodec):
    """Text of a multibase `z`, `u` or `M` -> the byte of that letter and the bytes it means."""

    def read_long(self, raw: bytes, start: int, _ids: TermIds) -> tuple[str, int] | None:
        # A signature. base58btc is one text for one byte string and back: writing it again would tell nothing.
        end = start + 67
        if self._tabled or raw[start : start + 3] != _SIGNATURE or end > len(raw):
            return None
        return "z" + base58btc_encode(raw[start + 3 : end]), end

    def _write_untabled(self, value: str, _ids: TermIds) -> bytes:
        raw = _of_multibase(value)
        return cbor.text(value) if raw is None else cbor.byte_string(value[0].encode() + raw)

    def _read_untabled_bytes(self, value: bytes) -> str:
        match value[:1]:
            case b"z":
                return "z" + base58btc_encode(value[1:])
            case b"u":
                return "u" + base64url_encode(value[1:])
            case b"M":
                return "M" + b64encode(value[1:]).decode()
            case _:
                raise invalid("bytes of no known multibase")


class DateCodec(FormedCodec):
    """`YYYY-MM-DD` -> seconds."""

    def _write_untabled(self, value: str, _ids: TermIds) -> bytes:
        return _date(value)

    def write_integer(self, _value: int) -> bytes:
        raise invalid("an integer where a date belongs")

    def _read_untabled(self, value: int, _ids: TermIds) -> str:
        return _instant(value)[:10]


class DateTimeCodec(FormedCodec):
    """`YYYY-MM-DDThh:mm:ss(.sss)Z` -> seconds, or an array of seconds and milliseconds."""

    def _write_untabled(self, value: str, _ids: TermIds) -> bytes:
        return _date_time(value)

    def write_integer(self, _value: int) -> bytes:
        raise invalid("an integer where a time belongs")

    def _read_untabled(self, value: int, _ids: TermIds) -> str:
        return _instant(value) + "Z"

    def read_array(self, value: list[cbor.Item]) -> str:
        match value:
            case [int(seconds), int(milliseconds)] if (
                type(seconds) is int and type(milliseconds) is int and 0 <= milliseconds <= 999
            ):
                return f"{_instant(seconds)}.{milliseconds:03d}Z"
            case _:
                raise invalid("a time of no known form")


# Dates recur (a cohort has one day of issue), so the last few thousand are remembered.
@lru_cache(times.KEPT)
def _date(value: str) -> bytes:
    seconds = times.of_date(value)
    return cbor.text(value) if seconds is None else cbor.integer(seconds)


@lru_cache(times.KEPT)
def _date_time(value: str) -> bytes:
    seconds = times.of_time(value)
    if seconds is None:
        return cbor.text(value)
    if isinstance(seconds, int):
        return cbor.integer(seconds)
    return cbor.array([cbor.integer(part) for part in seconds])


def _instant(seconds: int) -> str:
    found = times.instant(seconds)
    if found is None:
        raise invalid("a time outside the years 1 to 9999")
    return found


def _of_multibase(value: str) -> bytes | None:
    """The bytes, or None where they would not give the same text back."""
    rest = value[1:]
    try:
        match value[:1]:
            case "z":
                return base58btc_decode(rest, limit=BASE58_LIMIT)
            case "u":
                return base64url_decode(rest, limit=bounds.CBOR_TEXT.size)
            case "M" if rest.isascii():
                raw = b64decode(rest, validate=True)
                return raw if b64encode(raw).decode() == rest else None
    except (Malformed, WrongShape, ValueError):
        return None
    return None


def _signed(value: int) -> bytes:
    """Two's complement in the format's widths; the reference writes what is below -128 wrong, so it is refused."""
    if not -0x80 <= value < cbor.SAFE_INTEGER:
        raise invalid("an integer that has no form beside a table")
    width = 1 if value < 0x7F else 2 if value < 0x7FFF else 4 if value < 0x7FFF_FFFF else 8
    return value.to_bytes(width, "big", signed=True)


def _of_signed(value: bytes) -> int:
    number = int.from_bytes(value, "big", signed=True)
    if len(value) not in _SIGNED_WIDTHS or abs(number) > cbor.SAFE_INTEGER:
        raise invalid("an integer of no known width")
    return number


def invalid(detail: str) -> WrongShape:
    """A value that its type cannot have."""
    return WrongShape("invalid_value", detail=detail, step="V8")
