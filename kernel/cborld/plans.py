"""What is to be done with a map of a given shape at a given place: worked out once, then followed by both walks.

A plan holds for one place (active context), one state of the ids and one list of keys, and says for each member, in the
order of the walk (by term), its codec, where its value leads and which contexts are loaded on the way. FORMAT 2.3.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from kernel.cborld.cbor import head
from kernel.cborld.context import Active, Contexts, Graph, Loads, utf16
from kernel.cborld.ids import TermIds, first_ids
from kernel.cborld.values import Codec
from kernel.errors import WrongShape
from schemas.json import JsonValue

# Members in the order in which people read them; what is not named stands between, by name.
_ORDER: Final = {
    "@context": -9, "id": -8, "type": -7, "holder": -6, "issuer": -5, "name": -4, "validFrom": -3, "validUntil": -2,
    "credentialStatus": 1, "credentialSubject": 2, "proof": 3, "proofValue": 4,
}  # fmt: skip


def as_people_read(names: Iterable[str]) -> list[str]:
    """The names of members in the order in which they stand in a document that we made."""
    return sorted(names, key=lambda name: (_ORDER.get(name, 0), utf16(name)))


class ReadRow(NamedTuple):
    """A member on its way from CBOR to JSON.

    `inside` is None where its scoped context is not one that we read: the walk raises `refused` when it comes there, so
    that the first fault on its way is the one named.
    """

    key: int | str
    term: str
    plural: bool
    codec: Codec
    inside: Active | None
    loads: Loads


class ReadPlan(NamedTuple):
    """`blank` has all members, as people read them; `defined` = the active contexts define each of them."""

    rows: tuple[ReadRow, ...]
    blank: dict[str, JsonValue]
    defined: bool


class WriteRow(NamedTuple):
    """A member on its way from JSON to CBOR: `one` and `many` are its key as CBOR, `slot` its place in the map."""

    slot: int
    term: str
    one: bytes
    many: bytes
    codec: Codec
    inside: Active | None
    loads: Loads


WritePlan = tuple[WriteRow, ...]


def refused() -> WrongShape:
    """For a member whose scoped context is not one that we read."""
    return WrongShape("unknown_context", detail="a scoped context that is not pinned, or clears all", step="V8")


def _into(active: Active, term: str) -> tuple[Active | None, Loads]:
    try:
        return active.into(term)
    except WrongShape:
        return None, ()


class Plans:
    """The plans and places of one registry entry; they belong together and are let go together."""

    def __init__(self, contexts: Contexts, codec: Callable[[str], Codec]) -> None:
        self.graph = Graph(contexts)
        self.ids = first_ids(self.graph)
        self._codec = codec
        self._reading: dict[tuple[Active, TermIds, tuple[int | str, ...]], ReadPlan] = {}
        self._writing: dict[tuple[Active, TermIds, tuple[str, ...]], WritePlan] = {}

    def reading(self, active: Active, ids: TermIds, keys: tuple[int | str, ...]) -> ReadPlan:
        """The plan for a map with these CBOR keys. Raises unknown_term."""
        place = (active, ids, keys)
        plan = self._reading.get(place)
        if plan is None:
            plan = self._reading[place] = self._read_plan(active, ids, keys)
            self.graph.size += 1
        return plan

    def _read_plan(self, active: Active, ids: TermIds, keys: tuple[int | str, ...]) -> ReadPlan:
        rows = []
        for key in keys:
            if isinstance(key, str) or key < 2:
                continue  # a text key is no term of any context (V9), 0 and 1 are the context
            term = ids.term_of.get(key & ~1)
            if term is None:
                raise WrongShape("unknown_term", detail="a term id that no loaded context has", step="V8")
            rows.append(ReadRow(key, term, bool(key & 1), self._codec_of(active, term), *_into(active, term)))
        rows.sort(key=lambda row: utf16(row.term))
        named = {row.term for row in rows} | ({"@context"} if {0, 1} & set(keys) else set())
        defined = all(row.term in active.terms for row in rows) and not any(isinstance(key, str) for key in keys)
        return ReadPlan(tuple(rows), dict.fromkeys(as_people_read(named)), defined)

    def writing(self, active: Active, ids: TermIds, terms: tuple[str, ...]) -> WritePlan:
        """The plan for an object with these members; slot 0 is the context's if it has one.

        Raises unknown_property (a member that no active context defines).
        """
        place = (active, ids, terms)
        plan = self._writing.get(place)
        if plan is None:
            plan = self._writing[place] = self._write_plan(active, ids, terms)
            self.graph.size += 1
        return plan

    def _write_plan(self, active: Active, ids: TermIds, terms: tuple[str, ...]) -> WritePlan:
        names = sorted((term for term in terms if term != "@context"), key=utf16)
        if not all(name in active.terms for name in names):
            raise WrongShape("unknown_property", detail="a property that no context defines", step="V9")
        slots = sorted(ids.of_term[name] for name in names)
        before = len(terms) - len(names)
        rows = []
        for name in names:
            number = ids.of_term[name]
            slot = before + slots.index(number)
            codec = self._codec_of(active, name)
            rows.append(WriteRow(slot, name, head(0, number), head(0, number + 1), codec, *_into(active, name)))
        return tuple(rows)

    def _codec_of(self, active: Active, term: str) -> Codec:
        definition = active.terms.get(term)
        if definition is None:
            return self._codec("url" if term in {"@id", "@type"} else "none")
        return self._codec(definition.kind)
