"""Pictures: what is in them is read in the order of the page; the too large, damaged or hostile are refused in time."""

import io
import json
import struct
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from app.picture import PictureReader, read_picture
from kernel import qr
from kernel.errors import Malformed

FOLDER = Path(__file__).resolve().parent.parent / "vectors" / "format"
TEXTS = [json.loads(path.read_text(encoding="utf-8"))["qr_text"] for path in sorted(FOLDER.glob("p0*.json"))]
READER = PictureReader()


def drawn(text: str, scale: int = 4) -> Image.Image:
    return Image.open(io.BytesIO(qr.png(qr.symbol_fast(text, level="M"), scale))).convert("L")


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def page() -> Image.Image:
    paper = Image.new("L", (1500, 1100), 210)
    for text, place in zip(
        (TEXTS[3], TEXTS[0], TEXTS[1], TEXTS[2]), ((800, 60), (60, 30), (60, 560), (800, 520)), strict=True
    ):
        paper.paste(drawn(text), place)
    return paper


def code(raw: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        READER.texts(raw)
    return caught.value.code


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("JPEG", {"quality": 80}), ("WEBP", {}), ("GIF", {})])
def test_reads_a_page_from_the_top_and_the_left(kind: str, options: dict[str, object]) -> None:
    assert READER.texts(saved(page(), kind, **options)) == (TEXTS[0], TEXTS[3], TEXTS[1], TEXTS[2])


def test_reads_a_phone_s_photo_that_is_turned_in_its_exif() -> None:
    turned = page().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90 degrees clockwise
    assert READER.texts(saved(turned, "JPEG", exif=exif)) == (TEXTS[0], TEXTS[3], TEXTS[1], TEXTS[2])


def test_our_own_pictures_are_read_alike_in_this_process() -> None:
    assert read_picture(saved(page())) == READER.texts(saved(page()))


def test_reads_black_on_nothing_and_slightly_blurred() -> None:
    clear = drawn(TEXTS[0], 5)
    alpha = Image.new("LA", clear.size)
    alpha.putalpha(clear.point(lambda value: 255 - value))
    assert READER.texts(saved(alpha)) == (TEXTS[0],)
    assert READER.texts(saved(clear.filter(ImageFilter.GaussianBlur(1.2)), "JPEG")) == (TEXTS[0],)


def test_hands_over_the_text_untouched() -> None:
    for text in ("VC1-R A ", " ", "HTTPS://EXAMPLE.ORG/%20"):
        assert READER.texts(saved(drawn(text, 8))) == (text,)


def test_a_picture_without_a_code_gives_nothing() -> None:
    assert READER.texts(saved(Image.new("L", (300, 200), 120))) == ()


def test_only_the_first_frame_is_read() -> None:
    first, second = drawn(TEXTS[0]), drawn(TEXTS[2])
    assert READER.texts(saved(first, "GIF", save_all=True, append_images=[second])) == (TEXTS[0],)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"%PDF-1.7", saved(page())[:400], b"\xff\xd8\xff" + bytes(5000)])
def test_refuses_what_is_no_picture(raw: bytes) -> None:
    assert code(raw) == "picture_unreadable"


def test_refuses_what_is_not_read_here() -> None:
    assert code(saved(Image.new("L", (50, 50)), "TIFF")) == "picture_unreadable"
    assert code(saved(Image.new("L", (50, 50)), "PPM")) == "picture_unreadable"


def bomb(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header claims so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body or zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def test_the_bounds_hold_before_anything_is_decoded() -> None:
    assert code(bytes(8 * 1024 * 1024 + 1)) == "limits_exceeded"
    assert code(bomb(5001, 5000)) == "limits_exceeded"
    assert code(bomb(2**31 - 1, 2**31 - 1)) == "limits_exceeded"
    assert code(bomb(5000, 5000)) == "picture_unreadable"  # just within: then it is decoded, and found empty


def test_a_bomb_within_the_pixels_is_read_in_time() -> None:
    started = time.monotonic()
    assert READER.texts(bomb(5000, 5000, zlib.compress(bytes(5001) * 5000, 9))) == ()
    assert time.monotonic() - started < 18


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.integers(0, 1500), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_picture_ends_in_texts_or_a_refusal(at: int, junk: bytes) -> None:
    raw = bytearray(saved(drawn(TEXTS[0]), "JPEG"))
    raw[at : at + len(junk)] = junk
    try:
        assert READER.texts(bytes(raw)) in {(), (TEXTS[0],)}
    except Malformed as fault:
        assert fault.code in {"picture_unreadable", "limits_exceeded"}  # noqa: PT017 (either end is right)
