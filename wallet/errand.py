"""A walk to an issuer: one door opens the wallet, the issuer is asked while none is open, another door keeps.

The errand has no session: a slow issuer holds no transaction of ours, and one in this very process can answer.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from kernel.ports import Clock, Fetch
from wallet.pickup import Offer, pick_up
from wallet.receiving import Arrival
from wallet.service import Ticket, Wallet


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """Opens the wallet's door twice, with the network between."""

    wallet: Callable[[], AbstractContextManager[Wallet]]
    clock: Clock
    fetch: Fetch

    def pick_up(self, ticket: Ticket, offer: Offer) -> tuple[Arrival, ...]:
        """What was made for its key. Raises Unavailable, Invalid `wrong_secret`, `offer_used`, `former_phone`…"""
        with self.wallet() as opened:
            signer = opened.signer(ticket)
        documents = pick_up(offer, fetch=self.fetch, signer=signer, now=self.clock.now())
        with self.wallet() as opened:
            return opened.take_in(ticket, documents)
