"""DOMAIN P3 and P5 between two phones with the network off: the verifier reads what the wallet's screen shows."""

import io
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import planted
from tests.browser import steps as verifier
from tests.browser import wallet_steps as wallet
from tests.browser.conftest import violations
from tests.browser.live import LiveSite
from tests.browser.wallet_steps import heading, tap
from tests.journeys.papers import permit, row

pytestmark = pytest.mark.browser

NAME = "Yuleisy Rojas Peña"
INTERRUPTED = """() => {
  HTMLMediaElement.prototype.play = function () {
    return new Promise((_done, failed) => {
      const look = () => this.isConnected || failed(new DOMException("interrupted by removal", "AbortError"));
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
    });
  };
}"""
"""Chromium ends a `play` when its video is taken out of the page, which may be before the page's parts hear of it."""


@pytest.fixture
def holder(live: LiveSite, open_page: Callable[..., Page]) -> Page:
    """A wallet that picked up a competence and a permit, and is now without network."""
    (skill,) = live.place.issued(row())
    (status,) = live.place.permitted(permit())
    offers = [live.place.offer(skill), live.place.offer(status, "lucia")]
    live.place.publish()
    page = open_page(live)
    wallet.settle(page, live)
    wallet.first_time(page)
    tap(page, "Leer un código")
    for place, offer in enumerate(offers):
        if place:
            tap(page, "Agregar un pase")
        wallet.claim(page, offer)
        wallet.keep(page)
    page.context.set_offline(True)
    return page


def show(page: Page, profile: str) -> None:
    """From the dock to what the employer will see."""
    tap(page, "Mostrar")
    heading(page, "¿Para qué lo muestra?")
    page.get_by_role("button", name=profile).click()
    if profile == "Contratación":
        tap(page, "Sí, la acepté")
    heading(page, "Esto verá el empleador")


def ask_for_hiring(page: Page, letters: str) -> None:
    """The eight letters under the profile that needs an offer; the offer is asked about before a pass is seen."""
    page.get_by_role("button", name="Leer la pregunta del empleador").click()
    page.get_by_label("Ocho letras y números").fill(letters)
    page.get_by_label("Contratación").check()
    tap(page, "Seguir")
    heading(page, "Piden los datos de Contratación")
    expect(page.locator(".pick")).to_have_count(0)


def confirm(page: Page) -> None:
    tap(page, "Confirmar con mi PIN")
    page.keyboard.type(wallet.PIN)
    page.locator(".qr svg").wait_for(timeout=20_000)


def shown(page: Page) -> list[str]:
    """The texts of the code that stands on the screen, read from its pictures: one, or all frames of one set.

    Frames belong together by the six characters after their prefix (FORMAT section 9): while they are read, the next
    code may take the place of the first.
    """
    sets: dict[str, set[str]] = {}
    until = time.monotonic() + 20
    while time.monotonic() < until:
        picture = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
        for text in (code.text for code in zxingcpp.read_barcodes(picture)):
            frames = sets.setdefault(text[:10], set())
            frames.add(text)
            if len(frames) == (int(text[11]) if text.startswith("VF1-") else 1):
                return sorted(frames)
    raise AssertionError(f"{sorted(len(frames) for frames in sets.values())} frames")


def test_two_passes_are_shown_live_and_read_by_the_camera(
    live: LiveSite, holder: Page, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    show(holder, "Entrevista")
    sees = holder.locator(".pick .sees").all_inner_texts()
    assert len(sees) == 2
    assert all(NAME in lines for lines in sees)
    assert not any("VEN" in lines or "Venezuela" in lines for lines in sees)
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(["NOTHING YET"]))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = verifier.settle(open_page(live, within=camera, permissions=["camera"]), live)
        page.context.set_offline(True)
        confirm(holder)
        film.write_bytes(planted.video(shown(holder)))
        page.get_by_role("button", name="Usar la cámara", exact=True).click()
        assert verifier.verdict(page, 30_000) == "valid"
        assert page.locator("[data-level]").get_attribute("data-level") == "live"
        assert page.locator(".name").first.inner_text() == NAME
        assert page.get_by_text("Mismo titular en todos los pases.").is_visible()
    finally:
        assert violations(page) == []
        camera.close()
    tap(holder, "Historial")
    expect(holder.get_by_text("Entrevista · en vivo")).to_be_visible()


def test_under_the_pin_the_history_says_what_the_vault_holds_and_leads_there(holder: Page) -> None:
    show(holder, "Entrevista")
    confirm(holder)
    wallet.close(holder)
    wallet.enter(holder)
    tap(holder, "Historial")
    heading(holder, "Lo que usted mostró")
    expect(holder.get_by_text("Lo que usted mostró antes está en la bóveda")).to_be_visible()
    show(holder, "Entrevista")
    confirm(holder)
    tap(holder, "Historial")
    expect(holder.locator(".rows li")).to_have_count(1)
    expect(holder.get_by_text("Lo de antes está en la bóveda.")).to_be_visible()
    tap(holder, "Abrir mi bóveda")
    wallet.open_vault(holder)
    heading(holder, "Lo que usted mostró")
    expect(holder.locator(".rows li")).to_have_count(2)


def test_the_pass_that_was_tapped_is_the_one_to_show_once_the_vault_is_open_too(holder: Page) -> None:
    wallet.close(holder)
    wallet.enter(holder)
    holder.locator("button.pass").first.click()
    tap(holder, "Mostrar en vivo")
    holder.get_by_role("button", name="Emprendimiento").click()
    tap(holder, "Abrir mi bóveda")
    wallet.open_vault(holder)
    holder.get_by_role("button", name="Entrevista").click()
    heading(holder, "Esto verá el empleador")
    expect(holder.locator(".pick input")).to_have_count(2)
    expect(holder.locator(".pick input:checked")).to_have_count(1)


def test_what_is_left_out_is_not_in_the_code(live: LiveSite, holder: Page, open_page: Callable[..., Page]) -> None:
    show(holder, "Entrevista")
    holder.get_by_label("Estado del Permiso").uncheck()
    holder.clock.install()
    confirm(holder)
    page = verifier.settle(open_page(live), live)
    page.context.set_offline(True)
    assert verifier.check(page, shown(holder)[0]) == "valid"
    assert page.locator("[data-level]").get_attribute("data-level") == "live"
    assert "Puede trabajar" not in page.locator("main").inner_text()
    holder.clock.run_for(100_000)  # nobody touches a phone that is held before a camera
    expect(holder.locator(".qr svg")).to_be_visible()


def test_a_wrong_clock_is_told_before_the_code_and_beside_it_with_the_way_to_the_letters(
    live: LiveSite, holder: Page, open_page: Callable[..., Page]
) -> None:
    behind = "La fecha de este teléfono está atrasada."
    expect(holder.get_by_text(behind)).to_have_count(0)
    wallet.close(holder)
    holder.clock.set_fixed_time(planted.clock() - timedelta(days=730))
    wallet.enter(holder)
    expect(holder.get_by_role("alert").filter(has_text=behind)).to_be_visible()
    show(holder, "Entrevista")
    holder.get_by_label("Estado del Permiso").uncheck()
    confirm(holder)
    expect(holder.get_by_role("alert").filter(has_text=behind)).to_be_visible()
    page = verifier.settle(open_page(live), live)
    page.context.set_offline(True)
    verifier.check(page, shown(holder)[0])
    assert set(verifier.reasons(page)) == {"stale_presentation"}
    tap(page, "Hacer una pregunta")
    page.get_by_label("Su nombre corto").fill("ASADERO BERTHA")
    tap(page, "Entrevista")
    letters = page.locator(".challenge b").inner_text()
    tap(holder, "Escribir las ocho letras")
    holder.get_by_label("Ocho letras y números").fill(letters)
    tap(holder, "Seguir")
    heading(holder, "Esto verá el empleador")
    confirm(holder)
    expect(holder.get_by_text(behind)).to_have_count(0)
    for text in shown(holder):
        verifier.scan(page, text)
    page.locator("[data-level=live_challenge]").wait_for(timeout=30_000)
    assert verifier.verdict(page) == "valid"


def test_eight_letters_are_answered_for_one_verifier_and_once(
    live: LiveSite, holder: Page, open_page: Callable[..., Page]
) -> None:
    page = verifier.settle(open_page(live), live)
    page.context.set_offline(True)
    page.get_by_role("button", name="Pedir en vivo").click()
    page.get_by_label("Su nombre corto").fill("ASADERO BERTHA")
    page.get_by_role("button", name="Contratación", exact=True).click()
    letters = page.locator(".challenge b").inner_text().lower()
    tap(holder, "Mostrar")
    ask_for_hiring(holder, letters)
    tap(holder, "Todavía no")
    heading(holder, "¿Para qué lo muestra?")
    expect(holder.get_by_role("alert")).to_contain_text("No se ha mostrado nada.")
    ask_for_hiring(holder, letters)
    tap(holder, "Sí, la acepté")
    heading(holder, "Esto verá el empleador")
    confirm(holder)
    expect(holder.locator("[data-level=live_challenge]")).to_be_visible()
    page.get_by_role("button", name="Leer la respuesta").click()
    for text in shown(holder):
        verifier.scan(page, text)
    assert verifier.verdict(page, 30_000) == "valid"
    assert page.locator("[data-level]").get_attribute("data-level") == "live_challenge"
    answered = shown(holder)
    page.get_by_role("button", name="Comprobar otro").click()
    page.locator(".challenge b").wait_for()
    for text in answered:
        verifier.scan(page, text)
    assert verifier.verdict(page, 30_000) == "cannot_verify"
    assert page.locator(".phone-code b").inner_text() == "V24-A"
    assert page.get_by_role("button", name="Leer la respuesta otra vez").count() == 0
    page.get_by_role("button", name="Hacer otra pregunta").click()
    page.locator(".challenge b").wait_for()


def test_without_a_camera_the_letters_are_what_is_left(holder: Page) -> None:
    holder.evaluate(
        """() => {
          navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
        }"""
    )
    tap(holder, "Mostrar")
    holder.get_by_role("button", name="Leer la pregunta del empleador").click()
    expect(holder.get_by_role("button", name="Leer el código")).to_contain_text("que muestra el teléfono del empleador")
    holder.get_by_label("Ocho letras y números").fill("K7M")
    holder.get_by_role("button", name="Leer el código").click()
    expect(holder.get_by_role("alert")).to_contain_text("Escriba las ocho letras")
    assert holder.get_by_text("pegue el texto").count() == 0
    expect(holder.get_by_label("Ocho letras y números")).to_have_value("K7M")


def test_a_question_beyond_its_profile_is_refused_and_noted(holder: Page) -> None:
    """Also from a photo that is read while the camera still opens: what that camera says afterwards counts no more."""
    holder.evaluate(INTERRUPTED)
    tap(holder, "Mostrar")
    holder.get_by_role("button", name="Leer la pregunta del empleador").click()
    holder.get_by_role("button", name="Leer el código").click()
    asked = planted.picture("VQ1-S7K3M9QWX.GESTION TOTAL")
    holder.wait_for_timeout(500)  # the camera has opened, and its video is about to play
    holder.locator("input[type=file]").first.set_input_files(
        [FilePayload(name="q.png", mimeType="image/png", buffer=asked)]
    )
    heading(holder, "Piden datos de más.")
    expect(holder.get_by_text("GESTION TOTAL")).to_be_visible()
    tap(holder, "No mostrar nada")
    tap(holder, "Historial")
    expect(holder.get_by_text("Piden datos de más. No se enviaron.")).to_be_visible()
    expect(holder.locator("main li p").filter(has_text="GESTION TOTAL")).to_contain_text("Pidió: GESTION TOTAL")


def test_hiring_opens_only_after_an_offer_and_shows_what_the_registries_ask(
    live: LiveSite, holder: Page, open_page: Callable[..., Page]
) -> None:
    tap(holder, "Mostrar")
    holder.get_by_role("button", name="Contratación").click()
    tap(holder, "Todavía no")
    heading(holder, "¿Para qué lo muestra?")
    show(holder, "Contratación")
    lines = " ".join(holder.locator(".pick .sees").all_inner_texts())
    assert "Nacionalidad" in lines
    assert "Para compararlo con el documento que usted muestra." in lines
    assert "Estado del permiso" in lines
    confirm(holder)
    page = verifier.settle(open_page(live), live)
    page.context.set_offline(True)
    page.get_by_label("Texto del código").fill("\n".join(shown(holder)))
    page.get_by_role("button", name="Comprobar").click()
    assert verifier.verdict(page) == "valid"
