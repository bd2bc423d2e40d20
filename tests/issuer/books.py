"""Workbooks for tests: made by openpyxl as Excel would, or spoiled part by part. Nobody in them is real."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # has no types of its own

XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "xl/worksheets/sheet1.xml"


def book(rows: Sequence[Sequence[Any]], change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """A workbook of one sheet with these rows, changed further by `change`."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def spoiled(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one part changed; it must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        assert part in old.namelist()
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return out.getvalue()


def replaced(raw: bytes, part: str, old: bytes, by: bytes) -> bytes:
    """The same zip with these bytes of a part in the place of others; they must be there."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, by)

    return spoiled(raw, part, change)
