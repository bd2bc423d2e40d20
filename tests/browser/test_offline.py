"""The page with the network off: text, photos and camera give the planted verdicts; nothing personal stays; updates are checked."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import planted
from tests.browser.conftest import node, watch
from tests.browser.site import Site

pytestmark = pytest.mark.browser

CACHED = "caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((key) => new URL(key.url).pathname)))).then((all) => all.flat())"
IN_CHARGE = """() => new Promise((done) => {
  const look = () => (navigator.serviceWorker.controller === null ? setTimeout(look, 20) : done());
  look();
})"""
KEPT = """() => new Promise((done) => {
  const request = indexedDB.open('puente-verifier');
  request.onsuccess = () => {
    const keys = request.result.transaction('kept').objectStore('kept').getAllKeys();
    keys.onsuccess = () => done(keys.result);
  };
})"""


@pytest.fixture
def site(pages: Path) -> Iterator[Site]:
    now = planted.clock()
    served = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now))})
    yield served
    served.stop()


def settle(page: Page, site: Site) -> Page:
    """Loads the page and waits until it is whole on this device: the list installed, the worker in charge."""
    page.goto(f"{site.url}/verifier/")
    page.get_by_text("Lista de confianza del").wait_for()
    page.evaluate(IN_CHARGE)
    return page


def check(page: Page, text: str) -> str | None:
    """Pastes a text, presses the button, and reads the verdict."""
    page.get_by_label("Texto del código").fill(text)
    page.get_by_role("button", name="Comprobar").click()
    return verdict(page)


def verdict(page: Page, timeout: float = 15_000) -> str | None:
    status = page.locator("[role=status][data-verdict]")
    status.wait_for(timeout=timeout)
    assert status.count() == 1
    return status.get_attribute("data-verdict")


def reasons(page: Page) -> list[str]:
    """The codes of the technical detail, two taps away."""
    page.get_by_text("¿Qué significa esto?").click()
    page.get_by_text("Detalle técnico").click()
    return page.locator("details details code").all_inner_texts()


def test_pasted_texts_with_the_server_stopped(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    for case in planted.paper(planted.clock()):
        page.reload()
        assert (case.name, check(page, case.texts[0])) == (case.name, case.verdict)
        found = reasons(page)
        assert set(case.reasons) <= set(found), (case.name, found)
        if case.verdict == "cannot_verify":
            assert "Ana María" not in page.locator("body").inner_text()
        else:
            assert page.locator(".name").first.inner_text() == "Ana María Pérez Gómez"
    frames = planted.live(planted.clock(), two=True)
    page.reload()
    assert check(page, "\n".join(frames.texts)) == "valid"
    assert page.locator("[data-level]").get_attribute("data-level") == "live"
    assert page.get_by_text("Mismo titular en todos los pases.").is_visible()


def test_photos_with_the_server_stopped(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    now = planted.clock()
    wanted = {"valid", "revoked", "forged", "link"}
    for case in (case for case in planted.paper(now) if case.name in wanted):
        page.reload()
        photo(page, *case.texts)
        assert (case.name, verdict(page)) == (case.name, case.verdict)
    frames = planted.live(planted.clock(), two=True)
    page.get_by_role("button", name="Volver al inicio").click()
    photo(page, *frames.texts)
    assert verdict(page) == "valid"
    page.get_by_role("button", name="Volver al inicio").click()
    photo(page, frames.texts[0])
    assert verdict(page) == "cannot_verify"
    assert reasons(page) == ["frames_incomplete"]


def photo(page: Page, *texts: str) -> None:
    """Chooses pictures of codes, or of nothing."""
    files = [
        {"name": f"{place}.png", "mimeType": "image/png", "buffer": planted.picture(text)}
        for place, text in enumerate(texts)
    ]
    page.get_by_label("Foto del código").set_input_files(files)  # type: ignore[arg-type]  # payloads as Playwright names them


def test_a_photo_without_a_code_says_so(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    blank = {"name": "x.png", "mimeType": "image/png", "buffer": b"this is no picture"}
    page.get_by_label("Foto del código").set_input_files([blank])  # type: ignore[list-item]  # a payload as Playwright names it
    expect(page.get_by_role("alert")).to_contain_text("No encuentro un código en la foto.")


@pytest.mark.parametrize("name", ["valid", "revoked", "forged", "live", "frames"])
def test_the_camera_with_the_server_stopped(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path, name: str
) -> None:
    now = planted.clock()
    cases = {
        case.name: case for case in (*planted.paper(now), planted.live(now, two=False), planted.live(now, two=True))
    }
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(cases[name].texts))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        site.stop()
        page.reload()
        page.get_by_role("button", name="Usar la cámara", exact=True).click()
        assert verdict(page, 30_000) == cases[name].verdict
        expected = {"live": "live", "frames": "live", "forged": None}.get(name, "copy")
        level = page.locator("[data-level]")
        assert (level.get_attribute("data-level") if level.count() else None) == expected
        page.get_by_role("button", name="Comprobar otro").click()
        assert page.locator("video").is_visible()
        page.get_by_role("button", name="Cancelar").click()
        assert page.locator("video").count() == 0
    finally:
        close(page, camera)


def close(page: Page, browser: Browser) -> None:
    assert page.evaluate("window.__violations ?? []") == []
    browser.close()


def test_a_refused_camera_leaves_the_other_ways(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    settle(page, site)
    page.get_by_role("button", name="Usar la cámara", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Este teléfono no me dejó usar la cámara.")
    assert check(page, planted.paper(planted.clock())[0].texts[0]) == "valid"


def test_only_the_page_the_list_and_the_language_stay(site: Site, open_page: Callable[..., Page], pages: Path) -> None:
    page = settle(open_page(site), site)
    check(page, planted.paper(planted.clock())[0].texts[0])
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="English").click()
    while "language" not in page.evaluate(KEPT):
        page.wait_for_timeout(20)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Check a certificate"
    assert sorted(page.evaluate(KEPT)) == ["language", "list"]
    files = sorted(
        f"/verifier/{file.relative_to(pages)}" for file in pages.rglob("*") if file.is_file() and file.name != "sw.js"
    )
    assert sorted(page.evaluate(CACHED)) == files
    assert page.evaluate("[...Array(localStorage.length).keys()].length + sessionStorage.length") == 0


def test_everything_by_keyboard(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_label("Texto del código").focus()
    page.keyboard.insert_text(planted.paper(planted.clock())[0].texts[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"
    assert page.evaluate("document.activeElement.dataset.verdict") == "valid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.get_by_text("nada cambió después de la firma").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_text("Firma eddsa-jcs-2022.").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Compruebe un certificado"


def test_an_empty_field_says_what_is_missing(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_role("button", name="Comprobar").click()
    expect(page.get_by_role("alert")).to_contain_text("Falta el texto.")


def test_without_a_list_it_says_so_and_gets_it_later(pages: Path, open_page: Callable[..., Page]) -> None:
    site = Site({"verifier": pages, "bundle": {}})
    page = open_page(site)
    page.goto(f"{site.url}/verifier/")
    page.get_by_role("heading", name="Todavía no tengo la lista de confianza").wait_for()
    now = planted.clock()
    assert check(page, planted.paper(now)[0].texts[0]) == "cannot_verify"
    assert reasons(page) == ["no_bundle"]
    page.get_by_role("button", name="Comprobar otro").click()
    site.rooms["bundle"] = planted.rooms(planted.plan(now))
    page.get_by_role("button", name="Traer la lista").click()
    page.get_by_text("Lista de confianza del").wait_for()
    site.stop()


def test_a_list_is_renewed_and_one_of_other_keys_or_an_older_one_is_refused(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(site), site)
    now = planted.clock()
    held = competence_text(now)
    site.rooms["bundle"] = planted.rooms(
        replace(planted.plan(now, age=timedelta(minutes=5), version=8), bits={"https://norma.example/s/1": [91_000]})
    )
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("versión 8").wait_for()
    assert check(page, held) == "revoked"
    page.get_by_role("button", name="Volver al inicio").click()
    site.rooms["bundle"] = planted.rooms(planted.plan(now, version=7))
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("La lista que llegó no pasó la revisión.").wait_for()
    assert page.get_by_text("versión 8").is_visible()
    site.rooms["bundle"] = {"bundle.puente": b"\x1f\x8b no list", "root.json": b"{}"}
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("La lista que llegó no pasó la revisión.").wait_for()
    page.reload()
    page.get_by_text("versión 8").wait_for()


def competence_text(now: object) -> str:
    return planted.worlds.text(planted.competence(now, index=91_000))  # type: ignore[arg-type]  # the clock's own time


def test_an_old_list_says_its_date(pages: Path, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    site = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now, age=timedelta(days=10)))})
    page = settle(open_page(site), site)
    assert check(page, planted.paper(now)[0].texts[0]) == "valid_as_of"
    assert "(hace 10 días)" in page.locator("[role=status]").inner_text()
    site.stop()


def test_a_changed_file_is_refused_and_a_right_update_waits_for_the_user(
    pages: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(pages, folder)
    site = Site({"verifier": folder, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = settle(open_page(site), site)
    first = version(page)
    index = folder / "index.html"
    index.write_text(index.read_text().replace("<noscript>", "<!-- two --><noscript>"))
    node("tools/precache.mjs", str(folder))
    index.write_text(index.read_text().replace("<!-- two -->", "<!-- not ours -->"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => undefined)")
    expect(page.get_by_role("alert")).to_contain_text("no coincide con su huella", timeout=15_000)
    page.reload()
    assert version(page) == first
    assert "not ours" not in page.content()
    index.write_text(index.read_text().replace("<!-- not ours -->", "<!-- two -->"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    page.get_by_text("Hay una versión nueva de esta página.").wait_for(timeout=15_000)
    page.reload()
    assert "<!-- two -->" not in page.content()
    page.get_by_text("Hay una versión nueva de esta página.").wait_for(timeout=15_000)
    with page.expect_navigation():
        page.get_by_role("button", name="Cargar la versión nueva").click()
    page.get_by_role("heading", name="Compruebe un certificado").wait_for()
    assert "<!-- two -->" in page.content()
    assert version(page) != first
    site.stop()


def version(page: Page) -> str:
    """What "Acerca de" says of the stored page."""
    page.get_by_role("button", name="Acerca de esta página").click()
    page.locator("dd code").wait_for()
    found = page.locator("dd code").inner_text()
    page.get_by_role("button", name="Volver", exact=True).click()
    return found


def test_a_link_is_never_opened(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    asked = len(site.asked)
    page.on("popup", lambda popup: pytest.fail(f"opened {popup.url}"))
    assert check(page, f"{site.url}/opened?by=link") == "cannot_verify"
    page.wait_for_timeout(300)
    assert "/opened" not in site.asked[asked:]
    assert json.dumps(reasons(page)) == '["unsupported_prefix"]'


def test_watching_sees_a_request_to_another_host(browser: Browser, site: Site) -> None:
    """The guard itself: a page that leaves its origin is noticed, and the policy stops it."""
    context = browser.new_context()
    page = context.new_page()
    faults = watch(page, site)
    page.goto(f"{site.url}/verifier/")
    page.evaluate("fetch('http://127.0.0.1:9/away').catch(() => undefined)")
    page.wait_for_timeout(200)
    assert any("connect-src" in fault for fault in [*faults, *page.evaluate("window.__violations ?? []")])
    context.close()
