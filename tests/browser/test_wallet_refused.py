"""What may not be kept: each is explained with its reason, what is safe and what to do; and the ways that stay."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.wallet_steps import begin, close, enter, first_time, heading, keep, paste, settle, tap, titles

pytestmark = pytest.mark.browser

STRANGER = "Este pase está hecho para la llave de otra billetera."
LINK = "Parece un enlace de internet. No abrí ningún enlace. Leí: tienda.example"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("forged", "La firma no coincide con el contenido que leí."),
        ("revoked", "lo anuló."),
        ("suspended", "lo está revisando."),
        ("stranger", "No conozco a quien lo firma."),
        ("outside", "Quien lo firma no está registrado"),
        ("link", f"Este código no es de Puente. {LINK}"),
    ],
)
def test_what_does_not_hold_is_explained_and_not_kept(
    wallet_site: Site, open_page: Callable[..., Page], name: str, told: str
) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    text = next(case.texts[0] for case in planted.paper(planted.clock()) if case.name == name)
    paste(page, text)
    heading(page, "Esto no se puede guardar")
    expect(page.locator(".reason")).to_contain_text(told)
    assert page.get_by_role("button", name="Todo está bien: guardar").count() == 0
    assert page.locator(".phone-code b").count() == 1
    tap(page, "Leer otro código")
    heading(page, "Agregue su pase")


def test_a_pass_of_another_key_and_somebodys_answer_are_not_kept(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    paste(
        page,
        worlds.text(
            planted.competence(planted.clock(), subject="did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH")
        ),
    )
    heading(page, "Esto no se puede guardar")
    expect(page.locator(".reason")).to_contain_text(STRANGER)
    tap(page, "Leer otro código")
    paste(page, planted.live(planted.clock(), two=False).texts[0])
    expect(page.locator(".reason")).to_contain_text("Este es el código en vivo de alguien que muestra un pase.")


def test_nothing_is_read_before_the_list_came_and_it_says_so(
    wallet_pages: Path, open_page: Callable[..., Page]
) -> None:
    bare = Site({"wallet": wallet_pages})
    try:
        page = begin(open_page(bare), bare)
        paste(page, worlds.text(planted.competence(planted.clock())))
        expect(page.locator(".reason")).to_contain_text("Mi lista de confianza no es de fiar.")
    finally:
        bare.stop()


def test_a_refused_camera_leaves_the_other_ways(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(wallet_site)
    refusal = "Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.add_init_script(f"navigator.mediaDevices.getUserMedia = () => {refusal}")
    refused = "Este teléfono no me dejó usar la cámara."
    settle(page, wallet_site)
    page.get_by_role("button", name="Recupere su billetera").click()
    page.get_by_label("Letras de la hoja").fill("ABCD-EF")
    page.get_by_role("button", name="Leer el código de la hoja").click()
    expect(page.get_by_role("alert")).to_have_text(f"{refused} Escriba abajo las letras del papel.")
    expect(page.get_by_label("Letras de la hoja")).to_have_value("ABCD-EF")
    tap(page, "Atrás")
    first_time(page)
    tap(page, "Leer un código")
    heading(page, "Agregue su pase")
    page.get_by_label("Código de reclamo").fill("01234")
    page.get_by_label("PIN del papel aparte").fill("123")
    page.get_by_role("button", name="Leer el código del papel").click()
    ways = "Escriba el código de reclamo y el PIN, abra una foto o pegue el texto."
    expect(page.get_by_role("alert")).to_have_text(f"{refused} {ways}")
    expect(page.get_by_label("Código de reclamo")).to_have_value("01234")
    expect(page.get_by_label("PIN del papel aparte")).to_have_value("123")
    paste(page, worlds.text(planted.competence(planted.clock())))
    keep(page)
    assert len(titles(page)) == 1
    close(page)
    enter(page)
    tap(page, "Abrir mi bóveda")
    tap(page, "Tengo mi hoja de recuperación")
    page.get_by_label("Letras de su hoja").fill("ABCD")
    tap(page, "Leer el código de la hoja")
    expect(page.get_by_role("alert")).to_have_text(f"{refused} Escriba abajo las letras del papel.")
    expect(page.get_by_label("Letras de su hoja")).to_have_value("ABCD")


def test_what_the_network_did_is_no_fault_of_what_was_typed(view: Callable[..., Page]) -> None:
    page = view("wallet.html", "correct", viewport={"width": 320, "height": 640})
    wanted, words = page.locator("#wanted"), page.locator("#words")
    wanted.fill("Zoé Peña")
    words.fill("Va con tilde.")
    send = page.get_by_role("button", name="Enviar", exact=True)
    send.click()
    told = page.get_by_role("alert")
    expect(told).to_have_text("No pude conectarme. No se envió nada; pruebe cuando tenga internet.")
    expect(told).to_be_in_viewport(ratio=1)
    expect(page.locator(".field.bad")).to_have_count(0)
    for field, typed in ((wanted, "Zoé Peña"), (words, "Va con tilde.")):
        expect(field).to_have_value(typed)
        expect(field).to_have_attribute("aria-invalid", "false")
    words.fill("")
    page.get_by_label("Otra cosa").check()
    send.click()
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(told).to_have_text("Falta contar qué está mal.")
