"""kit/cards.py, letters: one page a person, tagged, the same bytes each time, a hostile name as text, no symbol."""

import io
from dataclasses import replace
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from kernel.errors import WrongShape
from kit.cards import Letter, letter_pictures, letter_sheets
from tests.kit.test_cards import HOSTILE, LONGEST, PPI

LETTER = Letter(
    name=LONGEST,
    what="Certificado de competencia laboral (NSCL) · Manipular alimentos · Norma 290801106, versión 1",
    centre="Centro Nacional de Hotelería, Turismo y Alimentos (DEMO)",
    kind="announced",
    reason="decisión de la autoridad",
    days="5",
    until="30 de noviembre de 2026",
    since="1 de diciembre de 2026",
    longer="",
    act="FzBJBRCg8tl5hKtGc_35IA",
)


def test_a_suspension_is_told_without_days() -> None:
    words = text_of(letter_sheets([replace(LETTER, kind="suspended", days="", until="", since="")]))
    assert "Un certificado suyo está en revisión" in words
    assert not [said for said in ("días hábiles", "Queremos anular", "a más tardar", "se anula") if said in words]


def test_what_was_revoked_at_once_is_told_as_revoked() -> None:
    words = text_of(letter_sheets([replace(LETTER, kind="revoked", days="", until="", since="")]))
    assert "Un certificado suyo está anulado" in words
    assert "Usted puede pedir una aclaración" in words
    assert not [said for said in ("días hábiles", "Queremos anular", "a más tardar", "En revisión") if said in words]


def text_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def test_a_letter_is_one_tagged_page_that_says_all_of_it() -> None:
    made = letter_sheets([LETTER, replace(LETTER, name=HOSTILE, longer="Contamos de más.")])
    assert made == letter_sheets([LETTER, replace(LETTER, name=HOSTILE, longer="Contamos de más.")])
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 2
    root: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    words = text_of(made)
    told = (LETTER.name, LETTER.what, LETTER.centre, LETTER.reason, LETTER.until, LETTER.since, LETTER.act)
    assert [each for each in (*told, HOSTILE, "Contamos de más.") if each not in words] == []


def test_whoever_finds_it_finds_no_symbol_to_read() -> None:
    (sheet,) = letter_pictures([LETTER], ppi=PPI)
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(sheet)).convert("L")) == []


def test_a_sign_that_the_font_lacks_is_refused() -> None:
    with pytest.raises(WrongShape) as refused:
        letter_sheets([replace(LETTER, name="Юлия")])
    assert (refused.value.code, refused.value.pointer) == ("card_unprintable", "/name")
