"""The camera's pictures: a browser that hides them has them drawn, and a cracked code is read all the same."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from tests.browser import planted
from tests.browser.site import Site
from tests.browser.steps import settle, verdict

pytestmark = pytest.mark.browser
DRAWN = """
globalThis.drawn = 0;
const draw = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...more) { drawn += 1; return draw.apply(this, more); };
"""
HIDDEN = "delete globalThis.VideoFrame;"
OPAQUE = "Object.defineProperty(VideoFrame.prototype, 'format', { get: () => null });"


@pytest.mark.parametrize(("browser_s_part", "is_drawn"), [("", False), (HIDDEN, True), (OPAQUE, True)])
def test_a_frame_is_drawn_only_where_the_browser_hides_it(
    site: Site,
    open_page: Callable[..., Page],
    launch: Callable[..., Browser],
    tmp_path: Path,
    browser_s_part: str,
    is_drawn: bool,
) -> None:
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(planted.paper(planted.clock())[0].texts))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = open_page(site, within=camera, permissions=["camera"])
        page.add_init_script(DRAWN + browser_s_part)
        settle(page, site).get_by_role("button", name="Usar la cámara", exact=True).click()
        assert verdict(page, 30_000) == "valid"
        assert page.evaluate("drawn > 0") is is_drawn
    finally:
        camera.close()


def cracked(picture: bytes, width: int) -> Image.Image:
    """A code on a table, with a crack of so many pixels across a finder square."""
    code = Image.open(io.BytesIO(picture)).convert("RGB")
    ImageDraw.Draw(code).line((60, 0, 40, 160), fill=(20, 20, 20), width=width)
    scene = Image.new("RGB", (1280, 720), (96, 90, 104))
    scene.paste(code, ((1280 - code.width) // 2, (720 - code.height) // 2))
    return scene


def test_a_code_behind_cracked_glass_is_read(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    """The crack runs across a finder square, and zxing by itself finds no code there."""
    picture = planted.picture(planted.paper(planted.clock())[0].texts[0], scale=8)
    scenes = (
        cracked(picture, width) for width in range(9, 14)
    )  # each day has another code, and another crack hides it
    scene = next(scene for scene in scenes if not zxingcpp.read_barcodes(scene))
    film = tmp_path / "camera.mjpeg"
    shot = io.BytesIO()
    scene.save(shot, "JPEG", quality=85)
    film.write_bytes(shot.getvalue() * 30)
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        page.get_by_role("button", name="Usar la cámara", exact=True).click()
        assert verdict(page, 30_000) == "valid"
    finally:
        camera.close()
