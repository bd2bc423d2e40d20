"""How a URL travels: a table id, a term's id, or a scheme's number with the rest (FORMAT 2.5 item 3)."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Final
from uuid import UUID

from kernel.cborld import cbor
from kernel.cborld.ids import TermIds
from kernel.cborld.values import FormedCodec, invalid
from kernel.encoding import BASE58_LIMIT, base58btc_decode, base58btc_encode
from kernel.errors import Malformed, WrongShape
from schemas.json import JsonValue

_HTTP: Final = {1: "http://", 2: "https://"}
_URN_UUID: Final = 3
_DATA: Final = 4
_BASE58: Final = {1024: "did:v1:nym:", 1025: "did:key:"}
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_LINE_ENDS: Final = re.compile("[\n\r\u2028\u2029]")
_KEY: Final = b"\x82\x19\x04\x01\x58\x22"  # did:key and 34 bytes: the multicodec prefix and an Ed25519 key


class UrlCodec(FormedCodec):
    """Absolute URLs, and terms that stand where a URL may."""

    def read_long(self, raw: bytes, start: int, ids: TermIds) -> tuple[str, int] | None:
        # A key. base58btc is one text for one byte string and back: writing it again would tell nothing.
        end = start + 40
        if raw[start : start + 6] != _KEY or end > len(raw):
            return None
        value = "did:key:z" + base58btc_encode(raw[start + 6 : end])
        return (value, end) if value not in self._written and value not in ids.of_term else None

    def _write_untabled(self, value: str, ids: TermIds) -> bytes:
        number = ids.of_term.get(value)
        if number is not None:
            return cbor.integer(number)
        scheme, _, _ = value.rpartition(":")
        write = _WRITERS.get(scheme)
        return cbor.text(value) if write is None else write(value)

    def write_integer(self, _value: int) -> bytes:
        raise invalid("a URL that is no text")

    def write_flag(self, _value: bool) -> bytes:
        raise invalid("a URL that is no text")

    def _read_untabled(self, value: int, ids: TermIds) -> str:
        found = ids.term_of.get(value)
        if found is None:
            raise WrongShape("unknown_term", detail="a term id that no loaded context has", step="V8")
        return found

    def read_flag(self, _value: bool) -> JsonValue:
        raise invalid("a URL that is no text")

    def read_array(self, value: list[cbor.Item]) -> str:
        match value:
            case [int(scheme), *parts] if type(scheme) is int:
                return _read(scheme, parts)
            case _:
                raise invalid("a URL of no known form")


def _read(scheme: int, parts: list[cbor.Item]) -> str:
    match parts:
        case [str(rest)] if scheme in _HTTP:
            return _HTTP[scheme] + rest
        case [str(rest)] if scheme == _URN_UUID:
            return f"urn:uuid:{rest}"
        case [bytes(raw)] if scheme == _URN_UUID and len(raw) == 16:
            return f"urn:uuid:{UUID(bytes=raw)}"
        case [str(rest)] if scheme == _DATA:
            return f"data:{rest}"
        case [str(media), bytes(raw)] if scheme == _DATA:
            return f"data:{media};base64,{b64encode(raw).decode()}"
        case [_] | [_, _] if scheme in _BASE58:
            return _BASE58[scheme] + "#".join(map(_read_part, parts))
        case _:
            raise invalid("a URL of no known form")


def _read_part(part: cbor.Item) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, bytes):
        return "z" + base58btc_encode(part)
    raise invalid("a part of a URL that is neither text nor bytes")


def _write_part(part: str) -> bytes:
    if part.startswith("z"):
        try:
            return cbor.byte_string(base58btc_decode(part[1:], limit=BASE58_LIMIT))
        except (Malformed, WrongShape):
            pass  # no base58btc: text
    return cbor.text(part)


def _write_base58(number: int, value: str) -> bytes:
    parts = value[len(_BASE58[number]) :].split("#")
    if len(parts) > 2:  # the form has no place for it, and it must come back the same (FORMAT 2.6)
        raise invalid("a DID URL with a second fragment")
    return cbor.array([cbor.integer(number), *map(_write_part, parts)])


def _write_http(number: int, value: str) -> bytes:
    if not value.startswith(_HTTP[number]):
        return cbor.text(value)
    return cbor.array([cbor.integer(number), cbor.text(value[len(_HTTP[number]) :])])


def _write_uuid(value: str) -> bytes:
    rest = value.removeprefix("urn:uuid:")
    written = cbor.byte_string(UUID(rest).bytes) if _UUID.fullmatch(rest) else cbor.text(rest)
    return cbor.array([cbor.integer(_URN_UUID), written])


def _write_data(value: str) -> bytes:
    rest = value.removeprefix("data:")
    media, mark, encoded = rest.rpartition(";base64,")
    if mark and encoded.isascii() and not _LINE_ENDS.search(value):
        try:
            raw = b64decode(encoded, validate=True)
        except ValueError:
            raw = b""
        if b64encode(raw).decode() == encoded:
            return cbor.array([cbor.integer(_DATA), cbor.text(media), cbor.byte_string(raw)])
    return cbor.array([cbor.integer(_DATA), cbor.text(rest)])


_WRITERS: Final[dict[str, Callable[[str], bytes]]] = {
    "http": lambda value: _write_http(1, value),
    "https": lambda value: _write_http(2, value),
    "urn:uuid": _write_uuid,
    "data": _write_data,
    "did:v1:nym": lambda value: _write_base58(1024, value),
    "did:key": lambda value: _write_base58(1025, value),
}
