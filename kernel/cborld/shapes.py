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
# First bytes of what recurs: integers, byte strings shorter than 24 bytes (table values) and booleans.
_REMEMBERED: Final = frozenset({*range(0x1B), *range(0x40, 0x58), 0xF4, 0xF5})
_FIRST_BYTES: Final = 22
_KEPT: Final = 64
_MOST: Final = 2_048
"""Values that one shape remembers at most, shared out among its slots: nobody who shows us texts can make us grow."""


class Slot(NamedTuple):
    """A single value: the fixed bytes before it, how it travels, and where it stands.

    `known` = what stood here lately, by its CBOR with the fixed bytes: table values, integers, booleans; never a text
    that was spelled out. `spelled` = the texts among them, the other way round.
    """

    before: bytes
    size: int
    known: dict[bytes, JsonValue]
    spelled: dict[str, bytes]
    codec: Codec
    ids: TermIds
    depth: int
    node: int
    name: Name


class Shape(NamedTuple):
    """`blanks` = every object and array, the documents first, with what is constant in it; `links` = where each of the
    others stands, (outer, name), from the outside inwards; `fixed` = the arrays without any value of their own;
    `objects` and `arrays` = the blanks again by kind, with their place; `constants` = (node, name, value) of objects;
    `widths` = for each slot how long fixed bytes and value were when they were last remembered, 0 if never: where to
    look first; `room` = items still free for the values."""

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
    widths: list[int]
    tail: bytes
    room: int

    def read(self, data: bytes) -> list[Document] | None:
        """The documents, or None where the bytes deviate in anything."""
        nodes = cast("list[Node]", [blank.copy() for blank in self.blanks])
        room = [self.room]
        at = 0
        try:
            for place, (slot, width) in enumerate(zip(self.slots, self.widths, strict=True)):
                before, size, known, _, codec, ids, _, node, name = slot
                if width:
                    value = known.get(data[at : at + width])
                    if value is not None:
                        nodes[node][name] = value
                        at += width
                        continue
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
                nodes[node][name], end = _read(slot, data, start, room)
                if first in _REMEMBERED:
                    _remember(slot, data[at:end], nodes[node][name], most=_MOST // len(self.slots))
                    self.widths[place] = end - at
                at = end
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
            for slot in self.slots:
                before, _, _, spelled, codec, ids, _, node, name = slot
                value = nodes[node][name]
                if type(value) is str:
                    raw = spelled.get(value)
                    if raw is None:
                        raw = before + codec.write_text(value, ids)
                        if raw[len(before)] in _REMEMBERED:
                            _remember(slot, raw, value, most=_MOST // len(self.slots))
                    written.append(raw)
                else:
                    written.append(before + codec.write(value, ids))
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


def _read(slot: Slot, data: bytes, start: int, room: list[int]) -> tuple[JsonValue, int]:
    """The value as the walk reads it, in the form that the writer gives it, and where it ends; else a PuenteError."""
    codec, ids = slot.codec, slot.ids
    long = codec.read_long(data, start, ids)
    if long is not None:
        return long
    item, end = cbor.item(data, start, slot.depth, room)
    value = codec.read_array(item) if type(item) is list else codec.read(item, ids)
    if not codec.is_written_so(data[start:end], value, ids):
        raise Malformed("noncanonical_cbor", detail="not as it would be written")
    return value, end


def _remember(slot: Slot, raw: bytes, value: JsonValue, *, most: int) -> None:
    if len(slot.known) >= most:
        slot.known.clear()
        slot.spelled.clear()
    slot.known[raw] = value
    if type(value) is str:  # not of integers: 1, 1.0 and True are one key
        slot.spelled[value] = raw


class Shapes:
    """The shapes met lately, at most 64; when there are more, all are forgotten."""

    def __init__(self) -> None:
        self._by_bytes: dict[bytes, list[Shape]] = {}
        self._by_names: dict[tuple[object, ...], list[Shape]] = {}
        self._count = 0

    def all(self) -> list[Shape]:
        """Every shape that is kept."""
        return [shape for shapes in self._by_bytes.values() for shape in shapes]

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
