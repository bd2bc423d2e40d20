"""DOMAIN P6 from the holder's side: she tells of a misspelt name, two people decide, the corrected pass comes."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import wallet_steps as wallet
from tests.browser.live import LiveSite
from tests.browser.steps import skip
from tests.browser.test_interview import confirm, show
from tests.browser.wallet_steps import heading, tap
from tests.journeys.objecting import proposed
from tests.journeys.papers import row

pytestmark = pytest.mark.browser


@pytest.fixture
def misspelt(live: LiveSite) -> str:
    """The name of an issued credential."""
    (name,) = live.place.issued(row(name="Yuleysi"))
    return name


@pytest.fixture
def holder(live: LiveSite, misspelt: str, open_page: Callable[..., Page]) -> Page:
    """A wallet with one pass, picked up for its key, on whose view it stands."""
    offer = live.place.offer(misspelt)
    live.place.publish()
    page = open_page(live)
    wallet.settle(page, live)
    wallet.first_time(page)
    tap(page, "Leer un código")
    wallet.claim(page, offer)
    wallet.keep(page)
    page.locator("button.pass").first.click()
    return page


def decide(live: LiveSite, decision: str, **asked: Any) -> None:
    """What the officer proposes and another person approves."""
    (waiting,) = live.place.good("GET", "/v1/issuer/disputes", "oscar", params={"state": "open"})["items"]
    made = proposed(live.place, waiting["id"], decision, **asked)
    live.place.good("POST", f"/v1/issuer/decisions/{made['id']}/approval", "marta")
    live.place.publish()


def look_until(page: Page, words: str) -> None:
    """Opens the pass, again where its successor has just taken its place, until the answer is there."""
    for _look in range(20):
        page.locator("button.pass").first.click()
        page.wait_for_timeout(500)
        if page.get_by_text(words).count() > 0:
            return
        if page.locator("button.pass").count() == 0:
            with suppress(Error):  # the view goes by itself where the successor comes just now
                page.get_by_role("button", name="Atrás", exact=True).click(timeout=2000)
    raise AssertionError(words)


def test_a_misspelt_name_is_corrected_in_place(live: LiveSite, holder: Page) -> None:
    """Also after a first one that she took back: then nobody has it to answer, and home does not tell her of it."""
    wallet.ask_correction(holder, "Yuleizy Rojas Peña")
    tap(holder, "Retirar lo que pedí")
    tap(holder, "Sí, retirarlo")
    expect(holder.get_by_text("Quedó retirado y nadie lo responde.")).to_be_visible()
    (taken_back,) = live.place.good("GET", "/v1/issuer/disputes", "oscar")["items"]
    assert (taken_back["state"], taken_back["name"]) == ("withdrawn", "Yuleizy Rojas Peña")
    tap(holder, "Atrás")
    heading(holder, "Mis pases")
    expect(holder.get_by_text("Llegó la respuesta a lo que usted pidió.")).to_have_count(0)
    holder.locator("button.pass").first.click()
    wallet.ask_correction(holder, "Yuleisy Rojas Peña")
    expect(holder.get_by_text("Esperando respuesta")).to_be_visible()
    decide(live, "correct", correction={"names": "Yuleisy"})
    wallet.reopen(holder)
    told = holder.get_by_text("Llegó la respuesta a lo que usted pidió.")
    expect(told).to_be_visible(timeout=20_000)
    expect(holder.locator("button.pass")).to_have_count(1)
    tap(holder, "Ver la respuesta")
    expect(holder.get_by_text("Corregido: el pase nuevo ya está aquí")).to_be_visible()
    expect(holder.get_by_text("Yuleisy Rojas Peña").first).to_be_visible()
    expect(holder.locator(".chip.is-valid").first).to_be_visible()
    holder.get_by_role("button", name="Atrás", exact=True).click()
    heading(holder, "Mis pases")
    expect(told).to_have_count(0)
    wallet.reopen(holder)
    heading(holder, "Mis pases")
    expect(holder.get_by_role("button", name="Abrir mi bóveda")).to_have_count(0)
    expect(told).to_have_count(0)


def amended(live: LiveSite, name: str, right: str) -> str:
    """What an officer corrects by herself and another person confirms; gives the new credential's name."""
    once = {"Idempotency-Key": "one-correction-of-it"}
    path = f"/v1/issuer/credentials/{name}/amendments"
    change = live.place.good("POST", path, "oscar", json={"correction": {"names": right}}, headers=once)
    done = live.place.good("POST", f"/v1/issuer/amendments/{change['id']}/approval", "marta")
    live.place.publish()
    return str(done["replacement"])


def test_what_an_officer_corrected_by_herself_takes_the_place_of_the_cancelled_pass_by_a_new_code(
    live: LiveSite, misspelt: str, holder: Page
) -> None:
    tap(holder, "Atrás")
    show(holder, "Entrevista")
    confirm(holder)
    offer = live.place.offer(amended(live, misspelt, "Yuleisy"))
    holder.reload()
    wallet.enter(holder)
    expect(holder.locator(".chip.is-revoked")).to_have_count(1, timeout=20_000)
    tap(holder, "Agregar un pase")
    wallet.open_vault(holder)
    wallet.claim(holder, offer)
    told = "Al guardarlo toma el lugar de su pase anulado, que dice «Yuleysi Rojas Peña»."
    expect(holder.get_by_text(told)).to_be_visible(timeout=20_000)
    tap(holder, "Sí, es mío: guardar")
    heading(holder, "Mis pases")
    expect(holder.locator("button.pass")).to_have_count(1)
    expect(holder.locator(".chip.is-valid")).to_have_count(1)
    tap(holder, "Historial")
    expect(holder.locator(".rows li")).to_have_count(1)
    show(holder, "Entrevista")
    confirm(holder)


def test_a_refusal_arrives_with_its_sentence_and_what_a_correction_of_something_else_leaves_is_told_on(
    live: LiveSite, holder: Page
) -> None:
    wallet.ask_correction(holder, "Otra Persona")
    decide(live, "reject", sentence="El nombre está como en su documento.")
    wallet.reopen(holder)
    tap(holder, "Pases")
    look_until(holder, "El nombre está como en su documento.")
    expect(holder.get_by_text("Quien lo firmó no lo cambió")).to_be_visible()
    tap(holder, "Pida una corrección")
    holder.get_by_label("Otra cosa").check()
    holder.get_by_label("Cuéntelo en pocas palabras").fill("Mi nombre tiene una letra que no es")
    tap(holder, "Enviar")
    heading(holder, "Se envió")
    tap(holder, "Volver al pase")
    decide(live, "correct", correction={"names": "Yuleisy"})  # no name that she wrote: it cannot come by itself
    wallet.reopen(holder)
    told = holder.get_by_text("Lo corrigieron, pero el pase nuevo no puede llegar por aquí")
    expect(told).to_be_visible(timeout=20_000)
    tap(holder, "Ver la respuesta")
    expect(holder.get_by_text("Otra cosa")).to_be_visible()
    tap(holder, "Atrás")
    heading(holder, "Mis pases")
    expect(told).to_be_visible()
    wallet.reopen(holder)
    expect(told).to_be_visible()


def test_what_was_tapped_before_the_vault_opened_is_done_once_it_is_open(holder: Page) -> None:
    wallet.close(holder)
    wallet.enter(holder)
    holder.locator("button.pass").first.click()
    tap(holder, "Pida una corrección")
    heading(holder, "Abra su bóveda")
    wallet.open_vault(holder, "otra frase que no es")
    expect(holder.get_by_text("Eso no abre la bóveda de este dibujo.")).to_be_visible()
    wallet.open_vault(holder)
    heading(holder, "Pida una corrección")
    expect(holder.get_by_label("Cómo se escribe su nombre")).to_have_value("Yuleysi Rojas Peña")
    holder.go_back()
    expect(holder.get_by_text("Se abre con su PIN.")).to_be_visible()
    wallet.close(holder)
    wallet.enter(holder)
    holder.locator("button.pass").first.click()
    wallet.keep_from_the_pin(holder, opening=True)


def test_without_network_nothing_is_said_to_be_sent(holder: Page) -> None:
    holder.context.set_offline(True)
    tap(holder, "Pida una corrección")
    skip(holder)
    tap(holder, "Enviar")
    box = holder.get_by_label("Cómo se escribe su nombre")
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(re.compile("Este es el nombre que ya dice el pase"))
    box.fill(" ")
    tap(holder, "Enviar")
    expect(holder.get_by_text("Escriba cómo se escribe su nombre.")).to_be_visible()
    box.fill("Yuleisy Rojas Peña")
    tap(holder, "Enviar")
    expect(holder.get_by_text("No se envió nada")).to_be_visible()
    holder.context.set_offline(False)
