"""The rows in error of a checked file as a file to mend: the cells as they came, and before them what is wrong. Pure.

It is of the form and the encoding that the file had, so that what is brought back unmended is as wrong as it was: no
letter is guessed at, no cell runs (TRUST 11), no zero of a workbook is lost. What is wrong with a row is told by who
judged it; here nothing is judged.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import IO, BinaryIO, Final

from issuer.cohort_csv import CODECS
from issuer.cohort_file import Columns, Detected, FileBound
from issuer.cohort_reading import originals
from issuer.cohort_signs import harmless
from issuer.workbook_writing import write_workbook
from schemas.bounds import TABLE_COLUMNS

NOTES: Final = {
    "es": ("Puente: fila", "Puente: qué pasa", "Puente: cómo corregir"),
    "en": ("Puente: row", "Puente: what is wrong", "Puente: how to mend"),
}
"""The columns in front, which nobody reads when the file comes back."""
Told = tuple[str, str, str]
"""Of one row: its number as people know it, what is wrong, how to mend it."""


def write_wrong(
    source: BinaryIO,
    detected: Detected,
    columns: Columns,
    wrong: Mapping[int, Told],
    *,
    bound: FileBound,
    language: str,
    into: IO[bytes],
) -> None:
    """The header and the rows that are named by their count; a file of an officer's own bounds is read again.

    What is wrong is left out where there is no column left for it. Raises what the cohort reader raises.
    """
    head, read = originals(source, detected, bound=bound, columns=columns)
    former = next((len(notes) for notes in NOTES.values() if tuple(head[: len(notes)]) == notes), 0)
    has_notes = len(head) - former + len(NOTES[language]) <= TABLE_COLUMNS

    def rows() -> Iterator[list[str]]:
        yield [*(NOTES[language] if has_notes else ()), *map(harmless, head[former:])]
        with closing(read):
            for number, (_, cells, _) in enumerate(read, 1):
                if number in wrong:
                    yield [*(wrong[number] if has_notes else ()), *map(harmless, cells[former:])]

    write = _write_csv if detected.form == "csv" else _write_workbook
    write(rows, detected, into)


Rows = Callable[[], Iterator[list[str]]]


def _write_csv(rows: Rows, detected: Detected, into: IO[bytes]) -> None:
    """With its separator; as UTF-8 with its mark, which spreadsheets read, or in the Windows-1252 that it was in."""
    encoding = "cp1252" if detected.encoding == "windows-1252" else "utf-8"
    if encoding == "utf-8":
        into.write(b"\xef\xbb\xbf")
    line = io.StringIO()
    writer = csv.writer(line, delimiter=detected.separator or ",", lineterminator="\r\n")
    errors = CODECS[detected.encoding or "utf-8"][1]
    for row in rows():
        writer.writerow(row)
        into.write(line.getvalue().encode(encoding, errors))
        line.seek(0)
        line.truncate()


def _write_workbook(rows: Rows, _detected: Detected, into: IO[bytes]) -> None:
    write_workbook(rows(), columns=TABLE_COLUMNS, into=into)
