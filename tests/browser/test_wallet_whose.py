"""Whose what came is: a name or a document that is not hers is asked about before it is kept, and stands by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.wallet_steps import begin, choose, heading, keep, paste, tap, titles

pytestmark = pytest.mark.browser


def test_a_card_of_somebody_else_is_kept_only_after_a_yes(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    now = planted.clock()
    hers, her_permit = planted.competence(now), planted.permit(now)
    theirs = makers.resigned(planted.competence(now, index=94_568), "/credentialSubject/name", "Luis Mora")
    paste(page, worlds.text(hers))
    keep(page)
    asked = page.get_by_text(
        "Este pase dice «Luis Mora». Los que usted ya tiene dicen «Ana María Pérez Gómez». ¿Es suyo?"
    )
    tap(page, "Agregar un pase")
    paste(page, worlds.text(theirs))
    expect(asked).to_be_visible()
    assert page.get_by_role("button", name="Todo está bien: guardar").count() == 0
    tap(page, "No es mío: no guardar")
    heading(page, "Mis pases")
    assert len(titles(page)) == 1
    tap(page, "Agregar un pase")
    both = "\n".join(worlds.text(one) for one in (her_permit, theirs))
    choose(page, "pases.txt", "text/plain", both.encode())
    expect(asked).to_be_visible()
    tap(page, "Guardar solo lo que dice mi nombre")
    heading(page, "Mis pases")
    assert len(titles(page)) == 2
    tap(page, "Agregar un pase")
    choose(page, "pase.png", "image/png", planted.picture(worlds.text(theirs)))
    expect(asked).to_be_visible()
    tap(page, "Sí, es mío: guardar")
    heading(page, "Mis pases")
    assert len(titles(page)) == 3


def test_another_of_the_same_name_is_asked_for_and_has_a_pass_by_itself(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    now = planted.clock()
    twin = planted.competence(now, index=94_568, claims={**makers.COMPETENCE, "idTail": "9999"})
    paste(page, worlds.text(planted.competence(now)))
    keep(page)
    tap(page, "Agregar un pase")
    paste(page, worlds.text(twin))
    asked = (
        "Este pase dice «Ana María Pérez Gómez», documento terminado en 9999. "
        "Los que usted ya tiene dicen «Ana María Pérez Gómez», documento terminado en 4821. ¿Es suyo?"
    )
    expect(page.get_by_text(asked)).to_be_visible()
    tap(page, "Sí, es mío: guardar")
    heading(page, "Mis pases")
    assert len(titles(page)) == 2
    page.locator("button.pass").last.click()
    expect(page.get_by_text("9999")).to_be_visible()
    tap(page, "Quitar este pase")
    tap(page, "Quitarlo")
    heading(page, "Mis pases")
    page.locator("button.pass").click()
    expect(page.get_by_text("4821")).to_be_visible()
