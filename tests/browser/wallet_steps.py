"""Steps of a person in the wallet's page, shared by its browser tests: first time, PIN, receive, keep, close."""

from typing import Protocol

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import IN_CHARGE


class Served(Protocol):
    """Whatever serves the page."""

    @property
    def url(self) -> str: ...


PHRASE = "canela y panela en la mesa"
PIN = "274951"
ROWS = """async () => {
  const settled = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await settled(indexedDB.open("puente-wallet-people"));
  const rows = await settled(database.transaction("people").objectStore("people").count());
  database.close();
  return rows;
}"""
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
    heading(page, "Elija un PIN")
    page.keyboard.type(pin)
    heading(page, "Escríbalo otra vez")
    page.keyboard.type(pin)
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
