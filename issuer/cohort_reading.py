"""One way to read a cohort, whatever its form: detect it, then its rows. The forms have a file each.

What a row means is `issuer/cohort.py`'s.
"""

from typing import BinaryIO

from issuer.cohort_csv import csv_head, csv_lines, detect_csv
from issuer.cohort_file import (
    SECCL,
    UPLOAD,
    ZIP,
    Columns,
    Detected,
    Encoding,
    FileBound,
    Form,
    Lines,
    Separator,
    counted,
    survey,
)
from issuer.cohort_xlsx import detect_xlsx, xlsx_head, xlsx_lines, xlsx_originals
from issuer.marks import START, Mark, Marks
from issuer.workbook_zip import damaged


def detect(
    source: BinaryIO,
    *,
    bound: FileBound = UPLOAD,
    form: Form | None = None,
    encoding: Encoding | None = None,
    separator: Separator | None = None,
    columns: Columns = SECCL,
) -> Detected:
    """Read the whole file once. `form` is what its sender called it: what the bytes say must agree.

    Raises Malformed `file_empty`, `file_too_large`, `file_too_wide`, `file_too_many_rows`, `book_too_big`,
    `cohort_not_csv`, `cohort_not_workbook`, `cohort_encoding`; WrongShape `cohort_columns`, `column_repeated`.
    """
    sha256, size, first = survey(source, bound=bound)
    if form == "xlsx" and not first.startswith(ZIP):
        raise damaged()
    if form != "csv" and first.startswith(ZIP):
        return detect_xlsx(source, sha256=sha256, size=size, bound=bound, columns=columns)
    return detect_csv(
        source,
        sha256=sha256,
        size=size,
        first=first,
        bound=bound,
        encoding=encoding,
        separator=separator,
        columns=columns,
    )


def lines(
    source: BinaryIO,
    detected: Detected,
    *,
    bound: FileBound = UPLOAD,
    columns: Columns = SECCL,
    marks: Marks | None = None,
    start: Mark = START,
) -> Lines:
    """Each data row with its place, its cells as text, and what its form says of it. Raises as `detect`.

    What is read from its beginning may be marked, to be read from a mark another time.
    """
    if detected.form == "csv":
        return counted(csv_lines(source, detected, bound=bound, columns=columns, marks=marks, start=start), bound=bound)
    return counted(xlsx_lines(source, detected, bound=bound, columns=columns), bound=bound)


def originals(source: BinaryIO, detected: Detected, *, bound: FileBound, columns: Columns) -> tuple[list[str], Lines]:
    """The header's cells, and the rows as `lines` has them, to be written again. Raises as `detect`."""
    if detected.form == "csv":
        head = csv_head(source, detected, bound=bound)
        return head, csv_lines(source, detected, bound=bound, columns=columns, marks=None, start=START)
    return xlsx_head(source, bound=bound), xlsx_originals(source, detected, bound=bound, columns=columns)
