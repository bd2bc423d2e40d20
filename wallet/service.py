"""The wallet's promises to a holder whose wallet this process keeps: make, open, receive, list, show, take away.

Each call carries a token; without it the rows are ciphertext. The work itself is in `holder.py`, `receiving.py`,
`showing.py`, `listing.py`, the same that the command line uses on a file. Walks to an issuer are `errand.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from kernel.bundle.installed import InstalledBundle
from kernel.canonical import sha256
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, NotFound
from kernel.ports import Clock, Random, Signer
from schemas.json import JsonObject
from wallet.choosing import Choice, Display, display
from wallet.holder import DeviceKey, OpenWallet, Secret, create, open_wallet
from wallet.listing import Line, line, lines
from wallet.receiving import NO_BUNDLE, Arrival, Trusted, receive, receive_all
from wallet.remembered import remember_sheet
from wallet.sealed import read_sealed
from wallet.store import WalletStore
from wallet.tables import WalletSessionRow

LIFE: Final = timedelta(minutes=15)
_TOKEN: Final = 43


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """What a call carries: whose wallet, which, and the token that opens it."""

    owner: str
    vault: str
    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """A session that was opened."""

    vault: str
    did: str
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Wallet:
    """The wallets of one process."""

    store: WalletStore
    clock: Clock
    random: Random
    bundle: InstalledBundle | None
    floor: datetime | None
    language: str = "es"

    def begin(self, passphrase: str, *, owner: str) -> tuple[Entrance, str]:
        """A new wallet, a session on it, and the letters of its recovery sheet. Raises Malformed `weak_passphrase`."""
        now = self.clock.now()
        opened, sheet = create(passphrase, random=self.random)
        made = remember_sheet(opened, sheet, now=now, random=self.random)
        self.store.begin(made.name, made.sealed(self.random), owner=owner, now=now)
        return self._enter(made, now), sheet

    def sign_in(self, vault: str, secret: Secret, *, owner: str) -> Entrance:
        """A session of a quarter of an hour. Raises NotFound, Malformed `vault_unreadable`."""
        now = self.clock.now()
        self.store.forget_before(now)
        return self._enter(open_wallet(self.store.load(vault, owner=owner), secret), now)

    def sign_out(self, ticket: Ticket) -> None:
        """Every session of that wallet ends."""
        self._open(ticket)
        self.store.end_sessions(ticket.vault)

    def mine(self, owner: str) -> tuple[str, ...]:
        """The owner's wallets, by name."""
        return self.store.mine(owner)

    def list(self, ticket: Ticket) -> tuple[Line, ...]:
        """Every pass, in words, judged now."""
        return lines(self._open(ticket), by=self._trusted(), language=self.language)

    def look_at(self, ticket: Ticket, name: str) -> Line:
        """One pass; raises NotFound."""
        opened = self._open(ticket)
        return line(opened.find(name), wallet=opened, by=self._trusted(), language=self.language)

    def receive(self, ticket: Ticket, sent: str | bytes) -> tuple[Arrival, ...]:
        """A QR's text or a credential file: verified, then kept or explained."""
        by = self._trusted()
        opened, arrivals = receive(self._open(ticket), sent, by=by)
        self._keep(ticket, opened, arrivals)
        return arrivals

    def signer(self, ticket: Ticket) -> Signer:
        """Her key, for a proof that `errand.py` makes while no transaction is open."""
        return self._open(ticket).signer()

    def take_in(self, ticket: Ticket, documents: Sequence[JsonObject]) -> tuple[Arrival, ...]:
        """What was picked up: each verified, then kept or explained."""
        opened, arrivals = receive_all(self._open(ticket), documents, by=self._trusted())
        self._keep(ticket, opened, arrivals)
        return arrivals

    def show(self, ticket: Ticket, choice: Choice) -> Display:
        """Texts to draw, and a line of history in the vault. Raises Invalid `over_asking`, `holder_mismatch`."""
        now = self.clock.now()
        opened = self._open(ticket)
        made = display(opened, choice, bundle=self._bundle(), now=now)
        noted = opened.note_show(made.note(), now=now, random=self.random)
        self.store.keep(ticket.vault, noted.sealed(self.random), owner=ticket.owner, now=now)
        return made

    def drop(self, ticket: Ticket, name: str) -> None:
        """One pass less; raises NotFound."""
        opened = self._open(ticket).drop(name)
        self.store.keep(ticket.vault, opened.sealed(self.random), owner=ticket.owner, now=self.clock.now())

    def export(self, ticket: Ticket) -> bytes:
        """The wallet as one file: the same sealed bytes that lie here."""
        self._open(ticket)
        return self.store.load(ticket.vault, owner=ticket.owner)

    def restore(self, raw: bytes, *, owner: str) -> str:
        """A wallet from its file, still sealed; its passphrase or sheet opens it. Gives its name; raises Conflict."""
        sealed = read_sealed(raw)
        vault = base64url_encode(sealed.vault_id)
        self.store.begin(vault, sealed, owner=owner, now=self.clock.now())
        return vault

    def change_passphrase(self, ticket: Ticket, passphrase: str) -> None:
        """Opened from now on by that one; every session ends. Raises Malformed `weak_passphrase`."""
        opened = self._open(ticket).with_passphrase(passphrase, self.random)
        self.store.keep(ticket.vault, opened.sealed(self.random), owner=ticket.owner, now=self.clock.now())
        self.store.end_sessions(ticket.vault)

    def _trusted(self) -> Trusted:
        return Trusted(bundle=self.bundle, now=self.clock.now(), floor=self.floor)

    def _bundle(self) -> InstalledBundle:
        if self.bundle is None:
            raise Invalid("no_bundle", detail=NO_BUNDLE)
        return self.bundle

    def _keep(self, ticket: Ticket, opened: OpenWallet, arrivals: Sequence[Arrival]) -> None:
        if any(arrival.name for arrival in arrivals):
            self.store.keep(ticket.vault, opened.sealed(self.random), owner=ticket.owner, now=self.clock.now())

    def _enter(self, opened: OpenWallet, now: datetime) -> Entrance:
        device = opened.device_key(self.random)
        token = base64url_encode(device.key)
        expires = now + LIFE
        self.store.open_session(
            WalletSessionRow(id=_digest(device.key), vault=opened.name, wrap=device.wrap, expires=expires)
        )
        return Entrance(vault=opened.name, did=opened.did, token=token, expires_at=expires)

    def _open(self, ticket: Ticket) -> OpenWallet:
        """Raises NotFound for another's wallet and, alike, for a token that opens nothing here."""
        raw = self.store.load(ticket.vault, owner=ticket.owner)
        try:
            key = base64url_decode(ticket.token, limit=_TOKEN)
        except Invalid as error:
            raise _no_session() from error
        wrap = self.store.find_session(_digest(key), vault=ticket.vault, now=self.clock.now())
        if wrap is None:
            raise _no_session()
        return open_wallet(raw, DeviceKey(key=key, wrap=wrap))


def _digest(key: bytes) -> str:
    return base64url_encode(sha256(key))


def _no_session() -> NotFound:
    return NotFound("not_found", detail="no session of that wallet; sign in with the passphrase")
