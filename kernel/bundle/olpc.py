"""The canonical JSON that TUF signatures cover (OLPC form; TUF 1.0.31 section 4.1). Not RFC 8785: see `canonical.py`.

Keys in code-point order, no space, strings in UTF-8 with only the quote and the backslash escaped, no fractions.
"""

from collections.abc import Mapping, Sequence

from kernel.bundle.refusal import refused
from schemas.json import JsonValue


def olpc(value: JsonValue) -> bytes:
    """The bytes that are signed; Invalid `bundle_refused` for a number with a fraction or text outside Unicode."""
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError as fault:
        raise refused("metadata holds text that is not Unicode") from fault


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(value: JsonValue, parts: list[str]) -> None:
    if isinstance(value, str):
        parts.append(_text(value))
    elif value is None or isinstance(value, bool):
        parts.append({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, int):
        parts.append(str(value))
    elif isinstance(value, float):
        raise refused("metadata holds a number with a fraction")
    elif isinstance(value, Mapping):
        _write_object(value, parts)
    else:
        _write_array(value, parts)


def _write_object(value: Mapping[str, JsonValue], parts: list[str]) -> None:
    mark = "{"
    for name in sorted(value):
        parts += (mark, _text(name), ":")
        _write(value[name], parts)
        mark = ","
    parts.append("{}" if mark == "{" else "}")


def _write_array(value: Sequence[JsonValue], parts: list[str]) -> None:
    mark = "["
    for item in value:
        parts.append(mark)
        _write(item, parts)
        mark = ","
    parts.append("[]" if mark == "[" else "]")
