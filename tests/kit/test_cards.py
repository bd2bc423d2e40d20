"""kit/cards.py: what is printed is read back: by a QR reader from the page's picture, and by a PDF reader as text."""

import io
from dataclasses import replace
from datetime import timedelta, timezone
from functools import cache
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from kernel.errors import WrongShape
from kit.cards import Card, Slip, card_pictures, card_sheets, require_printable, slip_pictures, slip_sheets
from kit.words import pass_words
from tests.kit.test_words import LABELS, vector

BOGOTA = timezone(timedelta(hours=-5))
PPI = 200
LONGEST = "José Gregorio del Corazón de Jesús Pérez-Peña Urdaneta"
HOSTILE = '#panic("x") $ \\ ]'
SLIP = Slip(
    name=LONGEST,
    what="Manipular alimentos de acuerdo con procedimiento técnico y normativa de alimentos. Nivel intermedio.",
    centre="Centro Nacional de Hotelería, Turismo y Alimentos (DEMO)",
    code="7KQ4M-2XW9T",
    pin="402 917",
    until="20 de diciembre de 2026",
    mark="lote 9fK2mQx7, fila 22",
    address="puente.example/wallet",
)


def of(name: str) -> Card:
    case = vector(name)
    words = pass_words(case["document"], labels=LABELS, issuer="Servicio de Aprendizaje (DEMO)", zone=BOGOTA)
    return Card(words=words, text=case["qr_text"], address="puente.example/verifier")


def changed(card: Card, *, text: str | None = None, **words: Any) -> Card:
    return replace(card, words=replace(card.words, **words), text=card.text if text is None else text)


def dense(chars: int) -> str:
    """A text of that many characters of the alphanumeric mode, as long passes have."""
    return ("VC1-R" + "7%K+4:M/2XW9T.QZ$J-L" * 40)[:chars]


@cache
def page(card: Card) -> bytes:
    return card_pictures([card], ppi=PPI)[0]


def symbols(png: bytes) -> list[Any]:
    return list(zxingcpp.read_barcodes(grey(png)))


def grey(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def darkest(part: Image.Image) -> int:
    return min(part.tobytes())


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())


def test_both_faces_carry_the_very_text() -> None:
    for name in ("p01-competence-paper", "p03-permit-paper"):
        card = of(name)
        assert [found.text for found in symbols(page(card))] == [card.text, card.text]


def test_four_cards_lie_on_a_page_and_a_fifth_on_the_next() -> None:
    cards = [changed(of("p01-competence-paper"), text=dense(300 + n)) for n in range(5)]
    first, second = card_pictures(cards, ppi=PPI)
    assert sorted(found.text for found in symbols(first)) == sorted([card.text for card in cards[:4]] * 2)
    assert [found.text for found in symbols(second)] == [cards[4].text] * 2


@pytest.mark.parametrize("chars", [289, 352, 470])
def test_modules_are_six_tenths_of_a_millimetre_and_the_quiet_zone_is_kept(chars: int) -> None:
    card = changed(of("p01-competence-paper"), text=dense(chars))
    picture = grey(page(card))
    found = symbols(page(card))
    assert len(found) == 2
    for symbol in found:
        modules = {289: 65, 352: 69, 470: 81}[chars]
        corners = symbol.position
        width = corners.top_right.x - corners.top_left.x
        module = width / modules * 25.4 / PPI
        assert 0.595 <= module <= 0.61
        quiet = int(3.8 * width / modules)
        around = (
            corners.top_left.x - quiet,
            corners.top_left.y - quiet,
            corners.top_right.x + quiet,
            corners.top_left.y - 2,
        )
        assert darkest(picture.crop(around)) > 128


@pytest.mark.parametrize("chars", [289, 470])
def test_every_symbol_ends_five_millimetres_above_the_sheet_s_edge_or_the_cut(chars: int) -> None:
    """Many printers leave the last 4.2 mm of a sheet white, and a hand cuts beside the line."""
    cards = [changed(of("p01-competence-paper"), name=LONGEST, text=dense(chars)) for _ in range(4)]
    (png,) = card_pictures(cards, ppi=PPI)
    picture = grey(png)
    found = [symbol.position for symbol in symbols(png)]
    rows = (105 * PPI / 25.4, 210 * PPI / 25.4)
    assert len(found) == 8
    for corners in found:
        last = max(corners.bottom_left.y, corners.bottom_right.y)
        edge = min(row for row in rows if row > last)
        assert (edge - last) * 25.4 / PPI >= 5
        below = picture.crop((corners.bottom_left.x, last + 2, corners.bottom_right.x, int(edge) - 2))
        assert darkest(below) > 128


def test_the_longest_name_of_the_cohort_fits_beside_the_largest_symbol() -> None:
    card = changed(of("p01-competence-paper"), name=LONGEST, text=dense(470))
    assert len(LONGEST.encode()) == 59
    assert [found.text for found in symbols(page(card))] == [card.text] * 2
    assert LONGEST in text_of(card_sheets([card]))


def test_the_longest_that_a_pass_may_hold_fits_too() -> None:
    card = changed(
        of("p01-competence-paper"),
        name=("MARÍA GUADALUPE WENCESLAA MÓNICA " * 3)[:75],
        what="Preparar y presentar los equipos, de acuerdo con el procedimiento técnico y la normativa de seguridad y "
        "salud en el trabajo de la cocina",
        issuer="Instituto Departamental de Formación para el Trabajo y Desarrollo Humano",
        text=dense(470),
    )
    assert len(card.words.name.encode()) == 80
    assert [found.text for found in symbols(page(card))] == [card.text] * 2


def test_a_word_without_end_is_broken_and_stays_in_its_column() -> None:
    card = changed(of("p01-competence-paper"), name="W" * 40, what="M" * 60, text=dense(300))
    assert [found.text for found in symbols(page(card))] == [card.text] * 2
    column = grey(page(card)).crop((535, 30, 570, 480))  # 68 to 72 mm: left of the fold
    assert darkest(column) > 128


def test_words_that_no_step_makes_fit_are_refused_not_printed_over_the_symbol() -> None:
    card = changed(of("p01-competence-paper"), issuer="Servicio de Aprendizaje " * 30, text=dense(470))
    with pytest.raises(WrongShape) as caught:
        card_sheets([card])
    assert caught.value.code == "card_unprintable"


def test_a_symbol_over_version_16_is_refused() -> None:
    with pytest.raises(WrongShape) as caught:
        card_sheets([changed(of("p01-competence-paper"), text=dense(471))])
    assert caught.value.code == "too_large_for_qr"


def test_a_hostile_name_is_printed_as_it_stands() -> None:
    hostile = changed(
        of("p01-competence-paper"), name=HOSTILE, what="*x* _y_ <z> @ref /* // `w` #let", issuer='"\\u{41}'
    )
    said = text_of(card_sheets([hostile]))
    for words in (HOSTILE, "*x* _y_ <z> @ref /* // `w` #let", '"\\u{41}'):
        assert words in said


def test_the_card_is_tagged_and_says_its_language() -> None:
    root: Any = PdfReader(io.BytesIO(card_sheets([of("p01-competence-paper")]))).trailer["/Root"]
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/Lang"]).startswith("es")
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    kinds, pictures = structure(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Figure", "/L"} <= kinds
    assert len(pictures) == 2
    assert all("Código QR de Ana María Pérez Gómez" in alt for alt in pictures)


def structure(node: Any) -> tuple[set[str], list[str]]:
    """The kinds of tags under a node, and the alternative texts of its figures."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return set(), []
    kinds = {str(node["/S"])} if "/S" in node else set()
    pictures = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        more_kinds, more_pictures = structure(child)
        kinds |= more_kinds
        pictures += more_pictures
    return kinds, pictures


def test_the_same_cards_give_the_same_bytes() -> None:
    cards = [of("p01-competence-paper"), of("p03-permit-paper")]
    made = card_sheets(cards)
    assert card_sheets(cards) == made
    assert b"/CreationDate" not in made


def test_the_face_says_kind_name_title_dates_and_who_signed() -> None:
    said = text_of(card_sheets([of("p01-competence-paper")]))
    for words in (
        "Certificado de competencia laboral",
        "Ana María Pérez Gómez",
        "Nivel intermedio. Desde el 10 de marzo de 2026 hasta el 10 de marzo de 2029.",
        "Firma: Servicio de Aprendizaje (DEMO)",
        "Abra puente.example/verifier en su teléfono.",
        "que termine en 4821",
        "no prueba quién la muestra",
        "Norma 220201501, versión 2",
    ):
        assert words in said


def test_a_permit_card_says_kind_and_dates_and_no_number() -> None:
    said = text_of(card_sheets([of("p03-permit-paper")]))
    assert "Estado del Permiso por Protección Temporal (PPT)" in said
    assert "Desde el 5 de enero de 2026 hasta el 30 de mayo de 2031." in said
    assert "que termine en" not in said
    assert "Norma" not in said


@pytest.mark.parametrize("name", ["\u202egnaL", "so\u00adft", "a\u200bb", "日本", "x\n", "\u0301a", "😀"])
def test_signs_that_the_font_lacks_are_refused_by_place(name: str) -> None:
    with pytest.raises(WrongShape) as caught:
        card_sheets([changed(of("p01-competence-paper"), name=name)])
    assert (caught.value.code, caught.value.pointer) == ("card_unprintable", "/name")


def test_every_sign_that_is_let_through_is_in_the_font() -> None:
    """PDF/UA-1 refuses a sign without a glyph, so a sheet with them all proves that they are all there."""
    signs = [chr(n) for n in range(0x20, 0x2200) if passes(chr(n))]
    assert len(signs) > 400
    card = of("p01-competence-paper")
    card_sheets([changed(card, name="".join(signs[n : n + 40])) for n in range(0, len(signs), 40)])


def passes(sign: str) -> bool:
    try:
        require_printable({"x": sign})
    except WrongShape:
        return False
    return True


def several(many: int) -> list[Slip]:
    return [replace(SLIP, name=f"{LONGEST} {n}", code=f"7KQ4M-2XW9{n}", pin=f"402 91{n}") for n in range(many)]


def test_three_codes_lie_on_a_sheet_each_symbol_the_code_behind_its_prefix() -> None:
    first, second = slip_pictures(several(4), part="claim", ppi=PPI)
    assert sorted(found.text for found in symbols(first)) == [f"VO1-7KQ4M2XW9{n}" for n in range(3)]
    assert [found.text for found in symbols(second)] == ["VO1-7KQ4M2XW93"]
    said = text_of(slip_sheets(several(4), part="claim"))
    assert said.count("Abra puente.example/wallet en su teléfono") == 4


def test_five_pins_lie_on_a_sheet() -> None:
    made = slip_sheets(several(6), part="pin")
    assert len(PdfReader(io.BytesIO(made)).pages) == 2
    assert all(f"402 91{n}" in text_of(made) for n in range(6))


def test_neither_part_of_a_slip_shows_the_other_s_secret() -> None:
    claim, pin = (text_of(slip_sheets([SLIP], part=part)) for part in ("claim", "pin"))
    assert (SLIP.code in claim, SLIP.pin in claim) == (True, False)
    assert (SLIP.code in pin, SLIP.pin in pin) == (False, True)
    assert (SLIP.mark in claim, SLIP.mark in pin) == (True, True)  # by which the two are told to belong together
    assert symbols(slip_pictures([SLIP], part="pin", ppi=PPI)[0]) == []


def test_the_longest_words_fit_their_strip() -> None:
    long = replace(
        SLIP,
        name=("MARÍA GUADALUPE WENCESLAA MÓNICA " * 3)[:75],
        what="Preparar y presentar los equipos, de acuerdo con el procedimiento técnico y la normativa de seguridad y "
        "salud en el trabajo de la cocina. Nivel intermedio.",
        centre="Instituto Departamental de Formación para el Trabajo y Desarrollo Humano · Centro Nacional (DEMO)",
        address="certificados.institutodepartamental.example/wallet",
    )
    assert len(PdfReader(io.BytesIO(slip_sheets([long] * 3, part="claim"))).pages) == 1
    assert len(PdfReader(io.BytesIO(slip_sheets([long] * 5, part="pin"))).pages) == 1


@pytest.mark.parametrize("part", ["claim", "pin"])
def test_a_slip_is_tagged_deterministic_and_takes_a_hostile_name(part: Any) -> None:
    slips = [SLIP, replace(SLIP, name=HOSTILE)]
    made = slip_sheets(slips, part=part)
    assert made == slip_sheets(slips, part=part)
    root: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert HOSTILE in text_of(made)
