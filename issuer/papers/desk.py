"""What of papers takes several transactions: runs of slips, hundreds at a time; sheets are set while none is open."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from issuer.papers import printing
from issuer.papers.service import Papers
from issuer.rows import CHUNK
from issuer.service import issuer_of
from kernel.access import Principal
from kit.once import Once
from schemas.papers import SlipsRequest, SlipsView

_SLIPS: Final = 256


@dataclass(frozen=True, kw_only=True)
class PaperDesk:
    """Opens the door of papers. `chunk` is smaller only where tests kill the process."""

    papers: Callable[[], AbstractContextManager[Papers]]
    tell_log: Callable[[str], None] = lambda _issuer: None
    """Takes an issuer's log outside, up to its newest checkpoint: after a restore no number of it is given again."""
    chunk: int = CHUNK

    def make_slips(self, asked: SlipsRequest, *, by: Principal, once: Once | None = None) -> SlipsView:
        """A run of claim slips. The same key again gives the run that was begun with it and makes what a stop left of
        it; what is made ends nothing of its own. Raises NotFound, Conflict."""
        self.tell_log(issuer_of(by))
        with self.papers() as opened:
            begun = opened.begin(asked, by=by, once=once)
        step = min(_SLIPS, self.chunk)
        for at in range(begun.done, len(begun.numbers), step):
            with self.papers() as opened:
                opened.add(begun.id, begun.numbers[at : at + step], after=at, by=by)
        with self.papers() as opened:
            return opened.look(begun.id, by=by)

    def print_claims(self, slips: str, part: int, *, by: Principal) -> bytes | None:
        """The codes of one part as PDF, set while no transaction is open; None where none is open any more."""
        with self.papers() as opened:
            found = opened.slips(slips, part, what="claims", by=by)
        return printing.claims(found)

    def print_pins(self, slips: str, part: int, *, by: Principal) -> bytes | None:
        """The PINs of one part, likewise."""
        with self.papers() as opened:
            found = opened.slips(slips, part, what="pins", by=by)
        return printing.pins(found)

    def print_cards(self, batch: str, part: int, *, by: Principal) -> bytes | None:
        """The cards of one part of a batch, likewise."""
        self.tell_log(issuer_of(by))
        with self.papers() as opened:
            found = opened.cards(batch, part, by=by)
        return printing.cards(found)

    def print_replaced(self, bulk: str, part: int, *, by: Principal) -> bytes | None:
        """The cards of one part of what an act on many put in the places of others, likewise."""
        self.tell_log(issuer_of(by))
        with self.papers() as opened:
            found = opened.cards_of_bulk(bulk, part, by=by)
        return printing.cards(found)

    def print_card(self, name: str, *, by: Principal) -> bytes | None:
        """The card of one credential, likewise."""
        self.tell_log(issuer_of(by))
        with self.papers() as opened:
            found = opened.card(name, by=by)
        return printing.cards(found)
