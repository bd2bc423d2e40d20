"""What stays on the device and what comes to it: the list, its renewal, the page's own updates; nothing of people."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests import worlds
from tests.browser import planted, wallet_steps
from tests.browser.conftest import node, violations, watch
from tests.browser.site import Site
from tests.browser.steps import check, in_storage, reasons, settle, version

pytestmark = pytest.mark.browser

CACHED = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const keys = await Promise.all(caches_.map((cache) => cache.keys()));
  return keys.flat().map((key) => new URL(key.url).pathname);
}"""
KEPT = in_storage("puente-verifier", "kept", "(kept) => settled(kept.getAllKeys())")


def test_only_the_page_the_list_and_the_language_stay(site: Site, open_page: Callable[..., Page], pages: Path) -> None:
    page = settle(open_page(site), site)
    check(page, planted.paper(planted.clock())[0].texts[0])
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="English").click()
    until = time.monotonic() + 30
    while "language" not in page.evaluate(KEPT):
        assert time.monotonic() < until
        page.wait_for_timeout(20)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Check a certificate"
    assert sorted(page.evaluate(KEPT)) == ["floor", "formers", "language", "list"]
    shipped = [file.relative_to(pages) for file in pages.rglob("*") if file.is_file()]
    files = sorted(f"/verifier/{name}" for name in shipped if name.name != "sw.js")
    assert sorted(page.evaluate(CACHED)) == files
    assert page.evaluate("[...Array(localStorage.length).keys()].length + sessionStorage.length") == 0


def test_a_live_code_that_comes_again_is_told_after_a_reload_too(site: Site, open_page: Callable[..., Page]) -> None:
    """What the tab keeps for it is a hash and its moment; a new tab knows nothing of it."""
    page = settle(open_page(site), site)
    (text,) = planted.live(planted.clock(), two=False).texts
    assert check(page, text) == "valid"
    expect(page.get_by_text("Ya se mostró hace")).to_have_count(0)
    settle(page, site)
    assert check(page, text) == "valid"
    expect(page.get_by_text("Ya se mostró hace")).to_be_visible()
    ((digest, _moment),) = json.loads(page.evaluate("sessionStorage.getItem('puente-seen')"))
    assert len(digest) == 64
    assert page.evaluate("localStorage.length + sessionStorage.length") == 1
    other = settle(page.context.new_page(), site)
    assert other.evaluate("sessionStorage.length") == 0


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


def test_a_network_that_takes_all_and_answers_nothing_stops_nothing(site: Site, open_page: Callable[..., Page]) -> None:
    """As behind a captive portal: what is kept is used, a file is taken in, and each wait ends with its sentence."""
    now = planted.clock()
    newer = worlds.pack(planted.plan(now, age=timedelta(minutes=5), version=8)).container()
    file = FilePayload(name="lista.puente", mimeType="application/gzip", buffer=newer)
    mute, empty = settle(open_page(site), site), open_page(site)
    for page in (mute, empty):
        page.route("**/bundle/**", lambda _: None)
    mute.reload()
    mute.get_by_text("versión 7").wait_for()
    assert check(mute, planted.paper(now)[0].texts[0]) == "valid"
    mute.get_by_role("button", name="Volver al inicio").click()
    mute.get_by_role("button", name="Pasar la lista").click()
    mute.get_by_label("Traer una lista de un archivo").set_input_files([file])
    mute.get_by_text("Listo. Este teléfono ya tiene la versión 8.").wait_for()
    empty.clock.install(time=now)
    empty.goto(f"{site.url}/verifier/")
    empty.get_by_role("heading", name="Todavía no tengo la lista de confianza").wait_for()
    empty.get_by_text("Estoy buscando la lista…").wait_for()
    empty.get_by_role("button", name="Pasar la lista").click()
    empty.get_by_label("Traer una lista de un archivo").set_input_files([file])
    empty.get_by_text("Estoy revisando la lista…").wait_for()
    empty.clock.run_for(11_000)
    empty.get_by_text("La primera lista necesita internet un momento").wait_for()
    empty.get_by_text("No pude conectarme, y todavía no tengo la lista.").wait_for()
    empty.unroute("**/bundle/**")
    empty.route("**/bundle/**", lambda route: route.fulfill(content_type="text/html", body="<p>Entre a la red</p>"))
    empty.get_by_role("button", name="Actualizar por internet").click()
    empty.get_by_text("Esta red contestó con una página suya, no con la lista.").wait_for()
    empty.unroute("**/bundle/**")
    empty.get_by_label("Traer una lista de un archivo").set_input_files([file])
    empty.get_by_text("Listo. Este teléfono ya tiene la versión 8.").wait_for()


def test_a_list_is_renewed_and_an_older_or_broken_one_is_refused(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    now = planted.clock()
    held = worlds.text(planted.competence(now, index=91_000))
    newer = planted.plan(now, age=timedelta(minutes=5), version=8)
    site.rooms["bundle"] = planted.rooms(replace(newer, bits={"https://norma.example/s/1": [91_000]}))
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("versión 8").wait_for()
    assert check(page, held) == "revoked"
    page.get_by_role("button", name="Volver al inicio").click()
    site.rooms["bundle"] = planted.rooms(planted.plan(now, version=7))
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("Esta lista es más vieja que la que tengo. Sigo con la mía.").wait_for()
    assert page.get_by_text("versión 8").is_visible()
    site.rooms["bundle"] = {"bundle.puente": b"\x1f\x8b no list", "root.json": b"{}"}
    page.get_by_role("button", name="Actualizar").click()
    page.get_by_text("La lista que llegó no pasó la revisión.").wait_for()
    page.reload()
    page.get_by_text("versión 8").wait_for()


def test_an_old_list_says_its_date(pages: Path, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    site = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(now, age=timedelta(days=10)))})
    page = settle(open_page(site), site)
    assert check(page, planted.paper(now)[0].texts[0]) == "valid_as_of"
    assert "(hace 10 días)" in page.locator("[role=status]").inner_text()
    site.stop()


def let_in(tab: Page) -> None:
    """Until then the page of the old version still has all its files."""
    tab.get_by_text("Hay una versión nueva de esta página.").wait_for(timeout=15_000)
    old = "fetch('assets/old-0000.js').then((answer) => answer.text())"
    assert tab.evaluate(old) == "// of the old version alone"
    with tab.expect_navigation():
        tab.get_by_role("button", name="Cargar la versión nueva").click()
    tab.get_by_role("heading", name="Compruebe un certificado").wait_for()
    assert "<!-- two -->" in tab.content()


def test_a_changed_file_is_refused_and_a_right_update_waits_for_the_user(
    pages: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(pages, folder)
    gone = folder / "assets" / "old-0000.js"
    gone.write_text("// of the old version alone")
    node("tools/precache.mjs", "verifier", str(folder))
    site = Site({"verifier": folder, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = settle(open_page(site), site)
    first = version(page)
    gone.unlink()
    index = folder / "index.html"
    index.write_text(index.read_text().replace("<noscript>", "<!-- two --><noscript>"))
    node("tools/precache.mjs", "verifier", str(folder))
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
    other = page.context.new_page()
    other.goto(page.url)
    # Chromium at times lets nothing in whose time comes while another tab still registers its worker.
    other.get_by_text("Hay una versión nueva de esta página.").wait_for(timeout=15_000)
    for tab in (page, other):  # the second finds the new version in charge already
        let_in(tab)
    assert version(page) != first
    later = page.context.new_page()
    page.close()
    other.close()
    later.goto(f"{site.url}/verifier/")
    later.wait_for_function(f"async () => !(await ({CACHED})()).some((path) => path.includes('old-0000'))")
    site.stop()


def test_one_changed_byte_of_an_update_of_the_wallet_is_refused_and_told(
    wallet_pages: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = tmp_path / "wallet"
    shutil.copytree(wallet_pages, folder)
    site = Site({"wallet": folder, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = wallet_steps.settle(open_page(site), site)
    index = folder / "index.html"
    index.write_text(index.read_text().replace("<noscript>", "<!-- two --><noscript>"))
    node("tools/precache.mjs", "wallet", str(folder))
    script = next(folder.glob("assets/index-*.js"))
    changed = bytearray(script.read_bytes())
    changed[-2] ^= 1
    script.write_bytes(changed)
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => undefined)")
    expect(page.get_by_role("alert")).to_contain_text("no coincide con su huella", timeout=15_000)
    page.reload()
    wallet_steps.heading(page, "Toque su dibujo")
    assert "<!-- two -->" not in page.content()
    site.stop()


@pytest.mark.parametrize("fault", ["changed", "missing"])
def test_an_update_that_fails_takes_nothing_of_what_is_kept(
    wallet_pages: Path, open_page: Callable[..., Page], tmp_path: Path, fault: str
) -> None:
    """Another worker over the same list of files, of which one does not come as the list says."""
    folder = tmp_path / "wallet"
    shutil.copytree(wallet_pages, folder)
    site = Site({"wallet": folder, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = wallet_steps.settle(open_page(site), site)
    kept = sorted(page.evaluate(CACHED))
    script = next(folder.glob("assets/index-*.js"))
    script.write_bytes(script.read_bytes() + b"//") if fault == "changed" else script.unlink()
    with (folder / "sw.js").open("a") as worker:
        worker.write("// another")
    page.evaluate("""navigator.serviceWorker.getRegistration().then(async (found) => {
      const coming = await found.update().then(({ installing }) => installing, () => null);
      while (coming !== null && coming.state === "installing") await new Promise((done) => setTimeout(done, 50));
    })""")
    site.stop()
    page.reload()
    wallet_steps.heading(page, "Toque su dibujo")
    assert sorted(page.evaluate(CACHED)) == kept


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
    assert any("connect-src" in fault for fault in [*faults, *violations(page)])
    context.close()
