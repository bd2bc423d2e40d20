"""The console's views over written states: axe, narrow, large, one heading, one filled button, no forbidden word."""

import os
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.gallery import counts, enlarge, faults, narrow_faults, scenes, turn

pytestmark = pytest.mark.browser

WIDE = """() => [...document.querySelectorAll('.scroll')].filter((part) => (
  part.scrollWidth > part.clientWidth && !(part.tabIndex === 0 && part.getAttribute('aria-label'))
)).length"""

PICTURES = ("signin", "cohorts", "dryrun", "approve", "issuing", "person", "act-revoke", "acts", "staff", "numbers",
            "bulk-word", "slips")  # fmt: skip


@pytest.fixture
def show(view: Callable[..., Page]) -> Callable[..., Page]:
    return partial(view, "issuer.html")


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_axe_finds_nothing_on_any_view(show: Callable[..., Page], language: str, scheme: str) -> None:
    page = show("signin", language, viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    found = []
    assert len(scenes(page)) > 15
    for name in scenes(page):
        turn(page, name, language)
        found += faults(page, name, language)
    assert found == []


@pytest.mark.parametrize(("language", "percent"), [("es", 100), ("es", 200), ("en", 200)])
def test_nothing_but_tables_scrolls_sideways_and_targets_are_large(
    show: Callable[..., Page], language: str, percent: int
) -> None:
    page = show("signin", language, viewport={"width": 320, "height": 640})
    enlarge(page, percent)
    found = []
    for name in scenes(page):
        turn(page, name, language)
        found += narrow_faults(page, name)
        if page.evaluate(WIDE):
            found.append(f"{name} has a table that scrolls in no named region")
    assert found == []


def test_every_view_has_one_heading_one_main_and_one_filled_button(show: Callable[..., Page]) -> None:
    page = show("signin")
    found = []
    for name in scenes(page):
        turn(page, name, "es")
        if (seen := counts(page)) not in {(1, 1, 0), (1, 1, 1)}:
            found.append((name, seen))
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
