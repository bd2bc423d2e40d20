"""A cohort that comes to the console as a workbook: its norms are read out of it as of a table, before it is sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import tap
from tests.browser.live import LiveSite
from tests.issuer.books import XLSX_MEDIA, book
from tests.journeys.papers import cohort, row

pytestmark = pytest.mark.browser


def test_the_norms_of_a_workbook_are_read_and_none_goes_with_those_of_another(
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
    choose.set_input_files([FilePayload(name="bomba.xlsx", mimeType=XLSX_MEDIA, buffer=b"PK\x03\x04" + b"x" * 64)])
    expect(page.get_by_role("alert").filter(has_text="cohort_not_workbook")).to_be_visible()
    tap(page, "Revisar el archivo")
    expect(choose).to_be_focused()  # another file is wanted, and no norm of this one
    expect(page.get_by_text("En este archivo no se ve ninguna norma.")).to_have_count(0)
    choose.set_input_files([FilePayload(name="vacia.csv", mimeType="text/csv", buffer=cohort())])
    expect(page.get_by_role("alert").filter(has_text="file_no_rows")).to_be_visible()
    raw = book([line.split(",") for line in cohort(row()).decode().splitlines()])
    choose.set_input_files([FilePayload(name="cohorte.xlsx", mimeType=XLSX_MEDIA, buffer=raw)])
    expect(page.locator("#norm-290801106")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.locator("#norm-290801106").fill("1")
    tap(page, "Revisar el archivo")
    expect(page.get_by_text("Todavía no se firmó nada.")).to_be_visible(timeout=60_000)
    tap(page, "Descartar este lote")
    steps.confirm(page, "Descartar")
    expect(page.get_by_role("heading", name="Todavía no hay cohortes")).to_be_visible()
