"""Rows of text as a workbook of Excel (ECMA-376 part 1): one sheet whose cells are text, also when they are typed anew.

What a number or a date would become is why: zeros stay, and no sign runs. What the rows are is their caller's.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Final
from xml.sax.saxutils import escape

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KINDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET: Final = "xl/worksheets/sheet1.xml"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
"""All but the sheet. Number format 49 is text (18.8.30)."""
_NOT_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WIDTH: Final = 22
"""Of a column, in characters."""


def write_workbook(rows: Iterable[Sequence[str]], *, columns: int, into: IO[bytes]) -> None:
    """The rows as one sheet, the first on top; a row at a time."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in _PARTS.items():
            book.writestr(name, _HEAD + part)
        with book.open(_SHEET, "w") as sheet:
            wide = f'<cols><col min="1" max="{columns}" width="{_WIDTH}" style="1" customWidth="1"/></cols>'
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{wide}<sheetData>'.encode())
            for number, row in enumerate(rows, 1):
                cells = "".join(_cell(at, number, text) for at, text in enumerate(row) if text)
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def _cell(at: int, row: int, text: str) -> str:
    """What XML cannot hold is written as a workbook writes it (22.9.2.19)."""
    tens, ones = divmod(at, 26)
    letters = (chr(64 + tens) if tens else "") + chr(65 + ones)
    plain = escape(_NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return f'<c r="{letters}{row}" s="1" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
