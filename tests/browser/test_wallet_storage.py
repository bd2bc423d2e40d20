"""The wallet's storage in real Chromium: full, taken away, killed in the middle of saves, two tabs; nothing is lost."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.site import Site
from tests.browser.wallet_steps import (
    PIN,
    add_first,
    choose_pin,
    close,
    enter,
    first_time,
    heading,
    keep,
    open_vault,
    paste,
    settle,
    tap,
    titles,
)

pytestmark = pytest.mark.browser

KILLS = 5
COMPETENCE = "Norma 220201501, versión 2"


def competence() -> str:
    return worlds.text(planted.competence(planted.clock()))


def permit() -> str:
    return worlds.text(
        makers.permit(valid_from=planted.clock() - planted.DAY, valid_until=planted.clock() + 900 * planted.DAY)
    )


FULL = """
IDBObjectStore.prototype.add = filled(IDBObjectStore.prototype.add);
IDBObjectStore.prototype.put = filled(IDBObjectStore.prototype.put);
function filled(write) {
  return function (...given) {
    const request = write.apply(this, given);
    if (window.__full === undefined || this.name !== "people") return request;
    const { transaction } = this;
    Object.defineProperty(transaction, "error", { value: new DOMException(window.__full[1], window.__full[0]) });
    transaction.abort();
    return request;
  };
}
"""
"""What Chromium does when a write finds no room: the transaction is aborted, and its error says why."""
WAYS = {
    "quota": ["QuotaExceededError", ""],
    "disk": ["UnknownError", "Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE"],
}


def fill(page: Page, how: str | None) -> None:
    page.evaluate("(how) => { window.__full = how ?? undefined; }", None if how is None else WAYS[how])


@pytest.mark.parametrize("how", WAYS)
def test_a_full_phone_keeps_what_it_had_and_takes_the_pass_once_there_is_room(
    wallet_site: Site, open_page: Callable[..., Page], how: str
) -> None:
    page = open_page(wallet_site)
    page.add_init_script(FULL)
    settle(page, wallet_site)
    first_time(page)
    add_first(page, competence())
    tap(page, "Agregar un pase")
    paste(page, permit())
    fill(page, how)
    tap(page, "Todo está bien: guardar")
    heading(page, "El teléfono no tiene espacio")
    expect(page.get_by_role("alert")).to_contain_text("Su pase de antes, entero.")
    expect(page.get_by_role("alert")).to_contain_text("Borre fotos o videos y toque «Probar otra vez».")
    expect(page.locator(".phone-code")).to_contain_text("W-12")
    tap(page, "Probar otra vez")
    tap(page, "Todo está bien: guardar")
    heading(page, "El teléfono no tiene espacio")
    fill(page, None)
    tap(page, "Probar otra vez")
    keep(page)
    assert len(titles(page)) == 2
    page.reload()
    enter(page)
    assert len(titles(page)) == 2


def test_a_full_phone_is_told_at_the_first_time_too(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(wallet_site)
    page.add_init_script(FULL)
    settle(page, wallet_site)
    fill(page, "quota")
    to_the_phrase(page)
    expect(page.get_by_role("alert")).to_contain_text("El teléfono no tiene espacio.", timeout=20_000)
    fill(page, None)
    tap(page, "Sin frase: solo la hoja")
    heading(page, "Hoja de recuperación")


def to_the_phrase(page: Page) -> None:
    """A new person up to the moment when she is kept."""
    tap(page, "Es mi primera vez")
    tap(page, "Luna")
    choose_pin(page)
    heading(page, "Elija una frase larga")
    tap(page, "Sin frase: solo la hoja")


def test_storage_taken_away_is_told_and_the_page_goes_on(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    assert page.get_by_role("alert").count() == 0
    first_time(page)
    add_first(page, competence())
    devtools = page.context.new_cdp_session(page)
    taken = {"origin": wallet_site.url, "storageTypes": "indexeddb,cache_storage,service_workers"}
    devtools.send("Storage.clearDataForOrigin", taken)
    page.reload()
    heading(page, "Toque su dibujo")
    expect(page.get_by_role("alert")).to_contain_text("El navegador borró lo que este teléfono guardaba.")
    expect(page.get_by_role("alert")).to_contain_text("Sus pases no se anularon.")
    first_time(page)
    add_first(page, competence())
    page.reload()
    heading(page, "Toque su dibujo")
    assert page.get_by_role("alert").count() == 0


def test_what_was_taken_away_while_it_was_open_is_not_called_whole_and_goes_into_a_file(
    wallet_site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page)
    add_first(page, competence())
    tap(page, "Agregar un pase")
    paste(page, permit())
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": wallet_site.url, "storageTypes": "indexeddb"})
    tap(page, "Todo está bien: guardar")
    heading(page, "Este teléfono ya no guarda su billetera")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Lo que tenía sigue abierto aquí, solo hasta que la billetera se cierre.")
    expect(told).not_to_contain_text("de antes")
    with page.expect_download() as download:
        tap(page, "Guardar en un archivo")
    expect(page.get_by_role("status")).to_contain_text("Hice el archivo")
    saved = tmp_path / "billetera.pvw"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"PVW1")


def test_a_first_pass_that_cannot_be_kept_is_told_without_counting_none(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(wallet_site)
    page.add_init_script(FULL)
    settle(page, wallet_site)
    first_time(page)
    tap(page, "Leer un código")
    paste(page, permit())
    fill(page, "quota")
    tap(page, "Todo está bien: guardar")
    heading(page, "El teléfono no tiene espacio")
    expect(page.get_by_role("alert")).to_contain_text("Todavía no tenía pases: ninguno se perdió.")


def test_a_phone_that_keeps_nothing_says_so(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(wallet_site)
    closed = "indexedDB.open = () => { throw new DOMException('', 'InvalidStateError'); };"
    page.add_init_script(closed)
    page.goto(f"{wallet_site.url}/wallet/")
    to_the_phrase(page)
    expect(page.get_by_role("alert")).to_contain_text("Este teléfono no me deja guardar.", timeout=20_000)


def test_what_another_tab_kept_is_not_written_over(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page)
    add_first(page, competence())
    other = page.context.new_page()
    other.goto(f"{wallet_site.url}/wallet/")
    enter(other)
    tap(other, "Agregar un pase")
    open_vault(other)
    paste(other, permit())
    keep(other)
    tap(page, "Agregar un pase")
    paste(page, worlds.text(makers.skill(valid_from=planted.clock() - planted.DAY)))
    tap(page, "Todo está bien: guardar")
    heading(page, "No se pudo guardar")
    expect(page.get_by_role("alert")).to_contain_text("Cierre la billetera, ábrala otra vez")
    expect(page.get_by_role("alert")).to_contain_text("Su billetera está abierta en otra ventana")
    close(page)
    enter(page)
    assert len(titles(page)) == 2
    other.close()


@contextmanager
def browsing(playwright: Playwright, folder: Path) -> Iterator[tuple[Page, subprocess.Popen[bytes]]]:
    """A Chromium of our own over that profile, which can be killed; and its page."""
    (folder / "DevToolsActivePort").unlink(missing_ok=True)
    command = [chromium(), *ARGUMENTS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
    process = subprocess.Popen([*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = folder / "DevToolsActivePort"
    while not told.exists() or not told.read_text().strip():
        assert process.poll() is None
        time.sleep(0.05)
    port = told.read_text().split()[0]
    browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
    try:
        yield browser.contexts[0].pages[0], process
    finally:
        process.kill()
        process.wait(10)
        browser.close()


def test_killed_in_the_middle_of_saves_the_wallet_opens_whole(
    wallet_site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    folder, chance = tmp_path / "profile", random.Random("killed in the middle")
    with browsing(playwright, folder) as (page, process):
        settle(page, wallet_site)
        first_time(page)
        add_first(page, competence())
        press_until_killed(page, process, chance)
    for _ in range(KILLS):
        with browsing(playwright, folder) as (page, process):
            page.goto(f"{wallet_site.url}/wallet/")
            tap(page, "Luna")
            page.keyboard.type(PIN)
            heading(page, "Mis pases")
            assert titles(page) in ([], [COMPETENCE])  # kept from the PIN or not: either, and whole
            tap(page, "Abrir mi bóveda")
            open_vault(page)
            heading(page, "Mis pases")
            assert titles(page) == [COMPETENCE]
            press_until_killed(page, process, chance)


def press_until_killed(page: Page, process: subprocess.Popen[bytes], chance: random.Random) -> None:
    """Every press is a save of vault and pack together; the process ends while they follow each other."""
    page.locator("button.pass").click()
    heading(page, COMPETENCE)
    page.evaluate("setInterval(() => document.querySelector('.note.plain .link-tap')?.click(), 4)")
    page.wait_for_timeout(chance.randrange(150, 700))
    process.kill()
    process.wait(10)
