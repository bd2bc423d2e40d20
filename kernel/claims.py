"""A document against a JSON Schema, every fault with its pointer. The subset is closed: another keyword is refused.

Compiled once into plain calls, because each pass that is verified runs one (V10). Patterns, references and remote
schemas are left out on purpose: a verifier's schema holds none (FORMAT section 5), and a regex on input may hang.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kernel.errors import WrongShape
from schemas.json import JsonObject, JsonValue

MAX_DEPTH: Final = 12

_Check = Callable[[JsonValue], None]


class _FaultError(Exception):
    """Inner: a value breaks its schema; the path grows while the call stack unwinds."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []


@dataclass(frozen=True, slots=True)
class Checker:
    """A compiled schema."""

    _run: _Check

    def check(self, value: JsonValue) -> None:
        """Raise WrongShape `schema` at step V10 with the pointer (RFC 6901) of the first fault."""
        try:
            self._run(value)
        except _FaultError as fault:
            pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in reversed(fault.path))
            raise WrongShape("schema", detail="a value breaks the type's schema", pointer=pointer, step="V10") from None


def compile_schema(schema: JsonObject) -> Checker:
    """Compile; raises WrongShape `schema` where a keyword or its value is not of the subset."""
    return Checker(_compile(schema, 0))


def _refuse() -> WrongShape:
    return WrongShape("schema", detail="a schema keyword is outside the subset")


def _compile(schema: JsonValue, depth: int) -> _Check:
    if not isinstance(schema, Mapping) or depth > MAX_DEPTH:
        raise _refuse()
    unknown = set(schema) - set(_KEYWORDS) - _SHAPE
    if unknown:
        raise _refuse()
    checks = [_KEYWORDS[name](value) for name, value in schema.items() if name in _KEYWORDS]
    if schema.keys() & {"properties", "required", "additionalProperties"}:
        checks.append(_object(schema, depth))
    if "items" in schema:
        checks.append(_items(schema["items"], depth))
    if len(checks) == 1:
        return checks[0]
    every = tuple(checks)

    def run(value: JsonValue) -> None:
        for check in every:
            check(value)

    return run


def _is_integer(value: JsonValue) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


_TYPES: Final[dict[str, Callable[[JsonValue], bool]]] = {
    "object": lambda v: isinstance(v, Mapping),
    "array": lambda v: isinstance(v, Sequence) and not isinstance(v, str),
    "string": lambda v: isinstance(v, str),
    "integer": _is_integer,
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
}


def _type(names: JsonValue) -> _Check:
    """`type`: one name, or several of which one must hold."""
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, Sequence) or not listed:
        raise _refuse()
    tests = []
    for name in listed:
        if not isinstance(name, str) or name not in _TYPES:
            raise _refuse()
        tests.append(_TYPES[name])

    def check(value: JsonValue) -> None:
        for test in tests:
            if test(value):
                return
        raise _FaultError

    return check


def _same(a: JsonValue, b: JsonValue) -> bool:
    """Equal as JSON: true is not 1."""
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def _const(wanted: JsonValue) -> _Check:
    if not (wanted is None or isinstance(wanted, str | int | float)):
        raise _refuse()
    return _enum([wanted])


def _enum(values: JsonValue) -> _Check:
    if not isinstance(values, Sequence) or isinstance(values, str) or not values:
        raise _refuse()
    if not all(v is None or isinstance(v, str | int | float) for v in values):
        raise _refuse()
    allowed = tuple(values)

    def check(value: JsonValue) -> None:
        if not any(_same(value, a) for a in allowed):
            raise _FaultError

    return check


def _bound(measure: Callable[[JsonValue], float | None], *, least: bool) -> Callable[[JsonValue], _Check]:
    """A keyword that compares a measure of the value with a number; other types of value pass (JSON Schema)."""

    def keyword(limit: JsonValue) -> _Check:
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise _refuse()

        def check(value: JsonValue) -> None:
            size = measure(value)
            if size is not None and (size < limit if least else size > limit):
                raise _FaultError

        return check

    return keyword


def _characters(value: JsonValue) -> int | None:
    return len(value) if isinstance(value, str) else None


def _octets(value: JsonValue) -> int | None:
    return len(value.encode("utf-8", "surrogatepass")) if isinstance(value, str) else None


def _number(value: JsonValue) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: JsonValue) -> int | None:
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else None


_KEYWORDS: Final[dict[str, Callable[[JsonValue], _Check]]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "minLength": _bound(_characters, least=True),
    "maxLength": _bound(_characters, least=False),
    "x-maxBytes": _bound(_octets, least=False),
    "minimum": _bound(_number, least=True),
    "maximum": _bound(_number, least=False),
    "minItems": _bound(_count, least=True),
    "maxItems": _bound(_count, least=False),
}
_SHAPE: Final = {"required", "properties", "additionalProperties", "items"}


def _object(schema: JsonObject, depth: int) -> _Check:
    """`properties`, `required` and `additionalProperties` (a boolean here) in one walk."""
    properties = schema.get("properties", {})
    required = schema.get("required", [])
    additional = schema.get("additionalProperties", True)
    if not isinstance(properties, Mapping) or not isinstance(additional, bool):
        raise _refuse()
    if not isinstance(required, Sequence) or isinstance(required, str):
        raise _refuse()
    members = {name: _compile(part, depth + 1) for name, part in properties.items()}
    needed = tuple(name for name in required if isinstance(name, str))
    if len(needed) != len(required):
        raise _refuse()

    def check(value: JsonValue) -> None:
        if not isinstance(value, Mapping):
            return
        for name in needed:
            if name not in value:
                raise _FaultError
        for name, member in value.items():
            run = members.get(name)
            if run is None and additional:
                continue
            try:
                if run is None:
                    raise _FaultError
                run(member)
            except _FaultError as fault:
                fault.path.append(name)
                raise

    return check


def _items(part: JsonValue, depth: int) -> _Check:
    run = _compile(part, depth + 1)

    def check(value: JsonValue) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return
        for place, member in enumerate(value):
            try:
                run(member)
            except _FaultError as fault:
                fault.path.append(str(place))
                raise

    return check
