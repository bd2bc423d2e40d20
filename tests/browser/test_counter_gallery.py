"""The console's views over written states: axe, narrow, large, one heading, one filled button, no forbidden word."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.site import Site
from tests.browser.steps import axe_faults
from tests.browser.test_views import FORBIDDEN, SMALL
from tests.browser.test_wallet_gallery import NEVER, turn

pytestmark = pytest.mark.browser

WIDE = """() => [...document.querySelectorAll('.scroll')].filter((part) => (
  part.scrollWidth > part.clientWidth && !(part.tabIndex === 0 && part.getAttribute('aria-label'))
)).length"""

PICTURES = ("signin", "cohorts", "dryrun", "approve", "issuing", "person", "act-revoke", "acts", "staff")


@pytest.fixture(scope="module")
def site(gallery: Path) -> Iterator[Site]:
    served = Site({"verifier": gallery})
    yield served
    served.stop()


@pytest.fixture
def show(site: Site, open_page: Callable[..., Page]) -> Callable[..., Page]:
    def showing(name: str, language: str = "es", **options: object) -> Page:
        page = open_page(site, reduced_motion="reduce", **options)
        page.goto(f"{site.url}/verifier/issuer.html#{name}/{language}")
        page.locator("main").wait_for()
        return page

    return showing


def scenes(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.scenes")
    assert len(found) > 15
    return found


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_axe_finds_nothing_on_any_view(show: Callable[..., Page], language: str, scheme: str) -> None:
    page = show("signin", language, viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    found = []
    for name in scenes(page):
        turn(page, name, language)
        found += axe_faults(page, name)
        text = page.locator("body").inner_text()
        if language == "es":
            found += [f"{name} says {word}" for word in NEVER if word in text.lower()]
            found += [f"{name} has a forbidden word" for _ in FORBIDDEN.findall(text)]
    assert found == []


@pytest.mark.parametrize(("language", "percent"), [("es", 100), ("es", 200), ("en", 200)])
def test_nothing_but_tables_scrolls_sideways_and_targets_are_large(
    show: Callable[..., Page], language: str, percent: int
) -> None:
    page = show("signin", language, viewport={"width": 320, "height": 640})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", f"{16 * percent // 100}px")
    found = []
    for name in scenes(page):
        turn(page, name, language)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            found.append(f"{name} is {wide} px wide")
        if page.evaluate(WIDE):
            found.append(f"{name} has a table that scrolls in no named region")
        found += [f"{name} target {part}" for part in page.evaluate(SMALL)]
    assert found == []


def test_every_view_has_one_heading_one_main_and_one_filled_button(show: Callable[..., Page]) -> None:
    page = show("signin")
    found = []
    for name in scenes(page):
        turn(page, name, "es")
        counts = [page.locator(each).count() for each in ("h1", "main", "main .tap.main")]
        if counts[:2] != [1, 1] or counts[2] > 1:
            found.append((name, counts))
    assert found == []


@pytest.mark.parametrize("scene", sorted(PICTURES))
def test_the_pictures_are_there(show: Callable[..., Page], scene: str) -> None:
    """Made anew with PUENTE_PICTURES=1, from the same written states."""
    file = ROOT / f"docs/pictures/issuer-{scene}.png"
    if os.environ.get("PUENTE_PICTURES") == "1":
        page = show(scene, viewport={"width": 1280, "height": 800})
        page.evaluate("document.fonts.ready")
        page.screenshot(path=file)
    assert file.is_file()
