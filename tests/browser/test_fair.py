"""Fair mode: a queue goes by, a list remains, without names and no longer than the view unless it is asked for."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import planted, steps
from tests.browser.conftest import violations
from tests.browser.site import Site
from tests.browser.steps import in_storage, photo, settle

pytestmark = pytest.mark.browser

ANA = "Ana María Pérez Gómez"
NO_CAMERA = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))"
FAIR = "async (kept) => JSON.stringify(await settled(kept.get('fair')) ?? null)"
STORED = in_storage("puente-verifier", "kept", FAIR)


def fair(page: Page, site: Site) -> Page:
    """The start, then fair mode, on a device without a camera: a scanner reads."""
    page.add_init_script(NO_CAMERA)
    settle(page, site)
    site.stop()
    page.get_by_role("button", name="Modo feria").click()
    return page


def codes() -> dict[str, str]:
    return {case.name: case.texts[0] for case in planted.paper(planted.clock())}


def scan(page: Page, text: str, *, count: int) -> None:
    """A handheld scanner; then so many lines."""
    steps.scan(page, text)
    page.get_by_role("heading", name=f"Van {count}", exact=True).wait_for()


def words(page: Page) -> list[str]:
    return page.locator("ol.rows .chip").all_inner_texts()


def test_a_queue_goes_by_and_a_list_without_names_remains(site: Site, open_page: Callable[..., Page]) -> None:
    page = fair(open_page(site), site)
    expect(page.get_by_role("alert")).to_contain_text("No puedo usar la cámara de este aparato.")
    shown = codes()
    scan(page, shown["valid"], count=1)
    panel = page.get_by_role("status").first
    assert panel.get_attribute("data-verdict") == "valid"
    assert ANA in panel.inner_text()
    assert "termina en 4821 · Copia" in panel.inner_text()
    scan(page, shown["revoked"], count=2)
    scan(page, shown["cut"], count=3)
    assert ANA not in page.locator("body").inner_text()
    assert words(page) == ["No lo puedo comprobar", "Anulado", "Válido"]
    photo(page, shown["expired"], label="Usar una foto")
    page.get_by_role("heading", name="Van 4", exact=True).wait_for()
    assert page.locator(".chips").first.inner_text().split("\n") == [
        "1 válido",
        "1 vencido",
        "1 anulado",
        "1 sin comprobar",
    ]


def test_a_code_that_comes_again_is_not_counted_twice(site: Site, open_page: Callable[..., Page]) -> None:
    page = fair(open_page(site), site)
    shown = codes()
    scan(page, shown["valid"], count=1)
    scan(page, shown["permit"], count=2)
    scan(page, shown["valid"], count=2)
    page.get_by_text("Este código ya pasó").wait_for()
    assert ANA in page.get_by_role("status").first.inner_text()
    now = planted.clock()
    scan(page, planted.live(now, two=False).texts[0], count=3)
    scan(page, planted.live(now, two=False, ago=30).texts[0], count=4)
    assert page.locator("ol.rows > li").first.get_by_text("Parece repetido (").is_visible()


def test_the_list_goes_with_the_view_and_comes_back_when_asked(site: Site, open_page: Callable[..., Page]) -> None:
    page = fair(open_page(site), site)
    scan(page, codes()["valid"], count=1)
    page.get_by_role("button", name="Borrar lista").click()
    page.get_by_role("heading", name="Van 0", exact=True).wait_for()
    page.get_by_role("button", name="Deshacer").click()
    page.get_by_role("heading", name="Van 1", exact=True).wait_for()
    page.get_by_role("button", name="Salir").click()
    page.get_by_text("Borré la lista de 1 código.").wait_for()
    page.get_by_role("button", name="Deshacer").click()
    page.get_by_role("heading", name="Van 1", exact=True).wait_for()
    assert page.evaluate(STORED) == "null"
    page.reload()
    page.get_by_role("button", name="Modo feria").click()
    page.get_by_role("heading", name="Van 0", exact=True).wait_for()


def test_names_only_when_asked_and_never_on_the_device(site: Site, open_page: Callable[..., Page]) -> None:
    page = fair(open_page(site), site)
    shown = codes()
    scan(page, shown["valid"], count=1)
    page.get_by_label("Guardar también el nombre").check()
    assert page.get_by_text("cómo se mostró, versión de la lista y nombre. Avise a cada persona.").is_visible()
    page.get_by_label("Conservar la lista en este aparato").check()
    scan(page, shown["permit"], count=2)
    assert page.locator("ol.rows > li b").all_inner_texts() == [ANA]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Descargar lista (CSV)").click()
    raw = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == "lista-de-la-feria.csv"
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [
        *("Día", "Hora", "Resultado", "Fecha del estado", "Tipo o razón", "Cómo se mostró", "Versión de la lista"),
        "Nombre",
    ]
    assert [row[7] for row in rows[1:]] == [ANA, ""]
    assert all(row[3].startswith("2026-") and row[6].isdecimal() for row in rows[1:])
    page.get_by_role("button", name="Salir").click()
    page.get_by_role("button", name="Modo feria").click()
    page.get_by_role("heading", name="Van 2", exact=True).wait_for()
    assert ANA not in page.locator("body").inner_text()
    expect(page.get_by_label("Guardar también el nombre")).not_to_be_checked()
    stored = page.evaluate(STORED)
    assert stored.count('"verdict":"valid"') == 2
    assert "Ana" not in stored
    page.reload()
    page.get_by_role("button", name="Modo feria").click()
    page.get_by_role("heading", name="Van 2", exact=True).wait_for()
    assert ANA not in page.locator("body").inner_text()
    page.get_by_label("Conservar la lista en este aparato").uncheck()
    page.wait_for_function(f"async () => (await ({STORED})()) === 'null'")


def test_the_list_is_printed_without_what_is_for_the_screen(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    page.add_init_script("window.print = () => { window.__printed = true; }")
    fair(page, site)
    scan(page, codes()["valid"], count=1)
    page.get_by_role("button", name="Imprimir lista").click()
    assert page.evaluate("window.__printed") is True
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Van 1").is_visible()
    assert page.get_by_text(ANA).is_hidden()
    assert page.get_by_role("button").count() == 0
    day = page.evaluate("new Date().toLocaleDateString('es-CO', { dateStyle: 'long', timeZone: 'America/Bogota' })")
    assert re.search(rf"Día: {day} · Versión de la lista: [0-9]+$", page.locator("main").inner_text(), re.M)


def test_the_camera_goes_on_by_itself(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    shown = codes()
    film = tmp_path / "camera.mjpeg"
    frames = planted.live(planted.clock(), two=True).texts
    film.write_bytes(planted.video([shown["valid"], shown["revoked"], *frames], each=12))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = settle(open_page(site, within=camera, permissions=["camera"]), site)
        site.stop()
        page.get_by_role("button", name="Modo feria").click()
        page.get_by_text("Cámara lista.").wait_for()
        for word in ("Válido", "Anulado"):
            page.locator("ol.rows .chip", has_text=word).first.wait_for(timeout=30_000)
        page.locator("ol.rows > li", has_text="En vivo").wait_for(timeout=30_000)
        page.get_by_text("Este código ya pasó").wait_for(timeout=30_000)
        assert sorted(words(page)) == ["Anulado", "Válido", "Válido"]
        page.get_by_role("button", name="Salir").click()
        assert page.locator("video").count() == 0
    finally:
        assert violations(page) == []
        camera.close()
