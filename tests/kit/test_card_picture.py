"""The picture of a card in the documents: one of the four of a sheet, which reads. Made anew with PUENTE_PICTURES=1."""

import io
import os
from pathlib import Path

from PIL import Image

from kit.cards import card_pictures
from tests.kit.test_cards import of, symbols

PICTURES = Path(__file__).resolve().parents[2] / "docs/pictures"


def test_the_picture_of_the_documents_is_one_card_that_reads(tmp_path: Path) -> None:
    card = of("p01-competence-paper")
    sheet = Image.open(io.BytesIO(card_pictures([card], ppi=150)[0]))
    picture = (PICTURES if os.environ.get("PUENTE_PICTURES") == "1" else tmp_path) / "card.png"
    sheet.crop((0, 0, sheet.width // 2, sheet.height // 2)).save(picture, optimize=True)
    assert [found.text for found in symbols(picture.read_bytes())] == [card.text, card.text]
