"""Hiring, the employer's side (DOMAIN P5): which registrations are due when, for nobody by name; network off."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry import contents
from tests import makers, worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.steps import check, scan, settle, verdict

pytestmark = pytest.mark.browser

FORBIDDEN = ("no puede trabajar", "no puede contratar", "despid", "termine el contrato")


@pytest.fixture
def site(pages: Path) -> Iterator[Site]:
    """A list that brings the law of the country, as a registry publishes it."""
    plan = planted.plan(planted.clock())
    served = Site({"verifier": pages, "bundle": planted.rooms(replace(plan, law=contents.law()))})
    yield served
    served.stop()


def write(page: Page, label: str, day: str) -> None:
    page.get_by_label(label, exact=True).fill(day)


def dues(page: Page) -> dict[str, str]:
    """What is due, by its title."""
    rows = page.locator("ol.rows > li").all()
    return {row.locator("h2").inner_text(): " ".join(row.inner_text().split()) for row in rows}


def test_the_worked_example_as_list_and_calendar(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    site.stop()
    page.get_by_role("button", name="Si contrata: fechas de registro").click()
    page.get_by_text("Todavía no hay fechas.").wait_for()
    write(page, "Día en que se firma el contrato", "2025-11-20")
    write(page, "Primer día de trabajo", "2025-11-20")
    found = dues(page)
    sire, rutec = found["SIRE: informar el inicio"], found["RUTEC: primer registro"]
    assert "El plazo terminó el 5 de diciembre de 2025." in sire
    assert "según textos secundarios (2020)." in sire
    assert sire.endswith("Confirme con su asesor.")
    assert "El plazo terminó el 20 de marzo de 2026." in rutec
    unknown = next(text for title, text in found.items() if "seguridad social" in title)
    assert "No sé en cuántos días." in unknown
    page.get_by_text("Otros momentos").click()
    write(page, "Día en que cambió la actividad o la residencia", "2053-11-20")
    changed = next(text for title, text in dues(page).items() if "cambio" in title)
    assert "Hágalo antes de terminar el 20 de diciembre de 2053." in changed
    assert "fin de semana: hágalo antes" in changed
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Guardar en mi calendario").click()
    calendar = Path(waiting.value.path()).read_bytes().decode()
    assert waiting.value.suggested_filename == "registros.ics"
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20251205\r\n" in calendar
    assert "DTSTART;VALUE=DATE:20260320\r\n" in calendar
    text = page.locator("main").inner_text().lower()
    assert not [word for word in FORBIDDEN if word in text]


def test_the_permits_end_comes_in_when_it_is_tapped_and_means_renewal(
    site: Site, open_page: Callable[..., Page]
) -> None:
    now = planted.clock()
    page = settle(open_page(site), site)
    site.stop()
    page.get_by_role("button", name="Pedir en vivo").click()
    page.get_by_label("Su nombre corto").fill("SOL")
    page.get_by_role("button", name="Contratación", exact=True).click()
    challenge = page.locator(".challenge b").inner_text().replace(" ", "")
    holder = makers.holder()
    shown = makers.presented(
        [planted.permit(now, subject=holder.did)], holder, now=now, challenge=challenge, domain="SOL"
    )
    scan(page, worlds.text(shown))
    assert verdict(page) == "valid"
    page.get_by_role("button", name="Si la contrata: fechas de registro").click()
    assert page.get_by_label("Fecha en que termina el permiso").input_value() == ""
    page.get_by_role("button", name="Usar la del pase").click()
    assert page.get_by_label("Fecha en que termina el permiso").input_value() != ""
    permit = dues(page)["Permiso: renovar o actualizar"]
    assert "No es motivo para terminar el contrato." in permit
    assert "Ana" not in page.locator("body").inner_text()
    page.get_by_role("button", name="Volver", exact=True).click()
    assert verdict(page) == "valid"
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="Si contrata: fechas de registro").click()
    assert page.get_by_role("button", name="Usar la del pase").count() == 0


def test_without_a_calendar_it_says_so(pages: Path, open_page: Callable[..., Page]) -> None:
    site = Site({"verifier": pages, "bundle": planted.rooms(planted.plan(planted.clock()))})
    page = settle(open_page(site), site)
    page.get_by_role("button", name="Si contrata: fechas de registro").click()
    page.get_by_text("No tengo el calendario legal").wait_for()
    site.stop()


def test_a_competence_alone_offers_no_dates(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    assert check(page, planted.paper(planted.clock())[0].texts[0]) == "valid"
    expect(page.get_by_role("button", name="Guardar constancia sin datos personales")).to_be_visible()
    assert page.get_by_role("button", name="Si la contrata").count() == 0


def test_a_permit_that_cannot_be_checked_offers_no_dates(site: Site, open_page: Callable[..., Page]) -> None:
    """They are due of whoever is hired with a permit that holds."""
    page = settle(open_page(site), site)
    now = planted.clock()
    foreign = makers.presented([planted.permit(now, subject=makers.holder().did)], makers.holder("holder2"), now=now)
    assert check(page, worlds.text(foreign)) == "cannot_verify"
    why = "La firma con que se mostró no es de la billetera que recibió este pase."
    assert page.locator(".reason .why").get_by_text(why).is_visible()
    assert page.get_by_role("button", name="Si la contrata").count() == 0
