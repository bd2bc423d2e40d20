"""Text -> QR symbol -> PNG and SVG (ISO/IEC 18004; FORMAT 1.2, 8): one alphanumeric segment, at the level asked for.

Two writers, one symbol: `qrcode` is the reference, zxing-cpp makes the same some twenty times faster. They may differ
in the mask, a choice that every reader undoes. Nothing is read here (`app/picture.py` does), and no text is cut here
(`frames.py`). This is the only file that imports a writer.
"""

import io
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final, Literal

import zxingcpp
from PIL import Image
from qrcode import QRCode, constants  # type: ignore[import-untyped]  # qrcode comes without types
from qrcode.util import MODE_ALPHA_NUM, QRData  # type: ignore[import-untyped]  # qrcode comes without types

from kernel.errors import Invalid

Level = Literal["L", "M", "Q", "H"]

QUIET_ZONE: Final = 4
"""Modules of white on each side."""

# fmt: off
CAPACITY: Final[dict[Level, tuple[int, ...]]] = {
    "L": (
        25, 47, 77, 114, 154, 195, 224, 279, 335, 395, 468, 535, 619, 667, 758, 854, 938, 1046, 1153, 1249,
        1352, 1460, 1588, 1704, 1853, 1990, 2132, 2223, 2369, 2520, 2677, 2840, 3009, 3183, 3351, 3537, 3729,
        3927, 4087, 4296,
    ),
    "M": (
        20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970, 1035,
        1134, 1248, 1326, 1451, 1542, 1637, 1732, 1839, 1994, 2113, 2238, 2369, 2506, 2632, 2780, 2894, 3054,
        3220, 3391,
    ),
    "Q": (
        16, 29, 47, 67, 87, 108, 125, 157, 189, 221, 259, 296, 352, 376, 426, 470, 531, 574, 644, 702, 742, 823,
        890, 963, 1041, 1094, 1172, 1263, 1322, 1429, 1499, 1618, 1700, 1787, 1867, 1966, 2071, 2181, 2298,
        2420,
    ),
    "H": (
        10, 20, 35, 50, 64, 84, 93, 122, 143, 174, 200, 227, 259, 283, 321, 365, 408, 452, 493, 557, 587, 640,
        672, 744, 779, 864, 910, 958, 1016, 1080, 1150, 1226, 1307, 1394, 1431, 1530, 1591, 1658, 1774, 1852,
    ),
}
# fmt: on
"""Alphanumeric characters that versions 1 to 40 hold at each level."""

_ALPHABET: Final = re.compile(r"[0-9A-Z $%*+\-./:]+", re.ASCII)
# From here on the fast writer may cut a segment of digits out, which would be another symbol.
_DIGITS: Final = re.compile(r"[0-9]{7}", re.ASCII)
_LEVELS: Final = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_DARK: Final = bytes((1, *bytes(255)))
_WHITE: Final = bytes((255, *bytes(255)))
_RUN: Final = re.compile(b"\x01+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Symbol:
    """A QR symbol without its quiet zone: `rows` of bytes, 1 = dark; as many rows as bytes in each."""

    rows: tuple[bytes, ...]
    version: int
    level: Level


def fits(chars: int, level: Level) -> int:
    """The lowest version that holds so many alphanumeric characters. Raises too_large_for_qr."""
    version = bisect_left(CAPACITY[level], chars) + 1
    if version > len(CAPACITY[level]):
        raise Invalid("too_large_for_qr", detail="more characters than any symbol holds")
    return version


def symbol(text: str, *, level: Level, version: int | None = None) -> Symbol:
    """The symbol by the reference writer, in the lowest version that holds it or in `version`.

    Raises too_large_for_qr, invalid_value (a character outside the alphanumeric mode, or no text).
    """
    version = _version(text, level, version)
    code = QRCode(version=version, error_correction=_LEVELS[level], border=0)
    code.add_data(QRData(text.encode("ascii"), mode=MODE_ALPHA_NUM), optimize=0)
    try:
        code.make(fit=False)
    except ValueError:  # qrcode 8.2 cannot divide a block of nothing but zero bytes
        return _by_fast_writer(text, level, version)
    return Symbol(rows=tuple(bytes(map(bool, row)) for row in code.modules), version=version, level=level)


def symbol_fast(text: str, *, level: Level, version: int | None = None) -> Symbol:
    """The same, mask apart, by the fast writer. Raises as `symbol`."""
    version = _version(text, level, version)
    if _DIGITS.search(text):
        return symbol(text, level=level, version=version)
    return _by_fast_writer(text, level, version)


def _by_fast_writer(text: str, level: Level, version: int) -> Symbol:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level, version=version)
    modules = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False)).tobytes().translate(_DARK)
    size = 17 + 4 * version
    rows = tuple(modules[at : at + size] for at in range(0, size * size, size))
    return Symbol(rows=rows, version=version, level=level)


def _version(text: str, level: Level, version: int | None) -> int:
    if not _ALPHABET.fullmatch(text):
        raise Invalid("invalid_value", detail="a character that would leave the alphanumeric mode")
    lowest = fits(len(text), level)
    if version is None:
        return lowest
    if not lowest <= version <= len(CAPACITY[level]):
        raise Invalid("too_large_for_qr", detail="more characters than that version holds")
    return version


def png(drawn: Symbol, scale: int) -> bytes:
    """Black on white, one bit a pixel, `scale` pixels a module, with the quiet zone; no metadata."""
    size = len(drawn.rows)
    picture = Image.new("1", (size + 2 * QUIET_ZONE,) * 2, 255)
    modules = Image.frombytes("L", (size, size), b"".join(drawn.rows).translate(_WHITE)).convert("1")
    picture.paste(modules, (QUIET_ZONE, QUIET_ZONE))
    out = io.BytesIO()
    picture.resize((picture.width * scale,) * 2, Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def svg(drawn: Symbol) -> str:
    """Black on white with the quiet zone, one unit a module: one path, a stroke for each run of dark modules."""
    side = len(drawn.rows) + 2 * QUIET_ZONE
    path = "".join(_strokes(y, row) for y, row in enumerate(drawn.rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )


def _strokes(y: int, row: bytes) -> str:
    """The row's runs of dark modules: an absolute move to the first, relative ones between."""
    parts: list[str] = []
    end = 0
    for run in _RUN.finditer(row):
        start = run.start()
        parts.append(f"m{start - end} 0" if parts else f"M{start + QUIET_ZONE} {y + QUIET_ZONE}.5")
        end = run.end()
        parts.append(f"h{end - start}")
    return "".join(parts)
