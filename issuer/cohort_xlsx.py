"""A cohort as a workbook of Excel: its header, and its rows as the text that a CSV would have held.

What a sheet did to the data is told by row and never mended: a formula, a number that a date was made of, a document
that became a number. The workbook itself is read by `issuer/workbook.py`. (DOMAIN section 11, rules 3, 7, 9; A26)
"""

from typing import BinaryIO, Final

from issuer.cohort_file import TOO_WIDE, Columns, Detected, FileBound, Lines, Remark, match
from issuer.workbook import has_merged_cells, open_workbook
from issuer.workbook_rows import Cell, Kind, SheetRow, sheet_rows
from kernel.errors import Malformed

_FAULTS: Final[dict[Kind, str]] = {
    "formula": "FORMULA_CELL",
    "other": "CELL_KIND",
    "rounded": "NUMBER_ROUNDED",
    "date": "CELL_BECAME_DATE",
}


def detect_xlsx(source: BinaryIO, *, sha256: bytes, size: int, bound: FileBound, columns: Columns) -> Detected:
    """Its first visible sheet's header, and what else the book holds.

    Raises Malformed `cohort_not_workbook`, `file_empty`, `file_too_wide`, `book_too_big`, and what `cohort_file.match`
    raises.
    """
    book = open_workbook(source, bound=bound)
    head = next(sheet_rows(book, bound=bound), SheetRow(number=0, is_hidden=False))
    if not head.number:
        raise Malformed("file_empty", detail="the first visible sheet holds nothing")
    if head.is_wide:
        raise Malformed("file_too_wide", detail=TOO_WIDE)
    names = [cell.text if cell.kind == "text" else "" for cell in head.cells]
    if not columns.find(names):
        raise Malformed("cohort_not_csv", detail="the first row has none of the columns of such a file")
    notes = (
        ("OTHER_SHEETS", book.has_other_sheets),
        ("HIDDEN_SHEETS", book.has_hidden_sheets),
        ("MERGED_CELLS", has_merged_cells(book.parts.blocks(book.sheet))),
    )
    return Detected(
        form="xlsx",
        sha256=sha256,
        size=size,
        order=match(names, bound=bound, columns=columns),
        width=len(names),
        notes=tuple(word for word, is_so in notes if is_so),
    )


def xlsx_lines(source: BinaryIO, detected: Detected, *, bound: FileBound, columns: Columns) -> Lines:
    """Each row below the header that holds something. Raises what `open_workbook` and `sheet_rows` raise."""
    rows = sheet_rows(open_workbook(source, bound=bound), bound=bound)
    next(rows)
    for row in rows:
        cells = [cell.text for cell in row.cells]
        if row.is_wide or len(cells) > detected.width:
            yield row.number, cells, Remark(code="COLUMN_COUNT")
            continue
        cells.extend([""] * (detected.width - len(cells)))
        yield row.number, cells, _remark(row, detected.order, columns)


def xlsx_head(source: BinaryIO, *, bound: FileBound) -> list[str]:
    """The header, cell by cell. Raises what `open_workbook` and `sheet_rows` raise."""
    head = next(sheet_rows(open_workbook(source, bound=bound), bound=bound), SheetRow(number=0, is_hidden=False))
    return [cell.text for cell in head.cells]


def xlsx_originals(source: BinaryIO, detected: Detected, *, bound: FileBound, columns: Columns) -> Lines:
    """As `xlsx_lines`, to be written as text: a cell of ours that the sheet spoiled begins with an equals sign, so that
    nobody can bring it back as it is."""
    days = {detected.order[column] for column in columns.dates}
    rows = sheet_rows(open_workbook(source, bound=bound), bound=bound)
    next(rows)
    for row in rows:
        told = (
            (cell, at in detected.order and not (cell.kind == "date" and at in days))
            for at, cell in enumerate(row.cells)
        )
        yield (
            row.number,
            [f"={cell.text}" if is_ours and cell.kind in _FAULTS else cell.text for cell, is_ours in told],
            None,
        )


def _remark(row: SheetRow, order: tuple[int, ...], columns: Columns) -> Remark | None:
    """The first fault of our columns, or what an officer should look at."""
    warnings = ["HIDDEN_ROW"] if row.is_hidden else []
    for column, at in enumerate(order):
        cell: Cell = row.cells[at] if 0 <= at < len(row.cells) else Cell("text", "")
        if cell.kind in {"text", "padded"} or (cell.kind == "date" and column in columns.dates):
            continue
        fault = _FAULTS.get(cell.kind)
        if fault is not None:
            return Remark(code=fault, column=columns.names[column][0])
        if column == columns.document:
            warnings.append("DOCUMENT_WAS_NUMBER")
    return Remark(warnings=tuple(warnings)) if warnings else None
