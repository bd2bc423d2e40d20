"""Workbooks as weapons: fourteen bombs, bytes changed at random, a row without end; and how much memory they take.

What hostile cells and lines do: `test_cohort_hostile.py`.
"""

import io
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from issuer.cohort_file import COLUMNS
from kernel.errors import Invalid
from tests.issuer.books import SHEET, book, replaced, spoiled
from tests.issuer.test_cohort import GOOD, read

CELLS: Final = GOOD.split(",")
AGAIN: Final = [*CELLS[:3], "000000100443", *CELLS[4:]]
STRINGS: Final = "xl/sharedStrings.xml"
SHARED: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
NOISE: Final = random.Random(1).randbytes(200_000)
END: Final = struct.Struct("<4s4H2LH")


def padded(raw: bytes) -> bytes:
    """With noise beside it, so that the ratio lets it through."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("xl/media/a.png", NOISE * 4)
    return out.getvalue()


def test_a_row_of_many_cells_ends_alone() -> None:
    wide = b'</row><row r="3">' + b"<c><v>1</v></c>" * 100_000 + b'</row><row r="4"'
    raw = replaced(book([COLUMNS, CELLS, [], AGAIN]), SHEET, b'</row><row r="4"', wide)
    good, bad, again = read(padded(raw))[1]
    assert (bad.line, bad.code, good.cells, again.cells) == (3, "COLUMN_COUNT", tuple(CELLS), tuple(AGAIN))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'<row r="3"', b'<row r="2"'), (b'<c r="B3"', b'<c r="A3"'), (b'<c r="B3"', b'<c r="?3"')],
)
def test_rows_and_cells_out_of_order_are_no_sheet(old: bytes, new: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        read(replaced(book([COLUMNS, CELLS, AGAIN]), SHEET, old, new))
    assert caught.value.code == "cohort_not_workbook"


def sheet(change: Callable[[bytes], bytes]) -> bytes:
    return spoiled(book([COLUMNS, CELLS]), SHEET, change)


def inside(more: bytes) -> bytes:
    return sheet(lambda content: content.replace(b"</sheetData>", more + b"</sheetData>"))


def patched(offset: int, value: int, size: str = "<H") -> bytes:
    """One field of the last entry of the zip's directory changed."""
    raw = bytearray(book([COLUMNS, CELLS]))
    struct.pack_into(size, raw, raw.rindex(b"PK\x01\x02") + offset, value)
    return bytes(raw)


def with_part(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO(book([COLUMNS, CELLS]))
    with zipfile.ZipFile(out, "a", method) as file:
        file.writestr(name, content)
    return out.getvalue()


def ended(count: int) -> bytes:
    """A zip that tells of so many entries."""
    return book([COLUMNS])[: -END.size] + END.pack(b"PK\5\6", 0, 0, count, count, 9, 9, 0)


def untold() -> bytes:
    """The zip's directory tells that a part inflates to 10 bytes."""
    raw = bytearray(inside(b"<row/>" * 1_000_000))
    at = raw.rindex(SHEET.encode()) - 46
    struct.pack_into("<L", raw, at + 24, 10)
    return bytes(raw)


def twice() -> bytes:
    raw = with_part("xl/worksheets/sheet9.xml", b"<a/>")
    return raw.replace(b"sheet9.xml", b"sheet1.xml")


def nested() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.xlsx", book([COLUMNS, CELLS]))
    return out.getvalue()


BOMBS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "deflated zeros": (lambda: with_part("xl/media/a.png", b"\0" * 4_000_000), "book_too_big"),
    "a long sheet": (lambda: inside(b"<row/>" * 1_000_000), "book_too_big"),
    "bzip2": (lambda: with_part("a", b"\0" * 100, zipfile.ZIP_BZIP2), "cohort_not_workbook"),
    "lzma": (lambda: with_part("a", b"\0" * 100, zipfile.ZIP_LZMA), "cohort_not_workbook"),
    "a password": (lambda: patched(8, 1), "cohort_not_workbook"),
    "a told size": (lambda: patched(24, 0x7FFFFFFF, "<L"), "book_too_big"),
    "a size that is not told": (untold, "cohort_not_workbook"),
    "overlapping parts": (lambda: patched(42, 0, "<L"), "cohort_not_workbook"),
    "many entries": (lambda: ended(5000), "book_too_big"),
    "the 64-bit form": (lambda: ended(0xFFFF), "cohort_not_workbook"),
    "entities": (lambda: sheet(lambda c: b'<!DOCTYPE a [<!ENTITY b "xx">]>' + c), "cohort_not_workbook"),
    "depth": (lambda: inside(b"<row>" * 100), "book_too_big"),
    "one tag": (lambda: inside(b'<row a="' + NOISE.hex().encode() + b'"/>'), "book_too_big"),
    "two of one name": (twice, "cohort_not_workbook"),
    "a workbook in a workbook": (nested, "cohort_not_workbook"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    make, code = BOMBS[name]
    with pytest.raises(Invalid) as caught:
        read(make())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("before", "tag"),
    [
        (b"<sheetData>", b'<col min="1" max="1"/>'),
        (b"</sheetData>", b"<x/>"),
        (b"</row></sheetData>", b"<c><v/></c>"),
        (b"</c></row></sheetData>", b"<v/>"),
    ],
)
def test_tags_without_end_that_are_kept_nowhere_are_refused(before: bytes, tag: bytes) -> None:
    raw = padded(sheet(lambda content: content.replace(before, tag * 1_100_000 + before)))
    with pytest.raises(Invalid, match="more tags") as caught:
        read(raw)
    assert caught.value.code == "book_too_big"


def outcome(raw: bytes) -> int | str:
    """How many rows came of it, or the code that it was refused with; whatever else it raises is our fault."""
    try:
        return len(read(raw)[1])
    except Invalid as fault:
        return fault.code


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_with_bytes_changed_is_read_or_refused(seed: int) -> None:
    chance, raw = random.Random(seed), book([COLUMNS, CELLS, AGAIN])
    for _ in range(60):
        changed = bytearray(raw)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(4, len(changed))] = chance.randrange(256)
        cut = bytes(changed[: chance.choice([len(changed), chance.randrange(5, len(changed))])])
        part = zipfile.ZipFile(io.BytesIO(raw)).read(SHEET)
        at = chance.randrange(len(part))
        inner = spoiled(raw, SHEET, lambda c, at=at: c[:at] + chance.randbytes(2) + c[at + 2 :])  # type: ignore[misc]
        for one in (cut, inner):
            assert outcome(one) in {
                0,
                1,
                2,
                3,
                "cohort_not_workbook",
                "book_too_big",
                "cohort_not_csv",
                "cohort_columns",
                "column_repeated",
            }


MEMORY: Final = """
import resource, sys
from tests.issuer.test_cohort import SETUP, detect, rows
with open(sys.argv[1], "rb") as file:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = sum(1 for _ in rows(file, detect(file), SETUP))
print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
"""Prints how many rows a file has, and by how many KiB the process grew while it read them."""


def texts(count: int, text: bytes = b"ab" * 500) -> bytes:
    """A workbook whose shared texts inflate to much."""
    relation = b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/></Relationships>' % SHARED
    raw = replaced(book([COLUMNS, CELLS]), "xl/_rels/workbook.xml.rels", b"</Relationships>", relation)
    with zipfile.ZipFile(out := io.BytesIO(raw), "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(STRINGS, b"<sst>" + (b"<si><t>" + text + b"</t></si>") * count + b"</sst>")
    return padded(out.getvalue())


def test_more_shared_texts_than_a_cohort_may_hold_are_refused() -> None:
    for raw in (texts(70_000), texts(4_000_001, b"")):
        with pytest.raises(Invalid) as caught:
            read(raw)
        assert caught.value.code == "book_too_big"


def lines() -> bytes:
    """A CSV of lines without end and of quotes that never close."""
    spoiled_lines = (b"x" * 3_000_000, b",x" * 1_500_000, b'"' * 3_000_000, b'b","\n' * 100_000)
    return b"\n".join([",".join(COLUMNS).encode(), *spoiled_lines])


def wide() -> bytes:
    more = b"<c><v>1</v></c>" * 500_000
    return padded(replaced(book([COLUMNS, CELLS]), SHEET, b"</row></sheetData>", more + b"</row></sheetData>"))


@pytest.mark.parametrize(("make", "rows"), [(lines, 100_003), (wide, 1), (lambda: texts(20_000), 1)])
def test_memory_is_bounded(tmp_path: Path, make: Callable[[], bytes], rows: int) -> None:
    file = tmp_path / "cohort"
    file.write_bytes(make())
    told = subprocess.run([sys.executable, "-c", MEMORY, file], capture_output=True, text=True, check=True)
    found, grown = (int(word) for word in told.stdout.split())
    assert found == rows
    assert grown < 48 * 1024
