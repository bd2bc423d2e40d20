"""JSON-LD contexts as CBOR-LD needs them: which terms a pinned context defines, and which are active where.

Only pinned documents are read; nothing is fetched, and an inline context or one that clears all (`null`) is refused.
What a walk meets again and again (this list of contexts, these types, this property) is worked out once and kept:
an `Active` remembers where each step from it leads. Ids are the walk's affair (`walk.py`). FORMAT 2.2 and 2.4.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from kernel.errors import WrongShape
from schemas.json import JsonObject, JsonValue

KEYWORDS: Final = {
    "@context": 0, "@type": 2, "@id": 4, "@value": 6, "@direction": 8, "@graph": 10, "@included": 12, "@index": 14,
    "@json": 16, "@language": 18, "@list": 20, "@nest": 22, "@reverse": 24, "@base": 26, "@container": 28,
    "@default": 30, "@embed": 32, "@explicit": 34, "@none": 36, "@omitDefault": 38, "@prefix": 40, "@preserve": 42,
    "@protected": 44, "@requireAll": 46, "@set": 48, "@version": 50, "@vocab": 52, "@propagate": 54,
}  # fmt: skip
"""Fixed ids (FORMAT 2.1)."""

_CURIE_STEPS: Final = 8
_IMPORTS: Final = 8

Loads = tuple["Context", ...]
"""Contexts in the order in which they are loaded, which is the order in which ids are born."""


def utf16(name: str) -> bytes:
    """The order of names in CBOR-LD: by UTF-16 code units."""
    return name.encode("utf-16-be", "surrogatepass")


class Context:
    """One context, read: its terms in the order of their ids, what it clears, and the context it imports."""

    __slots__ = ("cleared", "imported", "members", "propagate", "protected", "terms")

    def __init__(self, members: JsonObject, imported: "Context | None") -> None:
        self.imported = imported
        self.members: JsonObject = {**imported.members, **members} if imported else members
        names = sorted((name for name in self.members if name not in KEYWORDS), key=utf16)
        self.cleared = frozenset(name for name in names if self.members[name] is None)
        self.terms = {name: _object(self.members[name]) for name in names if name not in self.cleared}
        self.protected = bool(self.members.get("@protected"))
        self.propagate = self.members.get("@propagate")

    def loads(self) -> Loads:
        return (*self.imported.loads(), self) if self.imported else (self,)


def _object(definition: JsonValue) -> JsonObject:
    if isinstance(definition, str):
        return {"@id": definition}
    if isinstance(definition, Mapping):
        return definition
    raise _unknown("a term that is defined by neither text nor an object")


class Contexts:
    """The pinned documents by URL, each read when it is first named."""

    __slots__ = ("_inline", "_named", "_pinned")

    def __init__(self, pinned: Mapping[str, JsonValue]) -> None:
        self._pinned = pinned
        self._named: dict[str, Context] = {}
        self._inline: dict[int, Context] = {}

    def named(self, url: str, depth: int = 0) -> Context:
        """The context of a pinned document. Raises unknown_context."""
        found = self._named.get(url)
        if found is None:
            document = self._pinned.get(url)
            members = document.get("@context") if isinstance(document, Mapping) else None
            if not isinstance(members, Mapping) or depth > _IMPORTS:
                raise _unknown("a context that is not pinned")
            found = self._named[url] = self._read(members, depth)
        return found

    def scoped(self, value: JsonValue) -> Loads:
        """What a definition's own `@context` names. Raises unknown_context."""
        several = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        return tuple(self._one(each) for each in several)

    def _one(self, value: JsonValue) -> Context:
        if isinstance(value, str):
            return self.named(value)
        if not isinstance(value, Mapping):
            raise _unknown("a scoped context that clears all others")
        # The object lives as long as the pinned document it stands in, so its identity names it.
        found = self._inline.get(id(value))
        if found is None:
            found = self._inline[id(value)] = self._read(value, 0)
        return found

    def _read(self, members: JsonObject, depth: int) -> Context:
        imported = members.get("@import")
        return Context(members, self.named(imported, depth + 1) if isinstance(imported, str) else None)


class Definition:
    """A term's definition where it is active; equal ones are one object (`Graph.define`)."""

    __slots__ = ("iri", "kind", "members", "propagate", "protected", "scoped")

    def __init__(self, members: JsonObject, protected: bool, propagate: bool) -> None:
        self.members = members
        self.protected = protected
        self.propagate = propagate
        self.iri = members["@id"]
        self.scoped = "@context" in members
        self.kind = kind_of(members)


def kind_of(members: JsonObject) -> str:
    """The table type of a term's values: `url`, `none` or the definition's `@type` (FORMAT 2.5)."""
    declared = members.get("@type")
    if members.get("@id") in {"@id", "@type"} or declared in {"@id", "@vocab"}:
        return "url"
    return declared if isinstance(declared, str) else "none"


Terms = dict[str, Definition]


class Active:
    """The terms that are active at one place of a document, and where each step from here leads."""

    __slots__ = ("_embedded", "_into", "_typed", "graph", "inherited", "terms", "type_terms")

    def __init__(self, graph: "Graph", terms: Terms, inherited: Terms) -> None:
        self.graph = graph
        self.terms = terms
        self.inherited = inherited
        """What is left when a property is entered: terms that do not propagate are gone or as they were before."""
        self.type_terms = ("@type", *(name for name, definition in terms.items() if definition.iri == "@type"))
        self._embedded: dict[tuple[str, ...], tuple[Active, Loads]] = {}
        self._typed: dict[tuple[str, ...], tuple[Active, Loads]] = {}
        self._into: dict[str, tuple[Active, Loads]] = {}

    def embedded(self, urls: tuple[str, ...]) -> "tuple[Active, Loads]":
        """Behind a map's own `@context`. Raises unknown_context."""
        found = self._embedded.get(urls)
        if found is None:
            contexts = tuple(self.graph.contexts.named(url) for url in urls)
            found = self._embedded[urls] = self._apply(self.terms, contexts)
        return found

    def typed(self, types: tuple[str, ...]) -> "tuple[Active, Loads]":
        """Behind a map's types: the scoped context of each, in the order of their names. Raises unknown_context."""
        found = self._typed.get(types)
        if found is None:
            terms = self.terms
            loads: list[Context] = []
            for name in sorted(set(types), key=utf16):
                definition = terms.get(name)
                if definition is not None and definition.scoped:
                    for context in self.graph.contexts.scoped(definition.members["@context"]):
                        terms = self.graph.update(terms, context, propagate=False)
                        loads += context.loads()
            found = self._typed[types] = self._next(terms), tuple(loads)
        return found

    def into(self, name: str) -> "tuple[Active, Loads]":
        """Inside the value of a property. Raises unknown_context."""
        found = self._into.get(name)
        if found is None:
            definition = self.terms.get(name)
            contexts: Loads = ()
            if definition is not None and definition.scoped:
                contexts = self.graph.contexts.scoped(definition.members["@context"])
            found = self._into[name] = self._apply(self.inherited, contexts, override=True)
        return found

    def _apply(self, terms: Terms, contexts: Loads, *, override: bool = False) -> "tuple[Active, Loads]":
        for context in contexts:
            terms = self.graph.update(terms, context, propagate=True, override=override)
        return self._next(terms), tuple(load for context in contexts for load in context.loads())

    def _next(self, terms: Terms) -> "Active":
        inherited = {}
        for name, definition in terms.items():
            before: Definition | None = definition
            if not definition.propagate:
                before = self.terms.get(name)
                if before is not None and not before.propagate:
                    before = self.inherited.get(name)
            if before is not None:
                inherited[name] = before
        return self.graph.intern(terms, inherited)


class Graph:
    """All places reached so far from one set of pinned contexts; equal places are one object."""

    __slots__ = ("_definitions", "_places", "contexts", "root", "size")

    def __init__(self, contexts: Contexts) -> None:
        self.contexts = contexts
        self.size = 0
        """How much was kept, by all that build on it: the owner starts a new graph when it is too much."""
        self._definitions: dict[tuple[object, ...], Definition] = {}
        self._places: dict[frozenset[tuple[str, int, int]], Active] = {}
        self.root = self.intern({}, {})

    def intern(self, terms: Terms, inherited: Terms) -> Active:
        place = frozenset((name, id(each), id(inherited.get(name))) for name, each in terms.items())
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = Active(self, terms, inherited)
            self.size += 1
        return found

    def update(self, active: Terms, context: Context, *, propagate: bool, override: bool = False) -> Terms:
        """The active terms with a context applied to them (FORMAT 2.4). Raises unknown_context."""
        if context.propagate is not None:
            propagate = bool(context.propagate)
        terms = {name: self._define(name, active, context, propagate) for name in context.terms}
        for name, before in active.items():
            new = terms.get(name)
            if new is None:
                if name not in context.cleared:
                    terms[name] = before
            elif before.protected:
                if new.members == before.members:
                    terms[name] = self._intern(before.members, True, propagate)
                elif not override:
                    raise _unknown("a context that redefines a protected term")
        return terms

    def _define(self, name: str, active: Terms, context: Context, propagate: bool) -> Definition:
        members = dict(context.terms[name])
        iri = members.get("@id")
        if iri is None:  # a term that is itself an IRI says its own id
            iri = _resolve(name, active, context)
            iri = iri if ":" in iri else None
        elif isinstance(iri, str):
            iri = _resolve(iri, active, context)
        if not isinstance(iri, str):
            raise _unknown("a term without an IRI")
        members["@id"] = iri
        if isinstance(declared := members.get("@type"), str):
            members["@type"] = _resolve(declared, active, context)
        return self._intern(members, context.protected, propagate)

    def _intern(self, members: JsonObject, protected: bool, propagate: bool) -> Definition:
        # Scoped contexts are named by identity: they are pinned, and comparing them member by member is slow.
        shallow = tuple(
            (name, id(value) if isinstance(value, (Mapping, list)) else value) for name, value in members.items()
        )
        key = (shallow, protected, propagate)
        found = self._definitions.get(key)
        if found is None:
            found = self._definitions[key] = Definition(members, protected, propagate)
        return found


def _resolve(name: str, active: Terms, context: Context) -> str:
    """A CURIE written out by the context it stands in, then by what is active. Raises unknown_context."""
    for _ in range(_CURIE_STEPS):
        prefix, colon, rest = name.partition(":")
        own = context.members.get(prefix)
        if not colon or (own is None and prefix not in active):
            return name
        base = active[prefix].iri if own is None else _object(own).get("@id")
        if not isinstance(base, str):
            return name
        name = base + rest
    raise _unknown("a compact IRI that leads in a circle")


def _unknown(detail: str) -> WrongShape:
    return WrongShape("unknown_context", detail=detail, step="V8")
