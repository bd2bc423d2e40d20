"""An answer comes late, when another view stands or another person is open: it acts for nobody but who asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests import makers, worlds
from tests.browser import planted, steps
from tests.browser import wallet_steps as wallet
from tests.browser.live import LiveSite
from tests.browser.site import Site
from tests.browser.test_lost_phone import backed_up, copy_view, let_in, recover, waits
from tests.browser.wallet_steps import heading, tap

pytestmark = pytest.mark.browser

HERS, HIS = "Canaria Verde Dos", "Canario Amarillo Uno"
OTHER_PIN = "386152"
SLOW_PHOTOS = """(() => {
  const make = globalThis.createImageBitmap;
  const waiting = [];
  let slow = true;
  globalThis.createImageBitmap = async (...given) => {
    if (slow) await new Promise((done) => waiting.push(done));
    return make(...given);
  };
  globalThis.__photosRead = () => {
    slow = false;
    for (const done of waiting.splice(0)) done();
  };
})();"""
"""Photos are not read until `__photosRead()`; those chosen after it are read behind the ones that waited."""
BOTH_AT_ONCE = """async ([letters, raw]) => {
  document.querySelector("form button[type=submit]").click();
  const typed = document.querySelector("#sheet-one");
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(typed, letters);
  typed.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((drawn) => setTimeout(drawn));
  const chosen = new DataTransfer();
  chosen.items.add(new File([Uint8Array.from(raw)], "billetera.pvw"));
  const input = document.querySelector("#wallet-file");
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""
"""Tries the letters that stand, and opens a file with others before the first try ended."""


@pytest.fixture
def shared(wallet_pages: Path) -> Iterator[Site]:
    served = Site({"wallet": wallet_pages, "bundle": planted.rooms(planted.plan(planted.clock()))})
    yield served
    served.stop()


def card(name: str) -> str:
    return worlds.text(planted.competence(planted.clock(), claims={**makers.COMPETENCE, "name": name}))


def photo_of(name: str) -> FilePayload:
    return FilePayload(name="papel.png", mimeType="image/png", buffer=planted.picture(card(name)))


def open_the_vault(page: Page) -> None:
    tap(page, "Abrir mi bóveda")
    wallet.open_vault(page)
    heading(page, "Mis pases")


def add_view(page: Page) -> None:
    tap(page, "Leer un código")
    heading(page, "Agregue su pase")


def test_what_one_person_left_neither_stands_on_the_next_ones_page_nor_keeps_her_waiting(
    shared: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(shared)
    page.add_init_script(SLOW_PHOTOS)
    wallet.settle(page, shared)
    wallet.first_time(page, "Luna")
    wallet.close(page)
    wallet.first_time(page, "Sol", OTHER_PIN)
    add_view(page)
    page.get_by_label("Abrir un archivo").set_input_files([photo_of(HIS)])
    wallet.close(page)
    wallet.enter(page, "Luna")
    open_the_vault(page)
    page.evaluate("__photosRead()")
    add_view(page)
    look_at_hers(page)
    tap(page, "Atrás")
    heading(page, "Agregue su pase")
    look_at_hers(page)
    wallet.keep(page)
    unanswered(page)
    wallet.enter(page, "Sol", OTHER_PIN)
    assert wallet.titles(page) == []


def look_at_hers(page: Page) -> None:
    """Her photo, read behind his; no step to his lies under it."""
    page.get_by_label("Abrir un archivo").set_input_files([photo_of(HERS)])
    heading(page, "Revise su pase antes de guardarlo")
    expect(page.get_by_text(HERS)).to_be_visible()
    assert HIS not in page.content()


def unanswered(page: Page) -> None:
    """Asks an issuer that does not answer, and leaves."""
    page.route("**/v1/issuer/pickups", lambda _: None)
    tap(page, "Agregar un pase")
    heading(page, "Agregue su pase")
    with page.expect_request("**/v1/issuer/pickups"):
        wallet.claim(page, wallet.SLIP)
    wallet.close(page)


def test_a_recovery_that_ends_late_neither_opens_nor_copies_anything(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    own = wallet.settle(open_page(live), live)
    letters = wallet.first_time(own, "Sol", OTHER_PIN)
    copy_view(own)
    tap(own, "Encender la copia")
    backed_up(own)
    page = wallet.settle(open_page(live), live)
    wallet.first_time(page, "Luna")
    wallet.close(page)
    tap(page, "Recupere su billetera")
    recover(page, letters)
    waits(page)
    let_in(own)
    held: list[Route] = []
    page.route("**/v1/wallet/sync/sessions", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/v1/wallet/sync/sessions"):
        tap(page, "Recuperar")
    tap(page, "Atrás")
    wallet.enter(page, "Luna")
    open_the_vault(page)
    with page.expect_response("**/v1/wallet/sync/sessions"):
        held[0].continue_()
    page.wait_for_timeout(2_000)
    heading(page, "Mis pases")
    assert page.evaluate(wallet.ROWS) == 1
    copy_view(page)
    expect(page.get_by_text("La copia está apagada.")).to_be_visible()


def test_two_wallets_tried_at_once_stay_two(shared: Site, open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = wallet.settle(open_page(shared), shared)
    first = wallet.first_time(page, "Sol", OTHER_PIN)
    wallet.close(page)
    second = wallet.first_time(page, "Luna", phrase="arepa y cafe en la plaza vieja")
    copy_view(page)
    with page.expect_download() as saved:
        tap(page, "Guardar en un archivo")
    file = tmp_path / "billetera.pvw"
    saved.value.save_as(file)
    wallet.close(page)
    tap(page, "Recupere su billetera")
    page.get_by_label("Letras de la hoja").fill(first)
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.evaluate(BOTH_AT_ONCE, [second, list(file.read_bytes())])
    heading(page, "Elija su dibujo")
    page.wait_for_timeout(2_000)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.reload()
    heading(page, "Toque su dibujo")
    wallet.enter(page, "Sol", OTHER_PIN)
    open_the_vault(page)
    wallet.close(page)
    wallet.enter(page, "Luna")


def test_a_photo_of_the_last_person_is_not_judged_over_the_next_ones_question_or_queue(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site)
    page.add_init_script(SLOW_PHOTOS)
    for view, title in (("Pedir en vivo", "Muéstrele esta pregunta"), ("Modo feria", "Modo feria")):
        steps.settle(page, site)
        page.get_by_label("Foto del código").set_input_files([photo_of(HIS)])
        page.get_by_role("button", name=view).click()
        if view == "Pedir en vivo":
            page.get_by_label("Su nombre corto").fill("TIENDA")
            page.get_by_role("button", name="Entrevista", exact=True).click()
        heading(page, title)
        page.evaluate("__photosRead()")
        page.wait_for_timeout(1_500)
        heading(page, title)
        expect(page.get_by_text(HIS)).to_have_count(0)
    page.go_back()
    page.get_by_label("Foto del código").set_input_files([photo_of(HERS)])
    assert steps.verdict(page) == "valid"
    expect(page.get_by_text(HERS)).to_be_visible()
