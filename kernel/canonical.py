"""JSON canonicalisation (RFC 8785, JCS) and its SHA-256. Two roads, one answer: a test holds them equal.

The fast road is orjson behind a guard, since orjson alone differs from JCS in floats, in NaN (written as null) and in
the order of keys beyond U+FFFF. What the guard does not know goes the slow road, the `rfc8785` package.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, cast

import orjson
import rfc8785

from kernel.errors import Malformed
from schemas.bounds import SAFE_INTEGER
from schemas.json import JsonValue


def canonical(value: JsonValue) -> bytes:
    """The one form of a JSON value. Raises malformed_json where there is none: NaN, beyond 2^53, half a pair."""
    try:
        if _is_plain(value):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONEncodeError, RecursionError):
        pass  # half a surrogate pair, or too deep: the slow road says what is wrong
    return canonical_slow(value)


def canonical_slow(value: JsonValue) -> bytes:
    """The same by the `rfc8785` package; for what the guard does not know, and to judge the fast road by."""
    try:
        return rfc8785.dumps(cast("Any", value))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError) as error:
        raise Malformed("malformed_json", detail="a value that has no canonical form") from error


def sha256(data: bytes) -> bytes:
    """FIPS 180-4; 32 bytes."""
    return hashlib.sha256(data).digest()


def _is_plain(value: object) -> bool:
    """Exact JSON types, ASCII keys, integers within 2^53, no float: there orjson with sorted keys is JCS.

    A key of another type than exactly `str` may pass here; orjson refuses it, and the slow road decides.
    """
    kind = type(value)
    if kind is dict:
        return _is_ascii(value) and _are_plain(cast("dict[Any, Any]", value).values())
    if kind is list:
        return _are_plain(cast("list[Any]", value))
    return _are_plain((value,))


def _are_plain(members: Iterable[object]) -> bool:
    # One flat loop: text is what is mostly there, and one call a member would cost as much as all the rest.
    for member in members:
        kind = type(member)
        if kind is str or member is None or member is True or member is False:
            continue
        if kind is dict:
            if not _is_ascii(member) or not _are_plain(cast("dict[Any, Any]", member).values()):
                return False
        elif kind is list:
            if not _are_plain(cast("list[Any]", member)):
                return False
        elif kind is not int or not -SAFE_INTEGER <= cast("int", member) <= SAFE_INTEGER:
            return False
    return True


def _is_ascii(keys: object) -> bool:
    try:
        return "".join(cast("dict[str, Any]", keys)).isascii()
    except TypeError:
        return False
