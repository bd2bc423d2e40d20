"""The page with the server stopped: text, photos and camera give the planted verdicts; all by keyboard too."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import planted
from tests.browser.conftest import violations
from tests.browser.site import Site
from tests.browser.steps import check, photo, reasons, settle, verdict

pytestmark = pytest.mark.browser


def test_pasted_texts_with_the_server_stopped(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    for case in planted.paper(planted.clock()):
        page.reload()
        assert (case.name, check(page, case.texts[0])) == (case.name, case.verdict)
        found = reasons(page)
        assert set(case.reasons) <= set(found), (case.name, found)
        if case.verdict == "cannot_verify":
            assert "Ana María" not in page.locator("body").inner_text()
        else:
            assert page.locator(".name").first.inner_text() == "Ana María Pérez Gómez"
    frames = planted.live(planted.clock(), two=True)
    page.reload()
    assert check(page, "\n".join(frames.texts)) == "valid"
    assert page.locator("[data-level]").get_attribute("data-level") == "live"
    assert page.get_by_text("Mismo titular en todos los pases.").is_visible()


def test_photos_with_the_server_stopped(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    now = planted.clock()
    wanted = {"valid", "revoked", "forged", "link"}
    for case in (case for case in planted.paper(now) if case.name in wanted):
        page.reload()
        photo(page, *case.texts)
        assert (case.name, verdict(page)) == (case.name, case.verdict)
    frames = planted.live(planted.clock(), two=True)
    page.get_by_role("button", name="Volver al inicio").click()
    photo(page, *frames.texts)
    assert verdict(page) == "valid"
    page.get_by_role("button", name="Volver al inicio").click()
    photo(page, frames.texts[0])
    assert verdict(page) == "cannot_verify"
    assert reasons(page) == ["frames_incomplete"]


def test_a_pdf_is_called_one_and_what_to_do_with_it_is_said(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_label("Foto del código").set_input_files(
        [FilePayload(name="pase.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n")]
    )
    page.get_by_text("Ese archivo es un PDF, no una foto. Ábralo en otra pantalla").wait_for()
    assert page.get_by_text("No encuentro un código").count() == 0


def test_a_photo_without_a_code_says_so(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    blank = FilePayload(name="x.png", mimeType="image/png", buffer=b"this is no picture")
    page.get_by_label("Foto del código").set_input_files([blank])
    expect(page.get_by_role("alert")).to_contain_text("No encuentro un código en la foto.")


@pytest.mark.parametrize("name", ["valid", "revoked", "forged", "live", "frames"])
def test_the_camera_with_the_server_stopped(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path, name: str
) -> None:
    now = planted.clock()
    shown = (*planted.paper(now), planted.live(now, two=False), planted.live(now, two=True))
    cases = {case.name: case for case in shown}
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(cases[name].texts))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        site.stop()
        page.reload()
        page.get_by_role("button", name="Usar la cámara", exact=True).click()
        assert verdict(page, 30_000) == cases[name].verdict
        expected = {"live": "live", "frames": "live", "forged": None}.get(name, "copy")
        level = page.locator("[data-level]")
        assert (level.get_attribute("data-level") if level.count() else None) == expected
        page.get_by_role("button", name="Comprobar otro").click()
        page.wait_for_timeout(800)  # the code is still in the picture; it is not read again at once
        assert page.locator("video").is_visible()
        page.get_by_role("button", name="Cancelar").click()
        assert page.locator("video").count() == 0
    finally:
        assert violations(page) == []
        camera.close()


def test_a_refused_camera_leaves_the_other_ways(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    refusal = "Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.add_init_script(f"navigator.mediaDevices.getUserMedia = () => {refusal}")
    settle(page, site)
    page.get_by_label("Texto del código").fill("VC1-R a med")
    page.get_by_role("button", name="Usar la cámara", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Este teléfono no me dejó usar la cámara.")
    expect(page.get_by_label("Texto del código")).to_have_value("VC1-R a med")
    page.get_by_role("button", name="Pasar la lista").click()
    expect(page.get_by_role("alert")).to_have_text(
        "No puedo usar la cámara de este aparato. Traiga la lista por internet o de un archivo."
    )
    page.get_by_role("button", name="Inicio", exact=True).click()
    expect(page.get_by_label("Texto del código")).to_have_value("")
    assert check(page, planted.paper(planted.clock())[0].texts[0]) == "valid"


def test_a_photo_over_the_bounds_says_so(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    large = FilePayload(name="x.png", mimeType="image/png", buffer=bytes(8 * 1024 * 1024 + 1))
    page.get_by_label("Foto del código").set_input_files([large])
    expect(page.get_by_role("alert")).to_contain_text("La foto es más grande de lo permitido.")


def test_a_photo_that_would_hold_the_reader_up_for_a_minute_is_given_up(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = settle(open_page(site), site)
    at = np.indices((2400, 2400)) % 8
    ring = np.maximum(abs(at[0] - 3), abs(at[1] - 3))
    finders = Image.fromarray(np.where((at.max(0) == 7) | (ring == 2), 255, 0).astype("uint8"))
    finders.save(made := BytesIO(), "PNG")
    page.get_by_label("Foto del código").set_input_files(
        [FilePayload(name="x.png", mimeType="image/png", buffer=made.getvalue())]
    )
    expect(page.get_by_role("alert")).to_contain_text("No encuentro un código en la foto.", timeout=20_000)
    photo(page, *planted.paper(planted.clock())[0].texts)
    assert verdict(page) == "valid"


def test_everything_by_keyboard(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_label("Texto del código").focus()
    page.keyboard.insert_text(planted.paper(planted.clock())[0].texts[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert verdict(page) == "valid"
    assert page.evaluate("document.activeElement.dataset.verdict") == "valid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.get_by_text("nada cambió después de la firma").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_text("Firma eddsa-jcs-2022.").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Compruebe un certificado"


def test_an_empty_field_says_what_is_missing(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    page.get_by_role("button", name="Comprobar").click()
    expect(page.get_by_role("alert")).to_contain_text("Falta el texto.")
