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
    tap(page, "Mostrar")
    heading(page, "Aquí no hay pases")
    expect(page.get_by_role("button", name="Entrevista")).to_have_count(0)
    tap(page, "Pases")
    tap(page, "Empezar de nuevo")
    heading(page, "Empiece de nuevo")
    tap(page, "Quitar todo lo mío")
    expect(page.get_by_text("Su PIN confirma que es usted quien quita su billetera.")).to_be_visible()
    page.keyboard.type(PIN)
    heading(page, "Toque su dibujo")
    expect(page.get_by_text("Listo: lo suyo ya no está en este teléfono.")).to_be_visible()
    tap(page, "Luna")
    heading(page, "Escriba su PIN")
    tap(page, "¿Primera vez, o no terminó de empezar? Empiece aquí")
    heading(page, "Elija su dibujo")
    tap(page, "Atrás")
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
