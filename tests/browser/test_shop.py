"""A printed card at a small shop (DOMAIN P4): read aloud, a copy that is said to be one, no word that accuses."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import planted
from tests.browser.site import Site
from tests.browser.speech import AWAY, HERE, speech
from tests.browser.steps import check, photo, settle, skip, verdict

pytestmark = pytest.mark.browser

NO_STORE = "indexedDB.open = () => { throw new DOMException('', 'InvalidStateError'); };"
ACCUSING = re.compile(r"fals|fraude|ilegal|sospech|inválid|rechaz|alerta", re.IGNORECASE)


def card(name: str) -> str:
    return next(case.texts[0] for case in planted.paper(planted.clock()) if case.name == name)


def damaged(text: str) -> FilePayload:
    """A photo in which nobody could read the code."""
    out = io.BytesIO()
    Image.open(io.BytesIO(planted.picture(text))).convert("L").filter(ImageFilter.GaussianBlur(9)).save(out, "JPEG")
    return FilePayload(name="card.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def test_a_card_is_read_aloud_with_its_name_large(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script(speech(AWAY, HERE))
    settle(page, site)
    page.get_by_role("button", name="Acerca de esta página").click()
    page.get_by_role("checkbox", name="Leer en voz alta").check()
    page.get_by_role("button", name="Volver", exact=True).click()
    site.stop()
    photo(page, card("valid"))
    assert verdict(page) == "valid"
    [[language, said]] = filter(None, page.evaluate("window.__said"))
    assert language == "es-CO"
    assert said.startswith("Válido. La firma está bien")
    assert "Compare el nombre con el documento. Ana María Pérez Gómez" in said
    size = "(part) => Number.parseFloat(getComputedStyle(part).fontSize)"
    assert page.locator(".name").evaluate(size) >= 28
    assert page.locator("h1").evaluate(size) >= 44
    assert page.get_by_text("Copia impresa o imagen: compare con el documento.").is_visible()


def test_a_damaged_card_asks_for_light_then_for_the_second_code(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    page.get_by_label("Foto del código").set_input_files([damaged(card("valid"))])
    expect(page.get_by_role("alert")).to_contain_text("No encuentro un código en la foto. Tome otra foto con más luz.")
    page.get_by_label("Foto del código").set_input_files([damaged(card("valid"))])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("No lo puedo comprobar.")
    expect(alert).to_contain_text("tome la foto de su segundo código. Si tampoco se lee, pida")
    expect(alert).to_contain_text("Esto no dice nada malo de la persona.")
    assert not ACCUSING.search(alert.inner_text())
    photo(page, card("cut"))
    assert verdict(page) == "cannot_verify"
    text = page.locator("main").inner_text()
    assert "Tome otra foto con más luz." in text
    assert "Esto no dice nada malo de la persona." in text
    assert not ACCUSING.search(text)
    assert page.get_by_role("button", name="Tomar otra foto").is_visible()
    page.get_by_role("button", name="Probar el segundo código de la tarjeta").click()
    page.get_by_text("Acerque el código hasta llenar el marco.").wait_for()
    photo(page, card("valid"), label="Usar una foto")
    assert verdict(page) == "valid"


def test_a_camera_that_finds_nothing_for_long_gives_the_next_advice(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, permissions=["camera"], viewport={"width": 360, "height": 640})
    page.clock.install()
    settle(page, site)
    page.get_by_role("button", name="Usar la cámara", exact=True).click()
    page.get_by_text("Acerque el código hasta llenar el marco.").wait_for()
    page.clock.fast_forward(21_000)
    said = page.get_by_text("No lo puedo comprobar todavía.")
    expect(said).to_contain_text("use su segundo código. Si no, pida el código en vivo.")
    assert not ACCUSING.search(said.inner_text())
    expect(page.get_by_role("button", name="Cancelar")).to_be_in_viewport(ratio=1)


def test_without_a_camera_the_other_ways_stay(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script("delete MediaDevices.prototype.getUserMedia")
    settle(page, site)
    page.get_by_role("button", name="Usar la cámara", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No encuentro una cámara en este aparato. Use una foto o pegue")
    photo(page, card("valid"))
    assert verdict(page) == "valid"


def test_a_device_that_keeps_nothing_still_checks(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script(NO_STORE)
    page.goto(f"{site.url}/verifier/")
    page.get_by_text("Lista de confianza del").wait_for()
    page.get_by_role("button", name="Acerca de esta página").click()
    page.get_by_role("checkbox", name="Sonido").check()
    page.get_by_role("button", name="Volver", exact=True).click()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert check(page, card("valid")) == "valid"
    page.get_by_role("button", name="Guardar constancia sin datos personales").click()
    with page.expect_download():
        page.get_by_role("button", name="Descargar constancia").click()


def test_many_looks_bring_a_reminder_and_nothing_else(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    for turn in range(40):
        page.keyboard.type("7701234567897")
        page.keyboard.press("Enter")
        page.locator("[data-verdict]").wait_for()
        assert (page.get_by_text("Ya van 40 comprobaciones en este aparato.").count() == 1) == (turn == 39)


def test_an_interview_by_keyboard_alone(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    skip(page)
    page.get_by_role("button", name="Comprobar").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pedir en vivo")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("sol")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Muéstrele esta pregunta")).to_be_focused()
    assert page.get_by_role("img", name="Pregunta para la billetera").count() == 1
    spelled = page.locator(".challenge .only-read").inner_text()
    assert spelled.replace(" ", "") == page.locator(".challenge b").inner_text().replace(" ", "")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compruebe un certificado")).to_be_focused()
