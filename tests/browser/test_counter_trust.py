"""The console's journeys of trust in a real Chromium: who lets whom in, what keepers say, which systems are told."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import heading, tap
from tests.browser.live import LiveSite

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 800}


def test_whom_an_administrator_invites_another_confirms_and_a_system_is_told(
    console: LiveSite, open_page: Callable[..., Page]
) -> None:
    """The invited one enrols and waits; a keeper of the registry says her word; then she comes in."""
    admin = open_page(console, viewport=WIDE)
    steps.enrol(admin, console, steps.invited(console, "Irene Cano (DEMO)", "issuer_admin"), keys=2)
    steps.section(admin, "Personal")
    tap(admin, "Invitar a alguien")
    admin.get_by_label("Nombre completo").fill("Rosa Gil (DEMO)")
    steps.confirm(admin, "Hacer la invitación")
    code = admin.get_by_role("dialog").locator(".tail").inner_text()
    console.place.private.add(code)
    steps.confirm(admin, "Cerrar")
    rosa = open_page(console, viewport=WIDE)
    steps.make_keys(rosa, console, code)
    heading(rosa, "Falta que otra persona la confirme")
    tap(rosa, "Ir a la entrada")
    tap(rosa, "Entrar con mi llave de acceso")
    expect(rosa.get_by_role("alert")).to_contain_text("person_unconfirmed")
    steps.section(admin, "Personal")
    expect(admin.get_by_text("La dejó entrar usted: confirma otra persona.")).to_be_visible()
    keeper = open_page(console, viewport=WIDE)
    steps.enrol(keeper, console, steps.invited(console, "Camilo Rey (DEMO)", "keeper", issuer=None), keys=2)
    heading(keeper, "Lo que espera a quien cuida el registro")
    tap(keeper, "Confirmar")
    steps.confirm(keeper, "Confirmar")
    expect(keeper.get_by_role("region", name="Personas que esperan")).to_have_count(0)
    tap(rosa, "Entrar con mi llave de acceso")
    heading(rosa, "Cohortes")
    told(admin)


def told(admin: Page) -> None:
    """A system of the issuer is registered, its secret shown once, tried and removed."""
    steps.section(admin, "Avisos a sistemas")
    tap(admin, "Avisar a un sistema")
    admin.get_by_label("Dirección").fill("http://127.0.0.1:9/avisos")
    steps.confirm(admin, "Registrar")
    expect(admin.get_by_role("dialog").get_by_text(re.compile("^whsec_"))).to_be_visible()
    steps.confirm(admin, "Cerrar")
    table = admin.get_by_role("region", name="Sistemas que reciben avisos")
    expect(table.get_by_text("http://127.0.0.1:9/avisos")).to_be_visible()
    tap(admin, "Enviar una prueba")
    tap(admin, "Quitar")
    steps.confirm(admin, "Quitar")
    expect(admin.get_by_text("No se avisa a ningún sistema")).to_be_visible()


def test_a_keeper_says_her_word_for_what_another_proposed(console: LiveSite, open_page: Callable[..., Page]) -> None:
    proposed = {
        "kind": "set_scope",
        "issuer": "formacion",
        "scope": [{"type": "CompetencePass", "scheme": "SENA-NSCL"}],
    }
    once = {"Idempotency-Key": "another-scope"}
    console.place.good("POST", "/v1/registry/changes", "nelly", json=proposed, headers=once)
    keeper = open_page(console, viewport=WIDE)
    steps.enrol(keeper, console, steps.invited(console, "Camilo Rey (DEMO)", "keeper", issuer=None), keys=2)
    expect(keeper.get_by_text("Cambiar lo que un emisor puede firmar")).to_be_visible()
    expect(keeper.get_by_text("1 de 2")).to_be_visible()
    tap(keeper, "Aprobar")
    expect(keeper.get_by_role("dialog")).to_contain_text("Con su palabra el cambio queda hecho.")
    steps.confirm(keeper, "Aprobar")
    expect(keeper.get_by_text("Nada espera")).to_be_visible()
    done = console.place.good("GET", "/v1/registry/events", "nelly", params={"limit": 100})["items"][-1]
    assert (done["kind"], done["subject"]) == ("set_scope", "formacion")
    keys = keeper.get_by_role("region", name="Llaves con las que se firma")
    keys.get_by_role("row").filter(has_text="formacion.demo").get_by_role("button", name="Suspender la llave").click()
    expect(keeper.get_by_role("dialog")).to_contain_text("Lo que firmó dirá En revisión")
    expect(keeper.get_by_role("dialog")).to_contain_text("usted puede ser una")
    steps.confirm(keeper, "Suspender la llave")
    expect(keys.get_by_text("Suspendida ya;")).to_have_count(1)
    expect(keeper.get_by_text("Diga ya su palabra")).to_be_visible()
    expect(keeper.get_by_text("Avise ya a quienes cuidan el registro")).to_have_count(0)
    done = console.place.good("GET", "/v1/registry/events", "nelly", params={"limit": 100})["items"][-1]
    assert (done["kind"], done["subject"]) == ("suspend_key", "did:web:formacion.demo.puente.example#k1")
