"""DOMAIN P7 in a browser: a phone is lost; its copy comes back by the sheet, and two phones lose nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kernel.vault_keys import half_texts
from tests.browser import wallet_steps as steps
from tests.browser.live import LiveSite
from tests.browser.wallet_steps import heading, tap
from tests.fakes import SeededRandom
from tests.journeys.papers import row

pytestmark = pytest.mark.browser


@pytest.fixture
def cards(live: LiveSite) -> list[str]:
    """Three paper passes of one name as text."""
    rows = (row(), row(norm="210601027"), row(norm="210601027", judgement="4"))
    texts = [live.place.text(name) for name in live.place.issued(*rows)]
    live.place.publish()
    return texts


def copy_view(page: Page) -> None:
    """From any room to the view of the copy."""
    tap(page, "Ayuda")
    tap(page, "Su copia")
    heading(page, "Su copia")


def backed_up(page: Page) -> None:
    expect(page.get_by_text("La copia está al día.")).to_be_visible(timeout=20_000)


def recover(page: Page, letters: str) -> None:
    page.get_by_label("Letras de la hoja").fill(letters)
    tap(page, "Recuperar")


def new_pin(page: Page, *, phrase: bool) -> None:
    """After recovery: a drawing and a PIN of this phone, and its long phrase where the sheet alone brought it back."""
    heading(page, "Elija su dibujo")
    tap(page, "Sol")
    steps.choose_pin(page)
    if phrase:
        heading(page, "Elija una frase larga")
        page.get_by_label("Su frase").fill(steps.PHRASE)
        tap(page, "Usar esta frase")
    heading(page, "Mis pases")


def add(page: Page, text: str) -> None:
    tap(page, "Pases")
    tap(page, "Agregar un pase")
    steps.paste(page, text)
    steps.keep(page)


@pytest.fixture
def old(live: LiveSite, open_page: Callable[..., Page], cards: list[str]) -> tuple[Page, str]:
    """A phone with one pass and its copy on, in the view of the copy; and the letters of its sheet."""
    page = open_page(live)
    steps.settle(page, live)
    letters = steps.first_time(page)
    steps.add_first(page, cards[0])
    copy_view(page)
    expect(page.get_by_text("La copia está apagada.")).to_be_visible()
    tap(page, "Encender la copia")
    backed_up(page)
    return page, letters


@pytest.fixture
def new(live: LiveSite, open_page: Callable[..., Page]) -> Page:
    """Another phone, where a wallet is to come back."""
    page = open_page(live)
    steps.settle(page, live)
    tap(page, "Recupere su billetera")
    return page


def let_in(old: Page) -> None:
    """The old phone's yes to the one that waits."""
    tap(old, "Hacer la copia ahora")
    expect(old.get_by_text("Un teléfono pide entrar a su copia.")).to_be_visible(timeout=20_000)
    tap(old, "Ver los teléfonos")
    tap(old, "Dejarlo entrar")
    expect(old.get_by_role("button", name="Dejarlo entrar")).to_have_count(0, timeout=20_000)
    tap(old, "Atrás")
    tap(old, "Atrás")


def is_told_by_pin_and_lets_in_at_home(old: Page, named: str) -> None:
    """The old phone, which a server that talks nonsense does not keep busy, is told of the new one by its name."""
    old.route("**/v1/wallet/sync/challenges", lambda route: route.fulfill(body="null", content_type="application/json"))
    tap(old, "Hacer la copia ahora")
    expect(old.get_by_text("El servidor no respondió como debe.")).to_be_visible()
    old.unroute("**/v1/wallet/sync/challenges")
    tap(old, "Hacer la copia ahora")
    backed_up(old)
    steps.close(old)
    steps.enter(old)
    asks = old.get_by_role("alert").filter(has_text="Un teléfono pide entrar a su copia.")
    expect(asks).to_contain_text(f"Es el {named}. Podrá entrar desde el")
    tap(old, "Abrir mi bóveda para responder")
    steps.open_vault(old)
    heading(old, "Teléfonos con su copia")
    expect(old.get_by_role("heading", name=named)).to_be_visible(timeout=20_000)
    tap(old, "Atrás")
    tap(old, "Dejarlo entrar")
    expect(asks).to_have_count(0, timeout=20_000)


def waits(page: Page) -> None:
    expect(page.get_by_text("Podrá entrar desde el")).to_be_visible(timeout=20_000)


def still_waits_when_loaded_again(page: Page) -> None:
    """Until the wait has ended; told before the PIN, so of nobody."""
    for later, told in ((0, 1), (49, 0), (0, 1)):
        page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=later))
        page.reload()
        heading(page, "Toque su dibujo")
        page.wait_for_timeout(300)
        expect(page.get_by_text("podrá entrar una billetera en este teléfono")).to_have_count(told)
        tap(page, "Recupere su billetera")
        page.wait_for_timeout(300)
        expect(page.get_by_text("Podrá entrar desde el")).to_have_count(told)


def test_the_sheet_brings_it_back_and_two_phones_lose_nothing(
    old: tuple[Page, str], new: Page, cards: list[str]
) -> None:
    first, letters = old
    new.set_viewport_size({"width": 360, "height": 640})
    recover(new, "0000-0000-0000-0000-0000-0000-0001")
    expect(new.get_by_text("Esas letras no abren ninguna billetera.")).to_be_in_viewport(ratio=1)
    expect(new.get_by_role("alert")).to_be_focused()
    recover(new, letters.lower())
    waits(new)
    still_waits_when_loaded_again(new)
    named = new.get_by_text(re.compile("Teléfono [0-9A-HJKMNP-TV-Z]{4}")).inner_text()
    is_told_by_pin_and_lets_in_at_home(first, re.findall("Teléfono [0-9A-HJKMNP-TV-Z]{4}", named)[0])
    recover(new, letters)
    new_pin(new, phrase=True)
    expect(new.locator("button.pass")).to_have_count(1, timeout=10_000)

    add(new, cards[1])
    add(first, cards[2])
    for page in (new, first, new):
        copy_view(page)
        tap(page, "Hacer la copia ahora")
        backed_up(page)
        tap(page, "Atrás")
    for page in (first, new):
        tap(page, "Pases")
        expect(page.locator("button.pass")).to_have_count(3, timeout=10_000)
    taken_away_there_only_after_a_yes_here(first, new)


def taken_away_there_only_after_a_yes_here(first: Page, new: Page) -> None:
    """A pass that one phone takes away is asked about on the other."""
    new.locator("button.pass").first.click()
    tap(new, "Quitar este pase")
    tap(new, "Quitarlo")
    heading(new, "Mis pases")
    for page in (new, first):
        copy_view(page)
        tap(page, "Hacer la copia ahora")
        backed_up(page)
        tap(page, "Atrás")
    tap(first, "Pases")
    expect(first.get_by_text("Otro teléfono suyo quitó este pase.")).to_be_visible(timeout=10_000)
    expect(first.locator("button.pass")).to_have_count(3)
    tap(first, "Quitarlo aquí también")
    expect(first.locator("button.pass")).to_have_count(2, timeout=10_000)


def keep_from_the_pin(page: Page) -> None:
    """Her one pass; from the view of the copy and back."""
    tap(page, "Atrás")
    tap(page, "Pases")
    page.locator("button.pass").click()
    steps.keep_from_the_pin(page)
    page.go_back()
    heading(page, "Mis pases")
    copy_view(page)


def test_two_helpers_papers_bring_it_back_and_one_alone_does_not(old: tuple[Page, str], new: Page) -> None:
    first, _letters = old
    keep_from_the_pin(first)
    tap(first, "Papeles para dos personas de confianza")
    papers = []
    for number in (2, 1):
        heading(first, "Papeles para dos personas")
        first.locator(".groups b").first.wait_for()
        papers.append("-".join(first.locator(".groups b").all_inner_texts()))
        tap(first, f"Ver el papel {number}")
    tap(first, "Atrás")
    recover(new, papers[0])
    expect(new.get_by_text("Ese papel es la mitad.")).to_be_visible()
    tap(new, "Recuperar")
    expect(new.get_by_text("Escriba también las letras del otro papel.")).to_be_visible()
    another = half_texts(bytes(range(16)), random=SeededRandom("another person"))
    told = ("Los dos papeles tienen el mismo número.", "Esos dos papeles juntos no abren ninguna copia.")
    for paper, words in zip(another, told, strict=True):
        new.get_by_label("Letras del segundo papel").fill(paper)
        tap(new, "Recuperar")
        expect(new.get_by_text(words)).to_be_visible()
    new.get_by_label("Letras del segundo papel").fill(papers[1])
    tap(new, "Recuperar")
    waits(new)
    let_in(first)
    tap(new, "Recuperar")
    new_pin(new, phrase=True)
    expect(new.locator("button.pass")).to_have_count(1, timeout=10_000)
    steps.close(new)
    steps.enter(new, "Sol")
    expect(new.get_by_role("heading", name="Aquí no hay pases")).to_be_visible()  # this PIN does not open it either
    tap(new, "Ayuda")
    tap(new, "Abrir mi bóveda")
    steps.open_vault(new)
    heading(new, "Ayuda y ajustes")


def test_a_phone_that_another_let_in_is_told_under_the_pin_until_it_was_looked_at(
    live: LiveSite, old: tuple[Page, str], new: Page, open_page: Callable[..., Page]
) -> None:
    first, letters = old
    news = first.get_by_text("Otro teléfono ya entró a su copia.")
    recover(new, letters)
    waits(new)
    let_in(first)
    expect(news).to_have_count(0)  # it was her own yes
    recover(new, letters)
    new_pin(new, phrase=True)
    third = steps.settle(open_page(live), live)
    tap(third, "Recupere su billetera")
    recover(third, letters)
    waits(third)
    copy_view(new)
    let_in(new)
    copy_view(first)
    tap(first, "Hacer la copia ahora")
    backed_up(first)
    steps.close(first)
    steps.enter(first)
    expect(first.get_by_role("alert").filter(has=news)).to_contain_text("pidió entrar")
    tap(first, "Ver los teléfonos")
    steps.open_vault(first)
    heading(first, "Teléfonos con su copia")
    expect(first.get_by_role("button", name="Sacarlo de la copia")).to_have_count(2, timeout=20_000)
    steps.close(first)
    steps.enter(first)
    expect(news).to_have_count(0)


def test_a_saved_file_opens_on_a_phone_without_network(old: tuple[Page, str], new: Page, tmp_path: Path) -> None:
    first, letters = old
    with first.expect_download() as saved:
        tap(first, "Guardar en un archivo")
    file = tmp_path / "billetera.pvw"
    saved.value.save_as(file)
    expect(first.get_by_text("Hice el archivo billetera.pvw.")).to_be_visible()
    new.context.set_offline(True)
    new.get_by_label("Letras de la hoja").fill(letters)
    new.get_by_label("Abrir un archivo guardado").set_input_files(file)
    new_pin(new, phrase=False)
    expect(new.locator("button.pass")).to_have_count(1, timeout=10_000)
    new.context.set_offline(False)
    joins_what_is_here(first, letters, file)


def joins_what_is_here(page: Page, letters: str, file: Path) -> None:
    """The file opened on the phone that it came from: the same person, not a second one who is older."""
    steps.close(page)
    tap(page, "Recupere su billetera")
    page.get_by_label("Letras de la hoja").fill(letters)
    page.get_by_label("Abrir un archivo guardado").set_input_files(file)
    new_pin(page, phrase=False)
    expect(page.locator("button.pass")).to_have_count(1, timeout=10_000)
    assert page.evaluate(steps.ROWS) == 1
