"""JSON-LD -> CBOR-LD: the walk that gives every term its id and every value its form (FORMAT 2.3).

It writes CBOR as it goes. A member that no active context defines is refused, since nobody could read it back; what the
documents mean is not looked at.
"""

from collections.abc import Mapping
from typing import Final

from kernel.cborld import cbor
from kernel.cborld.context import Active
from kernel.cborld.dictionary import Entry
from kernel.cborld.plans import refused
from kernel.cborld.values import Codec
from kernel.errors import WrongShape
from schemas.json import JsonObject, JsonValue

_CONTEXT: Final = cbor.head(0, 0)
_CONTEXTS: Final = cbor.head(0, 1)


class Compression:
    """One payload being written; its documents share the ids, in order."""

    __slots__ = ("_entry", "_ids", "_plans")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._plans = entry.plans()
        self._ids = self._plans.ids

    def document(self, document: JsonObject) -> bytes:
        """One map of the payload. Raises unknown_context, unknown_property, invalid_value, limits_exceeded."""
        return self._map(document, self._plans.graph.root)

    def _map(self, document: JsonObject, active: Active) -> bytes:
        parts = [b""] * len(document)
        if "@context" in document:
            context = document["@context"]
            urls = urls_of(context)
            active, loads = active.embedded(urls)
            self._ids = self._ids.load(loads)
            written = [self._context(url) for url in urls]
            parts[0] = _CONTEXTS + cbor.array(written) if isinstance(context, list) else _CONTEXT + written[0]
        active, loads = active.typed(types_of(document, active))
        if loads:
            self._ids = self._ids.load(loads)
        rows = self._plans.writing(active, self._ids, tuple(document))
        for slot, term, one, many, codec, inside, loads in rows:
            if inside is None:
                raise refused()
            if loads:
                self._ids = self._ids.load(loads)
            value = document[term]
            if type(value) is str:
                parts[slot] = one + codec.write_text(value, self._ids)
            elif type(value) is list:
                parts[slot] = many + cbor.array([self._value(each, codec, inside) for each in value])
            else:
                parts[slot] = one + self._value(value, codec, inside)
        return cbor.map_head(len(parts)) + b"".join(parts)

    def _value(self, value: JsonValue, codec: Codec, inside: Active) -> bytes:
        if isinstance(value, Mapping):
            return self._map(value, inside)
        if isinstance(value, list):
            return cbor.array([self._value(each, codec, inside) for each in value])
        return codec.write(value, self._ids)

    def _context(self, url: str) -> bytes:
        number = self._entry.context_ids.get(url)
        return cbor.text(url) if number is None else cbor.integer(number)


def urls_of(context: JsonValue) -> tuple[str, ...]:
    """The URLs of an `@context`. Raises unknown_context."""
    urls = tuple(context) if isinstance(context, list) else (context,)
    texts = tuple(url for url in urls if isinstance(url, str))
    if len(texts) != len(urls):
        raise WrongShape("unknown_context", detail="a context that is no URL", step="V8")
    return texts


def types_of(document: JsonObject, active: Active) -> tuple[str, ...]:
    """The types of an object, by all terms that stand for `@type`."""
    found: list[str] = []
    for term in active.type_terms:
        value = document.get(term)
        if type(value) is str:
            found.append(value)
        elif isinstance(value, list):
            found += [each for each in value if isinstance(each, str)]
    return tuple(found)
