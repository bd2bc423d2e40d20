"""Every view over written reports: its sentence, its form, no claim under a grey verdict; narrow, large, dark; axe."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PWA
from tests.browser.gallery import faults, size_faults, turn, word_faults
from tests.browser.steps import axe_faults

pytestmark = pytest.mark.browser

REPORTS = json.loads((PWA / "test/gallery/reports.json").read_text())
VERDICTS = ("valid", "valid_as_of", "expired", "revoked", "under_review", "cannot_verify")
OTHERS = (
    *(
        "start",
        "start-empty",
        "start-refused",
        "start-update",
        "start-changed",
        "start-scanner",
        "start-noticed",
        "passing",
        "passing-empty",
        "about",
        "camera",
        "camera-frames",
    ),
    *("start-late", "receipt", "receipt-two", "receipts", "receipts-refused"),
    *("hiring", "hiring-empty", "hiring-no-law"),
    *("asking", "question", "question-hiring", "question-over", "cannot-verify-foreign", "valid-many"),
    *("fair", "fair-empty", "fair-names", "fair-valid-as-of", "fair-expired", "fair-revoked", "fair-under-review"),
    "fair-cannot-verify",
    *("easy-start", "easy-camera", "easy-two-passes", "easy-cannot-verify-old"),
    *(f"easy-{verdict.replace('_', '-')}" for verdict in VERDICTS),
)
SHOWING_CLAIMS = ("cannot-verify-self", "two-declared", "two-passes-one-grey", "two-passes-one-out-of-scope")
CLEAR = """() => {
  const words = document.createRange();
  words.selectNodeContents(document.querySelector('h1'));
  const icon = document.querySelector('.v-icon').getBoundingClientRect();
  const beside = [...words.getClientRects()].filter((line) => line.top < icon.bottom && line.bottom > icon.top);
  return Math.min(...beside.map((line) => icon.left - line.right));
}"""


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_report_has_one_status_with_its_verdict_and_the_focus(show: Callable[..., Page], language: str) -> None:
    page = show("start", language)
    for name, case in REPORTS.items():
        turn(page, name, language)
        status = page.locator("[role=status]")
        assert status.count() == 1, name
        assert status.get_attribute("data-verdict") == case["report"]["verdict"], name
        assert page.evaluate("document.activeElement?.dataset.verdict") == case["report"]["verdict"], name
        assert page.locator("h1").count() == 1, name


def test_a_grey_verdict_shows_no_claim(show: Callable[..., Page]) -> None:
    page = show("start")
    for name, case in REPORTS.items():
        report = case["report"]
        if report["verdict"] != "cannot_verify" or name in SHOWING_CLAIMS:
            continue
        turn(page, name, "es")
        text = page.locator("body").inner_text()
        for claims in (item["claims"] for item in report["passes"] if item["claims"]):
            assert claims["name"] not in text, name
            assert claims["idTail"] not in text, name
        assert page.locator(".tail, .facts, .name").count() == 0, name


def test_a_sound_pass_beside_a_grey_one_keeps_its_name_to_compare(show: Callable[..., Page]) -> None:
    page = show("two-passes-one-grey")
    sound, grey = page.locator("ul.rows > li").all()
    assert "Ana María Pérez Gómez" in sound.inner_text()
    assert sound.locator(".tail").inner_text() == "4821"
    assert "Ana María" not in grey.inner_text()
    assert "La firma no coincide con el contenido que leí." in grey.inner_text()


def test_a_signer_out_of_its_scope_is_named_under_the_reason_and_nothing_else_is(show: Callable[..., Page]) -> None:
    page = show("cannot-verify-scope")
    reason = "Quien lo firma no está registrado para este tipo de certificado. Lo firma Fundación Acoge (DEMO)."
    assert " ".join(page.locator(".reason .why").inner_text().split()) == f"Por qué {reason}"
    turn(page, "cannot-verify-scope", "en")
    assert "Signed by Acoge Foundation (DEMO)." in page.locator(".reason .why").inner_text()
    turn(page, "two-passes-one-out-of-scope", "es")
    assert reason in " ".join(page.locator("ul.rows > li").nth(1).inner_text().split())


def test_passes_that_all_ended_for_one_reason_say_it_once(show: Callable[..., Page]) -> None:
    page = show("passes-late")
    text = page.locator("body").inner_text()
    assert text.count("No lo puedo comprobar") == 1
    assert text.count("o la hora de uno de los dos teléfonos está mal.") == 1
    assert "Leí 3 pases. No pude comprobar ninguno." in text
    assert page.locator("ul.rows").count() == 0
    assert page.locator("[role=status][data-verdict]").count() == 1


def test_what_people_declare_of_themselves_is_listed_apart_each(show: Callable[..., Page]) -> None:
    page = show("two-declared")
    text = page.locator("main").inner_text()
    assert "«Panadería artesanal, desde 2017»" in text
    assert "«Arreglo bicicletas desde 2019.»" in text
    assert text.count("Lo declara la persona; nadie más lo ha comprobado.") == 1


def test_each_pass_that_is_not_valid_carries_its_sentence(show: Callable[..., Page]) -> None:
    page = show("start")
    issuer, status = "Servicio de Aprendizaje (DEMO)", "Dato del 20 de noviembre de 2026."
    as_of = "La firma está bien. Lo último que sé del estado es del 17 de noviembre de 2026 (hace 5 días)."
    said = {
        "two-passes-revoked": (0, f"{issuer} lo anuló. {status}"),
        "two-passes-under-review": (0, f"{issuer} lo está revisando. {status} Todavía no hay decisión."),
        "two-passes-expired": (1, "Su fecha terminó el 28 de febrero de 2023."),
        "two-passes": (1, as_of),
        "two-passes-one-grey": (1, "La firma no coincide con el contenido que leí."),
    }
    for name, (place, sentence) in said.items():
        turn(page, name, "es")
        rows = page.locator("ul.rows > li")
        assert " ".join(rows.nth(place).inner_text().split()).count(sentence) == 1, name
        assert sentence not in " ".join(rows.nth(1 - place).inner_text().split()), name
        page.get_by_role("button", name="Oír").click()
        assert sentence in (page.locator("body").get_attribute("data-spoken") or ""), name


def test_an_ended_pass_shows_its_end_and_no_start(show: Callable[..., Page]) -> None:
    page = show("expired")
    assert "Hasta el 28 de febrero de 2023" in page.locator(".facts").inner_text()
    assert "Desde" not in page.locator(".facts").inner_text()
    turn(page, "two-passes-expired", "es")
    sound, ended = page.locator("ul.rows > li").all()
    assert "Desde el 10 de marzo de 2026." in sound.inner_text()
    assert "Desde" not in ended.inner_text()


def test_narrow_bars_keep_one_line_and_the_word_keeps_clear_of_its_icon(show: Callable[..., Page]) -> None:
    for language in ("es", "en"):
        page = show("start", language, viewport={"width": 320, "height": 640})
        mark, other = page.locator(".mark").bounding_box(), page.locator(".bar button").bounding_box()
        assert mark is not None
        assert other is not None
        assert abs(mark["y"] + mark["height"] / 2 - other["y"] - other["height"] / 2) < 2, language
        turn(page, "cannot-verify", language)
        assert page.evaluate(CLEAR) >= 12, language


def test_the_sentences_are_the_written_ones(show: Callable[..., Page]) -> None:
    page = show("start")
    status, grey = "20 de noviembre de 2026", "No lo puedo comprobar. Por qué"
    issuer = "Servicio de Aprendizaje (DEMO)"
    as_of = "La firma está bien. Lo último que sé del estado es del 28 de septiembre de 2026 (hace 55 días)."
    said = {
        "valid": f"Válido. La firma está bien y el estado es del {status}.",
        "valid-as-of": f"Válido con fecha de estado. {as_of}",
        "expired": "Vencido. Su fecha terminó el 28 de febrero de 2023.",
        "revoked": f"Anulado. {issuer} lo anuló. Dato del {status}.",
        "under-review": f"En revisión. {issuer} lo está revisando. Dato del {status}. Todavía no hay decisión.",
        "cannot-verify": f"{grey} La imagen no se lee completa. Qué hacer Tome otra foto con más luz.",
        "two-passes": "Válido con fecha de estado. Leí 2 pases. Este es el resultado menos seguro de los dos.",
        "cannot-verify-early": f"{grey} Todavía no empieza a regir: 15 de enero de 2027. "
        "Qué hacer Revise otra vez cuando llegue esa fecha.",
        "cannot-verify-old": f"{grey} Mi información es de hace 216 días. Qué hacer Actualice.",
    }
    for name, sentence in said.items():
        turn(page, name, "es")
        assert " ".join(page.locator("[role=status]").inner_text().split()) == sentence


def test_another_system_is_named_and_its_link_is_only_text(show: Callable[..., Page]) -> None:
    page = show("cannot-verify-other")
    text = page.locator("main").inner_text()
    assert "Parece un enlace de internet. No abrí ningún enlace. Leí: tienda.example" in text
    assert "V4-A" in text
    assert page.locator("a[href*='tienda']").count() == 0
    turn(page, "cannot-verify-health", "es")
    assert "tarjeta de salud SMART" in page.locator("main").inner_text()


def test_a_source_is_read_aloud_as_the_spanish_that_it_is(show: Callable[..., Page]) -> None:
    page = show("hiring", "en")
    row = page.locator("ol.rows li").filter(has=page.locator("[lang=es]")).first
    source = row.locator("[lang=es]").inner_text()
    assert source.startswith("Resolución")
    assert f"Source, in Spanish: {source} (" in row.inner_text()


def test_what_it_means_is_one_tap_and_the_detail_two(show: Callable[..., Page]) -> None:
    page = show("revoked")
    detail = page.get_by_text("Detalle técnico")
    assert not detail.is_visible()
    page.get_by_text("¿Qué significa esto?").click()
    assert not page.get_by_text("Paso V21-A.").is_visible()
    detail.click()
    assert page.get_by_text("Paso V21-A.").is_visible()


def test_unseen_characters_are_not_shown_and_unknown_codes_are_named(show: Callable[..., Page]) -> None:
    page = show("valid-unknown-codes")
    assert page.locator(".name").inner_text() == "Ana María Pérez"
    facts = page.locator(".facts").inner_text()
    assert "Norma 299001999, versión 7" in facts
    assert "Nivel maestro (código no reconocido)" in facts


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("en", "dark")])
def test_axe_finds_nothing_nothing_scrolls_sideways_and_targets_are_large(
    show: Callable[..., Page], language: str, scheme: str
) -> None:
    page = show("start", language, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    found = []
    for name in (*OTHERS, *REPORTS):
        turn(page, name, language)
        found += faults(page, name, language, never=()) + size_faults(page, name, word_faults)
    assert found == []


def test_axe_finds_what_is_planted(show: Callable[..., Page]) -> None:
    page = show("start")
    assert axe_faults(page, "start") == []
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [fault.split()[:2] for fault in axe_faults(page, "start")] == [["start", "image-alt"]]


def test_every_verdict_has_a_written_report() -> None:
    assert {case["report"]["verdict"] for case in REPORTS.values()} == set(VERDICTS)
