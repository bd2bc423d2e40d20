"""The words for rows of an import: UPPER_CASE code -> what to say, how to mend it, Spanish first (DOMAIN section 11).

These are never problem codes of the API (those are snake_case, `schemas/codes.py`). No sentence holds a value of a row.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class RowWord:
    """One code: the sentence and how to mend it. `{n}` is the number of another row."""

    es: str
    en: str
    mend_es: str = ""
    mend_en: str = ""


ERRORS: Final[dict[str, RowWord]] = {
    "COLUMN_COUNT": RowWord(
        es="La fila tiene más o menos celdas que el encabezado.",
        en="The row has more or fewer cells than the header.",
        mend_es="Revise separadores y comillas de esta fila.",
        mend_en="Check the separators and quotes of this row.",
    ),
    "QUOTES_OPEN": RowWord(
        es="Las comillas de esta fila no cierran.",
        en="The quotes of this row do not close.",
        mend_es="Quite las comillas sueltas de esta fila.",
        mend_en="Remove the loose quotes of this row.",
    ),
    "ROW_TOO_LONG": RowWord(
        es="La fila es más larga de lo permitido.",
        en="The row is longer than allowed.",
        mend_es="Revise separadores y textos de esta fila.",
        mend_en="Check the separators and texts of this row.",
    ),
    "ENCODING_MIXED": RowWord(
        es="La celda tiene letras de otra codificación.",
        en="The cell holds letters of another encoding.",
        mend_es="Escriba la celda otra vez y guarde el archivo como UTF-8.",
        mend_en="Type the cell again and save the file as UTF-8.",
    ),
    "FORMULA_CELL": RowWord(
        es="La celda es una fórmula.",
        en="The cell is a formula.",
        mend_es="Copie la columna y péguela como valores.",
        mend_en="Copy the column and paste it as values.",
    ),
    "CELL_KIND": RowWord(
        es="La celda no es texto, número ni fecha.",
        en="The cell is no text, number or date.",
        mend_es="Escriba la celda otra vez como texto.",
        mend_en="Type the cell again as text.",
    ),
    "CELL_BECAME_DATE": RowWord(
        es="La hoja convirtió esta celda en una fecha.",
        en="The sheet turned this cell into a date.",
        mend_es="Dele formato de texto y escríbala otra vez.",
        mend_en="Format it as text and type it again.",
    ),
    "NUMBER_ROUNDED": RowWord(
        es="El número tiene más cifras de las que guarda una hoja.",
        en="The number has more digits than a sheet keeps.",
        mend_es="Dele formato de texto y escríbalo otra vez completo.",
        mend_en="Format it as text and type it again in full.",
    ),
    "SHEET_ERROR": RowWord(
        es="La celda trae un error de la hoja de cálculo y no el dato.",
        en="The cell holds an error of the spreadsheet and not its value.",
        mend_es="Copie el dato otra vez del sistema de origen.",
        mend_en="Copy the value again from the source system.",
    ),
    "NOBODYS_ROW": RowWord(
        es="La fila no tiene norma, documento ni nombre: parece un total o una nota.",
        en="The row has no norm, document or name: it looks like a total or a note.",
        mend_es="Si no es de una persona, bórrela.",
        mend_en="If it is nobody's, delete it.",
    ),
    "CELL_TOO_LONG": RowWord(
        es="La celda es más larga de lo permitido.",
        en="The cell is longer than allowed.",
        mend_es="Acorte la celda a menos de 1024 bytes.",
        mend_en="Shorten the cell to less than 1024 bytes.",
    ),
    "FORMULA_INJECTION": RowWord(
        es="La celda empieza con un signo que una hoja de cálculo ejecutaría.",
        en="The cell begins with a sign that a spreadsheet would execute.",
        mend_es="Quite el signo inicial en el sistema de origen y exporte otra vez.",
        mend_en="Remove the leading sign in the source system and export again.",
    ),
    "CONTROL_CHARACTER": RowWord(
        es="La celda tiene caracteres que no se ven.",
        en="The cell holds invisible characters.",
        mend_es="Escriba la celda otra vez a mano.",
        mend_en="Type the cell again by hand.",
    ),
    "NORM_CODE_FORMAT": RowWord(
        es="El código de norma debe tener nueve dígitos y empezar por 2.",
        en="The norm code must have nine digits and begin with 2.",
        mend_es="Copie el código de la ficha de la norma.",
        mend_en="Copy the code from the norm's sheet.",
    ),
    "NORM_VERSION_UNKNOWN": RowWord(
        es="No se eligió la versión de esta norma para el lote.",
        en="The version of this norm was not chosen for the batch.",
        mend_es="Agregue la versión de la norma en la preparación del lote.",
        mend_en="Add the norm's version in the set-up of the batch.",
    ),
    "DOCUMENT_MISSING": RowWord(
        es="Falta el documento.",
        en="The document is missing.",
        mend_es="Complete el número de documento.",
        mend_en="Fill in the document number.",
    ),
    "NAME_MISSING": RowWord(
        es="Faltan el nombre y los apellidos.",
        en="Name and surnames are missing.",
        mend_es="Complete al menos uno de los dos.",
        mend_en="Fill in at least one of them.",
    ),
    "NAME_TOO_LONG": RowWord(
        es="El nombre completo pasa de 80 bytes y no cabe en el código.",
        en="The full name is over 80 bytes and does not fit in the code.",
        mend_es="Acuerde con la persona cómo abreviarlo; nunca se recorta solo.",
        mend_en="Agree with the person how to shorten it; it is never cut by itself.",
    ),
    "JUDGEMENT_UNKNOWN": RowWord(
        es="El juicio debe ser 0, 1, 2, 3 o 4.",
        en="The judgement must be 0, 1, 2, 3 or 4.",
        mend_es="Corrija el juicio en el sistema de origen.",
        mend_en="Correct the judgement in the source system.",
    ),
    "DATE_FORMAT": RowWord(
        es="Esa fecha no existe, o no está escrita como 28/09/2025.",
        en="That date does not exist, or is not written as 28/09/2025.",
        mend_es="Use un día del calendario: día, mes y año de cuatro cifras, separados por barras.",
        mend_en="Use a day of the calendar: day, month and a year of four digits, separated by slashes.",
    ),
    "DATE_IN_FUTURE": RowWord(
        es="La fecha del juicio es de después de la fecha de revisión.",
        en="The judgement date is after the date of the check.",
        mend_es="Corrija la fecha del juicio, o elija otra fecha de revisión.",
        mend_en="Correct the judgement date, or choose another date of the check.",
    ),
    "VALUE_MISSING": RowWord(
        es="Falta el dato de esta columna.",
        en="The value of this column is missing.",
        mend_es="Complete la celda.",
        mend_en="Fill in the cell.",
    ),
    "VALUE_UNKNOWN": RowWord(
        es="El dato no es uno de los de esta columna.",
        en="The value is not one of this column's.",
        mend_es="Escriba uno de los códigos de la tabla de este tipo.",
        mend_en="Type one of the codes of this type's table.",
    ),
    "NUMBER_FORMAT": RowWord(
        es="Aquí va un número entero, sin puntos ni decimales.",
        en="A whole number goes here, without dots or decimals.",
        mend_es="Escriba solo cifras.",
        mend_en="Type figures only.",
    ),
    "DUPLICATE_ROW": RowWord(
        es="Esta fila repite la fila {n}.",
        en="This row repeats row {n}.",
        mend_es="Borre una de las dos.",
        mend_en="Delete one of the two.",
    ),
}

SKIPS: Final[dict[str, RowWord]] = {
    "not_evaluated": RowWord(es="Sin evaluar: no se emite.", en="Not evaluated: nothing is issued."),
    "not_yet_competent": RowWord(es="Aún no competente: no se emite.", en="Not yet competent: nothing is issued."),
    "already_issued": RowWord(es="Ya se emitió antes: no se repite.", en="Issued before: it is not repeated."),
}

WARNINGS: Final[dict[str, RowWord]] = {
    "TRIMMED": RowWord(es="Se quitaron espacios sobrantes.", en="Extra spaces were removed."),
    "NORMALISED": RowWord(es="Se unieron las tildes a su letra.", en="Accents were joined to their letters."),
    "DOCUMENT_PATTERN": RowWord(
        es="El número no se parece a los de este tipo de documento.",
        en="The number does not look like one of this document type.",
    ),
    "MIXED_SCRIPT": RowWord(
        es="El nombre mezcla letras de alfabetos que se confunden.",
        en="The name mixes letters of alphabets that look alike.",
        mend_es="Compare con el documento y escriba el nombre otra vez, con un solo teclado.",
        mend_en="Compare with the document and type the name again, with one keyboard.",
    ),
    "NAME_SIGNS": RowWord(
        es="El nombre tiene signos que no son de un nombre.",
        en="The name has signs that are none of a name.",
        mend_es="Compare con el documento y escriba el nombre otra vez.",
        mend_en="Compare with the document and type the name again.",
    ),
    "DOCUMENT_WAS_NUMBER": RowWord(
        es="El documento vino como número: si empezaba por cero, lo perdió.",
        en="The document came as a number: a leading zero is lost.",
        mend_es="Compare con el documento. Si falta un cero, escríbalo como texto.",
        mend_en="Compare with the document. If a zero is missing, type it as text.",
    ),
    "HIDDEN_ROW": RowWord(
        es="La fila está oculta en la hoja, y también se lee.",
        en="The row is hidden in the sheet, and is read too.",
    ),
    "OTHER_SHEETS": RowWord(
        es="El libro tiene más hojas: solo se lee la primera.",
        en="The workbook has more sheets: only the first is read.",
    ),
    "HIDDEN_SHEETS": RowWord(
        es="El libro tiene hojas ocultas, que no se leen.",
        en="The workbook has hidden sheets, which are not read.",
    ),
    "MERGED_CELLS": RowWord(
        es="La hoja tiene celdas combinadas: solo la primera de cada grupo trae el dato.",
        en="The sheet has merged cells: only the first of each group holds the value.",
    ),
    "LOST_ZEROS": RowWord(
        es="¿Se perdieron ceros? Muchos documentos son más cortos de lo usual.",
        en="Were zeros lost? Many documents are shorter than usual.",
    ),
}
