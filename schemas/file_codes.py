"""The codes of a file of rows that cannot be taken: what happened, with the bound where one was passed, what to do.

Rows of `schemas/problem_codes.py`, in the order of its columns. The bounds are those that readers check
(`schemas/bounds.py`), and none is typed again here.
"""

from typing import Final

from schemas.bounds import (
    CORRECTION_ROWS,
    CSV,
    CSV_OPERATOR,
    CSV_OPERATOR_ROWS,
    CSV_ROWS,
    MIB,
    TABLE_CELL,
    TABLE_COLUMNS,
    XLSX,
    XLSX_RATIO,
    XLSX_ROWS,
    XLSX_STRINGS,
    Limit,
)

_UNKEPT_ES: Final = "No se guardó nada de él."
_UNKEPT_EN: Final = "Nothing of it was kept."


def _es(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _mib(limit: Limit) -> int:
    return limit.size // MIB


_INFLATED: Final = (XLSX.out or 0) // MIB
# fmt: off
FILES: Final[tuple[tuple[str, ...], ...]] = (
    ("file_empty", f"El archivo no trae nada, ni encabezado. {_UNKEPT_ES}",
     "Expórtelo otra vez y mire que no pese 0. De un libro se lee la primera hoja que se ve.",
     f"The file holds nothing, not even a header. {_UNKEPT_EN}",
     "Export it again and see that its size is not 0. Of a workbook the first visible sheet is read.", "DOMAIN 11"),
    ("file_no_rows", f"El archivo trae el encabezado y ninguna fila debajo. {_UNKEPT_ES}",
     "Expórtelo otra vez con sus filas. De un libro se lee la primera hoja que se ve.",
     f"The file has its header and no row below it. {_UNKEPT_EN}",
     "Export it again with its rows. Of a workbook the first visible sheet is read.", "DOMAIN 11"),
    ("file_too_large", f"El archivo pesa más de lo que se recibe: {_mib(CSV)} MiB si es CSV, {_mib(XLSX)} MiB si es un "
     f"libro. {_UNKEPT_ES}",
     f"Divídalo, cada parte con el encabezado. Por la línea de comandos se recibe un CSV de {_mib(CSV_OPERATOR)} MiB.",
     f"The file is larger than what is taken: {_mib(CSV)} MiB of a CSV, {_mib(XLSX)} MiB of a workbook. {_UNKEPT_EN}",
     f"Split it, each part with the header. The command line takes a CSV of {_mib(CSV_OPERATOR)} MiB.", "TRUST 11"),
    ("file_too_many_rows", f"El archivo tiene más filas de las que se reciben: {_es(CSV_ROWS)}, y con las vacías el "
     f"doble. {_UNKEPT_ES}", "Divídalo, cada parte con el encabezado. Por la línea de comandos se reciben "
     f"{_es(CSV_OPERATOR_ROWS)}.",
     f"The file has more rows than are taken: {CSV_ROWS:,}, and twice as many with blank ones. {_UNKEPT_EN}",
     f"Split it, each part with the header. The command line takes {CSV_OPERATOR_ROWS:,}.", "TRUST 11"),
    ("file_too_wide", f"El encabezado tiene más de {TABLE_COLUMNS} columnas, o es más largo que {TABLE_COLUMNS} "
     f"celdas de {_es(TABLE_CELL.size)} bytes. {_UNKEPT_ES}",
     "Deje las columnas de ese tipo y quite las demás, también las que están a la derecha y parecen vacías.",
     f"The header has more than {TABLE_COLUMNS} columns, or is longer than {TABLE_COLUMNS} cells of "
     f"{TABLE_CELL.size:,} bytes. {_UNKEPT_EN}",
     "Keep that type's columns and remove the others, also those at the right that seem empty.", "TRUST 11"),
    ("book_too_big", f"El libro trae adentro más de lo que se abre: {_INFLATED} MiB en total, {XLSX_RATIO} veces "
     f"lo que pesa, {_mib(XLSX_STRINGS)} MiB de textos o {_es(XLSX_ROWS)} filas. {_UNKEPT_ES}",
     "Pegue las filas como valores en un libro nuevo, sin imágenes, o guárdelas como CSV.",
     f"The workbook holds more than is opened: {_INFLATED} MiB in all, {XLSX_RATIO} times its size, "
     f"{_mib(XLSX_STRINGS)} MiB of texts or {XLSX_ROWS:,} rows. {_UNKEPT_EN}",
     "Paste the rows as values into a new workbook without pictures, or save them as CSV.", "TRUST 11"),
    ("correction_too_long", f"La corrección emitiría más filas de las que caben en una: {_es(CORRECTION_ROWS)}. "
     f"{_UNKEPT_ES}", "Divídala, cada parte con el encabezado.",
     f"The correction would issue more rows than one may: {CORRECTION_ROWS:,}. {_UNKEPT_EN}",
     "Split it, each part with the header.", "TRUST 11"),
    ("cohort_not_csv", f"El archivo no es una tabla con las columnas de ese tipo. {_UNKEPT_ES}",
     "La primera fila debe ser la de los nombres de las columnas: quite títulos, o «sep=;», si los hay encima. Si no la"
     " trae, expórtelo otra vez como CSV o .xlsx.",
     f"The file is not a table with that type's columns. {_UNKEPT_EN}",
     "The first row must be that of the columns' names: remove titles, or \"sep=;\", if they stand above it. If it has"
     " none, export it again as CSV or .xlsx.", "DOMAIN 11"),
    ("cohort_not_workbook", f"El libro no se puede leer. {_UNKEPT_ES}", "Guárdelo otra vez como .xlsx, sin contraseña.",
     f"The workbook cannot be read. {_UNKEPT_EN}", "Save it again as .xlsx, without a password.", "ECMA-376"),
    ("cohort_encoding", f"No reconozco la codificación del archivo. {_UNKEPT_ES}", "Guárdelo como UTF-8.",
     f"I do not recognise the file's encoding. {_UNKEPT_EN}", "Save it as UTF-8.", "DOMAIN 11"),
    ("cohort_columns", f"Falta una columna. {_UNKEPT_ES}", "Compare la primera fila con las columnas de ese tipo.",
     f"A column is missing. {_UNKEPT_EN}", "Compare the first row with that type's columns.", "DOMAIN 11"),
    ("column_repeated", f"Una columna está dos veces, y no sé cuál vale. {_UNKEPT_ES}",
     "Quite la que sobra, o póngale otro nombre.",
     f"A column is there twice, and I do not know which one counts. {_UNKEPT_EN}",
     "Remove the one too many, or give it another name.", "DOMAIN 11"),
)
