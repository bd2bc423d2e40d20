"""A cohort that comes to the console as a workbook, of which the page reads no norm: the officer names them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import tap
from tests.browser.live import LiveSite
from tests.issuer.books import XLSX_MEDIA, book
from tests.journeys.papers import cohort, row

pytestmark = pytest.mark.browser

UNREAD = "La página no lee las normas de un archivo de Excel."


def test_of_a_workbook_the_officer_names_the_norms_before_it_is_sent(
    console: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(console)
    steps.enrol(page, console, steps.invited(console, "Óscar Rueda (DEMO)", "officer"))
    tap(page, "Subir un archivo")
    choose = page.get_by_label("Archivo de su sistema")
    choose.set_input_files([FilePayload(name="cohorte.csv", mimeType="text/csv", buffer=cohort(row()))])
    expect(page.locator("#norm-290801106")).to_be_visible()
    choose.set_input_files([])
    expect(page.locator("#norm-290801106")).to_have_count(0)
    raw = book([line.split(",") for line in cohort(row()).decode().splitlines()])
    file = FilePayload(name="cohorte.xlsx", mimeType=XLSX_MEDIA, buffer=raw)
    choose.set_input_files([file])
    expect(page.get_by_text(UNREAD)).to_be_visible()
    tap(page, "Revisar el archivo")
    expect(page.get_by_role("alert").filter(has_text=UNREAD)).to_be_visible()
    more = page.get_by_label("Otra norma del archivo")
    expect(more).to_be_focused()
    more.fill("290801106")
    tap(page, "Agregar")
    expect(page.get_by_role("alert")).to_have_count(0)
    tap(page, "Revisar el archivo")
    expect(page.get_by_text("Todavía no se firmó nada.")).to_be_visible(timeout=60_000)
