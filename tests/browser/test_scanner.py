"""A handheld scanner that types like a keyboard, whatever view stands; sound, vibration and voice when asked for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import planted
from tests.browser.site import Site
from tests.browser.speech import HERE, speech
from tests.browser.steps import reasons, scan, settle, verdict

pytestmark = pytest.mark.browser

HEARD = """
window.__notes = []; window.__buzz = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  window.__notes.push(this.frequency.value);
  return start.apply(this, at);
};
navigator.vibrate = (pattern) => { window.__buzz.push(pattern.length); return true; };
"""
# How the keys of an English keyboard write where the device is set to a Spanish one.
SPANISH = {"-": ("'", "Minus"), ":": ("Ñ", "Semicolon"), "+": ("¿", "Equal"), "*": ("(", "Digit8"), "/": ("-", "Slash")}


def paper() -> dict[str, str]:
    return {case.name: case.texts[0] for case in planted.paper(planted.clock())}


def test_a_scan_is_read_whatever_view_stands(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    codes = paper()
    page.keyboard.type(codes["valid"])
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"
    page.keyboard.type(codes["revoked"])
    page.keyboard.press("Tab")
    page.locator("[data-verdict=revoked]").wait_for()
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="Usar la cámara", exact=True).focus()
    page.keyboard.type(codes["expired"])
    page.keyboard.press("Enter")
    page.locator("[data-verdict=expired]").wait_for()
    assert page.locator("video").count() == 0
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="Acerca de esta página").click()
    page.keyboard.type(codes["suspended"])
    page.keyboard.press("Enter")
    page.locator("[data-verdict=under_review]").wait_for()


def test_a_scan_into_a_field_leaves_the_field_as_it_was(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_role("button", name="Pedir en vivo").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()  # a view takes the focus a little after it is drawn
    page.get_by_label("Su nombre corto").fill("SOL")
    page.keyboard.type(paper()["valid"], delay=0)
    assert page.get_by_label("Su nombre corto").input_value() != "SOL"
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"
    page.go_back()
    expect(page.get_by_label("Su nombre corto")).to_have_value("")
    page.go_back()
    page.get_by_label("Texto del código").focus()
    page.keyboard.type(paper()["valid"], delay=0)
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"


def test_frames_are_scanned_one_after_the_other(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    frames = planted.live(planted.clock(), two=True).texts
    for place, frame in enumerate(reversed(frames), start=1):
        scan(page, frame)
        if place < len(frames):
            expect(page.get_by_role("log")).to_have_text(
                f"El código tiene varias partes. Llevo {place} de {len(frames)}."
            )
    assert verdict(page) == "valid"
    for _ in range(2):  # by the second time what the first one left would stand there
        scan(page, frames[0])
    assert page.get_by_role("log").inner_text() == ""
    assert verdict(page) == "valid"


def test_a_scanner_of_another_keyboard_is_understood_by_its_keys(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    keys = page.context.new_cdp_session(page)
    text = paper()["valid"]
    assert set(SPANISH) & set(text) >= {"-"}
    for letter in text:
        written, code = SPANISH.get(letter, (letter, f"Key{letter}" if letter.isalpha() else ""))
        shift = 8 if letter in ":+*" or letter.isalpha() else 0
        for kind in ("keyDown", "keyUp"):
            said = {"text": written} if kind == "keyDown" else {}
            keys.send(
                "Input.dispatchKeyEvent", {"type": kind, "key": written, "code": code, "modifiers": shift, **said}
            )
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"


def test_letters_that_no_code_has_are_said(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    wrong = "".join(SPANISH.get(letter, (letter, ""))[0] for letter in paper()["valid"])
    scan(page, wrong)
    assert verdict(page) == "cannot_verify"
    assert page.get_by_text("La imagen no se lee completa.").is_visible()
    assert page.get_by_text("El lector escribe letras de otro teclado.").is_visible()
    assert reasons(page) == ["malformed_base45"]


def test_another_barcode_is_no_code_of_puente(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.keyboard.type("7701234567897")
    page.keyboard.press("Enter")
    assert verdict(page) == "cannot_verify"
    assert page.get_by_text("Este código no es de Puente.").is_visible()


def test_nothing_sounds_until_it_is_asked_for_and_all_but_valid_sounds_alike(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site)
    page.add_init_script(HEARD)
    page.add_init_script(speech(HERE))
    settle(page, site)
    codes = paper()

    def heard(name: str) -> tuple[list[float], list[int], list[str]]:
        page.evaluate("() => { window.__notes = []; window.__buzz = []; window.__said = []; }")
        scan(page, codes[name])
        verdict(page)
        page.get_by_role("button", name="Volver al inicio").click()
        found = page.evaluate("[window.__notes, window.__buzz, window.__said]")
        return found[0], found[1], [words for _, words in filter(None, found[2])]

    assert heard("valid") == ([], [], [])
    page.get_by_role("button", name="Acerca de esta página").click()
    for choice in ("Sonido", "Vibración", "Leer en voz alta"):
        page.get_by_role("checkbox", name=choice).check()
    page.get_by_role("button", name="Volver", exact=True).click()
    notes, buzz, said = heard("valid")
    assert (len(notes), buzz) == (2, [1])
    assert notes[1] > notes[0]
    assert len(said) == 1
    assert said[0].startswith("Válido. ")
    assert "Ana María Pérez Gómez" in said[0]
    others = [heard(name)[:2] for name in ("revoked", "expired", "suspended", "forged")]
    assert all(other == others[0] for other in others)
    assert (len(others[0][0]), others[0][1]) == (1, [3])
    page.reload()
    page.get_by_text("Lista de confianza del").wait_for()
    page.get_by_role("button", name="Acerca de esta página").click()
    expect(page.get_by_role("checkbox", name="Sonido")).to_be_checked()
