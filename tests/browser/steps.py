"""Steps of a person on the page, shared by the browser tests: open it whole, paste, choose photos, read the verdict."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import planted
from tests.browser.live import LiveSite
from tests.browser.site import Site

IN_CHARGE = """() => new Promise((done, failed) => {
  const look = (left) => {
    if (navigator.serviceWorker.controller !== null) return done();
    return left > 0 ? setTimeout(look, 20, left - 1) : failed(new Error("no worker took charge of the page"));
  };
  look(3000);
})"""

KEYS = """(text) => {
  const to = document.activeElement ?? document.body;
  const down = (key) => to.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  [...text, "Enter"].forEach(down);
}"""
AXE: str = Axe().axe_script
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def in_storage(database: str, store: str, work: str) -> str:
    """JavaScript that gives what `work` answers of a store of this device; in it, `settled` awaits a request."""
    return f"""async () => {{
  const settled = (request) => new Promise((done) => {{ request.onsuccess = () => done(request.result); }});
  const opened = await settled(indexedDB.open("{database}"));
  const found = await ({work})(opened.transaction("{store}").objectStore("{store}"));
  opened.close();
  return found;
}}"""


def axe_faults(page: Page, name: str) -> list[str]:
    """What axe finds on the view that stands. Its script is parsed once a page: that is most of the time it takes."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "(rules) => axe.run(document, rules).then((all) => all.violations)", RULES
    )
    return [f"{name} {fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in found]


def settle(page: Page, site: Site | LiveSite) -> Page:
    """Loads the page and waits until it is whole on this device: the list installed, the worker in charge."""
    page.goto(f"{site.url}/verifier/")
    page.get_by_text("Lista de confianza del").wait_for()
    page.evaluate(IN_CHARGE)
    return page


def skip(page: Page) -> None:
    """The way past the bar by keyboard: the content has the focus, and the view that stands is not left."""
    page.locator(".skip").press("Enter")
    expect(page.locator("#main")).to_be_focused()
    assert "#main" not in page.url


def scan(page: Page, text: str) -> None:
    """A handheld scanner: all its keys at once, since key by key (`test_scanner.py`) takes seconds."""
    page.evaluate(KEYS, text)


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


def photo(page: Page, *texts: str, label: str = "Foto del código") -> None:
    """Chooses pictures of codes, or of nothing."""
    pictures = [planted.picture(text) for text in texts]
    files = [FilePayload(name=f"{n}.png", mimeType="image/png", buffer=made) for n, made in enumerate(pictures)]
    page.get_by_label(label).set_input_files(files)


def version(page: Page) -> str:
    """What "Acerca de" says of the stored page."""
    page.get_by_role("button", name="Acerca de esta página").click()
    page.locator("dd code").wait_for()
    found = page.locator("dd code").inner_text()
    page.get_by_role("button", name="Volver", exact=True).click()
    return found
