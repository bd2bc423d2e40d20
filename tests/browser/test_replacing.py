"""Many are replaced in one act at the console: counted, proposed, compared and approved by another person, done; and
the new ones handed over by slips and cards. In a real Chromium, with passkeys."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import heading, tap
from tests.browser.live import LiveSite
from tests.journeys.papers import row

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def officer(console: LiveSite, open_page: Callable[..., Page]) -> Page:
    page = open_page(console, viewport=WIDE)
    steps.enrol(page, console, steps.invited(console, "Óscar Paz (DEMO)", "officer"))
    return page


@pytest.fixture
def approver(console: LiveSite, open_page: Callable[..., Page]) -> Page:
    page = open_page(console, viewport=WIDE)
    steps.enrol(page, console, steps.invited(console, "Nora Paz (DEMO)", "approver"), keys=2)
    return page


def test_many_are_replaced_by_two_people_and_the_new_ones_handed_over(
    console: LiveSite, officer: Page, approver: Page
) -> None:
    place = console.place
    names = place.issued(row(), row(name="Zoë", number="000000200002"))
    texts = [place.text(name) for name in names]
    steps.section(officer, "Cambios de varios")
    tap(officer, "Proponer un cambio de varios")
    officer.get_by_label("De quiénes").select_option("documents")
    officer.get_by_label("Números de documento").fill("000000200001 000000200002")
    officer.get_by_label("Cambio", exact=True).select_option("replace")
    officer.get_by_label("Causa").select_option("key_compromise")
    tap(officer, "Contar sin cambiar nada")
    expect(officer.get_by_text("se reemplazan, con sus copias")).to_be_visible()
    tap(officer, "Enviar la propuesta")
    expect(officer.get_by_role("dialog")).to_contain_text("Solo cuando el nuevo está firmado")
    steps.confirm(officer, "Enviar la propuesta")
    heading(officer, "Reemplazar 2 certificados")
    steps.section(approver, "Cambios de varios")
    tap(approver, "Reemplazar por nuevos iguales")
    steps.compare(approver, "Aprobar")
    tap(approver, "Aprobar")
    expect(approver.get_by_role("dialog")).to_contain_text("El nuevo no llega solo al teléfono")
    steps.confirm(approver, "Aprobar")
    expect(approver.get_by_text("Se reemplazaron 2 de 2.")).to_be_visible(timeout=30_000)
    expect(approver.get_by_role("button", name="Hacer hojas de reclamo")).to_have_count(0)  # an officer's work
    officer.reload()
    steps.section(officer, "Cambios de varios")
    tap(officer, "Reemplazar por nuevos iguales")
    expect(officer.get_by_text("Falta avisar a 2 de 2.")).to_be_visible()
    with officer.expect_download() as saved:
        tap(officer, "Tarjetas para doblar")
    assert len(PdfReader(io.BytesIO(saved.value.path().read_bytes())).pages) == 1
    tap(officer, "Hacer hojas de reclamo")
    steps.confirm(officer, "Hacer las hojas")
    heading(officer, "2 hojas de reclamo")
    expect(officer.get_by_role("button", name="Los nuevos del cambio")).to_be_visible()
    one_from_her_file(officer)
    place.publish()
    assert {place.judged(text)["verdict"] for text in texts} == {"revoked"}


def one_from_her_file(officer: Page) -> None:
    """As an act on many with one member."""
    steps.find(officer, "000000200002", "Zoë Rojas Peña")
    tap(officer, "Reemplazar por uno nuevo igual")
    expect(officer.get_by_role("dialog")).to_contain_text("la persona tiene uno nuevo que dice lo mismo")
    officer.get_by_label("Causa").select_option("issued_in_error")
    steps.confirm(officer, "Enviar la propuesta")
    heading(officer, "Reemplazar 1 certificado")
    expect(officer.get_by_role("definition").get_by_text("1 certificado", exact=True)).to_be_visible()
