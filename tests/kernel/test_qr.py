"""QR symbols: capacities, both writers against a third one, and pictures that read back (FORMAT 8)."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import qrcode  # type: ignore[import-untyped]  # qrcode comes without types
import segno
import segno.consts
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode.constants import (  # type: ignore[import-untyped]  # qrcode comes without types
    ERROR_CORRECT_H,
    ERROR_CORRECT_L,
    ERROR_CORRECT_M,
    ERROR_CORRECT_Q,
)
from qrcode.util import MODE_ALPHA_NUM, QRData  # type: ignore[import-untyped]  # qrcode comes without types

from kernel import qr
from kernel.errors import PuenteError

FOLDER = Path(__file__).resolve().parent.parent / "vectors" / "format"
VECTORS: list[Any] = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("p0*.json"))]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVELS: tuple[qr.Level, ...] = ("L", "M", "Q", "H")

_BITS: Any = segno.consts.SYMBOL_CAPACITY

PUBLISHED = {
    9: (335, 262, 189, 143), 10: (395, 311, 221, 174), 11: (468, 366, 259, 200), 12: (535, 419, 296, 227),
    13: (619, 483, 352, 259), 14: (667, 528, 376, 283), 15: (758, 600, 426, 321), 16: (854, 656, 470, 365),
    17: (938, 734, 531, 408), 18: (1046, 816, 574, 452), 20: (1249, 970, 702, 557), 21: (1352, 1035, 742, 587),
}  # fmt: skip
"""FORMAT 8.1."""


def masks_of(text: str, level: str, version: int) -> list[tuple[bytes, ...]]:
    """The symbol with each of the eight masks, by a writer that the project uses for nothing else.

    Where the terminator ends on a byte, segno 1.6.6 pads a byte of zeros too many (ISO/IEC 18004 7.4.10): there the
    other two writers must agree with each other.
    """
    bits = 4 + (9 if version < 10 else 11 if version < 27 else 13) + len(text) // 2 * 11 + len(text) % 2 * 6
    if bits % 8 == 4:
        return [_by_qrcode(text, level, version, mask) for mask in range(8)]
    options: Any = {"mode": "alphanumeric", "boost_error": False, "micro": False}
    made = [segno.make(text, version=version, error=level, mask=mask, **options) for mask in range(8)]
    return [tuple(bytes(row) for row in each.matrix) for each in made]


def _by_qrcode(text: str, level: str, version: int, mask: int) -> tuple[bytes, ...]:
    errors = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
    code = qrcode.QRCode(version=version, error_correction=errors[level], border=0, mask_pattern=mask)
    code.add_data(QRData(text.encode(), mode=MODE_ALPHA_NUM), optimize=0)
    code.make(fit=False)
    return tuple(bytes(map(bool, row)) for row in code.modules)


def test_capacity_is_the_published_one() -> None:
    for version, row in PUBLISHED.items():
        assert tuple(qr.CAPACITY[level][version - 1] for level in LEVELS) == row


@pytest.mark.parametrize("level", LEVELS)
def test_capacity_follows_from_the_bits_of_each_version(level: qr.Level) -> None:
    error = {"L": segno.consts.ERROR_LEVEL_L, "M": segno.consts.ERROR_LEVEL_M,
             "Q": segno.consts.ERROR_LEVEL_Q, "H": segno.consts.ERROR_LEVEL_H}[level]  # fmt: skip
    for version in range(1, 41):
        bits = _BITS[version][error] - 4 - (9 if version < 10 else 11 if version < 27 else 13)
        assert qr.CAPACITY[level][version - 1] == bits // 11 * 2 + (bits % 11 >= 6)


@pytest.mark.parametrize("level", LEVELS)
def test_fits_is_the_lowest_version(level: qr.Level) -> None:
    for version in range(1, 41):
        assert qr.fits(qr.CAPACITY[level][version - 1], level) == version
    with pytest.raises(PuenteError) as caught:
        qr.fits(qr.CAPACITY[level][-1] + 1, level)
    assert caught.value.code == "too_large_for_qr"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vectors_take_the_published_versions(vector: Any) -> None:
    for level in LEVELS[:3]:
        assert qr.fits(len(vector["qr_text"]), level) == vector["sizes"]["qrVersion"][level]


@pytest.mark.parametrize("vector", VECTORS[:3], ids=lambda vector: vector["id"])
def test_both_writers_make_the_symbol_of_a_third(vector: Any) -> None:
    text = vector["qr_text"]
    version = qr.fits(len(text), "M")
    known = masks_of(text, "M", version)
    for made in (qr.symbol(text, level="M"), qr.symbol_fast(text, level="M")):
        assert (made.version, made.level, len(made.rows)) == (version, "M", 17 + 4 * version)
        assert made.rows in known


@settings(max_examples=25, deadline=None)
@given(
    text=st.text(alphabet=ALPHABET, min_size=1, max_size=60),
    digits=st.text(alphabet="0123456789", max_size=20),
    level=st.sampled_from(LEVELS),
)
def test_the_fast_writer_makes_the_same_but_for_the_mask(text: str, digits: str, level: qr.Level) -> None:
    for whole in ("VC1-R" + text + digits, "VC1-R" + digits + text):
        made = qr.symbol_fast(whole, level=level)
        assert made.rows in masks_of(whole, level, made.version)


@pytest.mark.parametrize("write", [qr.symbol, qr.symbol_fast])
def test_refuses_what_is_not_alphanumeric_or_too_long(write: Any) -> None:
    for text in ("", "vc1", "VC1-RÑ", "VC1-R\n", "٣"):
        with pytest.raises(PuenteError) as caught:
            write(text, level="M")
        assert caught.value.code == "invalid_value"
    for text, version in (("A" * 4297, None), ("A" * 420, 12)):
        with pytest.raises(PuenteError) as caught:
            write(text, level="M", version=version)
        assert caught.value.code == "too_large_for_qr"
    assert write("A" * 4296, level="L").version == 40
    assert write("A", level="H", version=5).version == 5


@pytest.mark.parametrize("level", LEVELS)
def test_draws_a_text_whose_blocks_are_zero(level: qr.Level) -> None:
    drawn = qr.symbol("VC1-R" + "0" * 345, level=level)  # the reference writer fails on such a block
    picture = Image.open(io.BytesIO(qr.png(drawn, 3)))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == ["VC1-R" + "0" * 345]


@pytest.mark.parametrize("scale", [2, 5])
def test_png_reads_back_and_is_small(scale: int) -> None:
    for vector in VECTORS:
        drawn = qr.symbol_fast(vector["qr_text"], level="M")
        raw = qr.png(drawn, scale)
        picture = Image.open(io.BytesIO(raw))
        assert (picture.mode, picture.info) == ("1", {})
        assert picture.size == ((len(drawn.rows) + 8) * scale,) * 2
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [vector["qr_text"]]
        assert len(raw) < 6000
        assert raw == qr.png(drawn, scale)


def test_svg_draws_exactly_the_dark_modules() -> None:
    drawn = qr.symbol("VC1-R0OR*W3", level="Q")
    text = qr.svg(drawn)
    side = len(drawn.rows) + 8
    assert f'viewBox="0 0 {side} {side}"' in text
    path = re.search(r'<path stroke="#000" d="([^"]+)"', text)
    assert path is not None
    dark = set()
    for line in path[1].split("M")[1:]:
        moves = re.fullmatch(r"(\d+) (\d+)\.5((?:h\d+|m\d+ 0)+)", line)
        assert moves is not None
        x, y = int(moves[1]), int(moves[2])
        for command in re.findall(r"h\d+|m\d+", moves[3]):
            width = int(command[1:])
            if command[0] == "h":
                dark |= {(x + step, y) for step in range(width)}
            x += width
    assert dark == {(x + 4, y + 4) for y, row in enumerate(drawn.rows) for x, module in enumerate(row) if module}
