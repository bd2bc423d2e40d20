"""Steps of a person in the wallet's page, shared by its browser tests: first time, PIN, receive, keep, close."""

from collections.abc import Mapping
from typing import Protocol

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import IN_CHARGE, in_storage


class Served(Protocol):
    """Whatever serves the page."""

    @property
    def url(self) -> str: ...


PHRASE = "canela y panela en la mesa"
PIN = "274951"
SLIP = {"code": "0123456789", "pin": "123456"}
"""For a desk that gives to whoever asks, or answers nobody."""
ROWS = in_storage("puente-wallet-people", "people", "(people) => settled(people.count())")
"""How many people this device keeps something of."""


def settle(page: Page, site: Served) -> Page:
    """Loads the page and waits until it is whole on this device, so that it opens with the network off."""
    page.goto(f"{site.url}/wallet/")
    heading(page, "Toque su dibujo")
    page.evaluate(IN_CHARGE)
    return page


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=20_000)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def first_time(page: Page, drawing: str = "Luna", pin: str = PIN, phrase: str | None = PHRASE) -> str:
    """A new person, from the drawings to her empty home; gives the letters of her sheet."""
    tap(page, "Es mi primera vez")
    heading(page, "Elija su dibujo")
    tap(page, drawing)
    choose_pin(page, pin)
    heading(page, "Elija una frase larga")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    if phrase is None:
        tap(page, "Sin frase: solo la hoja")
    else:
        page.get_by_label("Su frase").fill(phrase)
        tap(page, "Usar esta frase")
    heading(page, "Hoja de recuperación")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    letters = page.locator(".groups b").all_inner_texts()
    if phrase is None:
        give_groups_back(page, letters)
    else:
        tap(page, "Después")
    heading(page, "Mis pases")
    return "-".join(letters)


def choose_pin(page: Page, pin: str = PIN) -> None:
    """Twice, where one is asked for."""
    for asked in ("Elija un PIN", "Escríbalo otra vez"):
        heading(page, asked)
        page.keyboard.type(pin)


def give_groups_back(page: Page, groups: list[str]) -> None:
    """From the letters of the sheet: the three that are asked for."""
    tap(page, "Ya la copié: revisar 3 grupos")
    for label in page.locator("label").all_inner_texts():
        page.get_by_label(label, exact=True).fill(groups[int(label.rsplit(" ", 1)[1]) - 1])
    tap(page, "Revisar")


def enter(page: Page, drawing: str = "Luna", pin: str = PIN) -> None:
    """From the drawings to home."""
    tap(page, drawing)
    page.keyboard.type(pin)
    heading(page, "Mis pases")


def close(page: Page) -> None:
    tap(page, "Cerrar")
    heading(page, "Toque su dibujo")


def open_vault(page: Page, phrase: str = PHRASE) -> None:
    page.get_by_label("Su frase").fill(phrase)
    tap(page, "Abrir")


def reopen(page: Page) -> None:
    """Closed and opened, vault and all: then answers are asked after."""
    close(page)
    enter(page)
    page.get_by_role("button", name="Abrir mi bóveda").click()
    open_vault(page)


LISTEN = """() => {
  const status = document.querySelector("[role=status]");
  const said = (window.__said = []);
  const changes = { subtree: true, characterData: true, childList: true };
  new MutationObserver(() => said.push(status.textContent)).observe(status, changes);
}"""
ANSWERED = """() => {
  const begun = window.__said.indexOf("Estoy abriendo…");
  return begun >= 0 && window.__said.slice(begun).find((text) => text !== "Estoy abriendo…");
}"""


def try_pin(page: Page, pin: str) -> str:
    """What is said of a PIN once it was tried."""
    page.evaluate(LISTEN)
    page.keyboard.type(pin)
    answer: str = page.wait_for_function(ANSWERED, polling=50).json_value()
    return answer


def paste(page: Page, text: str) -> None:
    """From the view that adds: a code as text."""
    heading(page, "Agregue su pase")
    page.get_by_text("Pegar el texto").click()
    page.get_by_label("Texto del código").fill(text)
    tap(page, "Leer")


def choose(page: Page, name: str, kind: str, content: bytes) -> None:
    """From the view that adds: a file."""
    page.get_by_label("Abrir un archivo").set_input_files([FilePayload(name=name, mimeType=kind, buffer=content)])


def keep(page: Page, *, ended: bool = False) -> None:
    """`ended`: among what came is something that has expired."""
    tap(page, "Guardar aunque haya vencido" if ended else "Todo está bien: guardar")
    heading(page, "Mis pases")


def add_first(page: Page, text: str) -> None:
    """The first pass of an empty wallet whose vault is open."""
    tap(page, "Leer un código")
    paste(page, text)
    keep(page)


def claim(page: Page, offer: Mapping[str, str], pin: str | None = None) -> None:
    """From the view that adds: what a slip says, and its other paper or another's."""
    page.get_by_label("Código de reclamo").fill(offer["code"])
    page.get_by_label("PIN del papel aparte").fill(pin or offer["pin"])
    tap(page, "Recibir mi pase")


def ask_correction(page: Page, name: str) -> None:
    """From a pass's view and back to it: how her name is spelt, sent."""
    tap(page, "Pida una corrección")
    page.get_by_label("Cómo se escribe su nombre").fill(name)
    tap(page, "Enviar")
    heading(page, "Se envió")
    tap(page, "Volver al pase")


def keep_from_the_pin(page: Page, *, opening: bool = False) -> None:
    """From a pass's view: into the vault alone. `opening`: the vault was closed."""
    tap(page, "Guardarlo solo en la bóveda")
    if opening:
        open_vault(page)
    expect(page.get_by_text("Está solo en la bóveda: el PIN no lo abre.")).to_be_visible()


def titles(page: Page) -> list[str]:
    """What the passes at home say."""
    return page.locator("button.pass b.t").all_inner_texts()


def begin(page: Page, served: Served) -> Page:
    """A new person with an open vault, at the view that adds."""
    settle(page, served)
    first_time(page)
    tap(page, "Leer un código")
    heading(page, "Agregue su pase")
    return page
