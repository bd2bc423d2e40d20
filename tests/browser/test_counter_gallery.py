"""The console's views over written states: axe, narrow, large, one heading, one filled button, no forbidden word."""

import os
from collections.abc import Callable
from functools import partial
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import ROOT
from tests.browser.gallery import WIDTH, count_faults, faults, scenes, size_faults, turn, word_faults

pytestmark = pytest.mark.browser

WIDE = """() => [...document.querySelectorAll('.scroll')].filter((part) => (
  part.scrollWidth > part.clientWidth && !(part.tabIndex === 0 && part.getAttribute('aria-label'))
)).length"""

DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
PICTURES = ("signin", "cohorts", "dryrun", "approve", "issuing", "person", "act-revoke", "acts", "staff", "numbers",
            "bulk-word", "slips")  # fmt: skip


@pytest.fixture
def show(view: Callable[..., Page]) -> Callable[..., Page]:
    return partial(view, "issuer.html")


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_axe_finds_nothing_one_button_is_filled_and_nothing_but_tables_scrolls_sideways(
    show: Callable[..., Page], language: str, scheme: str
) -> None:
    page = show("signin", language, viewport=DESK, color_scheme=scheme)
    found = []
    assert len(scenes(page)) > 15
    for name in scenes(page):
        turn(page, name, language)
        found += faults(page, name, language) + count_faults(page, name)
        page.set_viewport_size({"width": WIDTH, "height": 640})
        found += size_faults(page, name, also=_tables)
        page.set_viewport_size(DESK)
    assert found == []


def _tables(page: Page, name: str) -> list[str]:
    unnamed = [f"{name} has a table that scrolls in no named region"] if page.evaluate(WIDE) else []
    return unnamed + word_faults(page, name)


@pytest.mark.parametrize("scene", ["acts", "amendments", "disputes", "dispute", "reissues"])
def test_what_somebody_decides_about_one_person_says_whose_it_is(show: Callable[..., Page], scene: str) -> None:
    page = show(scene, viewport=DESK)
    named = page.get_by_role("main").get_by_role("button", name="Pérez-Peña Urdaneta")
    rows = page.get_by_role("table").first.locator("tbody tr")
    expect(named.first).to_be_visible()
    assert named.count() >= max(1, rows.count())


def test_a_bar_that_looks_other_says_why(show: Callable[..., Page]) -> None:
    page = show("numbers", viewport=DESK)
    expect(page.locator(".bars .now")).to_have_count(1)
    expect(page.get_by_text("Rayada: hoy, que todavía crece.")).to_be_visible()


def test_of_a_file_that_its_header_stopped_the_column_is_told_and_nothing_twice(show: Callable[..., Page]) -> None:
    page = show("upload", viewport=DESK)
    page.locator("#file").set_input_files({"name": "cohorte.csv", "mimeType": "text/csv", "buffer": b"Nombre\nAna\n"})
    expect(page.get_by_text("Mire la columna «Documento» en la primera fila")).to_be_visible()
    expect(page.get_by_text("Columnas que debe tener")).to_be_visible()
    page.get_by_role("button", name="Revisar el archivo").click()
    expect(page.get_by_text("Ese archivo no se pudo leer")).to_have_count(1)


@pytest.mark.parametrize(("scene", "papers", "file"), [
    ("bulk-announced", "Avisos para entregar o enviar", "avisos-"), ("slips", "Códigos (PDF)", "codigos-"),
])  # fmt: skip
def test_all_files_from_one_on_come_by_one_press_with_the_page_in_sight(
    show: Callable[..., Page], scene: str, papers: str, file: str
) -> None:
    page = show(scene, viewport=DESK)
    field = page.get_by_label("Archivo, de 1 a")
    last = int(field.evaluate("(field) => field.labels[0].textContent.match(/[0-9]+$/)[0]"))
    field.fill(str(last - 2))
    page.get_by_role("button", name=f"{papers}: todos los archivos, del {last - 2} al {last}").click()
    question = page.get_by_role("dialog")
    if scene == "bulk-announced":
        question.get_by_role("button", name="Imprimir y anotar").click()
    page.wait_for_function("() => globalThis.saved?.length === 3")
    saved = page.evaluate("globalThis.saved")
    assert [name.rpartition("-")[2] for name in saved] == [f"{part}.pdf" for part in (last - 2, last - 1, last)]
    assert all(name.startswith(file) for name in saved)
    expect(question).to_have_count(0)
    expect(page.get_by_text("Deje esta página abierta")).to_have_count(0)


@pytest.mark.parametrize("scene", sorted(PICTURES))
def test_the_pictures_are_there(show: Callable[..., Page], scene: str) -> None:
    """Made anew with PUENTE_PICTURES=1, from the same written states."""
    file = ROOT / f"docs/pictures/issuer-{scene}.png"
    if os.environ.get("PUENTE_PICTURES") == "1":
        page = show(scene, viewport=DESK)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=file)
    assert file.is_file()
