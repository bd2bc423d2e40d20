"""The dictionary of CBOR-LD: pinned contexts and, for each registry entry, its type tables (FORMAT 1.3, 4.1).

Tables and ids come from the bundle's files, never from code. Reading a dictionary is the expensive work, done once;
what walks over documents work out is kept here too, up to a bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kernel.cborld.context import Contexts
from kernel.cborld.plans import Plans
from kernel.cborld.shapes import Shapes
from kernel.cborld.urls import UrlCodec
from kernel.cborld.values import DATE, DATE_TIME, MULTIBASE, Codec, DateCodec, DateTimeCodec, MultibaseCodec, Table
from kernel.errors import Invalid, WrongShape
from schemas.json import JsonObject, JsonValue

EMPTY_ENTRY: Final = 1
"""Compressed with empty tables: read, never written (FORMAT 1.3)."""

_FORMS: Final = {"url": UrlCodec, MULTIBASE: MultibaseCodec, DATE: DateCodec, DATE_TIME: DateTimeCodec}
_ALWAYS: Final = ("context", "none", "url")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_FORBIDDEN: Final = frozenset({_XSD + "integer", _XSD + "double", _XSD + "boolean"})
_LARGEST_ID: Final = 0xFFFF_FFFE
_KEPT: Final = 2048


class Entry:
    """One registry entry: its tables as codecs, and the places that walks under it have reached."""

    def __init__(self, contexts: Contexts, tables: Mapping[str, Table]) -> None:
        self._contexts = contexts
        self._tables = {**{kind: {} for kind in _ALWAYS}, **tables}
        self.values = frozenset[str]().union(*self._tables.values())
        """What some table holds, so that it may be written as a number instead of as text."""
        self._codecs: dict[str, Codec] = {}
        self.context_ids = self._tables["context"]
        self.context_urls = {number: url for url, number in self.context_ids.items()}
        self._plans = Plans(contexts, self.codec)

    def plans(self) -> Plans:
        """What walks have worked out so far. It is let go when it is too much, so that no text can make us grow."""
        if self._plans.graph.size > _KEPT:
            self._plans = Plans(self._contexts, self.codec)
        return self._plans

    def codec(self, kind: str) -> Codec:
        """The codec of a table type."""
        found = self._codecs.get(kind)
        if found is None:
            found = self._codecs[kind] = _FORMS.get(kind, Codec)(kind, self._tables.get(kind))
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Dictionary:
    """What both ends must share. Made by `read_dictionary`."""

    entries: Mapping[int, Entry]
    shapes: Shapes
    """What was read and written lately, so that the like of it goes faster."""

    def entry(self, number: int) -> Entry:
        """Raises unknown_registry_entry."""
        found = self.entries.get(number)
        if found is None:
            raise WrongShape("unknown_registry_entry", detail="an entry that the bundle does not have", step="V8")
        return found


def read_dictionary(contexts: JsonObject, tables: JsonObject) -> Dictionary:
    """`contexts` = {URL: document}, `tables` = {"entries": {id: [{"type", "table"}]}}. Raises bundle_refused."""
    listed = tables.get("entries")
    if not isinstance(listed, Mapping):
        raise _refused("tables without entries")
    pinned = Contexts(contexts)
    entries = {EMPTY_ENTRY: Entry(pinned, {})}
    for number, rows in listed.items():
        if not (number.isascii() and number.isdigit()) or number.startswith("0") or len(number) > 10:
            raise _refused("a registry entry that is no number")
        entries[int(number)] = Entry(pinned, _read_tables(rows))
    return Dictionary(entries=entries, shapes=Shapes())


def _read_tables(rows: JsonValue) -> dict[str, Table]:
    if not isinstance(rows, list):
        raise _refused("a registry entry that is no list")
    tables: dict[str, Table] = {}
    for row in rows:
        kind, table = (row.get("type"), row.get("table")) if isinstance(row, Mapping) else (None, None)
        if not isinstance(kind, str) or not isinstance(table, Mapping) or kind in tables or kind in _FORBIDDEN:
            raise _refused("a table of no known form")
        tables[kind] = _read_table(table)
    return tables


def _read_table(table: JsonObject) -> Table:
    numbers = {name: number for name, number in table.items() if type(number) is int and 0 <= number <= _LARGEST_ID}
    if len(numbers) != len(table) or len(set(numbers.values())) != len(table):
        raise _refused("a table id that is no number of its own")
    return numbers


def _refused(detail: str) -> Invalid:
    return Invalid("bundle_refused", detail=detail)
