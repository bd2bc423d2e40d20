"""What an issuer answers a wallet over HTTP, read within bounds. Passes in it are verified where they are kept.

Only codes that we know leave here; the other side's own words are never shown.
"""

from collections.abc import Mapping
from typing import Final

from kernel import codec
from kernel.errors import Invalid, Malformed, WrongShape
from kernel.ports import Fetched
from schemas import bounds, codes
from schemas.json import JsonObject
from schemas.problem import MEDIA_TYPE as PROBLEM

ANSWER: Final = bounds.Bound(bytes=256 * bounds.KIB, members=4000, string=8 * bounds.KIB, depth=16)
_MOST: Final = 16
_SHORT: Final = 200


def read_answer(fetched: Fetched) -> JsonObject:
    """The object of an answer; raises Invalid with the issuer's own code where it refused."""
    document = codec.read(fetched.body, bound=ANSWER).document
    if fetched.media_type.partition(";")[0].strip() == PROBLEM:
        code = document.get("code")
        known = isinstance(code, str) and codes.find(code) is not None
        raise Invalid(str(code) if known else "bad_request", detail="the issuer refused")
    return document


def rows_of(answer: JsonObject) -> tuple[JsonObject, ...]:
    """The rows of `credentials`, each with a `credential`. Raises WrongShape `schema`."""
    rows = answer.get("credentials")
    if not isinstance(rows, (list, tuple)) or len(rows) > _MOST:
        raise no_credentials()
    found = tuple(row for row in rows if isinstance(row, Mapping) and isinstance(row.get("credential"), Mapping))
    if len(found) != len(rows):
        raise no_credentials()
    return found


def no_credentials() -> WrongShape:
    """What an answer is refused with that should have some."""
    return WrongShape("schema", detail="an answer without credentials", pointer="/credentials")


def credential_of(row: JsonObject) -> JsonObject:
    """The credential of a row that `rows_of` gave."""
    credential = row["credential"]
    if not isinstance(credential, Mapping):
        raise TypeError("rows_of looked at it")
    return credential


def short(document: JsonObject, name: str) -> str:
    """A text of an answer that has to be there. Raises Malformed `bad_request`."""
    value = document.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _SHORT:
        raise Malformed("bad_request", detail="the issuer's answer lacks a member", pointer=f"/{name}")
    return value
