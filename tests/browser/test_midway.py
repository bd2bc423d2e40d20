"""A newer page comes while one is in use: what stands goes on, offline too, and the newer one waits for the user."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.conftest import node
from tests.browser.site import Site
from tests.browser.steps import scan, settle, verdict, version

pytestmark = pytest.mark.browser

RENEW = "navigator.serviceWorker.getRegistration().then((found) => found.update())"
NO_CAMERA = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))"
WAITS = """() => new Promise((done, failed) => {
  const look = async (left) => {
    if ((await navigator.serviceWorker.getRegistration()).waiting) return done();
    return left > 0 ? setTimeout(look, 20, left - 1) : failed(new Error("no newer worker came"));
  };
  look(3000);
})"""


def newer(folder: Path) -> None:
    """Another build of the page in the same place."""
    index = folder / "index.html"
    index.write_text(index.read_text().replace("<noscript>", "<!-- two --><noscript>"))
    node("tools/precache.mjs", "verifier", str(folder))


def answer(page: Page) -> str:
    """The holder's answer to the question that stands."""
    challenge = page.locator(".challenge b").inner_text().replace(" ", "")
    holder, now = makers.holder(), planted.clock()
    passes = [planted.competence(now, subject=holder.did)]
    return worlds.text(makers.presented(passes, holder, now=now, challenge=challenge, domain="SOL"))


def test_a_question_and_a_queue_outlive_the_coming_of_a_newer_page(
    pages: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(pages, folder)
    site = Site({"verifier": folder, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = open_page(site)
    page.add_init_script(NO_CAMERA)
    settle(page, site)
    first = version(page)
    page.get_by_role("button", name="Pedir en vivo").click()
    page.get_by_label("Su nombre corto").fill("SOL")
    page.get_by_role("button", name="Entrevista", exact=True).click()
    answered = answer(page)
    newer(folder)
    page.evaluate(RENEW)
    page.evaluate(WAITS)
    site.stop()
    scan(page, answered)
    assert verdict(page) == "valid"
    assert page.locator("[data-level]").get_attribute("data-level") == "live_challenge"
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_text("Hay una versión nueva de esta página.").wait_for()
    page.get_by_role("button", name="Modo feria").click()  # a part that was not yet opened, of the page in use
    scan(page, planted.paper(planted.clock())[0].texts[0])
    page.get_by_role("heading", name="Van 1", exact=True).wait_for()
    page.get_by_role("button", name="Salir").click()
    assert version(page) == first
    page.get_by_label("Texto del código").fill("VC1-R a med")
    with page.expect_navigation():
        page.get_by_role("button", name="Cargar la versión nueva").click()
    page.get_by_role("heading", name="Compruebe un certificado").wait_for()
    expect(page.get_by_label("Texto del código")).to_have_value("VC1-R a med")
    assert page.evaluate("sessionStorage.getItem('puente-typed')") is None
    assert version(page) != first


def test_a_part_that_cannot_be_had_says_so(site: Site, open_page: Callable[..., Page]) -> None:
    """Only where the page was never whole on this device: it keeps all its parts as soon as it can."""
    page = open_page(site, service_workers="block")
    page.goto(f"{site.url}/verifier/")
    page.get_by_text("Lista de confianza del").wait_for()
    site.stop()
    page.get_by_role("button", name="Modo feria").click()
    expect(page.get_by_role("alert")).to_contain_text("No pude abrir esta parte de la página.")
    page.go_back()
    page.get_by_role("heading", name="Compruebe un certificado").wait_for()
