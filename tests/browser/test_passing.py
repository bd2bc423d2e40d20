"""The list with no network, on the verifier page: codes of a counter by camera or pasted, a file, a clock set back."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from kernel.bundle import delta
from registry.build import Published
from tests import worlds
from tests.browser import planted, wallet_steps
from tests.browser.conftest import violations
from tests.browser.site import Site
from tests.browser.steps import check, settle, verdict

pytestmark = pytest.mark.browser

LIST = "https://norma.example/s/1"
NO_LIST = (
    "Ese archivo no es una lista de confianza. La lista viene en un archivo que termina en .puente; "
    "búsquelo o pídaselo a quien se la pasa."
)
NEWLY_REVOKED = 91_000
DAY = timedelta(days=1)


def days() -> tuple[Published, Published, Published]:
    """The list of yesterday, of some hours later, of now; the last one revokes one pass more."""
    now = planted.clock()
    first = worlds.pack(planted.plan(now, age=DAY))
    second = worlds.follow(first, planted.plan(now, age=DAY / 2))
    revoked = {LIST: [planted.REVOKED, NEWLY_REVOKED]}
    return first, second, worlds.follow(second, replace(planted.plan(now), bits=revoked))


FIRST, SECOND, THIRD = days()


@pytest.fixture
def site(pages: Path) -> Iterator[Site]:
    served = Site({"verifier": pages, "bundle": planted.served(FIRST)})
    yield served
    served.stop()


def held() -> str:
    return worlds.text(planted.competence(planted.clock(), index=NEWLY_REVOKED))


def test_the_camera_takes_in_what_a_counter_shows(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    frames = delta.show(delta.make(FIRST.files, THIRD.files))
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(frames, each=4))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        site.stop()
        assert check(page, held()) == "valid"
        page.get_by_role("button", name="Volver al inicio").click()
        page.get_by_role("button", name="Usar la cámara", exact=True).click()
        page.get_by_text("Listo. Este teléfono ya tiene la versión 9.").wait_for(timeout=60_000)
        assert check(page, held()) == "revoked"
        page.reload()
        assert check(page, held()) == "revoked"
        assert violations(page) == []
    finally:
        camera.close()


def test_a_pasted_update_and_one_for_another_version(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    told = page.locator("main [aria-live=polite]").last
    paste(page, delta.make(SECOND.files, THIRD.files))
    expect(told).to_contain_text("Esa actualización es para otra versión de la lista.")
    paste(page, "\n".join(delta.show(delta.make(FIRST.files, THIRD.files))))
    expect(told).to_have_text("Listo. Este teléfono ya tiene la versión 9.")
    paste(page, delta.make(FIRST.files, SECOND.files))
    expect(told).to_have_text("Esta lista es más vieja que la que tengo. Sigo con la mía.")
    paste(page, delta.make(FIRST.files, THIRD.files)[:-3])
    expect(told).to_contain_text("Eso no es una actualización que pueda leer.")
    expect(page.get_by_text("versión 9.").first).to_be_visible()


def paste(page: Page, text: str) -> None:
    page.get_by_label("Texto del código").fill(text)
    page.get_by_role("button", name="Comprobar").click()


def test_a_file_is_taken_in_and_an_older_one_refused(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    page.get_by_role("button", name="Pasar la lista").click()
    for raw, said in (
        (THIRD.container(), "Listo. Este teléfono ya tiene la versión 9."),
        (SECOND.container(), "Esta lista es más vieja que la que tengo. Sigo con la mía."),
        (THIRD.container()[:-9], "La lista que llegó no pasó la revisión. Sigo con la que tengo."),
        (gzip.compress(b"fotos/1.jpg"), NO_LIST),
        (THIRD.root, NO_LIST),
    ):
        file = FilePayload(name="lista.puente", mimeType="application/gzip", buffer=raw)
        page.get_by_label("Traer una lista de un archivo").set_input_files([file])
        page.get_by_text(said, exact=True).wait_for()
    page.get_by_role("button", name="Volver al inicio").click()
    assert check(page, held()) == "revoked"


def test_a_clock_two_years_back_revives_nothing(site: Site, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    page = settle(open_page(site), site)
    site.stop()
    page.clock.set_fixed_time(now - 730 * DAY)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("La fecha de este teléfono está atrasada.")
    ended = worlds.text(planted.competence(now, valid_from=now - 800 * DAY, valid_until=now - 2 * DAY))
    assert check(page, ended) == "expired"
    page.get_by_role("button", name="Volver al inicio").click()
    assert check(page, worlds.text(planted.competence(now))) == "valid_as_of"
    assert verdict(page) == "valid_as_of"


def test_a_wallet_takes_in_an_update_that_is_shown_to_it(wallet_pages: Path, open_page: Callable[..., Page]) -> None:
    site = Site({"wallet": wallet_pages, "bundle": planted.served(FIRST)})
    page = wallet_steps.settle(open_page(site), site)
    wallet_steps.first_time(page)
    site.stop()
    wallet_steps.tap(page, "Leer un código")
    wallet_steps.paste(page, delta.make(FIRST.files, THIRD.files))
    page.get_by_text("Listo. Este teléfono ya tiene la versión 9.").wait_for()
    page.get_by_label("Texto del código").fill(held())
    wallet_steps.tap(page, "Leer")
    page.get_by_text("Servicio de Normas lo anuló.").wait_for()
