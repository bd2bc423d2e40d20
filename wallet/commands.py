"""A holder's wallet in one file, as plain functions for a command line: each opens, acts, and replaces the file whole.

What is printed, asked and where files are is `app/wallet_cli.py`'s. Nothing is kept between two calls but the file.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kernel.bundle.installed import InstalledBundle
from kernel.errors import Invalid, NotFound, Unavailable
from kernel.ports import Fetch, Random
from schemas.identifiers import Url
from wallet.choosing import Choice, Display, chosen, display
from wallet.disputing import Answered, Objection, ask_after, dispute, open_disputes, take_back
from wallet.files import VaultFile
from wallet.holder import OpenWallet, Secret, create, open_wallet, restore
from wallet.listing import Line, line, lines
from wallet.pickup import Offer, pick_up
from wallet.receiving import NO_BUNDLE, Arrival, Trusted, receive, receive_all
from wallet.remembered import remember_sheet
from wallet.seeing import SeenClaim, seen_claims

SHEET_GROUPS: Final = 7
ASKED_BACK: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Pocket:
    """One wallet file and what it is used with: what to judge by, randomness, the language of words."""

    file: VaultFile
    by: Trusted
    random: Random
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A new wallet: its key's DID, and the letters to write down."""

    did: str
    sheet: str


def make(pocket: Pocket, passphrase: str) -> Made:
    """A new wallet file. Raises Malformed `weak_passphrase`; Conflict where a file stands."""
    opened, sheet = create(passphrase, random=pocket.random)
    made = remember_sheet(opened, sheet, now=pocket.by.now, random=pocket.random)
    pocket.file.begin(made.sealed(pocket.random))
    return Made(did=opened.did, sheet=sheet)


def groups_to_ask(random: Random) -> tuple[int, ...]:
    """Three different groups of the sheet, counted from 1, to be typed back (TRUST section 8)."""
    left = list(range(1, SHEET_GROUPS + 1))
    return tuple(sorted(left.pop(random(1)[0] % len(left)) for _each in range(ASKED_BACK)))


def is_group(sheet: str, number: int, typed: str) -> bool:
    """Whether this is the group of that number."""
    return sheet.split("-")[number - 1] == typed.strip().upper()


def take(pocket: Pocket, secret: Secret, sent: str | bytes) -> tuple[Arrival, ...]:
    """Receive a QR's text or a credential file. Raises Malformed `vault_unreadable`."""
    opened, arrivals = receive(_open(pocket, secret), sent, by=pocket.by)
    _keep(pocket, opened, arrivals)
    return arrivals


def fetch_offer(pocket: Pocket, secret: Secret, offer: Offer, *, fetch: Fetch) -> tuple[Arrival, ...]:
    """Receive from an issuer by code and PIN. Raises Unavailable, Invalid `wrong_secret`, `offer_used`…"""
    opened = _open(pocket, secret)
    documents = pick_up(offer, fetch=fetch, signer=opened.signer(), now=pocket.by.now)
    opened, arrivals = receive_all(opened, documents, by=pocket.by)
    _keep(pocket, opened, arrivals)
    return arrivals


def correct(pocket: Pocket, secret: Secret, objection: Objection, issuer: Url, *, fetch: Fetch) -> None:
    """Dispute a pass at its issuer; the ticket is kept. Raises NotFound, Unavailable, Invalid, `dispute_open`."""
    opened = _open(pocket, secret)
    noted = dispute(opened, objection, issuer=issuer, fetch=fetch, now=pocket.by.now, random=pocket.random)
    pocket.file.keep(noted.sealed(pocket.random))


def answers(pocket: Pocket, secret: Secret, issuer: Url | None, *, fetch: Fetch) -> tuple[Answered, ...]:
    """What became of each open dispute, taken in; `issuer` is asked where a note does not say whom."""
    told: list[Answered] = []
    before = _open(pocket, secret)
    for note in open_disputes(before):
        asked = note.body.get("issuer") or issuer
        if isinstance(asked, str):
            with suppress(Unavailable):  # an issuer that is not there now is asked the next time
                opened, answered = ask_after(before, note, issuer=Url(asked), fetch=fetch, by=pocket.by)
                if opened is not before:
                    pocket.file.keep(opened.sealed(pocket.random))
                    before = _open(pocket, secret)
                told.append(answered)
    return tuple(told)


def withdraw(pocket: Pocket, secret: Secret, name: str, issuer: Url | None, *, fetch: Fetch) -> Answered:
    """Take back what was asked about a pass; one that was answered before is taken in. Raises NotFound, Unavailable."""
    opened = _open(pocket, secret)
    kept = opened.find(name)
    for note in open_disputes(opened):
        asked = note.body.get("issuer") or issuer
        if note.body.get("pass") == kept.name and note.body.get("ticket") and isinstance(asked, str):
            opened, answered = take_back(opened, note, issuer=Url(asked), fetch=fetch, by=pocket.by)
            pocket.file.keep(opened.sealed(pocket.random))
            return answered
    raise NotFound("not_found", detail="nothing that was asked about this pass waits for an answer of a known issuer")


def list_all(pocket: Pocket, secret: Secret) -> tuple[Line, ...]:
    """Every pass in words, judged now."""
    return lines(_open(pocket, secret), by=pocket.by, language=pocket.language)


def look_at(pocket: Pocket, secret: Secret, name: str) -> Line:
    """One pass; raises NotFound."""
    opened = _open(pocket, secret)
    return line(opened.find(name), wallet=opened, by=pocket.by, language=pocket.language)


def present(pocket: Pocket, secret: Secret, choice: Choice) -> Display:
    """Texts to draw, noted in the wallet's history. Raises Invalid `over_asking`, `holder_mismatch`, `no_bundle`."""
    opened = _open(pocket, secret)
    made = display(opened, choice, bundle=_bundle(pocket), now=pocket.by.now)
    noted = opened.note_show(made.note(), now=pocket.by.now, random=pocket.random)
    pocket.file.keep(noted.sealed(pocket.random))
    return made


def preview(pocket: Pocket, secret: Secret, choice: Choice) -> tuple[tuple[SeenClaim, ...], ...]:
    """What whoever reads the code would see, a pass at a time; nothing is made or noted. Raises as `present`."""
    opened = _open(pocket, secret)
    passes = chosen(opened, choice, profiles=_bundle(pocket).policy.profiles)
    return tuple(seen_claims(kept.document) for kept in passes)


def export(pocket: Pocket, secret: Secret, target: Path) -> None:
    """A copy of the sealed file, once it is shown that it opens. Raises Conflict where a file stands."""
    raw = pocket.file.load()
    open_wallet(raw, secret)
    VaultFile(path=target).copy_in(raw)


def bring_back(pocket: Pocket, source: Path, secret: Secret, passphrase: str) -> str:
    """A wallet from its file by sheet or passphrase, under a new passphrase; gives its DID. Raises Conflict."""
    opened = restore(VaultFile(path=source).load(), secret, passphrase=passphrase, random=pocket.random)
    pocket.file.begin(opened.sealed(pocket.random))
    return opened.did


def _bundle(pocket: Pocket) -> InstalledBundle:
    if pocket.by.bundle is None:
        raise Invalid("no_bundle", detail=NO_BUNDLE, step="V1")
    return pocket.by.bundle


def _open(pocket: Pocket, secret: Secret) -> OpenWallet:
    return open_wallet(pocket.file.load(), secret)


def _keep(pocket: Pocket, opened: OpenWallet, arrivals: Sequence[Arrival]) -> None:
    if any(arrival.name for arrival in arrivals):
        pocket.file.keep(opened.sealed(pocket.random))
