"""A workbook of Excel (ECMA-376 part 1, section 18): its first visible sheet as rows of typed cells, a block at a time.

No tree and no library's workbook: openpyxl keeps whole rows and all texts (34 kB of zip took 485 MiB). Formulas are
never evaluated and links never followed. What the cells mean to a cohort is `issuer/cohort_xlsx.py`'s.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from issuer.cohort_file import FileBound
from issuer.workbook_xml import Attributes, Handler, feed
from issuer.workbook_zip import Parts, damaged
from kernel.errors import Malformed
from schemas.bounds import XLSX_STRINGS

_SOME: Final = 1 << 16
"""Sheets, relationships, number formats: Excel itself writes no more of a kind (65,490 formats)."""
_TAGS_OF_A_TEXT: Final = 2
"""Itself and its one run."""
_BUILT_IN_DATES: Final = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
_TEXT_IN_FORMAT: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MERGED: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?mergeCell[\s/>]")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Styles:
    """What number formats say of the cells that wear them, by the style's number."""

    dates: frozenset[int]
    zeros: dict[int, int]
    """Formats of nothing but zeros: how many digits the sheet shows at least."""


class Strings:
    """The shared texts as one run of UTF-8: an object each would cost five times as much."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("I", [0])

    def add(self, text: str) -> None:
        """Raises Malformed `book_too_big`."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))
        if len(self._bytes) > XLSX_STRINGS.size or len(self._ends) > (XLSX_STRINGS.count or 0):
            raise Malformed("book_too_big", detail="the workbook holds more text than a cohort may")

    def get(self, at: str) -> str | None:
        """The text that a cell names by its number, or None."""
        if not at.isascii() or not at.isdigit() or len(at) > 9 or int(at) + 1 >= len(self._ends):
            return None
        return self._bytes[self._ends[int(at)] : self._ends[int(at) + 1]].decode("utf-8", "surrogatepass")


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbook:
    """What is known before a row is read. `sheet` is the part of the sheet that is read."""

    parts: Parts
    sheet: str
    strings: Strings
    styles: Styles
    is_1904: bool
    has_other_sheets: bool
    has_hidden_sheets: bool


def open_workbook(source: BinaryIO, *, bound: FileBound) -> Workbook:
    """Raises Malformed `cohort_not_workbook`, `book_too_big`."""
    parts = Parts(source, bound=bound)
    main = next((target for kind, _, target in _relations(parts, "") if kind == "officeDocument"), None)
    if main is None:
        raise damaged()
    book = _Book()
    _read(parts.blocks(main), book)
    related = list(_relations(parts, main))
    visible = [id_ for id_, is_hidden in book.sheets if not is_hidden]
    sheet = next((target for _, id_, target in related if visible and id_ == visible[0]), None)
    if sheet is None or sheet not in parts:
        raise damaged()
    texts = next((target for kind, _, target in related if kind == "sharedStrings" and target in parts), None)
    looks = next((target for kind, _, target in related if kind == "styles" and target in parts), None)
    strings, styles = _Texts(bound.cell), _Looks()
    for part, handler in ((texts, strings), (looks, styles)):
        if part is not None:
            _read(parts.blocks(part), handler)
    return Workbook(
        parts=parts,
        sheet=sheet,
        strings=strings.strings,
        styles=styles.styles(),
        is_1904=book.is_1904,
        has_other_sheets=len(visible) > 1,
        has_hidden_sheets=len(visible) < len(book.sheets),
    )


def has_merged_cells(blocks: Iterable[bytes]) -> bool:
    """Whether a sheet's bytes tell of merged cells; reads them all, and so counts them."""
    found, tail = False, b""
    for block in blocks:
        found = found or _MERGED.search(tail + block) is not None
        tail = block[-64:]
    return found


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes what XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _read(blocks: Iterator[bytes], handler: Handler) -> None:
    for _ in feed(blocks, handler):
        pass


class _Book(Handler):
    """workbook.xml: its sheets in order, and which day is day 0."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and len(self.sheets) < _SOME:
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((id_, attributes.get("state", "visible") != "visible"))


class _Relations(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External" and len(self.found) < _SOME:
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((kind, attributes.get("Id", ""), attributes.get("Target", "")))


def _relations(parts: Parts, part: str) -> Iterator[tuple[str, str, str]]:
    """(kind, id, part) of what a part points to; "" is the package itself. Nothing outside the zip is looked at."""
    folder, _, name = part.rpartition("/")
    handler = _Relations()
    _read(parts.blocks(f"{folder}/_rels/{name}.rels".lstrip("/")), handler)
    for kind, id_, target in handler.found:
        yield kind, id_, target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/")


class _Texts(Handler):
    """sharedStrings.xml: runs of one text are joined, how it is to be pronounced is left out."""

    def __init__(self, cell: int) -> None:
        super().__init__()
        self.most = cell
        self.strings = Strings()
        self._is_said = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - the handler's shape
        if name == "si":
            self.granted += _TAGS_OF_A_TEXT
        elif name == "rPh":
            self._is_said = True
        elif name == "t":
            self.gathers = not self._is_said

    def end(self, name: str) -> None:
        if name == "t":
            self.gathers = False
        elif name == "rPh":
            self._is_said = False
        elif name == "si":
            self.strings.add(unescaped(self.gathered()))


class _Looks(Handler):
    """styles.xml: which of the cells' styles show a date, and which show zeros in front."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[str, str] = {}
        self._styles: list[str] = []
        self._is_cell = False

    def start(self, name: str, attributes: Attributes) -> None:
        if max(len(self._formats), len(self._styles)) >= _SOME:
            raise Malformed("book_too_big", detail="the workbook holds more formats than a cohort may")
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:256]
        elif name == "cellXfs":
            self._is_cell = True
        elif name == "xf" and self._is_cell:
            self._styles.append(attributes.get("numFmtId", "0")[:8])

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cell = False

    def styles(self) -> Styles:
        dates, zeros = set(), {}
        for number, id_ in enumerate(self._styles):
            written = self._formats.get(id_)
            if _shows_date(id_, written):
                dates.add(number)
            elif written is not None and not written.strip("0"):
                zeros[number] = len(written)
        return Styles(dates=frozenset(dates), zeros=zeros)


def _shows_date(id_: str, written: str | None) -> bool:
    """By its number where Excel knows it, else by a day or a year in the first part of what is written."""
    if written is None:
        return id_.isdigit() and int(id_) in _BUILT_IN_DATES
    return re.search("[dy]", _TEXT_IN_FORMAT.sub("", written.lower()).partition(";")[0]) is not None
