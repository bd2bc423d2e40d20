"""The list in the verifier's page: told quietly when it comes, passed from phone to phone, never silently old."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from registry.build import Published
from tests import worlds
from tests.browser import planted
from tests.browser.conftest import violations
from tests.browser.site import Site
from tests.browser.steps import check, scan, settle, verdict

pytestmark = pytest.mark.browser

HELD = 91_000
LIST = "https://norma.example/s/1"


@pytest.fixture
def two() -> tuple[Published, Published]:
    """A list, and the one of six hours later in which one more place is revoked."""
    now = planted.clock()
    plan = planted.plan(now, age=timedelta(hours=7))
    first = worlds.pack(plan)
    later = replace(plan, signed_at=now - timedelta(hours=1), bits={**plan.bits, LIST: [planted.REVOKED, HELD]})
    return first, worlds.follow(first, later)


@pytest.fixture
def site(pages: Path, two: tuple[Published, Published]) -> Site:
    return Site({"verifier": pages, "bundle": planted.served(two[0])})


def held() -> str:
    return worlds.text(planted.competence(planted.clock(), index=HELD))


def codes_shown(page: Page) -> list[str]:
    """What a camera reads of the codes that take turns on this page, until it has seen each; whole on a small phone."""
    page.get_by_role("button", name="Pasar la lista").click()
    as_large = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_role("button", name="Mostrar los códigos").click()
    picture = page.get_by_role("img", name="Códigos de la actualización")
    expect(picture).to_be_in_viewport(ratio=1)
    assert as_large is not None
    page.set_viewport_size(as_large)
    found: set[str] = set()
    until = time.monotonic() + 60
    while len(found) == 0 or len(found) < int(min(found)[11]):
        assert time.monotonic() < until, f"{len(found)} codes"
        found |= {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))}
    return sorted(found)


def test_one_phone_shows_the_list_and_another_takes_it_in_with_its_camera(
    site: Site,
    two: tuple[Published, Published],
    open_page: Callable[..., Page],
    launch: Callable[..., Browser],
    tmp_path: Path,
) -> None:
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(["NOTHING YET"]))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        here = settle(open_page(site, within=camera, permissions=["camera"]), site)
        there = settle(open_page(site), site)
        site.rooms["bundle"] = planted.served(two[1])
        there.get_by_role("button", name="Actualizar").click()
        there.get_by_text("versión 8").first.wait_for()
        site.stop()
        assert check(here, held()) == "valid"
        here.get_by_role("button", name="Volver al inicio").click()
        frames = codes_shown(there)
        film.write_bytes(planted.video(frames))
        here.get_by_role("button", name="Pasar la lista").click()
        here.get_by_role("button", name="Leer los códigos de otro teléfono").click()
        here.get_by_text("Listo. Este teléfono ya tiene la versión 8.").wait_for(timeout=60_000)
        here.get_by_role("button", name="Inicio", exact=True).click()
        assert check(here, held()) == "revoked"
    finally:
        assert violations(here) == []
        camera.close()


def test_a_scanner_takes_the_list_in_wherever_it_reads(
    site: Site, two: tuple[Published, Published], open_page: Callable[..., Page]
) -> None:
    here, there = settle(open_page(site), site), settle(open_page(site), site)
    site.rooms["bundle"] = planted.served(two[1])
    there.get_by_role("button", name="Actualizar").click()
    there.get_by_text("versión 8").first.wait_for()
    site.stop()
    for frame in codes_shown(there):
        scan(here, frame)
    here.get_by_text("Listo. Este teléfono ya tiene la versión 8.").wait_for()
    scan(here, held())
    assert verdict(here) == "revoked"


def test_a_newer_list_comes_by_itself_and_is_told_quietly(
    site: Site, two: tuple[Published, Published], open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(site), site)
    site.rooms["bundle"] = planted.served(two[1])
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text("Recibí una lista más nueva.").wait_for()
    assert page.get_by_text("versión 8").count() == 1
    assert page.get_by_role("alert").count() == 0
    site.stop()


def test_a_list_that_is_set_back_and_a_clock_that_is_wrong_are_told(
    site: Site, two: tuple[Published, Published], open_page: Callable[..., Page]
) -> None:
    first, second = two
    site.rooms["bundle"] = planted.served(second)
    page = settle(open_page(site), site)
    site.rooms["bundle"] = planted.served(first)
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("Esta lista es más vieja que la que tengo. Sigo con la mía.").first.wait_for()
    page.clock.set_fixed_time(planted.clock() - timedelta(days=730))
    page.reload()
    expect(page.get_by_role("alert").first).to_contain_text("La fecha de este teléfono está atrasada.")
    page.clock.set_fixed_time(planted.clock() + timedelta(days=12))
    page.reload()
    expect(page.get_by_text("Información de hace 12 días.")).to_be_visible()
    assert check(page, planted.paper(planted.clock())[0].texts[0]) == "valid_as_of"
    site.stop()
