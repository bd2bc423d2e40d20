"""The mode for who reads little (LOOK section 7): a picture and a short line at each step, and the phone's voice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import planted
from tests.browser.gallery import scenes, turn, word_faults
from tests.browser.site import Site
from tests.browser.speech import AWAY, HERE, speech
from tests.browser.steps import check, verdict
from tests.browser.steps import settle as settle_verifier
from tests.browser.wallet_steps import add_first, choose_pin, first_time, heading, settle, tap

pytestmark = pytest.mark.browser

PICTURED = "main :is(.pin-head, .way, .pass, .qr) svg"
MUTE = "Este teléfono no tiene una voz en español. Puede agregarla en los ajustes del teléfono."
SECRETS = ("4T7K", "9QZD", "1. 2. 3.")
"""Letters of a recovery sheet and the keys of the PIN, as the galleries draw them."""


def said(page: Page) -> list[str]:
    """What the voice said, silences left away."""
    return [words for _, words in filter(None, page.evaluate("window.__said"))]


def hear(page: Page, name: str = "Oír") -> str:
    """What the view says when it is asked to."""
    page.get_by_role("button", name=name, exact=True).click()
    return said(page)[-1]


def test_each_step_of_the_main_ways_has_a_picture_and_says_itself_but_no_secret(view: Callable[..., Page]) -> None:
    for language in ("es", "en"):
        page = view("wallet.html", "easy-people", language)
        steps = [name for name in scenes(page) if name.startswith("easy-")]
        assert len(steps) > 25
        for name in steps:
            turn(page, name, language)
            assert page.locator(PICTURED).count() > 0, name
            assert page.locator(".step-line").count() >= 1, name
            page.locator(".bar .hear").click()
            spoken = page.locator("body").get_attribute("data-spoken") or ""
            heard = spoken.casefold()
            assert page.locator("h1").inner_text().rstrip(".").casefold() in heard, name
            assert page.locator(".step-line").first.inner_text().casefold() in heard, name
            assert [secret for secret in SECRETS if secret in spoken] == [], name


def test_a_verdict_has_its_next_step_as_a_picture_and_the_rest_folded(show: Callable[..., Page]) -> None:
    page = show("easy-valid")
    assert page.locator(".doing svg").count() == 1
    assert page.locator(".doing").inner_text() == "Compare el nombre con el documento."
    page.get_by_role("button", name="Oír esta pantalla").click()
    spoken = page.locator("body").get_attribute("data-spoken") or ""
    assert spoken.startswith("Válido. La firma está bien")
    assert "Compare el nombre con el documento. Ana María Pérez Gómez" in spoken
    assert not page.get_by_text("Quién lo firma").is_visible()
    page.get_by_text("Más", exact=True).click()
    expect(page.get_by_text("Quién lo firma")).to_be_visible()


RIGHTS = "Para la persona: esta comprobación no le quita sus derechos. Puede pedir aclaración."
NO_BLAME = "Esto no dice nada malo de la persona."
SAID = {
    "revoked": (RIGHTS, "V21-A"),
    "under-review": (RIGHTS, "V21-B"),
    "cannot-verify": (f"{NO_BLAME} Puede ser la luz, el papel o este teléfono.", "V5"),
    "cannot-verify-other": (NO_BLAME, "V4-A"),
}


def test_what_protects_the_person_is_seen_and_heard_with_the_rest_folded(show: Callable[..., Page]) -> None:
    page = show("easy-valid", viewport={"width": 320, "height": 640})
    for name, said_of in SAID.items():
        turn(page, f"easy-{name}", "es")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = false })")
        for words in said_of:
            expect(page.get_by_text(words, exact=True)).to_be_visible()
        assert word_faults(page, name) == []
        page.get_by_role("button", name="Oír esta pantalla").click()
        assert said_of[0] in (page.locator("body").get_attribute("data-spoken") or ""), name


def test_who_reads_little_begins_with_pictures_and_hears_each_step(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(wallet_site)
    page.add_init_script(speech(AWAY, HERE))
    settle(page, wallet_site)
    tap(page, "Usar dibujos grandes")
    assert hear(page).startswith("Toque su dibujo. Con su dibujo entra usted. Colibrí.")
    tap(page, "Es mi primera vez")
    assert hear(page).startswith("Elija su dibujo.")
    tap(page, "Luna")
    assert "Elija un PIN. Son seis números." in hear(page)
    choose_pin(page)
    assert hear(page).startswith("Elija una frase larga.")


def test_what_is_said_of_a_person_ends_when_the_wallet_closes(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(wallet_site)
    page.add_init_script(speech(HERE))
    settle(page, wallet_site)
    first_time(page)
    add_first(page, planted.paper(planted.clock())[0].texts[0])
    tap(page, "Ayuda")
    tap(page, "Usar dibujos grandes")
    hear(page)
    page.evaluate("window.__said.length = 0")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("window.__said")[0] == ""
    page.evaluate("Object.defineProperty(document, 'hidden', { value: false, configurable: true })")
    tap(page, "Cerrar")
    heading(page, "Toque su dibujo")
    assert said(page) == []


@pytest.mark.parametrize("voices", [(), (AWAY,)], ids=["none", "elsewhere"])
def test_a_phone_without_a_voice_of_its_own_says_so_once(
    wallet_site: Site, open_page: Callable[..., Page], voices: tuple[dict[str, str | bool], ...]
) -> None:
    page = open_page(wallet_site)
    page.add_init_script(speech(*voices))
    settle(page, wallet_site)
    tap(page, "Usar dibujos grandes")
    tap(page, "Oír")
    expect(page.get_by_role("status").filter(has_text=MUTE)).to_be_visible()
    assert said(page) == []
    tap(page, "Es mi primera vez")
    heading(page, "Elija su dibujo")
    expect(page.get_by_text(MUTE)).to_have_count(0)
    expect(page.get_by_role("button", name="Oír", exact=True)).to_have_count(0)


def test_the_verifier_keeps_the_mode_and_says_what_it_found(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script(speech(HERE))
    settle_verifier(page, site)
    page.get_by_role("button", name="Con dibujos").click()
    assert "Compruebe un certificado. Usar la cámara." in hear(page)
    page.reload()
    page.get_by_text("Lista de confianza del").wait_for()
    expect(page.get_by_role("button", name="Sin dibujos")).to_be_visible()
    page.locator("details", has_text="Pegar el texto").first.locator("summary").click()
    check(page, next(case.texts[0] for case in planted.paper(planted.clock()) if case.name == "valid"))
    assert verdict(page) == "valid"
    assert "Ana María Pérez Gómez" in hear(page, "Oír esta pantalla")
