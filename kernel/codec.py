"""Bytes -> Received, bounded first, duplicates refused; Received -> reading; JSON -> bytes. Nothing is believed here.

Two parsers, one answer (a property holds them equal). Text that is exactly what `write` would write of it goes the fast
road: then each object of the text has its keys once, since the text equals one made from a dict. All other text is
read by a careful parser that looks at every pair. A number that is whole is an int, however it was written, so that
all readers, of whatever language, see the same value.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import orjson

from kernel.errors import Malformed, WrongShape
from schemas.bounds import SAFE_INTEGER, Bound
from schemas.credential import Credential
from schemas.identifiers import Did, Url
from schemas.json import JsonObject, JsonValue
from schemas.presentation import Presentation
from schemas.status import StatusEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """The bytes as they came and the object read from them; within bounds, no key twice."""

    raw: bytes
    document: JsonObject


def read(raw: bytes, *, bound: Bound) -> Received:
    """A JSON object. Raises limits_exceeded, malformed_json (also: NaN, -0, integers beyond 2^53, half a pair)."""
    if len(raw) > bound.bytes:
        raise Malformed("limits_exceeded", detail="more bytes than the bound")
    document = _read_compact(raw)
    if document is None or not _is_within(document, bound, _EXACT):
        document = _read_careful(raw)
        if not _is_within(document, bound, _ALL):
            raise Malformed("limits_exceeded", detail="deeper, longer or more members than the bound")
        write(document)  # refuses half a surrogate pair, which only an escape can bring in
    return Received(raw=raw, document=document)


def write(document: JsonObject) -> bytes:
    """Compact JSON, members in their order, UTF-8. Raises malformed_json for what is no JSON."""
    try:
        return orjson.dumps(document)
    except orjson.JSONEncodeError as error:
        raise Malformed("malformed_json", detail="a value that is no JSON") from error


def credential(document: JsonObject) -> Credential:
    """The reading of a credential. Raises schema where a member has another JSON type than the data model's."""
    issuer = document.get("issuer")
    subject = _object(document.get("credentialSubject"))
    return Credential(
        document=document,
        contexts=_texts(document.get("@context")),
        types=_texts(document.get("type")),
        issuer=Did(_text(issuer.get("id") if isinstance(issuer, dict) else issuer)),
        subject=subject,
        subject_id=_text_or_none(subject.get("id")),
        valid_from=_text_or_none(document.get("validFrom")),
        valid_until=_text_or_none(document.get("validUntil")),
        status=tuple(map(_status_entry, _objects(document.get("credentialStatus", [])))),
    )


def presentation(document: JsonObject) -> Presentation:
    """The reading of a presentation. Raises schema likewise; how many passes there may be is the verifier's."""
    return Presentation(
        document=document,
        contexts=_texts(document.get("@context")),
        types=_texts(document.get("type")),
        holder=_text_or_none(document.get("holder")),
        credentials=_objects(document.get("verifiableCredential", [])),
    )


def _read_compact(raw: bytes) -> dict[str, Any] | None:
    try:
        value = orjson.loads(raw)
        return value if type(value) is dict and orjson.dumps(value) == raw else None
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None


def _read_careful(raw: bytes) -> dict[str, Any]:
    try:
        value = _CAREFUL.decode(raw.decode())
    except RecursionError:
        raise Malformed("limits_exceeded", detail="deeper than the bound") from None
    except ValueError as error:  # also UnicodeDecodeError and JSONDecodeError
        raise Malformed("malformed_json", detail="not JSON in UTF-8") from error
    if type(value) is not dict:
        raise Malformed("malformed_json", detail="not a JSON object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("malformed_json", detail="a key twice in one object")
    return found


def _int(digits: str) -> int:
    if len(digits) > 17 or digits == "-0" or not -SAFE_INTEGER <= (number := int(digits)) <= SAFE_INTEGER:
        raise Malformed("malformed_json", detail="minus zero, or an integer beyond 2^53")
    return number


def _float(digits: str) -> float | int:
    number = float(digits)
    if not number.is_integer() and math.isfinite(number):
        return number
    if abs(number) > SAFE_INTEGER or (number == 0 and digits.startswith("-")):
        raise Malformed("malformed_json", detail="minus zero, or a number beyond 2^53")
    return int(number)


def _constant(_name: str) -> NoReturn:
    raise Malformed("malformed_json", detail="NaN or Infinity")


_EXACT: Final[frozenset[type]] = frozenset((int, bool, type(None)))
_ALL: Final[frozenset[type]] = _EXACT | {float}
_CAREFUL: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_int, parse_float=_float, parse_constant=_constant
)


def _is_within(document: dict[str, Any], bound: Bound, scalars: frozenset[type]) -> bool:
    """Within the bound, all scalars of these types, integers exact. Level by level, so that depth costs no stack."""
    members = depth = 0
    longest = bound.string
    surely = longest // 4  # a character is at most four bytes: so many of them need no closer look
    level: list[dict[str, Any] | list[Any]] = [document]
    while level:
        depth += 1
        members += sum(map(len, level))
        if depth > bound.depth or members > bound.members:
            return False
        below: list[dict[str, Any] | list[Any]] = []
        for container in level:
            values: Iterable[Any] = container
            if type(container) is dict:
                if len("".join(container)) > surely and not all(_is_short(key, longest) for key in container):
                    return False
                values = container.values()
            for value in values:
                kind = type(value)
                if kind is str:
                    if len(value) > surely and not _is_short(value, longest):
                        return False
                elif kind is dict or kind is list:
                    below.append(value)
                elif kind not in scalars or (kind is int and not -SAFE_INTEGER <= value <= SAFE_INTEGER):
                    return False
        level = below
    return True


def _is_short(text: str, longest: int) -> bool:
    length = len(text)
    return length <= longest and (text.isascii() or len(text.encode(errors="surrogatepass")) <= longest)


def _status_entry(entry: JsonObject) -> StatusEntry:
    url = _text_or_none(entry.get("statusListCredential"))
    return StatusEntry(
        document=entry,
        type=_text_or_none(entry.get("type")),
        purpose=_text_or_none(entry.get("statusPurpose")),
        index=_text_or_none(entry.get("statusListIndex")),
        list=None if url is None else Url(url),
    )


def _wrong() -> WrongShape:
    return WrongShape("schema", detail="a member of another JSON type than the data model's")


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise _wrong()
    return value


def _text_or_none(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: JsonValue) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong()
    return tuple(map(_text, value))


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise _wrong()
    return value


def _objects(value: JsonValue) -> tuple[JsonObject, ...]:
    """One object or an array of them, as the data model lets both stand."""
    return tuple(map(_object, value)) if isinstance(value, list) else (_object(value),)
