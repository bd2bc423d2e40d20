"""A pass and its offer -> the words of a slip, a card or a letter, from the installed bundle's labels. Pure.

What paper looks like is `kit/cards.py`'s. Who has a sign in her name that the font lacks gets no sheet from here, and
the others of her part do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import Final, Literal

from issuer.kinds import BOGOTA
from issuer.pickups.service import Offered
from issuer.status.announcing import is_replaced
from issuer.status.tables import ActRow
from issuer.working_days import Term
from kernel.bundle.installed import InstalledBundle
from kernel.errors import WrongShape
from kit.cards import Card, Letter, Slip, card_sheets, letter_sheets, require_printable, slip_sheets
from kit.words import PassWords, day, pass_words
from schemas.identifiers import Did
from schemas.json import JsonObject
from schemas.tables import data

_LONGER: Final = "No tenemos el calendario de festivos de ese año. Contamos de más, para que tenga el tiempo completo."
WALLET: Final = "/wallet"
VERIFIER: Final = "/verifier"
"""Behind the address that is printed, as people type it."""
SHORT: Final = 8
"""Of the outside name of a batch, as the console shows it."""
Bundle = Callable[[], InstalledBundle | None]


def words_of(document: JsonObject, bundle: InstalledBundle | None) -> PassWords:
    """What a pass says, with its issuer's name as the registry has it."""
    issuer = None if bundle is None else bundle.issuers.get(Did(str(document["issuer"])))
    return pass_words(
        document,
        labels={} if bundle is None else bundle.labels.get("es", {}),
        issuer="" if issuer is None else issuer.name.get("es", ""),
        zone=BOGOTA,
    )


def slip_of(offered: Offered, bundle: InstalledBundle | None, *, reached: str) -> Slip:
    """The words of one slip; `reached` is where people reach the pages."""
    words, offer = words_of(offered.document, bundle), offered.offer
    return Slip(
        name=words.name,
        what=f"{words.what}. Nivel {words.level.lower()}." if words.level else f"{words.kind}.",
        centre=" · ".join(part for part in (words.issuer, offered.centre) if part),
        code=f"{offer.code[:5]}-{offer.code[5:]}",
        pin=f"{offer.pin[:3]} {offer.pin[3:]}",
        until=day(offer.expires_at, BOGOTA),
        mark=_mark(offered),
        address=reached + WALLET,
    )


def _mark(offered: Offered) -> str:
    """What stands on both papers of a slip, so that the two can be told to belong together."""
    row = f"fila {offered.line}"
    return row if offered.batch is None else f"lote {offered.batch[:SHORT]}, {row}"


def letter_of(
    act: ActRow, document: JsonObject, term: Term | None, centre: str, bundle: InstalledBundle | None
) -> Letter:
    """The words of one notice; without a term of what stands already."""
    words = words_of(document, bundle)
    reason = {row["code"]: row["es"] for row in data("codes")["revocationReasons"]}[act.reason]
    return Letter(
        name=words.name,
        what=" · ".join(part for part in (words.kind, words.what, words.norm) if part),
        centre=" · ".join(part for part in (words.issuer, centre) if part),
        kind=_kind(act, term),
        reason=reason[:1].lower() + reason[1:],
        days="" if term is None else str(term.days),
        until="" if term is None else day(datetime.combine(term.last, time(12), BOGOTA), BOGOTA),
        since="" if term is None else day(term.end, BOGOTA),
        longer="" if term is None or term.is_known else _LONGER,
        act=act.id,
    )


def _kind(act: ActRow, term: Term | None) -> Literal["announced", "suspended", "revoked", "replaced"]:
    if term is not None:
        return "announced"
    if is_replaced(act):
        return "replaced"
    return "suspended" if act.act == "suspend" else "revoked"


def letters(wanted: Sequence[tuple[str, Letter]]) -> tuple[bytes | None, list[str]]:
    """The sheets, and the acts whose people they tell; (None, []) where no name can be printed."""
    good = [(act, letter) for act, letter in wanted if _is_printable(asdict(letter))]
    return (letter_sheets([letter for _, letter in good]) if good else None), [act for act, _ in good]


def claims(slips: Sequence[Slip]) -> bytes | None:
    """The sheets with the codes; None where there are none."""
    return slip_sheets(good, part="claim") if (good := _printable(slips)) else None


def pins(slips: Sequence[Slip]) -> bytes | None:
    """The sheets with the PINs."""
    return slip_sheets(good, part="pin") if (good := _printable(slips)) else None


def cards(wanted: Sequence[Card]) -> bytes | None:
    """Cards to fold, four a sheet."""
    good = [card for card in wanted if _is_printable(asdict(card.words))]
    return card_sheets(good) if good else None


def _printable(slips: Iterable[Slip]) -> list[Slip]:
    return [slip for slip in slips if _is_printable(asdict(slip))]


def _is_printable(words: dict[str, str]) -> bool:
    try:
        require_printable(words)
    except WrongShape:
        return False
    return True
