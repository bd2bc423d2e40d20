"""What a row is found by: its words, and the keyed index over them that is written with each promised chunk. Pure.

A row is named by its document's number and last four signs, the words of its name, its norm and its project. The index
holds keyed hashes alone, a few hundred bytes for each of 256 shelves a chunk, so a chunk costs 256 rows and not 28,000.
A hash that two words share only makes a candidate: whoever searches compares the row's own words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import orjson

from issuer.kinds import Kind, document, find, last_four
from issuer.rows import Wanted
from issuer.twins import is_row

WORD_BYTES: Final = 16
SHELVES: Final = 256
"""The first byte of a word's hash says on which shelf it stands."""
_TAG: Final = 4
_ENTRY: Final = 6
"""Bytes of an entry: four more of the hash, and two for the row's place in its chunk."""
_WORD: Final = re.compile(r"\w+")
_BETWEEN_FIGURES: Final = re.compile(r"(?<=\d)[.,\s-](?=\d)")
_JOINING: Final = frozenset(("de", "del", "la", "las", "los", "y"))

Hash = Callable[[str], bytes]


@lru_cache(maxsize=65_536)
def _folded(part: str) -> tuple[str, ...]:
    """The words in a part between blanks, without case and accents; names come again and again, so it is kept."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", part.casefold()) if not unicodedata.combining(sign))
    return tuple(word for word in _WORD.findall(plain) if len(word) > 1 and word not in _JOINING)


def words_of(text: str) -> list[str]:
    """The words of a text; joining words and single letters say nothing."""
    if text.isascii() and text.isdecimal():  # a number, of which few come twice
        return [text] if len(text) > 1 else []
    return [word for part in text.split() for word in _folded(part)]


def asked(text: str) -> frozenset[str]:
    """The words of what somebody typed; figures that are grouped by dots or blanks are one number."""
    return frozenset(words_of(_BETWEEN_FIGURES.sub("", text)))


def of_row(kind: Kind, payload: Sequence[Any]) -> frozenset[str]:
    """Everything that a row is found by."""
    number = document(kind, payload)
    words = set(words_of(number))
    words.update(*map(_folded, kind.name(payload).split()), words_of(last_four(number)))
    for place in kind.found_by:
        words.update(words_of(str(payload[place])))
    return frozenset(words)


def of_rows(family: str, rows: Iterable[Wanted]) -> Iterator[tuple[int, frozenset[str]]]:
    """Each row's place in the chunk with its words; a holder's copy is found by its origin."""
    kind = find(family)
    for place, row in enumerate(rows):
        if is_row(row):
            yield place, of_row(kind, orjson.loads(row.payload))


def shelve(rows: Iterable[tuple[int, frozenset[str]]], hash_: Hash) -> list[tuple[int, bytes]]:
    """(shelf, entries) of a chunk: for each word of each row its hash and the row's place in the chunk."""
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for place, words in rows:
        here = place.to_bytes(2)
        for word in words:
            found[word].append(here)
    shelves: list[list[bytes]] = [[] for _ in range(SHELVES)]
    for word, places in found.items():
        key = hash_(word)
        tag = key[1 : 1 + _TAG]
        shelves[key[0]].append(tag + tag.join(places))
    return [(shelf, b"".join(entries)) for shelf, entries in enumerate(shelves) if entries]


def places(entries: bytes, key: bytes) -> Iterator[int]:
    """The places in a chunk whose rows may have this word."""
    tag, at = key[1 : 1 + _TAG], -1
    while (at := entries.find(tag, at + 1)) >= 0:
        if at % _ENTRY == 0:
            yield int.from_bytes(entries[at + _TAG : at + _ENTRY])


def without(entries: bytes, places: Collection[int]) -> bytes:
    """The entries of a shelf without those of the rows at these places of the chunk, which are forgotten."""
    each = (entries[at : at + _ENTRY] for at in range(0, len(entries), _ENTRY))
    return b"".join(entry for entry in each if int.from_bytes(entry[_TAG:]) not in places)
