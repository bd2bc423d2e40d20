"""How often a PIN may be tried: waits, what ends, what is said of it (nothing of anybody else); no try is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.steps import in_storage
from tests.browser.wallet_steps import (
    PHRASE,
    PIN,
    add_first,
    choose_pin,
    close,
    enter,
    first_time,
    heading,
    open_vault,
    settle,
    tap,
    titles,
    try_pin,
)

pytestmark = pytest.mark.browser

MINUTE = 60_000


ALL_WRONG = "async (tries) => (await settled(tries.getAll())).map(({ wrong }) => wrong)"
COUNTS = in_storage("puente-wallet-people", "tries", ALL_WRONG)
RAISE_BEFORE_THE_LAST_WRITE = """() => {
  const begin = IDBDatabase.prototype.transaction;
  let writes = 0;
  IDBDatabase.prototype.transaction = function (stores, ...more) {
    const counts = stores === "tries" || stores.includes("tries");
    if (counts && more[0] === "readwrite" && (writes += 1) === 3) {
      const between = begin.call(this, "tries", "readwrite").objectStore("tries");
      between.getAllKeys().onsuccess = ({ target }) => target.result.forEach((key) => {
        between.get(key).onsuccess = ({ target: { result } }) =>
          between.put({ ...result, wrong: result.wrong + 1 }, key);
      });
    }
    return begin.call(this, stores, ...more);
  };
}"""


def counts(page: Page) -> list[int]:
    found: list[int] = page.evaluate(COUNTS)
    return found


def at_her_drawing(page: Page, site: Site) -> Page:
    """Of a wallet that was begun and closed, on a clock of the test's: asked for the PIN."""
    page.clock.install()
    settle(page, site)
    first_time(page, "Luna", PIN)
    close(page)
    tap(page, "Luna")
    return page


def test_what_is_said_of_a_drawing_never_tells_of_another_behind_it(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    """Her own right PIN in between: then nobody else's count is heard, and it still ends."""
    page = open_page(wallet_site)
    page.clock.install()
    settle(page, wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    first_time(page, "Sol", PIN)
    close(page)
    first_time(page, "Luna", "830264")
    close(page)
    said = {drawing: told_with_a_right_pin_between(page, drawing) for drawing in ("Luna", "Sol")}
    assert said["Luna"] == said["Sol"]
    assert "Le quedan 4 intentos" in said["Luna"][3]
    tap(page, "Luna")
    page.clock.fast_forward(61 * MINUTE)
    assert "Le quedan" in try_pin(page, "830264")  # nine in all: what her PIN opened is erased
    tap(page, "Olvidé mi PIN")
    open_vault(page, PHRASE)
    heading(page, "Elija un PIN")


def told_with_a_right_pin_between(page: Page, drawing: str) -> list[str]:
    said = []
    for _ in range(3):
        tap(page, drawing)
        for _ in range(3):
            page.clock.fast_forward(61 * MINUTE)
            said.append(try_pin(page, "111222"))
        page.keyboard.type(PIN)
        heading(page, "Mis pases")
        close(page)
    return said


def test_a_try_in_another_tab_is_not_lost_when_somebody_elses_pin_was_right(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    first_time(page, "Luna", "830264")
    close(page)
    # Another tab's try comes between the count of this one and its taking off.
    page.evaluate(RAISE_BEFORE_THE_LAST_WRITE)
    enter(page, "Luna", PIN)
    assert sorted(counts(page)) == [0, 0, 1]


def told_of_nine_wrong(page: Page, drawing: str) -> list[str]:
    """All that is said of nine wrong PINs, each after its wait; and of a tenth."""
    tap(page, drawing)
    said = []
    for minutes in (0, 0, 0, 0, 0, 1, 5, 15, 60, 0):
        page.clock.fast_forward(minutes * MINUTE)
        said.append(try_pin(page, "111222"))
    tap(page, "Atrás")
    heading(page, "Toque su dibujo")
    return said


def test_nine_wrong_pins_erase_what_they_open_and_an_unused_drawing_says_the_same(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(wallet_site)
    page.clock.install()
    settle(page, wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    close(page)
    used, unused = told_of_nine_wrong(page, "Luna"), told_of_nine_wrong(page, "Pez")
    assert used == unused
    assert [text for text in used[:4] if "Le queda" in text] == used[:4]
    assert "Espere 60 segundos" in used[4]
    assert ["5 minutos" in used[5], "15 minutos" in used[6], "60 minutos" in used[7]] == [True] * 3
    assert "Es el último intento" in used[7]
    assert "ya no abre con PIN" in used[8]
    assert "Le quedan 4 intentos" in used[9]
    tap(page, "Luna")
    assert "Ese PIN no abre" in try_pin(page, PIN)
    tap(page, "Olvidé mi PIN")
    open_vault(page)
    choose_pin(page)
    heading(page, "Mis pases")
    assert len(titles(page)) == 1


def test_a_pin_typed_while_it_waits_is_not_tried_and_the_rest_is_counted_down(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = at_her_drawing(open_page(wallet_site), wallet_site)
    for _ in range(6):
        page.clock.fast_forward(MINUTE)
        try_pin(page, "111222")
    counted = counts(page)
    seen, heard = page.locator(".countdown [aria-hidden]"), page.locator(".countdown [aria-live]")
    expect(seen).to_contain_text("desde las")
    expect(heard).to_have_text("")
    page.clock.run_for(7 * MINUTE // 2)
    expect(seen).to_contain_text(", en 1:")
    expect(heard).to_have_text("Faltan 2 minutos para probar otra vez.")
    told = try_pin(page, PIN)
    assert "Ese PIN no se probó y no cuenta." in told
    assert "todavía" in told
    assert "no abre" not in told
    assert counts(page) == counted
    page.clock.run_for(MINUTE)
    expect(heard).to_have_text("Faltan 30 segundos para probar otra vez.")
    page.clock.run_for(MINUTE)
    expect(page.get_by_role("status")).to_have_text("Ya puede probar otra vez.")
    expect(seen).to_have_count(0)
    page.keyboard.type(PIN)
    heading(page, "Mis pases")


def test_waiting_survives_a_reload_and_a_clock_set_back_and_the_right_pin_ends_it(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = at_her_drawing(open_page(wallet_site), wallet_site)
    for _ in range(5):
        try_pin(page, "111222")
    assert "hay que esperar" in try_pin(page, PIN)
    page.reload()
    heading(page, "Toque su dibujo")
    tap(page, "Luna")
    assert "hay que esperar" in try_pin(page, PIN)
    page.clock.set_system_time(planted.clock() - 400 * planted.DAY)
    assert "hay que esperar todavía 60 segundos" in try_pin(page, PIN)
    page.clock.fast_forward(MINUTE)
    page.keyboard.type(PIN)
    heading(page, "Mis pases")
    close(page)
    tap(page, "Luna")
    assert "Le quedan 4 intentos" in try_pin(page, "111222")
