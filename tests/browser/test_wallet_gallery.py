"""The wallet's views over written states, also those that a walk does not come by: axe, narrow, large, by keyboard."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gallery import count_faults, enlarge, faults, scenes, size_faults, turn, word_faults

pytestmark = pytest.mark.browser

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text", text);
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
}"""


COVERED = """() => [...document.querySelectorAll(".main")].some((part) => {
  const dock = document.querySelector(".dock")?.getBoundingClientRect(), box = part.getBoundingClientRect();
  return dock !== undefined && getComputedStyle(document.querySelector(".dock")).position === "sticky"
    && box.top < dock.top && box.bottom > dock.top + 1;
})"""
"""Whether the dock covers a part of a filled button that is seen."""
BESIDE = """() => [...document.querySelectorAll('main p > svg.i')].map((icon) => {
  const words = document.createRange(), box = icon.getBoundingClientRect();
  words.selectNodeContents(icon.parentElement.lastChild);
  const line = words.getClientRects()[0];
  return Math.abs((box.top + box.bottom) / 2 - (line.top + line.bottom) / 2);
})"""
"""How far from the middle of their first line the icons in sentences stand."""


@pytest.fixture
def show(view: Callable[..., Page]) -> Callable[..., Page]:
    return partial(view, "wallet.html")


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_axe_finds_nothing_nothing_scrolls_sideways_targets_are_large_and_one_button_is_filled(
    show: Callable[..., Page], language: str, scheme: str
) -> None:
    page = show("people", language, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    found = []
    assert len(scenes(page)) > 60
    for name in scenes(page):
        turn(page, name, language)
        found += faults(page, name, language) + size_faults(page, name, word_faults) + count_faults(page, name)
    assert found == []


def test_before_the_pin_no_view_names_anybody(show: Callable[..., Page]) -> None:
    page = show("people")
    for name in ("people", "people-lost", "people-lapsed", "pin", "first", "forgot", "recover"):
        turn(page, name, "es")
        text = page.content()
        assert "José Gregorio" not in text, name
        assert "Ana María" not in text, name
    turn(page, "people", "es")
    assert page.locator(".symbols button").count() == 9


def test_what_each_pass_says_of_itself(show: Callable[..., Page]) -> None:
    page = show("home")
    first, permit, own = page.locator("button.pass").all()
    assert "Preparar alimentos según la norma anterior" in first.inner_text()
    assert "estado del 20 nov 2026" in first.inner_text()
    assert "Puede trabajar hasta el 30 de mayo de 2031" in permit.inner_text()
    assert own.locator(".chip").count() == 0
    assert "La dice usted; nadie más la ha comprobado." in own.inner_text()
    turn(page, "home-states", "es")
    chips = [chip.strip() for chip in page.locator("button.pass .chip").all_inner_texts()]
    assert chips == [
        "Válido con fecha de estado", "Vencido", "Anulado", "En revisión", "No lo puedo comprobar", "Válido",
    ]  # fmt: skip
    turn(page, "pass-history", "es")
    expect(page.get_by_text("El PEP terminó y queda como historia.")).to_be_visible()
    for name in ("home-ending", "pass-permit"):
        turn(page, name, "es")
        expect(page.get_by_text("Termina el 14 de enero de 2027.")).to_be_visible()
    turn(page, "pass-revoked", "es")
    expect(page.get_by_text("Esta comprobación no le quita sus derechos.")).to_be_visible()


def test_passes_of_one_kind_are_told_apart_and_a_followed_one_and_a_paper_copy_are_marked(
    show: Callable[..., Page],
) -> None:
    page = show("home-alike")
    newer, cancelled, paper, _ = (row.inner_text() for row in page.locator("button.pass").all())
    assert "Lo firmó Servicio de Aprendizaje (DEMO) el 1 sept 2026." in newer
    assert "Lo firmó Servicio de Aprendizaje (DEMO) el 10 mar 2026." in cancelled
    assert [("Ya tiene uno más nuevo." in row) for row in (newer, cancelled, paper)] == [False, True, False]
    assert [("Copia de papel" in row) for row in (newer, cancelled, paper)] == [False, False, True]
    turn(page, "home-states", "es")
    grey = page.locator("button.pass").nth(4).inner_text()
    assert "Usted lo recibió el 20 nov 2026." in grey
    assert "Lo firmó" not in grey
    kinds = page.locator("button.pass").nth(1).inner_text()
    assert kinds.count("PEP (histórico)") == 1


def test_after_a_correction_home_names_the_passes_that_still_have_the_other_spelling(
    show: Callable[..., Page],
) -> None:
    page = show("home-spelt")
    notes = page.locator(".note").filter(has_text="Todavía dice «Zoé Peña»")
    expect(notes).to_have_count(1)
    expect(notes).to_contain_text("Otro pase suyo ya se corrigió.")
    expect(notes.get_by_role("button", name="Ver el pase y pedir la corrección")).to_be_visible()
    turn(page, "home", "es")
    expect(notes).to_have_count(0)


def test_at_home_a_change_that_another_window_stands_in_the_way_of_says_so(show: Callable[..., Page]) -> None:
    page = show("home-gone")
    for word in ("Conservarlo", "Quitarlo aquí también"):
        page.get_by_role("button", name=word).click()
        expect(page.get_by_role("alert")).to_contain_text("su billetera está abierta en otra ventana")
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_for_hiring_the_preview_says_each_thing_once_and_why_it_is_asked(show: Callable[..., Page]) -> None:
    page = show("preview-hiring")
    for pick in page.locator(".pick").all():
        lines = [line.strip() for line in pick.inner_text().splitlines() if line.strip()]
        said = [line for line in lines if not line.startswith(("Para ", "La ley "))]
        assert len(said) == len(set(said)), lines
    assert "Para saber qué sabe hacer usted." in page.locator(".pick label").first.inner_text()


def test_with_every_pass_left_out_it_is_said_why_nothing_can_be_shown(show: Callable[..., Page]) -> None:
    page = show("preview-none")
    button = page.get_by_role("button", name="Confirmar con mi PIN")
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description(re.compile("Marque arriba al menos uno: "))
    turn(page, "preview", "es")
    expect(button).to_be_enabled()
    expect(button).to_have_accessible_description("")


def test_a_live_code_of_before_is_told_for_what_it_is(show: Callable[..., Page]) -> None:
    page = show("arrived-late")
    expect(page.get_by_text("Este es el código en vivo de alguien que muestra un pase.")).to_be_visible()
    expect(page.get_by_text("Pida que le muestren")).to_have_count(0)


def test_one_or_several_are_asked_about_in_their_number(show: Callable[..., Page]) -> None:
    page = show("arrived-whose")
    expect(page.get_by_text("¿Son suyos?")).to_be_visible()
    expect(page.get_by_role("button", name="Sí, son míos: guardar")).to_be_visible()
    expect(page.get_by_role("button", name="No son míos: no guardar")).to_be_visible()


def test_a_helpers_paper_carries_its_date_and_when_it_opens_no_more_also_on_paper(show: Callable[..., Page]) -> None:
    page = show("halves")
    page.emulate_media(media="print")
    for _paper in range(2):
        made = page.get_by_text(re.compile(r"Papel mostrado el \d+ de \w+ de \d{4}\. .* este papel ya no abre\."))
        expect(made).to_be_visible()
        page.emulate_media(media="screen")
        page.get_by_role("button", name="Ver el papel").click()
        page.emulate_media(media="print")


def test_a_full_phone_is_not_told_as_a_full_copy(show: Callable[..., Page]) -> None:
    page = show("backup-full")
    page.get_by_role("button", name="Encender la copia").click()
    expect(page.get_by_text("No pude terminar: el teléfono no tiene espacio.")).to_be_visible()
    expect(page.get_by_text("La copia está llena")).to_have_count(0)


def press(page: Page, name: str) -> None:
    """By keyboard alone: from where the focus is, by Tab, to that button."""
    button = page.get_by_role("button", name=name)
    for _step in range(40):
        page.keyboard.press("Tab")
        if button.evaluate_all("(found) => found.includes(document.activeElement)"):
            return page.keyboard.press("Enter")
    raise AssertionError(name)


def test_by_keyboard_the_focus_is_never_lost_where_what_had_it_goes(show: Callable[..., Page]) -> None:
    page = show("history")
    press(page, "Anotar a quién")
    expect(page.get_by_label("¿A quién se lo mostró?")).to_be_focused()
    page.keyboard.type("Taller")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Anotar a quién").first).to_be_focused()
    press(page, "Borrar el historial")
    expect(page.get_by_role("button", name="No borrar")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Borrar el historial")).to_be_focused()
    turn(page, "choose", "es")
    press(page, "Entrevista")
    expect(page.get_by_role("heading", name="Esto verá el empleador")).to_be_focused()
    press(page, "Confirmar con mi PIN")
    expect(page.get_by_role("heading", name="Escriba su PIN")).to_be_focused()


def test_pictures_mode_has_four_and_says_the_screen(show: Callable[..., Page]) -> None:
    page = show("easy")
    words = page.locator("main button b").all_inner_texts()
    assert words == ["Mostrar", "Lo que sé", "Recibir", "Oír esta pantalla"]
    page.get_by_role("button", name="Oír esta pantalla").click()
    spoken = page.evaluate("document.body.dataset.spoken")
    assert "Mostrar" in spoken
    assert "Lo que sé" in spoken


def test_in_pictures_mode_each_way_into_the_vault_has_its_own_picture(show: Callable[..., Page]) -> None:
    page = show("easy-vault")
    seen = {path.get_attribute("d") for path in page.locator("svg.picture path").all()}
    assert page.locator("button.way.picture").count() == 2  # the sheet and the helpers; the phrase stands open
    for name in ("easy-pin", "easy-people"):
        turn(page, name, "es")
        seen |= {path.get_attribute("d") for path in page.locator("svg.picture path").all()}
    assert len(seen) == 5  # phrase, sheet, helpers, PIN, drawing
    turn(page, "easy-add", "es")
    code, more = (folded.bounding_box() for folded in page.locator("main > details.rest").all())
    assert code is not None
    assert more is not None
    assert more["y"] - code["y"] - code["height"] >= 8
    turn(page, "vault", "es")
    assert page.locator("svg.picture").count() == 0


def test_the_ways_on_from_a_pass_that_could_not_be_kept_are_seen_without_scrolling(show: Callable[..., Page]) -> None:
    page = show("unkept-gone", viewport={"width": 360, "height": 640})
    for name, word in (("unkept-gone", "Guardar en un archivo"), ("unkept", "Probar otra vez")):
        turn(page, name, "es")
        expect(page.get_by_role("button", name=word)).to_be_in_viewport(ratio=1)


def test_on_a_common_phone_the_dock_covers_no_part_of_the_filled_button(show: Callable[..., Page]) -> None:
    """Also with two notices at home, and before anything is scrolled."""
    page = show("home-answered", viewport={"width": 360, "height": 740})
    expect(page.get_by_role("button", name="Mostrar a un empleador")).to_be_in_viewport(ratio=1)
    docked = [name for name in scenes(page) if name.split("-")[0] in {"home", "easy", "history", "settings", "choose"}]
    found = []
    for name in docked:
        turn(page, name, "es")
        page.evaluate("scrollTo(0, 0)")
        found += [name] if page.evaluate(COVERED) else []
    assert (len(docked) > 10, found) == (True, [])


GAP: Final = """(asked, yes) => {
  const button = [...asked.querySelectorAll('button')].find((one) => one.textContent.includes(yes));
  return button.getBoundingClientRect().top - [...asked.querySelectorAll('p')].at(-1).getBoundingClientRect().bottom;
}"""


def test_what_a_second_yes_means_stands_clear_of_its_buttons(show: Callable[..., Page]) -> None:
    page = show("pass-asked", viewport={"width": 320, "height": 640})
    for word, yes in (("Retirar lo que pedí", "Dejarlo como está"), ("Quitar este pase", "Conservarlo")):
        page.get_by_role("button", name=word).click()
        asked = page.get_by_role("group", name=word)
        gap = asked.evaluate(GAP, yes)  # both at once: the page may still be on its way to where the focus is
        assert gap >= 8, word


def test_an_icon_stands_at_the_middle_of_the_first_line_of_its_words(show: Callable[..., Page]) -> None:
    page = show("phrase")
    for name in ("phrase", "live"):
        turn(page, name, "es")
        assert page.evaluate(BESIDE) != [], name
        assert max(page.evaluate(BESIDE)) < 2, name


def test_the_word_among_the_keys_of_the_pin_grows_with_the_text(show: Callable[..., Page]) -> None:
    page = show("pin", viewport={"width": 320, "height": 640})
    word = page.locator(".keys .word")
    for percent in (100, 125, 150, 175, 200):
        enlarge(page, percent)
        size = word.evaluate("(part) => parseFloat(getComputedStyle(part).fontSize)")
        assert size >= min(16 * percent / 100, 28)  # as far as small letters grow on a screen as narrow as this
        for _shown in range(2):
            assert word_faults(page, f"{percent} %") == []
            assert word.evaluate("(part) => part.scrollWidth <= part.clientWidth"), percent
            word.click()


def test_the_pin_by_keyboard_by_keys_and_from_the_clipboard(show: Callable[..., Page]) -> None:
    page = show("pin")
    page.keyboard.type("12")
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_role("img", name="3 de 6 números escritos")).to_be_visible()
    page.get_by_role("button", name="Borrar el último").click()
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Mostrar", exact=True).click()
    assert page.locator(".dots").inner_text().split() == ["1", "·", "·", "·", "·", "·"]
    page.evaluate(PASTE, "123 456")
    expect(page.get_by_role("status")).to_have_text("Ese PIN no abre. Le quedan 3 intentos.")
