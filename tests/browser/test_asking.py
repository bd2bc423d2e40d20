"""Interview and hiring, the employer's side (DOMAIN P3, P5): a question shown, its answer read, once and in time."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.conftest import violations
from tests.browser.site import Site
from tests.browser.steps import check, reasons, scan, settle, verdict

pytestmark = pytest.mark.browser

NAME = "PANADERIA EL SOL"


def ask(page: Page, profile: str = "Entrevista", name: str = "Panadería el Sol") -> str:
    """From the start to a question that stands; gives its eight letters."""
    page.get_by_role("button", name="Pedir en vivo").click()
    page.get_by_label("Su nombre corto").fill(name)
    page.get_by_role("button", name=profile, exact=True).click()
    return letters(page)


def letters(page: Page) -> str:
    return page.locator(".challenge b").inner_text().replace(" ", "")


def answer(challenge: str, *, domain: str | None = NAME, now: datetime | None = None, index: int = 94_567) -> str:
    """What a holder's phone shows for these letters: a competence and a permit, signed now."""
    moment = now or planted.clock()
    holder = makers.holder()
    passes = [planted.competence(moment, subject=holder.did, index=index), planted.permit(moment, subject=holder.did)]
    return worlds.text(makers.presented(passes, holder, now=moment, challenge=challenge, domain=domain))


def level(page: Page) -> str | None:
    return page.locator("[data-level]").get_attribute("data-level")


def test_a_question_is_asked_and_its_answer_read_by_the_camera(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(["NOTHING YET"]))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        site.stop()
        challenge = ask(page)
        shown = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
        assert [code.text for code in zxingcpp.read_barcodes(shown)] == [f"VQ1-I{challenge}.{NAME}"]
        expect(page.get_by_role("timer")).to_contain_text("Sirve una vez.")
        film.write_bytes(planted.video(planted.frames(answer(challenge))))
        page.get_by_role("button", name="Leer la respuesta").click()
        assert verdict(page, 30_000) == "valid"
        assert level(page) == "live_challenge"
        assert page.locator(".name").first.inner_text() == "Ana María Pérez Gómez"
        assert page.get_by_text("Mismo titular en todos los pases.").is_visible()
        page.get_by_role("button", name="Comprobar otro").click()
        assert letters(page) != challenge
    finally:
        assert violations(page) == []
        camera.close()


def test_an_answer_serves_once_and_only_its_own_question(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    challenge = ask(page, "Contratación")
    assert page.get_by_text("Usted pide: Contratación.").is_visible()
    other = "00000000" if challenge != "00000000" else "11111111"
    scan(page, answer(other))
    assert verdict(page) == "cannot_verify"
    assert "La respuesta no es para esta pregunta o ya pasó el tiempo. Qué hacer Repitan." in " ".join(
        page.get_by_role("status").inner_text().split()
    )
    assert "Ana María" not in page.locator("body").inner_text()
    assert set(reasons(page)) == {"challenge_mismatch"}
    assert page.get_by_role("button", name="Leer la respuesta otra vez").count() == 0
    page.get_by_role("button", name="Hacer otra pregunta").click()
    asked_before, challenge = challenge, letters(page)
    assert challenge != asked_before
    scan(page, answer(challenge, domain="OTRA TIENDA"))
    assert verdict(page) == "cannot_verify"
    assert set(reasons(page)) == {"domain_mismatch"}
    right = answer(challenge)
    page.get_by_role("button", name="Leer la respuesta otra vez").click()
    scan(page, right)
    assert (verdict(page), level(page)) == ("valid", "live_challenge")
    scan(page, right)
    page.get_by_text("Qué hacer").wait_for()
    assert (verdict(page), set(reasons(page))) == ("cannot_verify", {"challenge_mismatch"})
    page.get_by_role("button", name="Hacer otra pregunta").click()
    assert letters(page) != challenge


def test_letters_that_were_typed_carry_no_name_and_a_paper_stays_a_copy(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(site), site)
    challenge = ask(page)
    scan(page, planted.paper(planted.clock())[0].texts[0])
    assert (verdict(page), level(page)) == ("valid", "copy")
    page.go_back()
    assert letters(page) == challenge
    scan(page, answer(challenge, domain=None))
    assert (verdict(page), level(page)) == ("valid", "live_challenge")


def test_after_two_minutes_there_is_another_question(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.clock.install()
    settle(page, site)
    challenge = ask(page)
    page.clock.run_for(110_000)
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"Quedan (9|10) segundos\."))
    page.clock.run_for(12_000)
    expect(page.get_by_role("alert")).to_contain_text("Ya pasaron los dos minutos. Haga otra pregunta.")
    assert page.locator(".qr").count() == 0
    scan(page, answer(challenge))
    assert verdict(page) == "cannot_verify"
    assert set(reasons(page)) == {"stale_presentation"}
    expect(page.locator(".reason .why")).to_contain_text("ya pasó el tiempo")
    page.get_by_role("button", name="Volver al inicio").click()
    assert ask(page) != challenge


def test_two_years_back_the_clock_is_named_and_a_question_still_works(
    site: Site, open_page: Callable[..., Page]
) -> None:
    now = planted.clock()
    page = open_page(site)
    page.clock.install(time=now - timedelta(days=730))
    settle(page, site)
    assert check(page, planted.paper(now)[0].texts[0]) == "valid_as_of"
    assert page.get_by_text("La hora de este aparato no es confiable.").is_visible()
    assert page.get_by_text("Corrija la fecha y la hora de este aparato, y revise otra vez.").is_visible()
    scan(page, planted.live(now, two=False).texts[0])
    page.get_by_text("Qué hacer").wait_for()
    assert set(reasons(page)) == {"clock_behind", "stale_presentation"}
    expect(page.locator(".reason .why")).to_contain_text("o la hora de uno de los dos teléfonos está mal.")
    page.get_by_role("button", name="Hacer una pregunta").click()
    page.get_by_label("Su nombre corto").fill("SOL")
    page.get_by_role("button", name="Entrevista", exact=True).click()
    scan(page, answer(letters(page), domain="SOL"))
    page.locator("[data-level]").wait_for()
    assert (verdict(page), level(page)) == ("valid_as_of", "live_challenge")


def test_the_short_name_is_wanted_kept_and_erased(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_role("button", name="Pedir en vivo").click()
    page.get_by_role("button", name="Entrevista", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Falta su nombre corto.")
    page.get_by_label("Su nombre corto").fill("Café Ñandú nº 1")
    assert page.get_by_label("Su nombre corto").input_value() == "Café Ñandú nº 1"
    page.get_by_role("button", name="Entrevista", exact=True).click()
    letters(page)
    page.reload()
    page.get_by_role("button", name="Pedir en vivo").click()
    expect(page.get_by_label("Su nombre corto")).to_have_value("Café Ñandú nº 1")
    page.go_back()
    page.get_by_role("button", name="Acerca de esta página").click()
    page.get_by_role("button", name="Borrar lo guardado").click()
    page.get_by_role("button", name="Borrar", exact=True).click()
    page.get_by_text("Listo: ya no guardo nada suyo.").wait_for()
    page.reload()
    page.get_by_role("button", name="Pedir en vivo").click()
    page.wait_for_timeout(200)
    assert page.get_by_label("Su nombre corto").input_value() == ""


def test_with_the_camera_refused_the_answer_comes_by_the_other_ways(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    settle(page, site)
    challenge = ask(page)
    page.get_by_role("button", name="Leer la respuesta").click()
    expect(page.get_by_role("alert")).to_contain_text("Este teléfono no me dejó usar la cámara.")
    assert letters(page) == challenge
    assert check(page, answer(challenge)) == "valid"
    assert level(page) == "live_challenge"
