"""A cohort as CSV: bytes -> encoding, separator, header, cells. A row that cannot be read is told, and the next one is.

No cell of SECCL's goes over a line, so a quote that does not close harms its own line alone. A byte that is no letter
of the file's encoding makes its row a fault and is never guessed at. (DOMAIN section 11, rule 1; A26) Which encoding
that is: `issuer/cohort_encoding.py`.
"""

import codecs
import csv
import io
import re
from collections import deque
from itertools import takewhile
from typing import BinaryIO, Final, NamedTuple, get_args

from issuer.cohort_encoding import CUT, UTF16, encoding_of, may_be_mixed, told_mixed
from issuer.cohort_file import (
    PLAIN,
    Columns,
    Detected,
    Encoding,
    Ending,
    FileBound,
    Lines,
    Remark,
    Separator,
    fitted,
    match,
)
from issuer.cohort_signs import is_plain
from issuer.marks import Mark, Marks
from kernel.errors import Malformed

_BINARY: Final = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite")
_LONE: Final = re.compile("[\ud800-\udfff]")
CODECS: Final[dict[Encoding, tuple[str, str]]] = {
    "utf-8": ("utf-8-sig", "surrogateescape"),
    "windows-1252": ("cp1252", "surrogateescape"),
    "utf-16": ("utf-16", "surrogatepass"),
}
_AT_ONCE: Final = 1 << 16
"""Characters of a block; shorter than what the reader of CSV takes as one cell."""
_QUOTED_LINES: Final = 8
"""Lines that one row may take at most: what keeps quotes that never close from being read again and again."""


def detect_csv(
    source: BinaryIO,
    *,
    sha256: bytes,
    size: int,
    first: bytes,
    bound: FileBound,
    encoding: Encoding | None,
    separator: Separator | None,
    columns: Columns,
) -> Detected:
    """Its encoding, separator and header. Raises `cohort_not_csv`, `cohort_encoding`, and what `match` raises."""
    if first.startswith(_BINARY):
        raise Malformed("cohort_not_csv", detail="the file is a workbook, a picture or an archive, no CSV")
    encoding = encoding or encoding_of(source, first, size)
    head = _first_line(source, encoding, bound=bound)
    found, cells = _separator(head, separator, columns)
    ending: Ending = "CRLF" if head.endswith("\r\n") else "CR" if head.endswith("\r") else "LF"
    return Detected(
        form="csv",
        sha256=sha256,
        size=size,
        encoding=encoding,
        bom=first.startswith((codecs.BOM_UTF8, *UTF16)),
        separator=found,
        line_ending=ending,
        order=match(cells, bound=bound, columns=columns),
        width=len(cells) - sum(1 for _ in takewhile(lambda cell: not cell.strip(), reversed(cells))),
    )


def csv_head(source: BinaryIO, detected: Detected, *, bound: FileBound) -> list[str]:
    """Its first line, cell by cell. Raises as `detect_csv`."""
    head = _first_line(source, detected.encoding or "utf-8", bound=bound)
    return next(csv.reader([head], delimiter=detected.separator or ","), [])[: detected.width]


def csv_lines(
    source: BinaryIO, detected: Detected, *, bound: FileBound, columns: Columns, marks: Marks | None, start: Mark
) -> Lines:
    """Each data row from `start` on, its cells untouched; lines that are blank, or separators alone, are none.

    Raises `file_too_many_rows`.
    """
    rows = _rows(source, detected, bound=bound, marks=marks, start=start)
    return told_mixed(rows, detected, columns) if detected.encoding == "windows-1252" else rows


def _rows(source: BinaryIO, detected: Detected, *, bound: FileBound, marks: Marks | None, start: Mark) -> Lines:
    text = _text(source, detected.encoding or "utf-8")
    separator, width = detected.separator or ",", detected.width
    feed = _Feed(text, detected, bound, marks, start)
    reader = csv.reader(feed, delimiter=separator, strict=True)
    try:
        if not start.at:
            next(reader)
        while True:
            if (plain := feed.plain_block()) is not None:
                lines, remark = plain
                for line, cells in enumerate(csv.reader(lines, delimiter=separator, strict=True), feed.pass_by(lines)):
                    if any(cells):
                        yield line, cells if len(cells) <= width else fitted(cells, width), remark
                continue
            feed.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _Overlong as long:
                yield feed.at(), _cut(long.text, detected), Remark(code="ROW_TOO_LONG")
            except (csv.Error, _StillOpen):
                feed.give_back()
                yield feed.at(), [feed.taken[0].text.rstrip("\r\n")], Remark(code="QUOTES_OPEN")
            else:
                if any(cells):
                    yield feed.at(), fitted(cells, width), None
    except UnicodeDecodeError as fault:
        raise Malformed("cohort_encoding", detail=CUT) from fault
    finally:
        text.detach()


class _Overlong(Exception):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _StillOpen(Exception):
    """One row has taken more lines than a row may."""


class _Physical(NamedTuple):
    number: int
    text: str
    is_cut: bool


class _Feed:
    """Physical lines for the CSV reader, bounded; remembers what the row at hand took, so that it can be given back."""

    def __init__(
        self, text: io.TextIOWrapper, detected: Detected, bound: FileBound, marks: Marks | None, start: Mark
    ) -> None:
        self._text = text
        if start.at:
            text.seek(int(start.at, 16))
        self._marks = marks
        self._separator, self._encoding = detected.separator or ",", detected.encoding
        self._cell = bound.cell
        self._limit = bound.line
        self._most = 2 * bound.rows + 2  # blank lines count here
        self._number = start.line
        self._joined = 0
        self._again: deque[_Physical] = deque()
        self.taken: list[_Physical] = []

    def at(self) -> int:
        """The number of the row at hand, which ends here: a cell of several lines is one row."""
        number = self.taken[0].number - self._joined
        self._joined += len(self.taken) - 1
        return number

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        if len(self.taken) > (1 if line.is_cut else _QUOTED_LINES):
            raise _StillOpen
        if line.is_cut:
            raise _Overlong(line.text)
        return line.text

    def give_back(self) -> None:
        """All lines but the row's first will be read again."""
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def plain_block(self) -> tuple[list[str], Remark | None] | None:
        """The next lines without their ends, where each is surely a row, and PLAIN where each is that too; or None.

        A look at a whole block costs a tenth of one at each line, and nearly all blocks are plain.
        """
        if self._again:
            return None
        if self._marks is not None:
            self._marks.offer(self._number - self._joined, self._text.tell)
        block = self._text.read(_AT_ONCE)
        block += self._text.readline(self._limit)
        lines = block.split("\n")
        if not lines[-1]:
            lines.pop()
        longest = max(map(len, lines), default=self._limit)
        if (
            '"' not in block
            and block.count("\r") == block.count("\r\n")
            and longest < min(self._limit, _AT_ONCE)
            and self._number + len(lines) <= self._most
        ):
            # A character takes at most four bytes, so short lines have no cell that is too long.
            is_short = longest * 4 <= self._cell
            return lines, PLAIN if is_short and self._is_plain(block) else None
        self._again.extend(map(self._physical, io.StringIO(block, newline="")))
        return None

    def _is_plain(self, block: str) -> bool:
        return is_plain(block, self._separator) and not may_be_mixed(block, self._encoding)

    def pass_by(self, lines: list[str]) -> int:
        """Count them as read; gives the number of the first."""
        first = self._number + 1 - self._joined
        self._number += len(lines)
        return first

    def _read(self) -> _Physical:
        line = self._text.readline(self._limit)
        if not line:
            raise StopIteration
        return self._physical(line)

    def _physical(self, line: str) -> _Physical:
        self._number += 1
        if self._number > self._most:
            raise Malformed("file_too_many_rows", detail="more lines than a cohort may have")
        is_cut = len(line) >= self._limit and not line[: self._limit].endswith(("\n", "\r"))
        if is_cut and not line.endswith(("\n", "\r")):
            while (rest := self._text.readline(self._limit)) and not rest.endswith(("\n", "\r")):
                pass
        return _Physical(self._number, line[: self._limit], is_cut)


def _cut(text: str, detected: Detected) -> list[str]:
    """As many cells of a line that was cut as it has, so that the one that is too long can be named."""
    cells = next(csv.reader([text], delimiter=detected.separator or ","), [])
    return cells + [""] * (detected.width - len(cells))


def _text(source: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    source.seek(0)
    name, errors = CODECS[encoding]
    return io.TextIOWrapper(source, encoding=name, errors=errors, newline="")


def _first_line(source: BinaryIO, encoding: Encoding, *, bound: FileBound) -> str:
    """The header, which must hold: letters of the encoding, no zeros, no longer than a line may be."""
    text = _text(source, encoding)
    try:
        head = text.readline(bound.line)
    except UnicodeError as fault:
        raise Malformed("cohort_encoding", detail="the file is not in the encoding that was chosen") from fault
    finally:
        text.detach()
    if len(head) >= bound.line:
        raise Malformed("file_too_wide", detail="the header is longer than a cohort's may be")
    if "\0" in head:
        raise Malformed("cohort_not_csv", detail="the header holds binary zeros: it is no CSV")
    if _LONE.search(head):
        raise Malformed("cohort_encoding", detail="the header is not in the file's encoding")
    return head


def _separator(head: str, said: Separator | None, columns: Columns) -> tuple[Separator, list[str]]:
    """The separator that makes most of our columns out of the header; none does: no CSV of SECCL."""
    best: tuple[int, Separator, list[str]] | None = None
    for candidate in (said,) if said is not None else get_args(Separator):
        try:
            cells = next(csv.reader([head], delimiter=candidate, strict=True), [])
        except csv.Error:
            continue
        known = columns.find(cells)
        if best is None or known > best[0]:
            best = known, candidate, cells
    if best is None or best[0] == 0:
        raise Malformed("cohort_not_csv", detail="the first line has none of the columns of such a file")
    return best[1], best[2]
