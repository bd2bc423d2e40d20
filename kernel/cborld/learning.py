"""Documents that were read or written by the walks -> their shape (`shapes.py`): one more walk, done once a shape."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kernel.cborld import cbor
from kernel.cborld.compress import types_of, urls_of
from kernel.cborld.context import Active
from kernel.cborld.dictionary import Entry
from kernel.cborld.ids import TermIds
from kernel.cborld.plans import as_people_read, refused
from kernel.cborld.shapes import Document, Kind, Name, Shape, Slot
from kernel.cborld.values import Codec
from schemas import bounds
from schemas.json import JsonObject, JsonValue

_HEAD_ITEMS: Final = 3


class _Value(NamedTuple):
    """A place for a single value among the fixed bytes."""

    codec: Codec
    ids: TermIds
    depth: int
    node: int
    name: Name


_Piece = bytes | _Value


def learn(entry: Entry, number: int, kind: Kind, parts: Sequence[JsonObject]) -> Shape:
    """The shape of documents that went through V6 to V9 under that entry; `parts` as they travel."""
    learning = _Learning(entry)
    pieces = learning.documents(parts, alone=kind == "credential")
    slots: list[Slot] = []
    fixed = cbor.tagged(number, b"")
    for piece in pieces:
        if isinstance(piece, bytes):
            fixed += piece
        else:
            slots.append(Slot(fixed, len(fixed), {}, {}, *piece))
            fixed = b""
    return Shape(
        entry=number,
        kind=kind,
        parts=len(parts),
        blanks=tuple(learning.blanks),
        links=tuple(learning.links),
        fixed=frozenset(learning.fixed),
        objects=tuple((place, blank.keys()) for place, blank in enumerate(learning.blanks) if isinstance(blank, dict)),
        arrays=tuple((place, blank) for place, blank in enumerate(learning.blanks) if isinstance(blank, list)),
        constants=tuple(learning.constants),
        slots=tuple(slots),
        widths=[0] * len(slots),
        tail=fixed,
        room=(bounds.CBOR.count or 0) - _HEAD_ITEMS - learning.items,
    )


class _Learning:
    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._plans = entry.plans()
        self._ids = self._plans.ids
        self.blanks: list[Document | list[JsonValue]] = []
        self.links: list[tuple[int, Name]] = []
        self.fixed: set[int] = set()
        self.constants: list[tuple[int, Name, JsonValue]] = []
        self.items = 0

    def documents(self, parts: Sequence[JsonObject], *, alone: bool) -> list[_Piece]:
        self.blanks += [dict.fromkeys(as_people_read(part)) for part in parts]
        if alone:
            return self._map(parts[0], 0, self._plans.graph.root, 2)
        self.items += len(parts)
        pieces: list[_Piece] = [cbor.head(4, len(parts))]
        for node, part in enumerate(parts):
            pieces += self._map(part, node, self._plans.graph.root, 3)
        return pieces

    def _map(self, document: JsonObject, node: int, active: Active, depth: int) -> list[_Piece]:
        self.items += 2 * len(document)
        slots: list[list[_Piece]] = [[] for _ in document]
        if "@context" in document:
            context = document["@context"]
            urls = urls_of(context)
            active, loads = active.embedded(urls)
            self._ids = self._ids.load(loads)
            head = b"\x01" if isinstance(context, list) else b"\x00"
            slots[0] = [head, self._constant(context, [self._context(url) for url in urls], node, "@context")]
        active, loads = active.typed(types_of(document, active))
        self._ids = self._ids.load(loads)
        for slot, term, one, many, codec, inside, loads in self._plans.writing(active, self._ids, tuple(document)):
            if inside is None:
                raise refused()
            self._ids = self._ids.load(loads)
            value = document[term]
            key = many if isinstance(value, list) else one
            if term in active.type_terms:
                types = value if isinstance(value, list) else [value]
                slots[slot] = [key, self._constant(value, [codec.write(each, self._ids) for each in types], node, term)]
            else:
                slots[slot] = [key, *self._value(value, codec, inside, node, term, depth)]
        return [cbor.map_head(len(slots)), *(piece for pieces in slots for piece in pieces)]

    def _context(self, url: str) -> bytes:
        number = self._entry.context_ids.get(url)
        return cbor.text(url) if number is None else cbor.integer(number)

    def _constant(self, value: JsonValue, written: list[bytes], node: int, name: Name) -> bytes:
        """A context or a type, or an array of them: they decide the ids, so they belong to the shape."""
        if isinstance(value, list):
            self.items += len(value)
            self.fixed.add(self._node(list(value), node, name))
            return cbor.array(written)
        self.constants.append((node, name, value))
        blank = self.blanks[node]
        if isinstance(blank, dict) and isinstance(name, str):
            blank[name] = value
        return written[0]

    def _node(self, blank: Document | list[JsonValue], outer: int, name: Name) -> int:
        self.links.append((outer, name))
        self.blanks.append(blank)
        return len(self.blanks) - 1

    def _value(self, value: JsonValue, codec: Codec, inside: Active, node: int, name: Name, depth: int) -> list[_Piece]:
        if isinstance(value, Mapping):
            inner = self._node(dict.fromkeys(as_people_read(value)), node, name)
            return self._map(value, inner, inside, depth + 1)
        if isinstance(value, list):
            inner = self._node([None] * len(value), node, name)
            self.items += len(value)
            pieces: list[_Piece] = [cbor.head(4, len(value))]
            for place, each in enumerate(value):
                pieces += self._value(each, codec, inside, inner, place, depth + 1)
            return pieces
        return [_Value(codec, self._ids, depth, node, name)]
