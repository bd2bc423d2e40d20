"""Passes -> tagged PDF: cards to fold, slips to claim with, letters (LOOK section 8). The only importer of typst.

A pass is put into words by `kit/words.py`. The layout stands in `card.typ`, `slip.typ`, `letter.typ`; text goes in
as data (`sys_inputs`), never as source, so a name can hold any sign. Same cards, same bytes: no date, one font that
travels with us, no font of the machine.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import typst

from kernel import qr
from kernel.errors import WrongShape
from kit.words import PassWords
from schemas.question import CLAIM
from schemas.typed import UNSEEN

MODULE_MM: Final = 0.6
"""Side of one module on paper: what a fixed-focus phone still reads at 30 cm (FORMAT 8.4)."""
LARGEST_VERSION: Final = 16
"""A card of 54 mm takes version 16 with its quiet zone (FORMAT 8.4)."""
QUIET_ZONE: Final = 4
CARDS_PER_SHEET: Final = 4

Part = Literal["claim", "pin"]

_HERE: Final = Path(__file__).parent
_FONTS: Final = str(files("font_roboto") / "files")
# What the font holds and a name may need: Latin with all its accents, punctuation, the euro; no control, no bidi mark.
_PRINTABLE: Final = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x1E80, 0x1E86), range(0x1EA0, 0x1EFA))
_PRINTABLE_SIGNS: Final = frozenset("ȘșȚț\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026€\u2122")


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a card says, in words, and the text of its symbol."""

    words: PassWords
    text: str
    address: str
    """Of the verifier's page, as a person types it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What somebody needs to receive a credential: the code on one part, the PIN on another."""

    name: str
    what: str
    centre: str
    code: str
    pin: str
    until: str
    mark: str
    """On both parts, so that a PIN is found for its code."""
    address: str
    """Of the wallet's page, as a person types it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What somebody is told whose credential is to be revoked: why, until when she may answer, from when it counts; or
    is suspended, revoked or replaced already: why alone, and no days."""

    name: str
    what: str
    centre: str
    kind: Literal["announced", "suspended", "revoked", "replaced"]
    reason: str
    days: str
    """"" of what stands already: nothing waits for her answer."""
    until: str
    since: str
    longer: str
    """A sentence where the days were counted without a calendar, else ""."""
    act: str


def card_sheets(cards: Sequence[Card]) -> bytes:
    """PDF/UA-1, A4 landscape, four cards a page. Raises WrongShape `too_large_for_qr`, `card_unprintable`."""
    return _compile("card.typ", {"cards": _card_rows(cards)})


def slip_sheets(slips: Sequence[Slip], *, part: Part) -> bytes:
    """PDF/UA-1, A4, three codes or five PINs a sheet, to be cut: two runs, since they must not travel together.

    Raises WrongShape `card_unprintable`.
    """
    return _compile("slip.typ", {"slips": _slip_rows(slips), "part": part})


def letter_sheets(letters: Sequence[Letter]) -> bytes:
    """PDF/UA-1, A4, one page a letter. Raises WrongShape `card_unprintable`."""
    return _compile("letter.typ", {"letters": _letter_rows(letters)})


def letter_pictures(letters: Sequence[Letter], *, ppi: int) -> tuple[bytes, ...]:
    """The same pages as PNG."""
    return _pictures("letter.typ", {"letters": _letter_rows(letters)}, ppi)


def card_pictures(cards: Sequence[Card], *, ppi: int) -> tuple[bytes, ...]:
    """The same pages as PNG."""
    return _pictures("card.typ", {"cards": _card_rows(cards)}, ppi)


def slip_pictures(slips: Sequence[Slip], *, part: Part, ppi: int) -> tuple[bytes, ...]:
    """The same pages as PNG."""
    return _pictures("slip.typ", {"slips": _slip_rows(slips), "part": part}, ppi)


def require_printable(words: Mapping[str, str]) -> None:
    """Raise WrongShape `card_unprintable`, pointing at the member, where the card's font lacks a sign."""
    for member, text in words.items():
        if not all(_is_printable(sign) for sign in text):
            raise WrongShape("card_unprintable", detail="a sign that the card's font lacks", pointer=f"/{member}")


def _is_printable(sign: str) -> bool:
    drawn = any(ord(sign) in span for span in _PRINTABLE) or sign in _PRINTABLE_SIGNS
    return drawn and UNSEEN.match(sign) is None


def _card_rows(cards: Sequence[Card]) -> str:
    rows = []
    for card in cards:
        words = asdict(card.words)
        symbol = qr.symbol_fast(card.text, level="Q", version=None)
        if symbol.version > LARGEST_VERSION:
            raise WrongShape("too_large_for_qr", detail="a card holds a symbol of version 16 at level Q at most")
        require_printable({**words, "address": card.address})
        rows.append({**words, "address": card.address, "svg": qr.svg(symbol), "modules": 17 + 4 * symbol.version})
    return json.dumps(rows)


def _slip_rows(slips: Sequence[Slip]) -> str:
    rows = []
    for slip in slips:
        words = asdict(slip)
        require_printable(words)
        symbol = qr.symbol_fast(CLAIM + slip.code.replace("-", ""), level="Q", version=None)
        rows.append({**words, "svg": qr.svg(symbol)})
    return json.dumps(rows)


def _letter_rows(letters: Sequence[Letter]) -> str:
    rows = [asdict(letter) for letter in letters]
    for words in rows:
        require_printable(words)
    return json.dumps(rows)


def _compile(source: str, inputs: dict[str, str]) -> bytes:
    try:
        sheet = typst.compile(
            str(_HERE / source),
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise _refused() from error
    return _pages(sheet)[0]


def _pictures(source: str, inputs: dict[str, str], ppi: int) -> tuple[bytes, ...]:
    try:
        pages = typst.compile(
            str(_HERE / source),
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="png",
            ppi=float(ppi),
        )
    except typst.TypstError as error:
        raise _refused() from error
    return _pages(pages)


def _pages(made: object) -> tuple[bytes, ...]:
    """typst gives bytes for one page and a list for several."""
    match made:
        case bytes():
            return (made,)
        case list():
            return tuple(bytes(page) for page in made)
        case _:
            raise TypeError("typst gave neither a page nor pages")


def _refused() -> WrongShape:
    return WrongShape("card_unprintable", detail="the words of a card do not fit beside its symbol")
