"""An announced revocation at the console: who must be told stands apart, her letter is printed and begins her days, an
approver withdraws it; and one approver alone suspends for fraud. In a real Chromium, with passkeys."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import tap
from tests.browser.live import LiveSite
from tests.journeys.papers import row

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def approver(console: LiveSite, open_page: Callable[..., Page]) -> Page:
    page = open_page(console, viewport=WIDE)
    steps.enrol(page, console, steps.invited(console, "Nora Paz (DEMO)", "approver"), keys=2)
    return page


def test_her_letter_begins_her_days_and_an_approver_withdraws(console: LiveSite, approver: Page) -> None:
    place = console.place
    (name,) = place.issued(row())
    place.acted(name, "revoke", reason="duplicate")
    steps.section(approver, "Cambios de estado")
    expect(approver.get_by_role("region", name="Falta avisar a la persona")).to_be_visible()
    tap(approver, "Imprimir el aviso")
    expect(approver.get_by_role("dialog").get_by_text("Sus 5 días hábiles para responder empiezan")).to_be_visible()
    steps.confirm(approver, "Cancelar")
    assert place.good("GET", "/v1/issuer/acts", "marta", params={"phase": "told"})["items"] == []
    tap(approver, "Imprimir el aviso")
    with approver.expect_download() as saved:
        steps.confirm(approver, "Imprimir y anotar")
    words = PdfReader(io.BytesIO(saved.value.path().read_bytes())).pages[0].extract_text()
    assert "Yuleisy Rojas Peña" in words
    expect(approver.get_by_role("region", name="Falta avisar a la persona")).to_have_count(0)
    expect(approver.get_by_text("Por anular: la persona puede responder")).to_be_visible()
    expect(approver.get_by_text("por carta impresa")).to_be_visible()
    (act,) = place.good("GET", "/v1/issuer/acts", "marta", params={"phase": "told"})["items"]
    assert act["wait"]["way"] == "paper"
    tap(approver, "Retirar la anulación")
    steps.confirm(approver, "Retirar la anulación")
    expect(approver.get_by_text("Por anular: la persona puede responder")).to_have_count(0)
    (act,) = place.good("GET", "/v1/issuer/acts", "marta", params={"phase": "withdrawn"})["items"]
    assert act["wait"]["endedBy"] != act["proposedBy"]
    place.publish()
    assert place.judged(place.text(name))["verdict"] == "valid"


def test_one_approver_suspends_for_fraud_and_it_waits_for_another(console: LiveSite, approver: Page) -> None:
    place = console.place
    (name,) = place.issued(row())
    steps.section(approver, "Personas")
    approver.get_by_label("Documento, nombre o certificado").fill("000000200001")
    tap(approver, "Buscar")
    approver.get_by_role("button", name="Yuleisy Rojas Peña").click()
    tap(approver, "Suspender ya por engaño")
    steps.confirm(approver, "Suspender ya por engaño")
    expect(approver.get_by_text("Ya está suspendido, por una sola persona")).to_be_visible()
    place.publish()
    assert place.judged(place.text(name))["verdict"] == "under_review"
    steps.section(approver, "Cambios de estado")
    expect(approver.get_by_text("Lo propuso usted: decide otra persona.")).to_be_visible()
