"""The wallet's people in real Chromium: first time, PIN, vault, and nothing of one for another or after locking."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.wallet_steps import (
    PHRASE,
    PIN,
    add_first,
    choose_pin,
    close,
    enter,
    first_time,
    heading,
    keep_from_the_pin,
    open_vault,
    settle,
    tap,
    titles,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def page(wallet_site: Site, open_page: Callable[..., Page]) -> Page:
    return settle(open_page(wallet_site), wallet_site)


def test_a_first_pass_is_kept_and_opens_again_by_pin_with_the_server_stopped(page: Page, wallet_site: Site) -> None:
    first_time(page)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    assert titles(page) == ["Norma 220201501, versión 2"]
    close(page)
    wallet_site.stop()
    page.reload()
    enter(page)
    assert titles(page) == ["Norma 220201501, versión 2"]
    page.locator("button.pass").click()
    expect(page.get_by_text("Ana María Pérez Gómez")).to_be_visible()
    expect(page.locator(".chip.is-valid")).to_be_visible()


def test_the_vault_asks_for_more_than_the_pin(page: Page) -> None:
    letters = first_time(page)
    close(page)
    enter(page)
    tap(page, "Leer un código")
    heading(page, "Abra su bóveda")
    open_vault(page, "otra frase que no es la suya")
    expect(page.get_by_role("alert")).to_contain_text("Eso no abre la bóveda")
    tap(page, "Tengo mi hoja de recuperación")
    page.get_by_label("Letras de su hoja").fill(letters[:-1])
    tap(page, "Abrir")
    expect(page.get_by_role("alert")).to_contain_text("Van 27 de 28.")
    page.get_by_label("Letras de su hoja").fill(letters.lower())
    tap(page, "Abrir")
    heading(page, "Agregue su pase")


def test_a_forgotten_pin_is_replaced_by_who_opens_the_vault(page: Page) -> None:
    letters = first_time(page, phrase=None)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    close(page)
    tap(page, "Luna")
    tap(page, "Olvidé mi PIN")
    tap(page, "Tengo mi hoja de recuperación")
    page.get_by_label("Letras de su hoja").fill(letters)
    tap(page, "Abrir")
    choose_pin(page, "830264")
    heading(page, "Mis pases")
    assert len(titles(page)) == 1
    close(page)
    tap(page, "Luna")
    page.keyboard.type(PIN)
    expect(page.get_by_role("status")).to_contain_text("Ese PIN no abre")
    page.keyboard.type("830264")
    heading(page, "Mis pases")


def test_going_back_while_a_pin_is_set_loses_nothing(page: Page) -> None:
    first_time(page)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    close(page)
    tap(page, "Luna")
    tap(page, "Olvidé mi PIN")
    open_vault(page)
    choose_pin(page, "830264")
    page.go_back()
    page.wait_for_timeout(3000)
    page.goto("about:blank")
    page.go_back()
    heading(page, "Toque su dibujo")
    tap(page, "Luna")
    tap(page, "Olvidé mi PIN")
    open_vault(page)
    heading(page, "Elija un PIN")


def test_a_page_that_was_left_does_not_open_afterwards(page: Page) -> None:
    first_time(page)
    close(page)
    tap(page, "Luna")
    page.keyboard.type(PIN)
    page.go_back()
    heading(page, "Toque su dibujo")
    page.wait_for_timeout(4000)
    heading(page, "Toque su dibujo")


def test_three_groups_of_the_sheet_are_asked_back_and_then_it_counts_as_saved(page: Page) -> None:
    letters = first_time(page)
    note = page.get_by_text("Guarde su hoja de recuperación.")
    expect(note).to_be_visible()
    tap(page, "Hacerla ahora")
    heading(page, "Hoja de recuperación")
    expect(page.locator(".groups b")).to_have_text(letters.split("-"))
    tap(page, "Ya la copié: revisar 3 grupos")
    asked = page.get_by_label("Grupo")
    assert asked.count() == 3
    groups = [letters.split("-")[int(label.rsplit(" ", 1)[1]) - 1] for label in page.locator("label").all_inner_texts()]
    for field, group in zip(asked.all(), groups, strict=True):
        field.fill(group.lower())
    asked.first.fill("0000" if groups[0] != "0000" else "1111")
    tap(page, "Revisar")
    place = page.locator("label").first.inner_text().rsplit(" ", 1)[1]
    expect(page.get_by_role("alert")).to_contain_text(f"El grupo {place} no es el de la hoja.")
    asked.first.fill(groups[0][:3])
    tap(page, "Revisar")
    expect(page.get_by_role("alert")).to_contain_text("Van 3 de 4.")
    asked.first.fill(groups[0])
    tap(page, "Revisar")
    heading(page, "Mis pases")
    assert note.count() == 0
    close(page)
    enter(page)
    assert note.count() == 0


def test_who_looks_at_the_sheet_again_finds_the_one_that_is_on_paper_and_it_still_opens(page: Page) -> None:
    letters = first_time(page, phrase=None)
    close(page)
    to_settings_by_sheet(page, letters)
    tap(page, "Hoja de recuperación")
    heading(page, "Hoja de recuperación")
    expect(page.locator(".groups b")).to_have_text(letters.split("-"))
    tap(page, "Hacer otra hoja")
    tap(page, "Sí, hacer otra hoja")
    expect(page.locator(".groups b").first).not_to_have_text(letters.split("-")[0])
    page.reload()  # before any group of the new one came back
    heading(page, "Toque su dibujo")
    to_settings_by_sheet(page, letters)
    heading(page, "Ayuda y ajustes")


def to_settings_by_sheet(page: Page, letters: str) -> None:
    enter(page)
    tap(page, "Ayuda")
    tap(page, "Abrir mi bóveda")
    page.locator("#sheet").fill(letters)
    tap(page, "Abrir")
    heading(page, "Ayuda y ajustes")


def test_the_helpers_papers_and_the_sheet_leave_each_other_whole(page: Page) -> None:
    letters = first_time(page)
    close(page)
    to_settings_by_phrase(page)
    tap(page, "Su copia")
    tap(page, "Papeles para dos personas de confianza")
    heading(page, "Papeles para dos personas")
    papers = []
    for other in (2, 1):
        page.locator(".groups b").first.wait_for()
        papers.append("-".join(page.locator(".groups b").all_inner_texts()))
        tap(page, f"Ver el papel {other}")
    close(page)
    to_settings_by_phrase(page)
    tap(page, "Hoja de recuperación")
    page.locator(".groups b").first.wait_for()
    close(page)
    for way, fields in (
        ("Tengo los papeles de mis dos ayudantes", {"#half-1": papers[0], "#half-2": papers[1]}),
        ("Tengo mi hoja de recuperación", {"#sheet": letters}),
    ):
        tap(page, "Luna")
        tap(page, "Olvidé mi PIN")
        tap(page, way)
        for field, typed in fields.items():
            page.locator(field).fill(typed)
        tap(page, "Abrir")
        heading(page, "Elija un PIN")
        page.reload()
        heading(page, "Toque su dibujo")


def to_settings_by_phrase(page: Page) -> None:
    enter(page)
    tap(page, "Ayuda")
    tap(page, "Abrir mi bóveda")
    open_vault(page)
    heading(page, "Ayuda y ajustes")


def test_a_phrase_chosen_later_opens_the_vault_and_the_one_before_it_no_more(page: Page) -> None:
    letters = first_time(page, phrase=None)
    close(page)
    enter(page)
    tap(page, "Ayuda")
    tap(page, "Elegir una frase larga")
    heading(page, "Abra su bóveda")
    expect(page.get_by_role("button", name="Tengo mi frase")).to_have_count(0)
    page.locator("#sheet").fill(letters)
    tap(page, "Abrir")
    choose_phrase(page, PHRASE)
    tap(page, "Cambiar mi frase larga")
    choose_phrase(page, "arepa y cafe en la plaza vieja")
    close(page)
    enter(page)
    tap(page, "Ayuda")
    tap(page, "Abrir mi bóveda")
    open_vault(page)
    expect(page.get_by_role("alert")).to_contain_text("Eso no abre la bóveda")
    open_vault(page, "arepa y cafe en la plaza vieja")
    heading(page, "Ayuda y ajustes")


def choose_phrase(page: Page, phrase: str) -> None:
    heading(page, "Elija una frase larga")
    page.get_by_label("Su frase").fill(phrase)
    tap(page, "Usar esta frase")
    heading(page, "Ayuda y ajustes")


def test_what_is_kept_from_the_pin_opens_with_the_vault_alone_under_a_new_pin_too(page: Page) -> None:
    first_time(page)
    add_first(page, worlds.text(planted.competence(planted.clock())))
    page.locator("button.pass").click()
    keep_from_the_pin(page)
    close(page)
    enter(page)
    assert titles(page) == []
    expect(page.get_by_role("heading", name="Aquí no hay pases")).to_be_visible()
    close(page)
    tap(page, "Luna")
    tap(page, "Olvidé mi PIN")
    open_vault(page)
    choose_pin(page, "830264")
    heading(page, "Mis pases")
    assert len(titles(page)) == 1
    close(page)
    enter(page, pin="830264")
    assert titles(page) == []
    tap(page, "Abrir mi bóveda")
    open_vault(page)
    heading(page, "Mis pases")
    assert len(titles(page)) == 1
    page.locator("button.pass").click()
    tap(page, "Quitar este pase")
    tap(page, "Conservarlo")
    tap(page, "Quitar este pase")
    tap(page, "Quitarlo")
    heading(page, "Mis pases")
    assert titles(page) == []
