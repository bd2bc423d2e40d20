"""XML of a workbook as a stream of elements: no tree, no DTD, and a bound on depth, tags, tokens and texts (TRUST 11).

What the elements mean is the handler's. Names are local names: files differ in their prefixes.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from kernel.errors import Malformed

Attributes = dict[str, str]
_DEPTH: Final = 32
_TAGS: Final = 1 << 20
"""Tags beyond those of rows, cells and texts: they cost time and are kept nowhere, so nothing else would end them."""
_TOKEN: Final = 1 << 17
"""Bytes that may wait for the end of one tag: the parser keeps them and looks at them again with every block."""


class Handler:
    """What a part's elements do; `text` gathers while `gathers`, up to `most` characters (one more tells too long)."""

    gathers = False
    most = 0
    granted = 0
    """How many tags what was begun so far may have, beside those of the rest; what it counts has a bound of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def add(self, text: str) -> None:
        """A piece of text inside it."""
        room = self.most + 1 - self._size
        if self.gathers and room > 0:
            self._pieces.append(text[:room])
            self._size += len(text)

    def gathered(self) -> str:
        """The text since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return text


def feed(blocks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Give the handler what the blocks say, one block a step.

    Raises Malformed `cohort_not_workbook` for what is no XML or has a DTD, `book_too_big`.
    """
    depth = tags = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, tags
        depth += 1
        tags += 1
        if depth > _DEPTH:
            raise Malformed("book_too_big", detail="the workbook's XML is too deep")
        handler.start(name if ":" not in name else name.rpartition(":")[2], attributes)
        if tags > _TAGS + handler.granted:
            raise Malformed("book_too_big", detail="the workbook's XML has more tags than a cohort may")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name if ":" not in name else name.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.add
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        for block in blocks:
            parser.Parse(block, False)
            fed += len(block)
            if fed - parser.CurrentByteIndex > _TOKEN:
                raise Malformed("book_too_big", detail="a tag of the workbook's XML is too long")
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise Malformed("cohort_not_workbook", detail="a part of the workbook is no XML") from fault
    yield


def _refuse_doctype(*_: object) -> None:
    raise Malformed("cohort_not_workbook", detail="a part of the workbook has a document type")
