"""Signs in cells that want a look: what a spreadsheet would run, what nobody sees, letters that look alike. Pure.

Two looks from afar, over a row and over a block of lines, find whatever needs the close one. They may send a sound row
to it and never pass one by that it would mend or refuse. (DOMAIN section 11, rule 4; A40)
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from schemas.typed import UNSEEN

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS: Final = "'"
"""What such a cell is written back with, so that nothing runs it (TRUST 11); it comes in as wrong as it was."""
_UNDECODED: Final = re.compile("[\ud800-\udfff]")
"""Bytes that are no letter of the file's encoding, and halves of letters."""
_BEYOND_LATIN: Final = re.compile("[\u0370-\u1dff]")
# Looks over the joined row that find whatever needs the careful path: signs, spaces, letters that may not be NFC.
_SIGNS: Final = "<>{}[]|\\^~$%*#="
"""Of those that many papers have in Latin-1 too: no name has one."""
_ODD: Final = re.compile(f"[{re.escape(_SIGNS)}\x00-\x1e\x7f-\xa0\u00ad\u0300-\U0010ffff]")
_ROUNDED: Final = re.compile(r"[0-9]+(?:[Ee][+-]|[.,][0-9]+[Ee][+-]?)[0-9]+")
"""A number as a spreadsheet shows it when it has no room: the last digits are lost, also in a CSV that it wrote. Its
power has a sign or a part behind the point, which tells it from a passport's letter E."""
_SHEET_ERROR: Final = re.compile(r"#(?:[¡¿]?[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ0-9/_]*[!?]?|#+)")
_NO_NAME: Final = frozenset(
    ("null", "n/a", "n/d", "s/d", "nan", "undefined", "vacío", "(vacío)", "sin", "dato", "datos", "nombre", "apellido")
) | frozenset(("total", "falso", "verdadero"))
_SHORT: Final = 24
"""Letters of a name under which it may be some of those words."""
_LOST_STARTS: Final = "0123456789#"
_LETTER: Final = re.compile(r"[^\W\d_]")
_PICTURES: Final = frozenset(("So", "Sm", "Sc", "Co", "Cn"))
"""Emoji, signs of mathematics and money, and what is no character yet."""
_EDGE: Final = "\n"
_ODD_BYTES: Final = bytes({*range(0x20), *range(0x7F, 0xA1), 0xAD, *_SIGNS.encode()} - {ord(_EDGE)})
_ODD_EDGES: Final = ("  ", " \n", "\n ", "\n-", "\n+", "\n=", "\n@", "\n'")


def is_plain(block: str, separator: str) -> bool:
    """Whether no cell of whole lines without quotes is odd: as `is_odd` of each row, for a tenth of its cost."""
    framed = f"{_EDGE}{block}{_EDGE}".replace("\r\n", _EDGE).replace(separator, _EDGE)
    try:
        raw = framed.encode("latin-1")
    except UnicodeEncodeError:  # letters that may not be NFC, or of another alphabet
        return False
    return len(raw.translate(None, _ODD_BYTES)) == len(raw) and not any(edge in framed for edge in _ODD_EDGES)


def is_odd(cells: Sequence[str], most: int) -> bool:
    """Whether cells want a look at each: a sign, a space or a letter may be wrong, or one have more bytes."""
    joined = "\x1f".join(cells)
    framed = f"\x1f{joined}\x1f"
    # Searches for two signs each are faster than one expression with as many branches.
    return (
        len(joined) * 4 > most  # a character takes at most four bytes
        or _ODD.search(framed) is not None
        or "  " in framed
        or " \x1f" in framed
        or "\x1f " in framed
        or "\x1f-" in framed
        or "\x1f+" in framed
        or "\x1f=" in framed
        or "\x1f@" in framed
        or "\x1f'" in framed
        or framed.count("\x1f") != len(cells) + 1
    )


def odd_cell(cells: Sequence[str], most: int) -> tuple[str, int] | None:
    """A cell of more bytes, one a spreadsheet would run, or one with signs that nobody sees: its code and place."""
    for column, cell in enumerate(cells):
        if len(cell.encode("utf-8", "surrogatepass")) > most:
            return "CELL_TOO_LONG", column
        if _UNDECODED.search(cell):
            return "ENCODING_MIXED", column
        if cell.startswith(_FORMULA) or cell.strip().removeprefix(_HARMLESS).startswith(_FORMULA):
            return "FORMULA_INJECTION", column
        if UNSEEN.search(cell.strip()):
            return "CONTROL_CHARACTER", column
    return None


def is_sheet_error(cell: str) -> bool:
    """Whether a cell holds what a spreadsheet writes where it lost a value (#N/D, #¡REF!) or had no room (#####)."""
    return cell.startswith("#") and _SHEET_ERROR.fullmatch(cell) is not None


def lost(cell: str) -> str | None:
    """The code of a cell whose value a spreadsheet rounded, or wrote its error in the place of; else None."""
    if cell[:1] not in _LOST_STARTS or cell.isdecimal():
        return None
    if _ROUNDED.fullmatch(cell):
        return "NUMBER_ROUNDED"
    return "SHEET_ERROR" if is_sheet_error(cell) else None


def document_fault(document: str) -> str | None:
    """The code of a document that no person has: lost by a spreadsheet, or without a digit but zero; else None.

    What many share (`0000`, `NULL`, `FALSO`) is nobody's, and a pass would say it of each of them.
    """
    if document.isdecimal():
        return None if document.strip("0") else "DOCUMENT_MISSING"
    if fault := lost(document):
        return fault
    return None if any(sign.isdigit() and sign != "0" for sign in document) else "DOCUMENT_MISSING"


def is_no_name(name: str) -> bool:
    """Whether a whole name has no letter, or only what a table writes where it has none.

    One such word beside others may be a surname.
    """
    return _LETTER.search(name) is None or (len(name) < _SHORT and set(name.casefold().split()) <= _NO_NAME)


def harmless(cell: str) -> str:
    """As a cell is written back for a spreadsheet; one that has its apostrophe stays."""
    return f"{_HARMLESS}{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def name_warnings(name: str) -> tuple[str, ...]:
    """What a person should look at in a name that issues, wherever it came from; it may be a name all the same."""
    done = (("MIXED_SCRIPT", _is_mixed(name)), ("NAME_SIGNS", _has_signs(name)))
    return tuple(word for word, was in done if was)


def _is_mixed(name: str) -> bool:
    """Whether a name has letters of two alphabets that look alike (A40)."""
    return _BEYOND_LATIN.search(name) is not None and any("A" <= c <= "z" for c in name if c.isalpha())


def _has_signs(name: str) -> bool:
    """Whether a name has pictures, signs of mathematics or of programs."""
    return any(sign in _SIGNS or unicodedata.category(sign) in _PICTURES for sign in name)
