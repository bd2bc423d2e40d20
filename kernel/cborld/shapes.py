"""Documents of a shape that was walked before, read and written in one loop (a cohort has one shape).

A shape is what is left of a payload when its single values are taken out: the same members, contexts, types and lengths
of arrays. Contexts, types and members decide the ids, so between two values the bytes are always the same. A shape is
learned (`learning.py`) from documents that went through all of V6 to V9; what deviates from it in anything is for the
walks, which also say what is wrong. Its answers are theirs, byte for byte:

- Reading: fixed bytes are compared, and each value is read by the codec that the walk would take and held to the form
  that the writer gives it (`Codec.is_written_so`). So the whole is what the writer gives, and nothing is written again.
- Writing: each value's form is one that reads back the same, which is a property of every codec, and tested as such.
"""

from collections.abc import KeysView, Sequence
from typing import Final, Literal, NamedTuple, cast

from kernel.cborld import cbor
from kernel.cborld.ids import TermIds
from kernel.cborld.values import Codec
from kernel.errors import Malformed, PuenteError
from schemas.json import JsonObject, JsonValue

Kind = Literal["credential", "credentials", "presentation"]
Document = dict[str, JsonValue]
Name = str | int
"""A member's name, or a place in an array."""
Node = dict[Name, JsonValue]
"""An object, or by abuse an array: both are asked by name alone."""

_SHORT: Final = 0x60
_LONGER: Final = 0x78
# How long an integer, a short byte string or a boolean is, by its first byte; 0 for all else.
_WIDTH: Final = (
    *((1,) * 24), 2, 3, 5, *((0,) * 37), *range(1, 25), *((0,) * 156), 1, 1, *((0,) * 10)
)  # fmt: skip
_FIRST_BYTES: Final = 22
_KEPT: Final = 64
_REMEMBERED: Final = 512


class Slot(NamedTuple):
    """A single value: the fixed bytes before it, how it travels, and where it stands.

    `known` = what stood here before, by its CBOR: table values, integers, booleans; never a text that was spelled out.
    """

    before: bytes
    size: int
    known: dict[bytes, JsonValue]
    codec: Codec
    ids: TermIds
    depth: int
    node: int
    name: Name


class Shape(NamedTuple):
    """`blanks` = every object and array, the documents first, with what is constant in it; `links` = where each of the
    others stands, (outer, name), from the outside inwards; `fixed` = the arrays without any value of their own;
    `objects` and `arrays` = the blanks again by kind, with their place; `constants` = (node, name, value) of objects;
    `room` = items still free for the values."""

    entry: int
    kind: Kind
    parts: int
    blanks: tuple[Document | list[JsonValue], ...]
    links: tuple[tuple[int, Name], ...]
    fixed: frozenset[int]
    objects: tuple[tuple[int, KeysView[str]], ...]
    arrays: tuple[tuple[int, list[JsonValue]], ...]
    constants: tuple[tuple[int, Name, JsonValue], ...]
    slots: tuple[Slot, ...]
    tail: bytes
    room: int

    def read(self, data: bytes) -> list[Document] | None:
        """The documents, or None where the bytes deviate in anything."""
        nodes = cast("list[Node]", [blank.copy() for blank in self.blanks])
        room = [self.room]
        at = 0
        try:
            for before, size, known, codec, ids, depth, node, name in self.slots:
                start = at + size
                if data[at:start] != before:
                    return None
                first = data[start]
                if _SHORT <= first < _LONGER:
                    at = start + first - _SHORT + 1
                    text = str(data[start + 1 : at], "utf-8")
                    if not codec.is_text(text, ids):
                        return None
                    nodes[node][name] = text
                    continue
                at = start + _WIDTH[first]
                value = known.get(data[start:at])
                if value is None:
                    item, at = cbor.item(data, start, depth, room)
                    value = _value(item, data[start:at], codec, ids)
                    if _WIDTH[first]:
                        _remember(known, data[start:at], value)
                nodes[node][name] = value
        except (PuenteError, IndexError, UnicodeDecodeError):
            return None
        if at + len(self.tail) != len(data) or data[at:] != self.tail:
            return None
        for inner, (node, name) in enumerate(self.links, self.parts):
            nodes[node][name] = cast("JsonObject", nodes[inner])
        return cast("list[Document]", nodes[: self.parts])

    def write(self, parts: Sequence[JsonObject]) -> bytes | None:
        """The payload's bytes, or None where the documents deviate in anything."""
        nodes = cast("list[Node]", list(parts))
        written: list[bytes] = []
        try:
            for node, name in self.links:
                nodes.append(cast("Node", nodes[node][name]))
            if not self._holds(nodes):
                return None
            for before, _, _, codec, ids, _, node, name in self.slots:
                value = nodes[node][name]
                written.append(before)
                written.append(codec.write_text(value, ids) if type(value) is str else codec.write(value, ids))
        except (PuenteError, KeyError, IndexError, TypeError):
            return None
        return b"".join(written) + self.tail

    def _holds(self, nodes: list[Node]) -> bool:
        for place, keys in self.objects:
            node = nodes[place]
            if type(node) is not dict or node.keys() != keys:
                return False
        for place, array in self.arrays:
            listed: object = nodes[place]
            if type(listed) is not list or len(listed) != len(array) or (place in self.fixed and listed != array):
                return False
        return all(nodes[node][name] == value for node, name, value in self.constants)


def _value(item: cbor.Item, raw: bytes, codec: Codec, ids: TermIds) -> JsonValue:
    """As the walk reads it, in the one form that the writer gives it; else any PuenteError."""
    value = codec.read_array(item) if type(item) is list else codec.read(item, ids)
    if not codec.is_written_so(raw, value, ids):
        raise Malformed("noncanonical_cbor", detail="not as it would be written")
    return value


def _remember(known: dict[bytes, JsonValue], raw: bytes, value: JsonValue) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[raw] = value


class Shapes:
    """The shapes met lately, at most 64; when there are more, all are forgotten, so no text can make us grow."""

    def __init__(self) -> None:
        self._by_bytes: dict[bytes, list[Shape]] = {}
        self._by_names: dict[tuple[object, ...], list[Shape]] = {}
        self._count = 0

    def read(self, payload: bytes) -> tuple[Shape, list[Document]] | None:
        """The shape and the documents, or None where no shape fits."""
        for shape in self._by_bytes.get(payload[:_FIRST_BYTES], ()):
            documents = shape.read(payload)
            if documents is not None:
                return shape, documents
        return None

    def write(self, entry: int, parts: Sequence[JsonObject], *, alone: bool) -> bytes | None:
        """The payload, or None where no shape fits."""
        for shape in self._by_names.get((entry, alone, len(parts), *parts[0]), ()):
            payload = shape.write(parts)
            if payload is not None:
                return payload
        return None

    def keep(self, shape: Shape, payload: bytes, parts: Sequence[JsonObject]) -> None:
        """Keeps a shape learned from these documents, if it gives them back."""
        before = shape.slots[0].before if shape.slots else b""
        if len(before) < _FIRST_BYTES or shape.write(parts) != payload or shape.read(payload) != list(parts):
            return
        if self._count >= _KEPT:
            self._by_bytes, self._by_names, self._count = {}, {}, 0
        self._count += 1
        names = (shape.entry, shape.kind == "credential", len(parts), *parts[0])
        self._by_bytes.setdefault(before[:_FIRST_BYTES], []).append(shape)
        self._by_names.setdefault(names, []).append(shape)
