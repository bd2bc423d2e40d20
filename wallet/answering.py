"""What the service gave -> the answers of `schemas/exchange.py`. No rule lives here."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from schemas.exchange import ArrivalLine, Arrivals, PassLine, ShownTexts
from wallet.choosing import Display
from wallet.listing import Line
from wallet.receiving import Arrival
from wallet.service import Entrance


def entrance_of(entrance: Entrance) -> dict[str, Any]:
    """The members of SignedIn."""
    return {
        "vault": entrance.vault,
        "did": entrance.did,
        "token": entrance.token,
        "expires_at": entrance.expires_at,
    }


def line_of(line: Line) -> PassLine:
    """A pass in words."""
    words = asdict(line.words)
    return PassLine(
        name=line.name,
        holder=words.pop("name"),
        **words,
        verdict=line.verdict,
        reasons=list(line.reasons),
        tier=line.tier,
        bound=line.bound,
        profiles=list(line.profiles),
        received_at=line.received_at,
        credential=dict(line.document),
    )


def arrivals_of(arrivals: Sequence[Arrival]) -> Arrivals:
    """What came."""
    return Arrivals(
        arrivals=[
            ArrivalLine(
                verdict=arrival.verdict, reasons=list(arrival.reasons), name=arrival.name, replaces=arrival.replaces
            )
            for arrival in arrivals
        ]
    )


def shown_of(display: Display) -> ShownTexts:
    """Texts to draw."""
    return ShownTexts(
        manner=display.shown.manner,
        texts=list(display.shown.texts),
        level=display.shown.level,
        until=display.shown.until,
        passes=[kept.name for kept in display.passes],
    )
