"""The child process of `picture.py`: one picture on standard input, the QR texts in it as JSON on standard output.

It imports nothing of ours, so that it starts fast and holds nothing worth stealing. Memory and time are limited before
the first byte is decoded; the parent believes only what has the form of an answer. Not for anybody else.
"""

import io
import json
import resource
import signal
import sys

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")


def main() -> None:
    """`argv` = memory in bytes, seconds, pixels. Writes {"texts": […]} or {"code": …}."""
    memory, seconds, pixels = (int(value) for value in sys.argv[1:4])
    warm_up(pixels)
    raw = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)  # its default action ends the process even in the middle of a decoder
    try:
        answer: dict[str, object] = {"texts": read(raw, pixels)}
    except MemoryError:
        answer = {"code": "limits_exceeded"}
    except TooLargeError:
        answer = {"code": "limits_exceeded"}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, ZeroDivisionError, IndexError):
        answer = {"code": "picture_unreadable"}  # what Pillow's decoders raise on damaged files
    sys.stdout.write(json.dumps(answer))


def warm_up(pixels: int) -> None:
    """Reads one pixel of each format: Pillow imports decoders when it meets them, and later no file can be opened."""
    exif = Image.Exif()
    exif[0x0112] = 6
    for kind in FORMATS:
        out = io.BytesIO()
        options = {"exif": exif} if kind in {"JPEG", "PNG", "WEBP"} else {}
        Image.new("RGB", (1, 1)).save(out, kind, **options)
        read(out.getvalue(), pixels)


class TooLargeError(Exception):
    """More pixels in the header than may be decoded."""


def read(raw: bytes, pixels: int) -> list[str]:
    """The texts of the first frame, as one reads a page: rows from the top, each from the left."""
    Image.MAX_IMAGE_PIXELS = None  # Pillow's own guard only warns; ours refuses
    with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
        if picture.width * picture.height > pixels:
            raise TooLargeError
        found = zxingcpp.read_barcodes(
            grey(picture),
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            text_mode=zxingcpp.TextMode.Plain,
        )
    return [code.text for code in as_read(found)]


def grey(picture: Image.Image) -> Image.Image:
    """As seen upright on white paper."""
    upright = ImageOps.exif_transpose(picture)
    if "A" in upright.getbands() or "transparency" in upright.info:
        seen = upright.convert("LA")
        paper = Image.new("L", seen.size, 255)
        paper.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
        return paper
    return upright.convert("L")


def as_read(found: list[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    """Rows from the top, each from the left; what starts within half a symbol's height is one row."""
    rows: list[list[zxingcpp.Barcode]] = []
    for code in sorted(found, key=top):
        if rows and top(code) - top(rows[-1][0]) < height(rows[-1][0]) / 2:
            rows[-1].append(code)
        else:
            rows.append([code])
    return [code for row in rows for code in sorted(row, key=left)]


def top(code: zxingcpp.Barcode) -> int:
    return min(y for _, y in corners(code))


def left(code: zxingcpp.Barcode) -> int:
    return min(x for x, _ in corners(code))


def height(code: zxingcpp.Barcode) -> int:
    return max(y for _, y in corners(code)) - top(code)


def corners(code: zxingcpp.Barcode) -> list[tuple[int, int]]:
    place = code.position
    return [(at.x, at.y) for at in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]


if __name__ == "__main__":
    main()
