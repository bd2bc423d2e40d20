"""The console's journeys in a real Chromium with passkeys: from an invitation to signed certificates, by two people."""

import csv
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from issuer.cohort_words import ERRORS as WORDS
from tests.browser import counter_steps as steps
from tests.browser.counter_steps import find, heading, tap
from tests.browser.live import LiveSite
from tests.browser.steps import skip
from tests.journeys.papers import cohort, holder, row

pytestmark = pytest.mark.browser

PATIENCE = 120_000
WIDE = {"width": 1280, "height": 800}
GOOD = tuple(row(number=f"0000002000{n:02}", name=name) for n, name in enumerate(("Yuleisy", "Andreína", "Marisol"), 1))
BAD = row(number="", name="Jesús", surname="Ávila Querales")


@pytest.fixture
def officer(console: LiveSite, open_page: Callable[..., Page]) -> Page:
    page = open_page(console, viewport=WIDE)
    steps.enrol(page, console, steps.invited(console, "Óscar Rueda (DEMO)", "officer"))
    return page


@pytest.fixture
def approver(console: LiveSite, open_page: Callable[..., Page]) -> Page:
    """In a browser of her own."""
    page = open_page(console, viewport=WIDE)
    steps.enrol(page, console, steps.invited(console, "Marta Lozano (DEMO)", "approver"), keys=2)
    return page


def choose(page: Page, label: str, raw: bytes) -> None:
    page.get_by_label(label).set_input_files([FilePayload(name="cohorte.csv", mimeType="text/csv", buffer=raw)])


def upload(page: Page, raw: bytes, *, twins: bool = True) -> None:
    tap(page, "Subir un archivo")
    box = page.get_by_label("Emitir también la credencial completa")
    expect(box).to_be_checked()
    box.set_checked(twins)
    choose(page, "Archivo de su sistema", raw)
    version = page.get_by_label("Versión de la norma 290801106")
    expect(version).to_have_value("")
    tap(page, "Revisar el archivo")
    expect(version).to_be_focused()  # nothing goes with a version that nobody said
    expect(version).to_have_accessible_description("Escríbala como está en la ficha de la norma: no se supone ninguna.")
    version.fill("1")
    tap(page, "Revisar el archivo")
    expect(page.get_by_text("Todavía no se firmó nada.")).to_be_visible(timeout=60_000)


def propose(page: Page, n: str) -> None:
    tap(page, f"Enviar {n} a aprobación")
    steps.confirm(page, "Enviar a aprobación")
    expect(page.get_by_text("Otra persona lo tiene para aprobar.")).to_be_visible()


def release(page: Page, n: str) -> None:
    steps.section(page, "Cohortes")
    page.get_by_role("row").filter(has_text="Espera aprobación").get_by_role("button").first.click()
    yes = f"Aprobar y firmar {n} con mi llave"
    steps.compare(page, yes)
    tap(page, yes)
    steps.confirm(page, "Aprobar y firmar")
    expect(page.get_by_role("heading", name=f"{n} certificados emitidos")).to_be_visible(timeout=PATIENCE)


def test_a_cohort_goes_from_file_to_signature_by_two_people(
    console: LiveSite, officer: Page, approver: Page, open_page: Callable[..., Page]
) -> None:
    heading(officer, "Cohortes")
    expect(officer.get_by_text("Todavía no hay cohortes")).to_be_visible()
    upload(officer, cohort(*GOOD[:2], row(number="000000200003", name="Marisol <b>"), BAD))
    table = officer.get_by_role("region", name="Filas por corregir")
    expect(table.get_by_text("Falta el documento.")).to_be_visible()
    expect(officer.get_by_text("1 fila se emitiría con un aviso.")).to_be_visible()
    officer.get_by_role("button", name="lista, con un aviso que mirar").click()
    warned = "Filas que se firmarán con un aviso"
    expect(officer.get_by_role("region", name=warned).get_by_text("signos que no son de un nombre")).to_be_visible()
    propose(officer, "3")
    steps.section(approver, "Cohortes")
    approver.get_by_role("row").filter(has_text="Espera aprobación").get_by_role("button").first.click()
    expect(approver.get_by_role("region", name=warned).get_by_role("row")).to_have_count(2)
    release(approver, "3")
    expect(approver.get_by_text("Óscar Rueda (DEMO)").first).to_be_visible()
    expect(approver.get_by_text("Aprobó", exact=True)).to_be_visible()
    full_credential(officer)
    auditor = open_page(console, viewport=WIDE)
    steps.enrol(auditor, console, steps.invited(console, "Uma Soto (DEMO)", "auditor", issuer=None))
    lines = auditor.get_by_role("region", name="Líneas de la bitácora")
    expect(lines.get_by_role("row").filter(has_text="Marta Lozano").filter(has_text="Aprobó un lote")).to_have_count(1)


def test_who_prepared_cannot_approve_and_who_left_is_nobody(
    console: LiveSite, officer: Page, open_page: Callable[..., Page]
) -> None:
    upload(officer, cohort(*GOOD))
    propose(officer, "3")
    assert officer.get_by_role("button", name="Aprobar").count() == 0
    tap(officer, "Salir")
    heading(officer, "Entre a la ventanilla")
    officer.reload()
    heading(officer, "Entre a la ventanilla")


def test_a_session_that_was_ended_elsewhere_says_so(console: LiveSite, officer: Page) -> None:
    expect(
        officer.get_by_role("button", name="Subir un archivo")
    ).to_be_visible()  # what she asked for on entering has come
    officer.context.clear_cookies()
    tap(officer, "Subir un archivo")  # the menu counts anew what waits
    expect(officer.get_by_text("Su sesión terminó.")).to_be_visible()


def issued(console: LiveSite) -> list[str]:
    """A small cohort, issued by others over the API."""
    return console.place.issued(*GOOD)


def full_credential(officer: Page) -> None:
    """Under her pass, as the JSON that others' wallets take."""
    find(officer, "000000200001", "Yuleisy Rojas Peña")
    with officer.expect_download() as saved:
        tap(officer, "Descargar la credencial completa (JSON)")
    assert "OpenBadgeCredential" in json.loads(saved.value.path().read_bytes())["type"]


def decide(page: Page, yes: str) -> None:
    steps.section(page, "Cambios de estado")
    tap(page, "Aprobar")
    steps.confirm(page, yes)
    expect(page.get_by_text("No hay cambios por decidir")).to_be_visible()


def test_a_person_is_found_suspended_and_lifted_by_two_people(console: LiveSite, officer: Page, approver: Page) -> None:
    first, *_ = issued(console)
    console.place.picked_up(console.place.offer(first), holder())
    find(officer, "rojas andreina", "Andreína Rojas Peña")
    box = officer.locator("section.box")
    expect(box.get_by_text("Válido")).to_be_visible()
    for act, sent, before, after in (
        ("Suspender", "En revisión", "Válido", "En revisión"),
        ("Levantar la suspensión", "ninguna copia dirá más En revisión", "En revisión", "Válido"),
    ):
        expect(box.locator(".chip")).to_have_text(before)
        tap(officer, act)
        expect(officer.get_by_role("dialog")).to_contain_text(sent)
        steps.confirm(officer, "Enviar la propuesta")
        expect(officer.get_by_label("Causa")).to_be_focused()  # none was chosen, and nothing goes out
        officer.get_by_label("Causa").select_option("issued_in_error")
        steps.confirm(officer, "Enviar la propuesta")
        expect(officer.get_by_role("dialog")).to_have_count(0)
        decide(approver, "Aprobar")
        find(officer, "000000200002", "Andreína Rojas Peña")
        expect(box.locator(".chip")).to_have_text(after)
    history = officer.get_by_role("region", name="Cambios de estado de esta persona")
    expect(history.get_by_role("row")).to_have_count(3)
    expect(history.get_by_text("Marta Lozano (DEMO)").first).to_be_visible()
    many(officer, approver)
    other_phone(officer, approver)


def other_phone(officer: Page, approver: Page) -> None:
    """Who lost phone and copies: two proofs were seen, another person confirms, then there is a wait."""
    find(officer, "000000200001", "Yuleisy Rojas Peña")
    tap(officer, "Dar para otro teléfono")
    officer.get_by_label("documento físico").check()
    officer.get_by_label("testigo de una organización").check()
    steps.confirm(officer, "Enviar la propuesta")
    expect(officer.get_by_role("region", name="Pedidos para otro teléfono").get_by_text("Pendiente")).to_be_visible()
    steps.section(approver, "Otro teléfono")
    expect(approver.get_by_role("button", name="Yuleisy Rojas Peña")).to_be_visible()
    tap(approver, "Aprobar")
    expect(approver.get_by_role("dialog")).to_contain_text("Yuleisy Rojas Peña")
    steps.confirm(approver, "Aprobar")
    expect(approver.get_by_text("Aprobado, en espera")).to_be_visible()


def many(officer: Page, approver: Page) -> None:
    """Some people's, counted first, then suspended in one act of two people."""
    steps.section(officer, "Cambios de varios")
    tap(officer, "Proponer un cambio de varios")
    officer.get_by_label("De quiénes").select_option("documents")
    officer.get_by_label("Números de documento").fill("000000200002\n000000200003")
    officer.get_by_label("Causa").select_option("authority_decision")
    tap(officer, "Contar sin cambiar nada")
    expect(officer.get_by_role("heading", name="Esto es lo que cambiaría")).to_be_focused()
    expect(officer.get_by_text("los teléfonos nunca retienen esa lista").first).to_be_visible()
    tap(officer, "Enviar la propuesta")
    steps.confirm(officer, "Enviar la propuesta")
    heading(officer, "Suspender 2 certificados")
    many_waits = approver.get_by_role("link", name="Cambios de varios", exact=True)
    steps.section(approver, "Cambios de varios")
    expect(many_waits).to_have_accessible_description("1 espera por usted")
    tap(approver, "Suspender")
    tap(approver, "Ver los certificados uno por uno")
    expect(approver.get_by_role("region", name="Certificados que cambian").get_by_role("row")).to_have_count(3)
    steps.compare(approver, "Aprobar")
    tap(approver, "Aprobar")
    steps.confirm(approver, "Aprobar")
    expect(approver.get_by_text("Hecho")).to_be_visible(timeout=20_000)
    expect(many_waits).to_have_accessible_description("")
    find(officer, "000000200003", "Marisol Rojas Peña")
    expect(officer.locator("section.box .chip")).to_have_text("En revisión")


def test_a_misspelt_name_is_corrected_at_the_counter(console: LiveSite, officer: Page, approver: Page) -> None:
    issued(console)
    find(officer, "000000200001", "Yuleisy Rojas Peña")
    tap(officer, "Corregir lo que dice")
    officer.get_by_role("dialog").get_by_label("Nombres", exact=True).fill("Yuleisi")
    steps.confirm(officer, "Enviar la propuesta")
    expect(officer.get_by_role("dialog")).to_have_count(0)
    find(officer, "000000200001", "Yuleisy Rojas Peña")
    waiting = officer.get_by_role("region", name="Correcciones de esta persona").get_by_role("row")
    expect(waiting.filter(has_text="Yuleisi").filter(has_text="Pendiente")).to_have_count(1)
    steps.section(approver, "Correcciones")
    expect(approver.get_by_role("region", name="Correcciones de su centro").get_by_text("Yuleisi")).to_be_visible()
    tap(approver, "Aprobar")
    steps.confirm(approver, "Aprobar")
    expect(approver.get_by_text("Lo dice el certificado nuevo.")).to_be_visible(timeout=20_000)
    expect(approver.get_by_text(re.compile("^Certificado nuevo [A-Za-z0-9_-]{8}$"))).to_be_visible(timeout=20_000)
    find(officer, "000000200001", "Yuleisi Rojas Peña")
    steps.hand_over(officer)


def test_the_slips_of_a_lot_are_made_with_the_codes_and_the_pins_apart(console: LiveSite, officer: Page) -> None:
    issued(console)
    find(officer, "290801106", "Yuleisy Rojas Peña")
    skip(officer)
    heading(officer, "Yuleisy Rojas Peña")
    steps.section(officer, "Cohortes")
    officer.get_by_role("row").get_by_role("button").click()
    tap(officer, "Hacer hojas de reclamo")
    steps.confirm(officer, "Hacer las hojas")
    heading(officer, "3 hojas de reclamo")
    for papers, begins in (
        ("Códigos (PDF)", b"%PDF"),
        ("PIN para enviar por mensaje (CSV)", b"Fila;Certificado;PIN"),
    ):
        with officer.expect_download() as saved:
            tap(officer, papers)
        assert saved.value.path().read_bytes().startswith(begins)


ROWS, ERRORS = 20_000, 300


def big() -> tuple[list[str], list[str]]:
    """A cohort in which every so many rows lacks its document, and those rows as they are mended."""
    wrong = range(0, ROWS, ROWS // ERRORS)[:ERRORS]
    number = "0005{:08}".format
    lines = [row(number="" if n in wrong else number(n), name=f"Persona {n}") for n in range(ROWS)]
    return lines, [row(number=number(n), name=f"Persona {n}") for n in wrong]


def test_a_long_cohort_is_mended_by_bringing_back_only_what_was_wrong(
    console: LiveSite, officer: Page, approver: Page, open_page: Callable[..., Page]
) -> None:
    lines, mended = big()
    upload(officer, cohort(*lines), twins=False)
    good = f"{ROWS - ERRORS:,}".replace(",", ".")
    officer.reload()  # whoever comes back later has them too
    with officer.expect_download() as saved:
        tap(officer, f"Descargar solo las {ERRORS} filas")
    wrong = list(csv.reader(saved.value.path().read_text("utf-8-sig").splitlines()))
    assert len(wrong) == ERRORS + 1
    assert [told[1] for told in wrong[1:]] == [f"Documento: {WORDS['DOCUMENT_MISSING'].es}"] * ERRORS
    assert {",".join(told[3:]) for told in wrong[1:]} < set(lines)
    propose(officer, good)
    marks: list[str | None] = []
    approver.on("request", lambda request: marks.append(request.headers.get("x-puente")))
    release(approver, good)
    assert "quiet" in marks  # looking by itself keeps no session awake
    tap(officer, "Subir las corregidas")
    choose(officer, "Archivo corregido", cohort(*mended))
    tap(officer, "Revisar el archivo")
    expect(officer.get_by_text("Corrige otro lote:")).to_be_visible(timeout=60_000)
    propose(officer, str(ERRORS))
    release(approver, str(ERRORS))
    find(officer, "000500000000", "Persona 0 Rojas Peña")
    irene = open_page(console, viewport=WIDE)
    steps.enrol(irene, console, steps.invited(console, "Irene Cano (DEMO)", "issuer_admin"), keys=2)
    steps.section(irene, "Cifras")
    expect(irene.get_by_text("Lo que más se emite: Certificado de competencia laboral (NSCL), 20.000")).to_be_visible()
