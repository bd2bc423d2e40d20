"""Who begins behind a drawing learns of nobody there, takes nothing of hers, and cannot guess her PIN by beginning."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.wallet_steps import (
    PIN,
    add_first,
    close,
    enter,
    first_time,
    heading,
    open_vault,
    settle,
    tap,
    try_pin,
)

pytestmark = pytest.mark.browser

ASKED_TWENTY_TIMES = """async () => {
  const settled = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await settled(indexedDB.open("puente-wallet-people"));
  const people = await settled(database.transaction("people").objectStore("people").getAllKeys());
  const tries = database.transaction("tries", "readwrite").objectStore("tries");
  for (const id of people) await settled(tries.put({ wrong: 20, at: 0 }, `asked ${id}`));
  database.close();
}"""


def begun_after_five_wrong(page: Page, drawing: str) -> list[str]:
    """All that is said at a drawing of five wrong PINs, then to who begins there, then of a wrong PIN again."""
    tap(page, drawing)
    said = [try_pin(page, "111222") for _ in range(5)]
    tap(page, "Atrás")
    heading(page, "Toque su dibujo")
    first_time(page, drawing, "830264")
    close(page)
    tap(page, drawing)
    said.append(try_pin(page, "111222"))
    tap(page, "Atrás")
    heading(page, "Toque su dibujo")
    return said


def test_who_begins_at_a_used_drawing_is_answered_as_at_an_unused_one(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    used, unused = (begun_after_five_wrong(page, drawing) for drawing in ("Luna", "Pez"))
    assert used == unused
    assert "Espere" in used[4]


def test_others_who_begin_at_her_drawing_are_no_tries_of_hers(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    close(page)
    for number in range(5):
        first_time(page, "Luna", f"83026{number}")
        close(page)
    tap(page, "Luna")
    assert "Le quedan 4 intentos" in try_pin(page, "111222")
    page.keyboard.type(PIN)
    heading(page, "Mis pases")


def test_who_begins_again_and_again_ends_what_her_pin_opens_and_her_own_entry_ends_the_count(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    close(page)
    page.evaluate(ASKED_TWENTY_TIMES)
    enter(page)
    close(page)
    first_time(page, "Luna", "830264")
    close(page)
    enter(page)
    close(page)
    page.evaluate(ASKED_TWENTY_TIMES)
    first_time(page, "Luna", "619403")
    close(page)
    tap(page, "Luna")
    assert "Ese PIN no abre" in try_pin(page, PIN)
    tap(page, "Olvidé mi PIN")
    open_vault(page)
    heading(page, "Elija un PIN")
