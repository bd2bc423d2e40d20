"""The first minute of who chose no phrase: her sheet waits while she copies it, and nothing is lost when it was not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.wallet_steps import PIN, choose_pin, enter, first_time, heading, settle, tap

pytestmark = pytest.mark.browser


def test_who_has_the_sheet_alone_is_not_locked_out_while_she_copies_it(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    page.clock.install()
    to_the_sheet(page)
    expect(page.get_by_role("button", name="Después")).to_have_count(0)
    page.clock.run_for(4 * 60_000)
    heading(page, "Hoja de recuperación")
    page.clock.run_for(3 * 60_000)
    heading(page, "Toque su dibujo")
    enter(page)
    expect(page.get_by_text("Su hoja de recuperación quedó sin terminar.")).to_be_visible()
    tap(page, "Empezar de nuevo")
    heading(page, "Quite su billetera de este teléfono")
    tap(page, "Quitar todo lo mío")
    page.keyboard.type(PIN)
    heading(page, "Toque su dibujo")
    first_time(page, phrase=None)


def to_the_sheet(page: Page) -> None:
    """A new person without a phrase, up to her letters."""
    tap(page, "Es mi primera vez")
    tap(page, "Luna")
    choose_pin(page)
    heading(page, "Elija una frase larga")
    tap(page, "Sin frase: solo la hoja")
    heading(page, "Hoja de recuperación")
