"""CBOR-LD -> JSON-LD: the walk back, step V8 (FORMAT 2.3). What the documents mean is not looked at.

Whether all members are defined (a text key never is) is told to the caller, who speaks of it at V9 (`text.py`).
"""

from kernel.cborld import cbor
from kernel.cborld.context import Active, Loads
from kernel.cborld.dictionary import Entry
from kernel.cborld.plans import refused
from kernel.cborld.values import Codec, invalid
from kernel.errors import WrongShape
from schemas.json import JsonValue

Document = dict[str, JsonValue]


class Expansion:
    """One payload being read; its maps share the ids, in order."""

    __slots__ = ("_entry", "_ids", "_plans", "_urls", "defined")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._plans = entry.plans()
        self._ids = self._plans.ids
        self._urls = entry.codec("url")
        self.defined = True
        """False once a member was met that no active context defines."""

    def document(self, item: cbor.Item) -> Document:
        """One map of the payload. Raises the codes of V8."""
        if type(item) is not dict:
            raise WrongShape("invalid_shape", detail="a document that is no map", step="V8")
        return self._map(item, self._plans.graph.root)

    def _map(self, item: dict[int | str, cbor.Item], active: Active) -> Document:
        context = None
        if 0 in item or 1 in item:
            context, urls = self._context(item)
            active, loads = active.embedded(urls)
            self._load(loads)
        types = self._types(item, active)
        if types:
            active, loads = active.typed(types)
            self._load(loads)
        else:
            active, _ = active.typed(())
        plan = self._plans.reading(active, self._ids, tuple(item))
        if not plan.defined:
            self.defined = False
        document = plan.blank.copy()
        if context is not None:
            document["@context"] = context
        for key, term, plural, codec, inside, loads in plan.rows:
            if inside is None:
                raise refused()
            if loads:
                self._load(loads)
            value = item[key]
            if not plural:
                document[term] = value if type(value) is str else self._value(value, codec, inside)
            elif type(value) is list:
                document[term] = [self._value(each, codec, inside) for each in value]
            else:
                raise invalid("one value where a list is announced")
        return document

    def _load(self, loads: Loads) -> None:
        self._ids = self._ids.load(loads)

    def _value(self, value: cbor.Item, codec: Codec, inside: Active) -> JsonValue:
        if type(value) is dict:
            return self._map(value, inside)
        if type(value) is list:
            whole = codec.read_array(value)
            return whole if whole is not None else [self._value(each, codec, inside) for each in value]
        return codec.read(value, self._ids)

    def _context(self, item: dict[int | str, cbor.Item]) -> tuple[JsonValue, tuple[str, ...]]:
        if 0 in item and 1 in item:
            raise invalid("two forms of the context")
        if 0 in item:
            url = self._url(item[0])
            return url, (url,)
        listed = item[1]
        if type(listed) is not list:
            raise invalid("one value where a list is announced")
        urls = [self._url(each) for each in listed]
        return urls, tuple(urls)

    def _url(self, value: cbor.Item) -> str:
        url = self._entry.context_urls.get(value) if type(value) is int else value
        if type(url) is not str:
            raise WrongShape("unknown_context", detail="a context that the tables do not have", step="V8")
        return url

    def _types(self, item: dict[int | str, cbor.Item], active: Active) -> tuple[str, ...]:
        found: list[JsonValue] = []
        for term in active.type_terms:
            number = self._ids.of_term[term]
            if number in item:
                self._type(item[number], found)
            several = item.get(number + 1)
            if type(several) is list:
                for each in several:
                    self._type(each, found)
        return tuple(each for each in found if type(each) is str)

    def _type(self, value: cbor.Item, found: list[JsonValue]) -> None:
        if type(value) is not dict and value is not None:
            found.append(self._value(value, self._urls, self._plans.graph.root))
