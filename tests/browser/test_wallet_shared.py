"""One phone that a family shares: nothing of one for another, locking, and nothing legible on the disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.site import Site
from tests.browser.wallet_steps import (
    PHRASE,
    PIN,
    ROWS,
    add_first,
    choose_pin,
    close,
    enter,
    first_time,
    give_groups_back,
    heading,
    open_vault,
    settle,
    tap,
    titles,
    try_pin,
)

pytestmark = pytest.mark.browser

MINUTE = 60_000
ITSELF = "La billetera se cerró sola: pasó un rato sin uso."
YOURS, MINE = "Canario Amarillo Uno", "Canaria Verde Dos"
KEPT = """async () => {
  const told = [document.title, location.href, JSON.stringify([history.state, {...localStorage}, {...sessionStorage}])];
  const words = new TextDecoder("latin1");
  const tell = (thing) => {
    if (thing instanceof Uint8Array || thing instanceof ArrayBuffer) told.push(words.decode(thing));
    else if (thing instanceof Map) [...thing].forEach(tell);
    else if (thing !== null && typeof thing === "object") Object.entries(thing).flat().forEach(tell);
    else told.push(String(thing));
  };
  const settled = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      tell(await settled(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return told.join("\\n");
}"""


def card(name: str) -> str:
    claims = {**makers.COMPETENCE, "name": name}
    return worlds.text(planted.competence(planted.clock(), claims=claims))


def test_two_people_on_one_phone_and_nothing_of_one_for_the_other(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, card(YOURS))
    close(page)
    first_time(page, "Sol", "830264", phrase="otra frase de otra persona")
    assert titles(page) == []
    add_first(page, card(MINE))
    page.locator("button.pass").click()
    expect(page.get_by_text(MINE)).to_be_visible()
    assert YOURS not in page.content()
    close(page)
    assert MINE not in page.content()
    tap(page, "Sol")
    assert "Ese PIN no abre" in try_pin(page, PIN)
    tap(page, "Olvidé mi PIN")
    open_vault(page, PHRASE)
    expect(page.get_by_role("alert")).to_contain_text("Eso no abre la bóveda de este dibujo.")
    page.reload()
    enter(page, "Luna", PIN)
    page.locator("button.pass").click()
    expect(page.get_by_text(YOURS)).to_be_visible()
    kept = page.evaluate(KEPT)
    assert len(kept) > 10_000
    for canary in (YOURS, MINE, "Canari", "did:key", PHRASE, PIN, "830264", "220201501"):
        assert canary.encode().decode("latin1") not in kept, canary


def test_two_people_may_share_a_drawing_but_not_its_pin(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, card(YOURS))
    close(page)
    tap(page, "Es mi primera vez")
    tap(page, "Luna")
    choose_pin(page)
    heading(page, "Elija una frase larga")
    tap(page, "Sin frase: solo la hoja")
    expect(page.get_by_role("alert")).to_contain_text("Con este dibujo ese PIN no se puede usar.")
    choose_pin(page, "830264")
    heading(page, "Hoja de recuperación")
    give_groups_back(page, page.locator(".groups b").all_inner_texts())
    heading(page, "Mis pases")
    assert titles(page) == []
    close(page)
    enter(page, "Luna", PIN)
    assert len(titles(page)) == 1
    close(page)
    enter(page, "Luna", "830264")
    assert titles(page) == []
    off_this_phone(page, "830264")
    tap(page, "Luna")
    assert "Ese PIN no abre" in try_pin(page, "830264")
    page.keyboard.type(PIN)
    heading(page, "Mis pases")
    assert len(titles(page)) == 1
    off_this_phone(page, PIN)
    page.reload()
    heading(page, "Toque su dibujo")
    assert "El navegador borró" not in page.content()
    assert page.evaluate(ROWS) == 0


def test_who_chooses_anothers_drawing_and_pin_after_the_sheet_is_asked_for_another_pin(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    letters = first_time(page, "Sol", "830264", phrase=None)
    close(page)
    tap(page, "Recupere su billetera")
    page.locator("#sheet-one").fill(letters)
    tap(page, "Recuperar")
    heading(page, "Elija su dibujo")
    tap(page, "Luna")
    choose_pin(page, PIN)
    expect(page.get_by_role("alert")).to_contain_text("Con este dibujo ese PIN no se puede usar.")
    choose_pin(page, "619403")
    heading(page, "Elija una frase larga")
    page.reload()
    enter(page, "Luna", "619403")
    close(page)
    enter(page, "Luna", PIN)


def off_this_phone(page: Page, pin: str) -> None:
    """Everything of who is open goes, after what will happen was read and her PIN given."""
    tap(page, "Ayuda")
    tap(page, "Quite su billetera de este teléfono")
    heading(page, "Quite su billetera de este teléfono")
    expect(page.get_by_text("Usted no tiene copia en el servidor.")).to_be_visible()
    tap(page, "Quitar todo lo mío")
    page.keyboard.type(pin)
    heading(page, "Toque su dibujo")


HIDE = "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '%s' });"
TELL = "document.dispatchEvent(new Event('visibilitychange'));"


def test_it_locks_by_itself_and_no_step_leads_back(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(wallet_site)
    page.clock.install()
    settle(page, wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, card(YOURS))
    page.locator("button.pass").click()
    heading(page, "Norma 220201501, versión 2")
    page.clock.fast_forward(59_000)
    page.keyboard.press("Shift")
    page.clock.fast_forward(59_000)
    heading(page, "Norma 220201501, versión 2")
    page.clock.fast_forward(2_000)
    heading(page, "Toque su dibujo")
    expect(page.get_by_text(ITSELF)).to_be_visible()
    assert YOURS not in page.content()
    for _ in range(2):
        page.go_back()
        heading(page, "Toque su dibujo")
        assert YOURS not in page.content()
    assert (page.title(), page.evaluate("location.hash")) == ("Mis certificados · Puente", "")
    enter(page)
    page.evaluate(HIDE % "hidden" + TELL)
    page.clock.fast_forward(31_000)
    page.evaluate(HIDE % "visible" + TELL)
    heading(page, "Toque su dibujo")
    enter(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    heading(page, "Toque su dibujo")
    enter(page)
    close(page)
    expect(page.get_by_text(ITSELF)).to_have_count(0)


def test_back_from_home_to_before_the_pin_is_leaving(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    enter(page)
    tap(page, "Ayuda")
    heading(page, "Ayuda y ajustes")
    page.go_back()
    heading(page, "Mis pases")
    tap(page, "Cerrar")
    page.go_forward()
    heading(page, "Toque su dibujo")


def test_nothing_legible_lies_on_the_disk(
    wallet_site: Site, playwright: Playwright, tmp_path: Path, wallet_pages: Path
) -> None:
    folder = tmp_path / "profile"
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium(), args=ARGUMENTS, locale="es-CO"
    )
    page = settle(context.pages[0], wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, card(YOURS))
    page.locator("button.pass").click()
    expect(page.get_by_text(YOURS)).to_be_visible()
    close(page)
    context.close()
    assert any(path.stat().st_size for path in folder.rglob("*IndexedDB*/**/*") if path.is_file())
    for canary in (YOURS, PHRASE):
        for form in (canary.encode(), canary.encode("utf-16-le")):
            found = [str(path) for path in folder.rglob("*") if path.is_file() and form in path.read_bytes()]
            assert found == [], canary
