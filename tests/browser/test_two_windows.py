"""One wallet open in two windows: what one changed the other does not write over, and it says why it keeps nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import planted
from tests.browser import wallet_steps as wallet
from tests.browser.live import LiveSite
from tests.browser.test_interview import confirm, show
from tests.browser.test_lost_phone import copy_view
from tests.browser.wallet_steps import heading, tap
from tests.journeys.papers import row

pytestmark = pytest.mark.browser

ELSEWHERE = "su billetera está abierta en otra ventana"


def history_keeps_what_was_typed(page: Page) -> None:
    """Neither a note, nor that all is erased, nor what somebody asked too much is kept here; each says why."""
    refused = page.get_by_role("alert").filter(has_text=f"No pude guardar el cambio: {ELSEWHERE}")
    tap(page, "Historial")
    tap(page, "Anotar a quién")
    page.get_by_label("¿A quién se lo mostró?").fill("Panadería El Sol")
    tap(page, "Guardar")
    expect(refused).to_be_visible()
    expect(page.get_by_label("¿A quién se lo mostró?")).to_have_value("Panadería El Sol")
    tap(page, "Borrar el historial")
    tap(page, "Sí, borrar")
    expect(refused).to_have_count(2)
    expect(page.locator(".rows li")).to_have_count(1)
    tap(page, "Mostrar")
    page.get_by_role("button", name="Leer la pregunta del empleador").click()
    page.get_by_role("button", name="Leer el código").click()
    asked = FilePayload(name="q.png", mimeType="image/png", buffer=planted.picture("VQ1-S7K3M9QWX.TALLER"))
    page.locator("input[type=file]").first.set_input_files([asked])
    heading(page, "Piden datos de más.")
    unnoted = f"No se envió nada, pero esta pregunta no quedó anotada en su historial: {ELSEWHERE}"
    expect(page.get_by_role("alert").filter(has_text=unnoted)).to_be_visible()
    tap(page, "No mostrar nada")


def test_what_is_not_kept_because_of_another_window_is_told_with_its_cause(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    (skill,) = live.place.issued(row())
    offer = live.place.offer(skill)
    live.place.publish()
    page = wallet.settle(open_page(live), live)
    wallet.first_time(page)
    tap(page, "Leer un código")
    wallet.claim(page, offer)
    wallet.keep(page)
    other = page.context.new_page()
    other.goto(f"{live.url}/wallet/")
    wallet.enter(other)
    show(page, "Entrevista")
    confirm(page)
    expect(page.get_by_text(ELSEWHERE)).to_have_count(0)
    show(other, "Entrevista")
    confirm(other)
    expect(other.get_by_role("alert")).to_contain_text(f"no quedó anotado en su historial: {ELSEWHERE}")
    wallet.close(other)
    wallet.enter(other)
    show(other, "Entrevista")
    confirm(other)
    expect(other.get_by_text(ELSEWHERE)).to_have_count(0)
    tap(page, "Pases")
    page.locator("button.pass").first.click()
    tap(page, "Quitar este pase")
    tap(page, "Quitarlo")
    expect(page.get_by_role("alert")).to_contain_text(f"No pude guardar el cambio: {ELSEWHERE}")
    tap(page, "Atrás")
    history_keeps_what_was_typed(page)
    copy_view(page)
    tap(page, "Encender la copia")
    expect(page.get_by_text(f"S{ELSEWHERE[1:]}")).to_be_visible()
    other.close()
