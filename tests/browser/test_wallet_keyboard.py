"""The wallet by keyboard alone, from the first start to a card to print and to a live code: the focus is never lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import wallet_steps as wallet
from tests.browser.live import LiveSite
from tests.browser.wallet_steps import heading
from tests.journeys.papers import row

pytestmark = pytest.mark.browser

SEEN = """(found) => found.length === 1 && found[0] === document.activeElement && found[0].matches(":focus-visible")"""
LOST = "document.activeElement === document.body"


def reach(page: Page, part: Locator) -> None:
    """From where the focus is, by Tab alone."""
    expect(part).to_be_visible(timeout=20_000)
    page.wait_for_timeout(200)  # a view that stands has led the focus by then
    assert not page.evaluate(LOST)
    for _step in range(40):
        page.keyboard.press("Tab")
        if part.evaluate_all(SEEN):
            return
    raise AssertionError(f"{part} is not reached")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    reach(page, page.get_by_role("button", name=name, exact=isinstance(name, str)))
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label))
    page.keyboard.type(text)


def test_a_new_person_comes_to_a_card_and_to_a_live_code(live: LiveSite, open_page: Callable[..., Page]) -> None:
    (skill,) = live.place.issued(row())
    offer = live.place.offer(skill)
    live.place.publish()
    page = wallet.settle(open_page(live), live)
    press(page, "Es mi primera vez")
    press(page, "Luna")
    wallet.choose_pin(page)
    write(page, "Su frase", wallet.PHRASE)
    press(page, "Usar esta frase")
    press(page, "Después")
    press(page, "Leer un código")
    write(page, "Código de reclamo", offer["code"])
    write(page, "PIN del papel aparte", offer["pin"])
    page.keyboard.press("Enter")
    press(page, "Todo está bien: guardar")
    heading(page, "Mis pases")
    press(page, re.compile("Manipular alimentos"))
    press(page, re.compile("^Imprimir"))
    reach(page, page.get_by_role("button", name=re.compile("^Imprimir")))
    page.go_back()
    press(page, "Mostrar en vivo")
    press(page, re.compile("^Entrevista"))
    press(page, "Confirmar con mi PIN")
    heading(page, "Escriba su PIN")
    page.keyboard.type(wallet.PIN)
    page.locator(".qr svg").wait_for(timeout=20_000)
    assert not page.evaluate(LOST)
